package import DryRunMessages
import Experiment
import Kernels

/// Makes what is trained on.
///
/// The examples are made once, as they are stored, and common to both versions; then each version normalises and encodes them by its own facts. What
/// the generators do is in docs/dry-runs/data.md.
package enum DryRunData {
  /// Makes the rows of each version.
  ///
  /// `path` is that of the user's rows, nil for synthetic data. Synthetic data depend on `seed`, and so does which of the user's rows are held out.
  package static func make(
    _ plan: Plan,
    rows path: String?,
    seed: UInt64
  ) throws(NotRunnable) -> (written: Split, changed: Split?, report: DataReport) {
    let written = VersionFacts(plan.written, other: plan.changed)
    let changed = plan.changed.map { VersionFacts($0, other: plan.written) }
    let subject = try DataSubject(written: written, changed: changed)
    guard !subject.inputs.isEmpty else { throw NotRunnable("the model has no inputs that are known") }
    let world = SyntheticWorld(subject, rows: plan.trainingRows + plan.heldOutRows, seed: seed).make()
    let description = DataDescription(subject: subject, written: written, changed: changed)
    let report = DataReport(
      descriptions: description.lines(isSynthetic: true),
      limits: DataDescription.syntheticLimits
    )
    let first = try VersionEncoding(
      facts: written,
      places: subject.written,
      world: world,
      trainingRows: plan.trainingRows
    ).split()
    guard let changed, let places = subject.changed else { return (first, nil, report) }
    let second = try VersionEncoding(facts: changed, places: places, world: world, trainingRows: plan.trainingRows)
      .split()
    return (first, second, report)
  }
}
