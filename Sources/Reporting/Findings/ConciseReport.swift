import DryRunMessages
package import Linting

/// Findings with a line for each.
package enum ConciseReport {
  /// Returns the report as lines, plugin problems first.
  package static func render(_ report: LintReport, style: TextStyle) -> String {
    var text = ""
    for problem in report.pluginProblems { text += problem.heading(style) + "\n" }
    for finding in report.findings {
      let verdict = finding.confirmation.map { " [\($0.report.verdict.words)]" } ?? ""
      text += finding.heading(style) + (finding.fixMark.map { " " + $0 } ?? "") + verdict + "\n"
    }
    return text
  }
}
