import Linting
import Rules
import SourceText

/// A finding, or what kept findings from being made, as the formats of CI services show both: with a rule, a severity and a place.
struct ReportItem {
  /// Stands for the rule where a plugin could not be loaded or failed.
  static let pluginRule = "plugin"
  /// Stands for the rule where a file could not be read or written.
  static let fileRule = "file"

  var rule: String
  var severity: Severity
  var message: String
  var help: String?
  /// What a dry run said, in a line; nil where none was made.
  var verdict: String?
  var file: String
  /// One-based, columns in Unicode scalars; the end is where the next character stands.
  var start = (line: 1, column: 1)
  var end = (line: 1, column: 1)
  /// Whether a finding was kept from being made, so that what was not found says nothing.
  var isFailure = true
  /// Whether it makes the run fail.
  var failsRun = true

  /// The message with the lines behind it.
  var fullMessage: String { message.printable + advice }

  /// The help and the verdict, each on a line of its own behind a line end.
  var advice: String {
    (help.map { "\nhelp: " + $0.printable } ?? "") + (verdict.map { "\ndry run: " + $0 } ?? "")
  }

  /// The line that problem matchers read.
  var heading: String {
    "\(file.printable):\(start.line):\(start.column): \(severity.rawValue)[\(rule)]: \(message.printable)"
  }
}

extension LintReport {
  /// Everything there is to tell: plugin problems, file errors, then the findings by file and place.
  var items: [ReportItem] {
    var items: [ReportItem] = []
    for problem in pluginProblems {
      let place = (problem.line ?? 1, 1)
      items.append(
        ReportItem(
          rule: ReportItem.pluginRule,
          severity: .error,
          message: problem.message,
          file: problem.path,
          start: place,
          end: place
        )
      )
    }
    for error in errors {
      items.append(ReportItem(rule: ReportItem.fileRule, severity: .error, message: error.message, file: error.file))
    }
    for finding in findings {
      items.append(
        ReportItem(
          rule: finding.rule,
          severity: finding.severity,
          message: finding.message,
          help: finding.help,
          verdict: finding.confirmation?.line,
          file: finding.source.name,
          start: finding.source.displayPosition(at: finding.range.start),
          end: finding.source.displayPosition(at: finding.range.end),
          isFailure: false,
          failsRun: finding.failsRun
        )
      )
    }
    return items
  }
}
