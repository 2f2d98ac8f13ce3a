import ArgumentParser
import Linting
import Reporting
import Rules

/// When to use colours.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// The options of every command that writes for people.
struct ColorOptions: ParsableArguments {
  @Option(help: "When to use colours; auto heeds NO_COLOR and TERM=dumb.")
  var color: ColorChoice = .auto
}

/// The options of every command that loads rules.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "Load the rules of a folder, or one .lua file, beside the bundled ones; repeatable.",
      valueName: "path"
    )
  )
  var folders: [String] = []

  /// Loads the bundled rules and the user's.
  func load(in fileSystem: any FileSystem, for purpose: RuleSet.Purpose = .running) throws(ExitStatus) -> RuleSet {
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
}

extension Severity: ExpressibleByArgument {}
