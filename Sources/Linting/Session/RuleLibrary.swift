import BundledRules
import ConfigSyntax
package import Rules

/// The rules of a run: the bundled ones and those in a user's folders.
package enum RuleLibrary {
  /// Loads the bundled rules and every `.lua` file below the folders.
  ///
  /// - Throws: When a folder or a file in it cannot be read.
  package static func load(
    folders: [String],
    in fileSystem: any FileSystem,
    for purpose: RuleSet.Purpose = .running
  ) throws(FileError) -> RuleSet {
    var files = BundledRules.files
    for folder in folders { files += try plugins(in: folder, fileSystem) }
    return RuleSet(loading: files, for: purpose)
  }

  /// The bundled rules' files.
  package static var bundledPlugins: [PluginFile] { BundledRules.files }

  /// Returns the plugins below a folder, sorted by path; the path may also be that of one plugin.
  package static func plugins(in path: String, _ fileSystem: any FileSystem) throws(FileError) -> [PluginFile] {
    guard fileSystem.kind(of: path) == .folder else { return [try plugin(at: path, fileSystem)] }
    var plugins: [PluginFile] = []
    for entry in try fileSystem.entries(of: path).sorted(by: { $0.name < $1.name }) where !entry.name.hasPrefix(".") {
      let inner = FilePath.join(path, entry.name)
      if entry.kind == .folder, !entry.isLink {
        plugins += try Self.plugins(in: inner, fileSystem)
      } else if entry.kind == .file, FilePath.fileExtension(of: entry.name) == "lua" {
        plugins.append(try plugin(at: inner, fileSystem))
      }
    }
    return plugins
  }

  // MARK: - Private

  /// No rule is near it; what is larger is no rule.
  private static let sizeLimit = 1 << 20

  private static func plugin(at path: String, _ fileSystem: any FileSystem) throws(FileError) -> PluginFile {
    let bytes = try fileSystem.read(path, limit: sizeLimit)
    return PluginFile(path: FilePath.shown(path, workingFolder: fileSystem.workingFolder), bytes: bytes)
  }
}
