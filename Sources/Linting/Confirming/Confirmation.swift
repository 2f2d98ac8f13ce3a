package import DryRunMessages
package import Rules

/// What a dry run said of a finding, or of several findings of one rule that it put to the test together: those share it.
///
/// A class, so that findings stay small: most have none.
package final class Confirmation: Sendable {
  package let report: DryRunReport
  /// The severity that the findings had before they were refuted, which made them hints; nil where they kept theirs.
  package let loweredFrom: Severity?

  package init(_ report: DryRunReport, loweredFrom: Severity? = nil) {
    self.report = report
    self.loweredFrom = loweredFrom
  }
}
