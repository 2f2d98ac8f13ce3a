import ConfigSyntax
import Linting
import Rules

/// Reads what commands are given; what cannot be read is reported, and ends the command.
enum CommandFiles {
  /// Loads the bundled rules and those in the folders.
  static func rules(
    folders: [String],
    in fileSystem: any FileSystem,
    for purpose: RuleSet.Purpose = .running
  ) throws(ExitStatus) -> RuleSet {
    for folder in folders where fileSystem.kind(of: folder) == nil {
      StandardStream.report("error", "--rules: \(folder): no such file or folder")
      throw .failure
    }
    do throws(FileError) {
      return try RuleLibrary.load(folders: folders, in: fileSystem, for: purpose)
    } catch {
      StandardStream.report("error", "--rules: \(error.message)")
      throw .failure
    }
  }

  /// Loads the bundled rules, those in the folders, and the plugins that the settings of the working folder name.
  static func rules(
    folders: [String],
    settings: SettingsOptions,
    in fileSystem: any FileSystem,
    for purpose: RuleSet.Purpose = .running
  ) throws(ExitStatus) -> RuleSet {
    let rules = try rules(folders: folders, in: fileSystem)
    let resolver = SettingsResolver(
      fileSystem: fileSystem,
      rules: rules,
      ruleFolders: folders,
      search: settings.search
    )
    let name = SettingsResolver.fileNames[0]
    try resolver.requireUsable(for: [LintInput(name: name, path: name, isNamed: true)])
    return try Self.rules(folders: folders + resolver.settings(for: name).plugins, in: fileSystem, for: purpose)
  }

  /// Returns the file with the path, or standard input for `-`.
  static func input(
    _ path: String,
    standardInputName: String?,
    in fileSystem: any FileSystem
  ) throws(ExitStatus) -> LintInput {
    guard path == "-" else {
      let name = FilePath.shown(path, workingFolder: fileSystem.workingFolder)
      return LintInput(name: name, path: path, isNamed: true)
    }
    let path = standardInputName ?? "<stdin>"
    do throws(FileError) {
      let bytes = try DiskFileSystem.readStandardInput(limit: SyntaxLimits.fileSize)
      let name = FilePath.shown(path, workingFolder: fileSystem.workingFolder)
      return LintInput(name: name, path: path, isNamed: true, content: bytes)
    } catch {
      StandardStream.report("error", "standard input: \(error.message)")
      throw .failure
    }
  }
}
