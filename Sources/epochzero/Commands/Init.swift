import ArgumentParser
import Linting
import Reporting

/// `epochzero init`.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a settings file to start from: every key with its help, all commented out.",
    discussion: "Never overwrites a file. docs/settings.md says more."
  )

  @Argument(help: "The folder that the settings are for.")
  var folder = "."

  func run() throws {
    let fileSystem = DiskFileSystem()
    for name in SettingsResolver.fileNames where fileSystem.kind(of: FilePath.join(folder, name)) != nil {
      StandardStream.report("error", "\(FilePath.join(folder, name)): exists already")
      throw ExitStatus.failure
    }
    let path = FilePath.join(folder, SettingsResolver.fileNames[0])
    do throws(FileError) {
      try fileSystem.create(path, with: Array(SettingsTemplate.text.utf8))
    } catch {
      StandardStream.report("error", "\(path): \(error.message)")
      throw ExitStatus.failure
    }
    StandardStream.output.write(path + "\n")
    StandardStream.error.write("\"epochzero check --show-settings FILE\" shows what holds for a file\n")
  }
}
