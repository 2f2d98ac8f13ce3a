package import Linting
import Rules
import SourceText

/// Findings as one JSON object, for programs.
///
/// Lines and columns count from 1, columns in Unicode scalars, and an end is where the next character stands. `start` and
/// `end` of an edit are UTF-8 offsets from 0.
package enum JSONReport {
  /// The version of the format; it grows when a member changes its meaning or goes away.
  package static let version = 1

  /// Returns the report as text that ends with a line end.
  package static func render(_ report: LintReport) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", version)
      writer.key("findings")
      writer.array(of: report.findings) { $0.finding($1) }
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
    }
    return writer.text + "\n"
  }
}

extension JSONWriter {
  fileprivate mutating func finding(_ finding: LocatedFinding) {
    object { writer in
      writer.member("rule", finding.rule)
      writer.member("severity", finding.severity.rawValue)
      writer.member("message", finding.message)
      writer.place(finding.source, finding.range)
      writer.key("related")
      writer.array(of: finding.related) { writer, related in
        writer.object { writer in
          writer.member("message", related.message)
          writer.place(related.source, related.range)
        }
      }
      writer.member("help", finding.help)
      writer.key("fix")
      if let fix = finding.fix { writer.fix(fix) } else { writer.value(nil as String?) }
      // Filled in by a dry run.
      writer.member("verdict", nil as String?)
    }
  }

  private mutating func fix(_ fix: LocatedFix) {
    object { writer in
      writer.member("safe", fix.isSafe)
      writer.key("edits")
      writer.array(of: fix.edits) { writer, edit in
        writer.object { writer in
          writer.place(edit.file.source, edit.edit.range)
          writer.member("start", edit.edit.range.start)
          writer.member("end", edit.edit.range.end)
          writer.member("replacement", edit.edit.replacement)
        }
      }
    }
  }

  private mutating func place(_ source: SourceText, _ range: TextRange) {
    let start = source.displayPosition(at: range.start)
    let end = source.displayPosition(at: range.end)
    member("file", source.name)
    member("line", start.line)
    member("column", start.column)
    member("end_line", end.line)
    member("end_column", end.column)
  }
}
