package import Linting
import Rules

/// What a run found, in one line.
package enum Summary {
  /// Returns the line, such as `3 findings (1 error, 2 warnings); 1 fixable with --fix`, without a line end.
  package static func render(_ report: LintReport) -> String {
    let failures = report.pluginProblems.count
    let failed = failures == 0 ? "" : "; \(counted(failures, "problem")) with rules"
    guard !report.findings.isEmpty else { return "no findings in \(counted(report.checkedFiles, "file"))" + failed }
    let parts = [(Severity.error, "error"), (.warning, "warning"), (.hint, "hint")]
      .map { (report.count(of: $0.0), $0.1) }
      .filter { $0.0 > 0 }
      .map { counted($0.0, $0.1) }
    let fixable = report.findings.count { $0.isFixable }
    return "\(counted(report.findings.count, "finding")) (\(parts.joined(separator: ", ")))"
      + (fixable == 0 ? "" : "; \(fixable) fixable with --fix") + failed
  }

  /// Returns the number with the noun, in the plural unless it is 1.
  package static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
