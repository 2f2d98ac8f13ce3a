import Foundation
import PackagePlugin

/// Generates a Swift file that carries every file of `rules/`, as text and compiled.
@main
struct EmbedRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let rules = context.package.directoryURL.appending(path: "rules")
    let output = context.pluginWorkDirectoryURL.appending(path: "BundledRules+Files.swift")
    let inputs = (FileManager.default.enumerator(at: rules, includingPropertiesForKeys: nil)?.allObjects ?? [])
      .compactMap { $0 as? URL }
      .filter { $0.pathExtension == "lua" }
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
