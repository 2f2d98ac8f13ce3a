import Linting
package import Rules

/// One rule with its documentation, options and examples.
package enum RuleExplanation {
  /// Returns the explanation as Markdown-like text that ends with a line end.
  package static func render(_ rule: RuleMetadata, style: TextStyle) -> String {
    var text = style.apply(.bold, to: rule.id) + "\n" + rule.summary.printable + "\n\n"
    text += "severity: " + style.apply(style.look(of: rule.severity), to: rule.severity.rawValue) + "\n"
    if let number = rule.cause, let title = Cause.title(of: number) { text += "cause: \(title) (\(number) of 11)\n" }
    if let dryRun = rule.dryRun { text += "dry run: \(dryRun.printable)\n" }
    if !rule.isOnByDefault { text += "runs only when it is selected\n" }
    text += "from: \(rule.path.printable)\n"
    let docs = rule.docs.trimmingNewlines
    if !docs.isEmpty { text += "\n" + docs + "\n" }
    if !rule.options.isEmpty {
      text += "\n" + style.apply(.bold, to: "Options") + "\n\n"
      for option in rule.options {
        text += "  \(option.name) (\(option.kind.rawValue), default \(option.defaultValue)): \(option.help.printable)\n"
      }
    }
    for example in rule.examples {
      let heading = example.isGood ? style.apply(.green, to: "Good:") : style.apply(.red, to: "Bad:")
      text += "\n\(heading)\n\n\(render(example.text))\n"
      if let fixed = example.fixed { text += "\n\(style.apply(.green, to: "Fixed:"))\n\n\(render(fixed))\n" }
    }
    return text
  }

  private static func render(_ example: String) -> String {
    MarkedText(example).text.trimmingNewlines.indented(by: 4)
  }
}
