import JSONText
package import Linting
import Rules

/// Findings as a Code Quality report, which GitLab shows in merge requests.
package enum GitLabReport {
  /// Returns the report as a JSON array that ends with a line end.
  package static func render(_ report: LintReport) -> String {
    var fingerprints = Fingerprints()
    var writer = JSONWriter()
    writer.array(of: report.items) { writer, item in
      let fingerprint = fingerprints.next(rule: item.rule, file: item.file, message: item.message)
      writer.object { writer in
        writer.member("type", "issue")
        writer.member("check_name", item.rule)
        writer.member("description", Self.description(of: item))
        writer.key("categories")
        writer.array { $0.value("Bug Risk") }
        writer.member("severity", severity(of: item))
        writer.member("fingerprint", fingerprint)
        writer.key("location")
        writer.object { writer in
          writer.member("path", item.file)
          writer.key("lines")
          writer.object { writer in
            writer.member("begin", item.start.line)
            writer.member("end", item.end.line)
          }
        }
      }
    }
    return writer.text + "\n"
  }

  private static func description(of item: ReportItem) -> String {
    ([item.message, item.help].compactMap(\.self) + (item.verdict.map { ["dry run: " + $0] } ?? [])).joined(
      separator: "; "
    )
  }

  private static func severity(of item: ReportItem) -> String {
    if item.isFailure { return "blocker" }
    return switch item.severity {
    case .error: "critical"
    case .warning: "major"
    case .hint: "info"
    }
  }
}
