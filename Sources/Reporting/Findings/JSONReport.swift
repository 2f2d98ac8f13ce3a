import JSONText
package import Linting
import Rules

/// Findings as one JSON object, for programs.
///
/// Lines and columns count from 1, columns in Unicode scalars, and an end is where the next character stands. `start` and
/// `end` of an edit are UTF-8 offsets from 0.
package enum JSONReport {
  /// The version of the format; it grows when a member changes its meaning or goes away.
  package static let version = 1

  /// Returns the report.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - includesStatistics: Whether the findings are also counted by rule, in `statistics`.
  /// - Returns: Text that ends with a line end.
  package static func render(_ report: LintReport, includesStatistics: Bool = false) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", version)
      writer.key("findings")
      writer.array(of: report.findings) { $0.finding($1, isConfirmed: report.isConfirmed) }
      writer.key("plugin_problems")
      writer.array(of: report.pluginProblems) { writer, problem in
        writer.object { writer in
          writer.member("file", problem.path)
          writer.member("line", problem.line)
          writer.member("message", problem.message)
        }
      }
      writer.key("errors")
      writer.array(of: report.errors) { writer, error in
        writer.object { writer in
          writer.member("file", error.file)
          writer.member("message", error.message)
        }
      }
      writer.member("files_checked", report.checkedFiles)
      guard includesStatistics else { return }
      writer.key("statistics")
      writer.array(of: Statistics(of: report).counts) { writer, count in
        writer.object { writer in
          writer.member("rule", count.rule)
          writer.member("severity", count.severity.rawValue)
          writer.member("count", count.findings)
          writer.member("fixable", count.fixable)
        }
      }
    }
    return writer.text + "\n"
  }
}
