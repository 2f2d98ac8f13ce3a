import ArgumentParser
import ConfigSyntax
import Linting

/// The options of every command that reads a config.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What standard input is called: for messages, its format, and the files it names.",
      valueName: "path"
    )
  )
  var stdinFilename: String?

  /// Returns the file with the path, or standard input for `-`.
  func input(_ path: String, in fileSystem: any FileSystem) throws(ExitStatus) -> LintInput {
    guard path == "-" else {
      let name = FilePath.shown(path, workingFolder: fileSystem.workingFolder)
      return LintInput(name: name, path: path, isNamed: true)
    }
    let path = stdinFilename ?? "<stdin>"
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
