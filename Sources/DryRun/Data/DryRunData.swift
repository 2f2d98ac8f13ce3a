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
    let description = DataDescription(subject: subject, written: written, changed: changed)
    let world: World
    let report: DataReport
    var trainingRows = plan.trainingRows
    if let path {
      let made = try SampleWorld(subject, changed ?? written, path: path, plan: plan, seed: seed).make()
      world = made.world
      trainingRows = made.trainingRows
      report = DataReport(
        path: path,
        descriptions: description.lines(isSynthetic: false) + made.notes,
        limits: DataDescription.sampleLimits
      )
    } else {
      world = SyntheticWorld(subject, rows: plan.trainingRows + plan.heldOutRows, seed: seed).make()
      report = DataReport(
        descriptions: description.lines(isSynthetic: true),
        limits: DataDescription.syntheticLimits
      )
    }
    let encoding = VersionEncoding(facts: written, places: subject.written, world: world, trainingRows: trainingRows)
    let first = try encoding.split()
    guard let changed, let places = subject.changed else { return (first, nil, report) }
    let second = VersionEncoding(facts: changed, places: places, world: world, trainingRows: trainingRows)
    return (first, try second.split(), report)
  }
}
