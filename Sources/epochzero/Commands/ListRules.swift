import ArgumentParser
import Linting
import Reporting
import Rules

/// `epochzero rules`.
struct ListRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules: id, severity, the cause by its number in the list of eleven, and what is looked for."
  )

  /// How rules are written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var colorOptions: ColorOptions

  @Option(help: "How to write the rules.")
  var format: Format = .text

  func run() throws {
    let rules = try CommandFiles.rules(
      folders: ruleOptions.folders,
      settings: settingsOptions,
      in: DiskFileSystem()
    )
    let output = StandardStream.output
    let style = output.style(colorOptions.color)
    switch format {
    case .text: output.write(RuleTable.render(rules.rules, style: style))
    case .json: output.write(RuleTable.renderJSON(rules.rules))
    }
    if !rules.problems.isEmpty {
      StandardStream.error.write(
        PluginProblemText.render(rules.problems, style: StandardStream.error.style(colorOptions.color))
      )
      throw ExitStatus.findings
    }
  }
}
