import ArgumentParser
import Linting
import Reporting
import Rules
import SourceText

/// `epochzero explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a rule: what it looks for, why, its options and examples."
  )

  @Argument(help: "The rule's id, such as dropout/keep-as-drop.", completion: RuleCompletion.id)
  var id: String

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var colorOptions: ColorOptions

  func run() throws {
    let rules = try CommandFiles.rules(
      folders: ruleOptions.folders,
      settings: settingsOptions,
      in: DiskFileSystem(),
      for: .describing
    ).rules
    guard let rule = rules.first(where: { $0.id == id }) else {
      StandardStream.report("error", "no rule is called \"\(id)\"\(advice(rules))")
      throw ExitStatus.failure
    }
    let output = StandardStream.output
    output.write(RuleExplanation.render(rule, style: output.style(colorOptions.color)))
  }

  private func advice(_ rules: [RuleMetadata]) -> String {
    let ofGroup = rules.filter { $0.group == id }.map(\.id)
    if !ofGroup.isEmpty { return "; that group has \(ofGroup.joined(separator: ", "))" }
    let sameName = rules.filter { $0.id.hasSuffix("/" + id) }.map(\.id)
    if let near = sameName.first ?? Spelling.nearest(to: id, among: rules.map(\.id)) {
      return "; did you mean \"\(near)\"?"
    }
    return "; \"epochzero rules\" lists them"
  }
}
