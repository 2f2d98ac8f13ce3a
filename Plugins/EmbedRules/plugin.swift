import Foundation
import PackagePlugin

/// Generates a Swift file that carries every file of `rules/`, as text and compiled.
@main
struct EmbedRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let rules = context.package.directoryURL.appending(path: "rules")
    let output = context.pluginWorkDirectoryURL.appending(path: "BundledRules+Files.swift")
    // Folders too: a new file changes nothing but the time of its folder.
    let entries = (FileManager.default.enumerator(at: rules, includingPropertiesForKeys: nil)?.allObjects ?? [])
      .compactMap { $0 as? URL }
    let inputs = ([rules] + entries)
      .filter { $0.pathExtension == "lua" || $0.hasDirectoryPath }
      .sorted { $0.path < $1.path }
    return [
      .buildCommand(
        displayName: "Embedding rules",
        executable: try context.tool(named: "embed-rules").url,
        arguments: [rules.path, output.path],
        inputFiles: inputs,
        outputFiles: [output]
      )
    ]
  }
}
