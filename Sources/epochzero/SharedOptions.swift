import ArgumentParser
import Rules

/// When to use colours.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// The options of every command that writes for people.
struct ColorOptions: ParsableArguments {
  @Option(help: "When to use colours; auto heeds NO_COLOR, FORCE_COLOR, CLICOLOR and TERM=dumb.")
  var color: ColorChoice = .auto
}

/// The options of every command that loads rules.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "Load the rules of a folder, or one .lua file, beside the bundled ones; repeatable.",
      valueName: "path"
    ),
    completion: .file(extensions: ["lua"])
  )
  var folders: [String] = []
}

/// The options of every command that reads a config.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What standard input is called: for messages, its format, and the files it names.",
      valueName: "path"
    ),
    completion: .file()
  )
  var stdinFilename: String?
}

extension Severity: ExpressibleByArgument {}
