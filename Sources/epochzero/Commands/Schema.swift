import ArgumentParser
import Linting
import Reporting
import Rules

/// `epochzero schema`.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the JSON Schema of epochzero.yaml, for editors and validators.",
    discussion: "It knows the rules and their options, those of your plugins among them."
  )

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var settingsOptions: SettingsOptions

  func run() throws {
    let rules = try CommandFiles.rules(
      folders: ruleOptions.folders,
      settings: settingsOptions,
      in: DiskFileSystem()
    )
    StandardStream.output.write(SettingsSchema.render(rules.rules))
    if !rules.problems.isEmpty {
      StandardStream.error.write(
        PluginProblemText.render(rules.problems, style: StandardStream.error.style(.auto))
      )
      throw ExitStatus.findings
    }
  }
}
