import DryRunMessages
import JSONText
import Linting
import Rules

extension JSONWriter {
  /// Writes what a dry run said of a finding, or why none can test it, as an object; null where nothing put it to the test.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - isConfirmed: Whether the run put to the test what it could.
  mutating func verdict(of finding: LocatedFinding, isConfirmed: Bool) {
    if let confirmation = finding.confirmation { return verdict(confirmation) }
    guard isConfirmed, let reason = finding.untestable else { return value(nil as String?) }
    object { writer in
      writer.member("verdict", "untestable")
      writer.member("reason", reason)
    }
  }

  private mutating func verdict(_ confirmation: Confirmation) {
    let report = confirmation.report
    object { writer in
      writer.member("verdict", report.verdict.name)
      writer.member("reason", report.verdict.reason)
      writer.member("explanation", report.explanation)
      writer.member("message", confirmation.line)
      writer.member("lowered_from", confirmation.loweredFrom?.rawValue)
      writer.member("contrast", confirmation.contrast == .alone ? "alone" : "among-mended")
      writer.key("changes")
      writer.array(of: confirmation.changes) { $0.value($1) }
      writer.key("judgement")
      if let judgement = report.judgement { judgement.write(to: &writer) } else { writer.value(nil as String?) }
      writer.key("plan")
      report.plan.write(to: &writer)
      writer.key("data")
      report.data.write(to: &writer)
      writer.key("seconds")
      writer.value(report.seconds)
      writer.member("threads", report.threads)
      writer.member("library", report.library)
    }
  }
}
