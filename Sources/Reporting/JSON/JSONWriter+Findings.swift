import JSONText
import Linting
import Rules
import SourceText

/// The members of a finding, which `json` and `json-lines` share.
extension JSONWriter {
  /// Writes a finding as an object.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - isConfirmed: Whether the run put to the test what it could, so that findings say why they could not be.
  mutating func finding(_ finding: LocatedFinding, isConfirmed: Bool) {
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
      writer.key("verdict")
      writer.verdict(of: finding, isConfirmed: isConfirmed)
    }
  }

  /// Writes what is wrong with a rule as an object with the members of a finding; the rule is `plugin`.
  mutating func finding(_ problem: PluginProblem) {
    object { writer in
      writer.member("rule", "plugin")
      writer.member("severity", Severity.error.rawValue)
      writer.member("message", problem.message)
      writer.member("file", problem.path)
      for key in ["line", "end_line"] { writer.member(key, problem.line ?? 1) }
      for key in ["column", "end_column"] { writer.member(key, 1) }
      writer.key("related")
      writer.array { _ in }
      for key in ["help", "fix", "verdict"] { writer.member(key, nil as String?) }
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
