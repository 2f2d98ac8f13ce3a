package import DryRunMessages
package import Rules

/// What a dry run said of a finding, or of several findings of one rule that it put to the test together: those share it.
///
/// A class, so that findings stay small: most have none.
package final class Confirmation: Sendable {
  /// What was trained beside what.
  package enum Contrast: Hashable, Sendable {
    /// The experiment as it is written, and with the rule's findings mended.
    case alone
    /// With the findings of all other rules mended, and with this rule's mended too: one mistake may hide what another does.
    case amongMended
  }

  /// The run that the verdict rests on; its verdict is the one of the finding.
  package let report: DryRunReport
  /// What the versions of `report` are.
  package let contrast: Contrast
  /// What the rule's findings are mended by, each as `training.batch_size = 32`.
  package let changes: [String]
  /// The severity that the findings had before they were refuted, which made them hints; nil where they kept theirs.
  package let loweredFrom: Severity?

  package init(
    _ report: DryRunReport,
    contrast: Contrast = .alone,
    changes: [String] = [],
    loweredFrom: Severity? = nil
  ) {
    self.report = report
    self.contrast = contrast
    self.changes = changes
    self.loweredFrom = loweredFrom
  }
}
