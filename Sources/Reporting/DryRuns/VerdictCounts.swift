import DryRunMessages
import Linting

/// How many findings have which verdict.
enum VerdictCounts {
  /// Returns "2 confirmed, 1 refuted (now a hint), 1 not runnable"; nil where nothing was put to the test.
  static func render(_ report: LintReport) -> String? {
    let confirmations = report.findings.compactMap(\.confirmation)
    guard report.isConfirmed else { return nil }
    let names = ["confirmed", "refuted", "inconclusive", "not runnable"]
    let counts = names.compactMap { name -> String? in
      let having = confirmations.filter { $0.report.verdict.words == name }
      if having.isEmpty { return nil }
      let lowered = having.count { $0.loweredFrom != nil }
      let note = lowered == 0 ? "" : lowered == 1 ? " (now a hint)" : " (now hints)"
      return "\(having.count) \(name)\(note)"
    }
    let untested = report.findings.count - confirmations.count
    return (counts + (untested == 0 ? [] : ["\(untested) not tested"])).joined(separator: ", ")
  }
}
