package import Linting
import DryRunMessages
import Rules
import SourceText

/// Findings in few words, for language-model agents: no excerpts, no colours, each file's name once.
package enum AgentReport {
  /// The characters of an old or new text that are shown.
  private static let textLimit = 60

  /// Returns the report; its last line says how to mend and to learn more.
  package static func render(_ report: LintReport) -> String {
    var text = ""
    for problem in report.pluginProblems {
      text += "\(problem.path.printable):\(problem.line ?? 1):1 error plugin \(problem.message.printable)\n"
    }
    for error in report.errors { text += "\(error.file.printable) error file \(error.message.printable)\n" }
    var file: String?
    for finding in report.findings {
      if file != finding.source.name {
        file = finding.source.name
        text += finding.source.name.printable + "\n"
      }
      text += line(of: finding) + "\n"
    }
    return text + closing(of: report) + "\n"
  }

  // MARK: - Private

  private static func line(of finding: LocatedFinding) -> String {
    let position = finding.source.displayPosition(at: finding.range.start)
    var line =
      "\(position.line):\(position.column) \(finding.severity.rawValue) \(finding.rule) \(finding.message.printable)"
    if let help = finding.help { line += " -> \(help.printable)" }
    for related in finding.related {
      let place = related.source.displayPosition(at: related.range.start)
      let name = related.source === finding.source ? "" : related.source.name.printable + ":"
      line += " (\(related.message.printable): \(name)\(place.line):\(place.column))"
    }
    if let fix = finding.fix {
      line += fix.isSafe ? " fix: " : " unsafe fix: "
      line += fix.edits.map { describe($0, in: finding) }.joined(separator: ", ")
    }
    if let confirmation = finding.confirmation { line += " | dry run: " + confirmation.report.verdictLine.printable }
    return line
  }

  private static func describe(_ edit: LocatedFix.FileEdit, in finding: LocatedFinding) -> String {
    let old = shortened(edit.file.source.text(in: edit.edit.range))
    let new = shortened(edit.edit.replacement)
    let change = old.isEmpty ? "insert `\(new)`" : new.isEmpty ? "delete `\(old)`" : "`\(old)` -> `\(new)`"
    if edit.file.source === finding.source, edit.edit.range.start == finding.range.start { return change }
    let place = edit.file.source.displayPosition(at: edit.edit.range.start)
    let name = edit.file.source === finding.source ? "" : edit.file.source.name.printable + ":"
    return change + " at \(name)\(place.line):\(place.column)"
  }

  private static func shortened(_ text: String) -> String {
    let text = text.printable
    return text.count <= textLimit ? text : text.prefix(textLimit - 1) + "…"
  }

  private static func closing(of report: LintReport) -> String {
    let summary = Summary.render(report, mentionsFix: false)
    guard !report.findings.isEmpty else { return summary }
    let isFixable = report.findings.contains { $0.fix?.isSafe == true }
    let hasUnsafe = report.findings.contains { $0.fix?.isSafe == false }
    let fix =
      switch (isFixable, hasUnsafe) {
      case (false, false): ""
      case (true, false): "`epochzero check --fix PATH` makes the fixes; "
      case (false, true): "`epochzero check --fix --unsafe-fixes PATH` makes the unsafe fixes; "
      case (true, true): "`epochzero check --fix PATH` makes the fixes, --unsafe-fixes the unsafe ones too; "
      }
    return "\(summary). \(fix)`epochzero explain RULE` says why and when to ignore it."
  }
}
