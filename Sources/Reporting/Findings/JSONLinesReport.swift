import JSONText
package import Linting

/// Findings as one JSON object a line, with the members that `json` gives them.
///
/// Plugin problems come first, as findings of the rule `plugin`.
package enum JSONLinesReport {
  /// Returns the lines, or nothing when there is no finding.
  package static func render(_ report: LintReport) -> String {
    var text = ""
    for problem in report.pluginProblems { text += line { $0.finding(problem) } }
    for finding in report.findings { text += line { $0.finding(finding, isConfirmed: report.isConfirmed) } }
    return text
  }

  private static func line(_ write: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(isCompact: true)
    write(&writer)
    return writer.text + "\n"
  }
}
