import Foundation
import PackagePlugin

/// Generates a Swift file that carries every definition of `dialects/`.
@main
struct EmbedDialects: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let dialects = context.package.directoryURL.appending(path: "dialects")
    let output = context.pluginWorkDirectoryURL.appending(path: "BundledDialects.swift")
    let files = (try? FileManager.default.contentsOfDirectory(at: dialects, includingPropertiesForKeys: nil)) ?? []
    // The folder too: a new file changes nothing but its time.
    let inputs = [dialects] + files.filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
    return [
      .buildCommand(
        displayName: "Embedding dialects",
        executable: try context.tool(named: "embed-dialects").url,
        arguments: [dialects.path, output.path],
        inputFiles: inputs,
        outputFiles: [output]
      )
    ]
  }
}
