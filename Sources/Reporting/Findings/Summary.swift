package import Linting
import Rules

/// What a run found, in one line.
package enum Summary {
  /// Returns what was found in a line.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - mentionsFix: Whether to say how many findings `--fix` makes go away.
  /// - Returns: Text such as `3 findings (1 error, 2 warnings); 1 fixable with --fix; 2 ignored`, without a line end.
  package static func render(_ report: LintReport, mentionsFix: Bool = true) -> String {
    let failures = report.pluginProblems.count
    let failed = failures == 0 ? "" : "; \(counted(failures, "problem")) with rules"
    let hidden = hidden(report)
    guard !report.findings.isEmpty else {
      return "no findings in \(counted(report.checkedFiles, "file"))" + hidden + failed
    }
    let parts = [(Severity.error, "error"), (.warning, "warning"), (.hint, "hint")]
      .map { (report.count(of: $0.0), $0.1) }
      .filter { $0.0 > 0 }
      .map { counted($0.0, $0.1) }
    return "\(counted(report.findings.count, "finding")) (\(parts.joined(separator: ", ")))"
      + (VerdictCounts.render(report).map { "; " + $0 } ?? "") + (mentionsFix ? fixable(report) : "") + hidden + failed
  }

  /// Returns `; 3 fixable with --fix, 2 more with --unsafe-fixes`, or nothing.
  private static func fixable(_ report: LintReport) -> String {
    let safe = report.findings.count { $0.fix?.isSafe == true }
    let unsafe = report.findings.count { $0.fix?.isSafe == false }
    return switch (safe, unsafe) {
    case (0, 0): ""
    case (_, 0): "; \(safe) fixable with --fix"
    case (0, _): "; \(unsafe) fixable with --fix --unsafe-fixes"
    default: "; \(safe) fixable with --fix, \(unsafe) more with --unsafe-fixes"
    }
  }

  /// What is found and not shown.
  private static func hidden(_ report: LintReport) -> String {
    let old = report.suppressed.count { $0.kind == .baseline }
    let ignored = report.suppressed.count - old
    return (ignored == 0 ? "" : "; \(ignored) ignored") + (old == 0 ? "" : "; \(old) in the baseline")
  }

  /// Returns the number with the noun, in the plural unless it is 1.
  package static func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}
