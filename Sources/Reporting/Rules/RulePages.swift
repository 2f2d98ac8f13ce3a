import Dialects
import Linting
package import Rules

/// The documentation of rules as Markdown: a table of all, cause by cause, and a page for each.
package enum RulePages {
  /// A file below the folder of the documentation.
  package struct Page: Hashable, Sendable {
    /// Its path from that folder: `rules.md`, `dialects.md`, `rules/GROUP/NAME.md`.
    package var path: String
    package var text: String
  }

  /// Returns the table and the pages of rules, and the page of dialects, of rules that were loaded to be described.
  package static func pages(of rules: [RuleMetadata]) -> [Page] {
    [Page(path: "rules.md", text: table(of: rules)), Page(path: DialectPage.path, text: DialectPage.render(rules))]
      + rules.map { Page(path: path(of: $0), text: page(of: $0)) }
  }

  /// Returns the table of rules, cause by cause.
  package static func table(of rules: [RuleMetadata]) -> String {
    let chapters = RuleChapter.chapters(of: rules)
    var text = notice + "# Rules\n\n"
    text += """
      \(rules.count) rules. An *error* cannot train right, a *warning* very likely harms, a *hint* is advice for a plain network that does not
      work yet. A rule may lower its severity where it is less sure. "Fix" says that `--fix` or `--diff` can mend it; rules marked "off" run
      only when they are selected.

      """
    for chapter in chapters {
      text += "\n## \(chapter.heading)\n\n"
      guard !chapter.rules.isEmpty else {
        text += "No rule yet.\n"
        continue
      }
      text += "| rule | looks for | severity | fix | shown on |\n| --- | --- | --- | --- | --- |\n"
      for rule in chapter.rules {
        let cells = [
          "[\(rule.id)](\(path(of: rule)))" + (rule.isOnByDefault ? "" : " (off)"),
          rule.summary.escapedForMarkdown,
          rule.severity.rawValue,
          rule.isFixable ? "fix" : "",
          dialects(of: rule).joined(separator: ", "),
        ]
        text += "| " + cells.joined(separator: " | ") + " |\n"
      }
    }
    return text
  }

  /// Returns the page of one rule.
  package static func page(of rule: RuleMetadata) -> String {
    var text = notice + "# \(rule.id)\n\n\(rule.summary.capitalizedFirst).\n\n"
    text += about(rule).map { "- \($0)\n" }.joined()
    let docs = rule.docs.trimmed
    if !docs.isEmpty { text += "\n" + docs + "\n" }
    text += options(of: rule)
    let bad = rule.examples.filter { !$0.isGood }
    let good = rule.examples.filter(\.isGood)
    if !bad.isEmpty { text += "\n## What it reports\n" }
    for example in bad {
      text += "\n" + fence(example.text)
      if let fixed = example.fixed { text += "\nFixed:\n\n" + fence(fixed) }
    }
    if !good.isEmpty { text += "\n## What it leaves alone\n" }
    for example in good { text += "\n" + fence(example.text) }
    return text
  }

  // MARK: - Private

  private static let notice = "<!-- Written by scripts/generate-docs from what the rules say of themselves. -->\n\n"

  private static func path(of rule: RuleMetadata) -> String { "rules/\(rule.id).md" }

  private static func about(_ rule: RuleMetadata) -> [String] {
    var lines = ["Severity: \(rule.severity.rawValue)"]
    if let number = rule.cause, let title = Cause.title(of: number) { lines.append("Cause \(number) of 11: \(title)") }
    if rule.isFixable { lines.append("Fix: `--fix` or `--diff` mends it where the right value is certain") }
    if let dryRun = rule.dryRun { lines.append("Dry run: \(dryRun)") }
    if !rule.isOnByDefault { lines.append("Off: runs only when it is selected") }
    // From docs/rules/GROUP to the folder that the rule's path starts from.
    let isBundled = rule.path == "rules/\(rule.id).lua"
    lines.append(isBundled ? "Source: [\(rule.path)](../../../\(rule.path))" : "Source: `\(rule.path)`")
    return lines
  }

  private static func options(of rule: RuleMetadata) -> String {
    guard !rule.options.isEmpty else { return "" }
    var text = "\n## Options\n\n| option | type | default | what it is |\n| --- | --- | --- | --- |\n"
    for option in rule.options {
      text += "| `\(option.name)` | \(option.kind.rawValue) | `\(option.defaultValue)` | "
      text += option.help.escapedForMarkdown + " |\n"
    }
    return text
  }

  private static func fence(_ example: String) -> String {
    let text = MarkedText(example).text.trimmed
    let language = text.hasPrefix("[net]") ? "ini" : text.first == "{" || text.first == "[" ? "json" : "yaml"
    return "```\(language)\n\(text)\n```\n"
  }

  /// The dialects that a rule's bad examples are written in.
  private static func dialects(of rule: RuleMetadata) -> [String] {
    let named = rule.examples.filter { !$0.isGood }.flatMap { $0.known.map(\.dialect.name) }
    return Set(named).sorted()
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// A cell of a table: a bar would end it.
  fileprivate var escapedForMarkdown: String { replacing("|", with: "\\|") }

  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isNewline ?? false { text.removeFirst() }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}
