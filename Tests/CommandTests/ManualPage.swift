import Foundation

/// The manual page, made from what the program says of its own commands and options.
struct ManualPage {
  private let root: Command
  private let version: String

  /// Reads what `epochzero --experimental-dump-help` writes.
  init(dump: Data, version: String) throws {
    root = try JSONDecoder().decode(Dump.self, from: dump).command
    self.version = version
  }

  /// Returns the page in the macros of man(7).
  func render() -> String {
    var page = """
      .\\" Written by ManualPageTests from the program's own help: EPOCHZERO_RECORD=1 swift test --filter ManualPageTests
      .TH EPOCHZERO 1 "" "epochzero \(version)" "Epoch Zero"
      .SH NAME
      epochzero \\- \(Self.lowercasedFirst(root.abstract ?? ""))
      .SH SYNOPSIS

      """
    for command in commands {
      page += ".B epochzero \(Self.escaped(command.commandName))\n" + synopsis(of: command) + ".br\n"
    }
    page += ".SH DESCRIPTION\n" + Self.paragraphs(root.discussion)
    page += ".SH COMMANDS\n"
    for command in commands { page += section(on: command) }
    page += """
      .SH ENVIRONMENT
      .TP
      .B NO_COLOR
      Set to anything: no colours.
      .TP
      .BR FORCE_COLOR ", " CLICOLOR_FORCE
      Set to anything but 0: colours, even where the output is no terminal.
      .TP
      .B CLICOLOR
      Set to 0: no colours.
      .SH EXIT STATUS
      .TP
      .B 0
      Nothing was found that fails the run: by default nothing worse than a hint.
      .TP
      .B 1
      Errors or warnings were found, or a rule failed.
      .TP
      .B 2
      Wrong usage, or something could not be read or written.
      .SH EXAMPLES
      .TP
      .B epochzero check experiments/
      Lint a folder.
      .TP
      .B epochzero check \\-\\-format full \\-\\-format sarif \\-\\-output epochzero.sarif .
      Show the findings and write them for a service as well.
      .TP
      .B epochzero check \\-\\-fix model.json
      Make the safe fixes.

      """
    return page
  }

  // MARK: - Private

  private var commands: [Command] { (root.subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay } }

  private func section(on command: Command) -> String {
    var text = ".SS epochzero \(Self.escaped(command.commandName))\n"
    text +=
      Self.escaped(command.abstract ?? "") + "\n" + (command.discussion.map { ".PP\n" + Self.paragraphs($0) } ?? "")
    for argument in command.arguments where argument.shouldDisplay && argument.name != "help" {
      text += ".TP\n\(heading(of: argument))\n"
      var about = [argument.abstract, argument.discussion].compactMap(\.self)
      if let values = argument.allValues { about.append("One of: \(values.joined(separator: ", ")).") }
      if let value = argument.defaultValue { about.append("(Default: \(value))") }
      text += Self.escaped(about.joined(separator: " ")) + "\n"
    }
    return text
  }

  private func heading(of argument: Argument) -> String {
    let value = Self.escaped(argument.valueName ?? "")
    guard let names = argument.names else { return ".I \(value)" }
    let spelled = names.map { Self.escaped(($0.kind == "long" ? "--" : "-") + $0.name) }.joined(separator: ", ")
    return argument.kind == "option" ? ".BI \"\(spelled) \" \(value)" : ".B \(spelled)"
  }

  private func synopsis(of command: Command) -> String {
    let positional = command.arguments.filter { $0.kind == "positional" }.map { argument in
      let value = Self.escaped(argument.valueName ?? "")
      let repeated = argument.isRepeating ? "\\|.\\|.\\|." : ""
      return argument.isOptional ? "[\\fI\(value)\\fR\(repeated)]" : "\\fI\(value)\\fR\(repeated)"
    }
    return (["[\\fIoptions\\fR]"] + positional).joined(separator: " ") + "\n"
  }

  private static func paragraphs(_ text: String?) -> String {
    (text ?? "").components(separatedBy: "\n\n").map(escaped).joined(separator: "\n.PP\n") + "\n"
  }

  /// Backslashes and hyphens mean something everywhere, dots and apostrophes at the start of a line.
  private static func escaped(_ text: String) -> String {
    let text = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\n", with: " ")
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
  }

  private static func lowercasedFirst(_ text: String) -> String {
    let text = text.hasSuffix(".") ? String(text.dropLast()) : text
    return escaped(text.prefix(1).lowercased() + text.dropFirst())
  }
}

/// What `--experimental-dump-help` writes, as far as the page needs it.
private struct Dump: Decodable {
  var command: Command
}

private struct Command: Decodable {
  var commandName: String
  var abstract: String?
  var discussion: String?
  var shouldDisplay: Bool
  var arguments: [Argument]
  var subcommands: [Command]?
}

private struct Argument: Decodable {
  struct Name: Decodable {
    var kind: String
    var name: String
  }

  var kind: String
  var names: [Name]?
  var valueName: String?
  var abstract: String?
  var discussion: String?
  var defaultValue: String?
  var allValues: [String]?
  var isOptional: Bool
  var isRepeating: Bool
  var shouldDisplay: Bool

  var name: String? { names?.last?.name }
}
