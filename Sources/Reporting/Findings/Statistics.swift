package import Linting
package import Rules

/// How often each rule found something.
package struct Statistics {
  /// The findings of one rule.
  package struct Count: Hashable, Sendable {
    package var rule: String
    /// The highest severity of its findings: a report may lower a rule's own.
    package var severity: Severity
    package var findings: Int
    /// How many of them `--fix` makes go away.
    package var fixable: Int
  }

  /// The counts, the largest first, then by rule.
  package let counts: [Count]

  /// Counts the findings of a report.
  package init(of report: LintReport) {
    var counts: [String: Count] = [:]
    for finding in report.findings {
      var count =
        counts[finding.rule] ?? Count(rule: finding.rule, severity: finding.severity, findings: 0, fixable: 0)
      count.severity = max(count.severity, finding.severity)
      count.findings += 1
      count.fixable += finding.fix?.isSafe == true ? 1 : 0
      counts[finding.rule] = count
    }
    self.counts = counts.values.sorted { ($1.findings, $0.rule) < ($0.findings, $1.rule) }
  }

  /// Returns a line for each rule: count, severity, rule, and how many are fixable.
  package func render(style: TextStyle) -> String {
    let digits = counts.first.map { String($0.findings).count } ?? 0
    var text = ""
    for count in counts {
      let number = String(count.findings)
      let severity = style.apply(style.look(of: count.severity), to: count.severity.rawValue.padded(to: 7))
      let fixable =
        count.fixable == 0 ? "" : count.fixable == count.findings ? "  [fixable]" : "  [\(count.fixable) fixable]"
      text += String(repeating: " ", count: digits - number.count) + style.apply(.bold, to: number)
      text += "  \(severity)  \(count.rule)\(fixable)\n"
    }
    return text
  }
}
