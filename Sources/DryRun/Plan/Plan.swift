package import DryRunMessages
package import Experiment

/// What is trained: the versions as they fit into the budget.
package struct Plan: Sendable {
  package var written: Version
  /// Nil where one experiment is looked into by itself.
  package var changed: Version?
  /// The rows to train on and those that are held out, the same for both versions.
  package var trainingRows: Int
  package var heldOutRows: Int
  package var report: PlanReport
  /// What is done beside the training where one experiment is looked into by itself.
  package var exploration: ExplorationPlan
  /// Whether there is no room for as many steps as show anything.
  package var isCutShort: Bool

  /// One version of the experiment.
  package struct Version: Sendable {
    /// Scaled and derived.
    package var experiment: Experiment
    package var heads: [Head]
    /// Examples for each optimizer step.
    package var batch: Int
    /// The most optimizer steps: so many that both versions see the same number of examples.
    package var steps: Int

    package init(experiment: Experiment, heads: [Head], batch: Int, steps: Int) {
      self.experiment = experiment
      self.heads = heads
      self.batch = batch
      self.steps = steps
    }
  }

  package init(
    written: Version,
    changed: Version?,
    trainingRows: Int,
    heldOutRows: Int,
    report: PlanReport,
    exploration: ExplorationPlan = .whole,
    isCutShort: Bool = false
  ) {
    self.written = written
    self.changed = changed
    self.trainingRows = trainingRows
    self.heldOutRows = heldOutRows
    self.report = report
    self.exploration = exploration
    self.isCutShort = isCutShort
  }
}
