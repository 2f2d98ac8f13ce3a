package import Linting
package import Rules
package import SourceText

extension LocatedFinding {
  /// Makes a finding on the first occurrence of a text, for tests of what is done with findings.
  package static func sample(
    rule: String = "group/rule",
    severity: Severity = .warning,
    message: String = "something is wrong",
    in source: SourceText,
    at text: String,
    related: [Place] = [],
    help: String? = nil,
    fix: LocatedFix? = nil
  ) -> LocatedFinding {
    LocatedFinding(
      rule: rule,
      severity: severity,
      message: message,
      source: source,
      range: source.range(of: text),
      related: related,
      help: help,
      fix: fix,
      canConfirm: false
    )
  }
}

extension SourceText {
  /// Returns the range of the first occurrence of a text, or the empty range at the end.
  package func range(of text: String) -> TextRange {
    let wanted = Array(text.utf8)
    for start in bytes.indices where bytes[start...].starts(with: wanted) {
      return TextRange(start: start, end: start + wanted.count)
    }
    return TextRange(at: bytes.count)
  }
}
