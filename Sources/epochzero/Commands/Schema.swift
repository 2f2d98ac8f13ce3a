import ArgumentParser
import Linting
import Reporting
import Rules

/// `epochzero schema`.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the JSON Schema of epochzero.yaml, for editors and validators.",
    discussion: "It knows the rules and their options; with --rules yours too."
  )

  @OptionGroup var ruleOptions: RuleOptions

  func run() throws {
    let rules = try CommandFiles.rules(folders: ruleOptions.folders, in: DiskFileSystem())
    StandardStream.output.write(SettingsSchema.render(rules.rules))
    if !rules.problems.isEmpty {
      StandardStream.error.write(
        PluginProblemText.render(rules.problems, style: StandardStream.error.style(.auto))
      )
      throw ExitStatus.findings
    }
  }
}
