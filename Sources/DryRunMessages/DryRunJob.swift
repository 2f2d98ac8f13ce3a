package import Experiment

/// What a runner is asked: to train one experiment, or two versions of one side by side.
package struct DryRunJob: Sendable {
  /// The experiment as it is written: lowered, not derived, since scaling changes shapes before they are inferred.
  package var written: Experiment
  /// The same with a change that may mend it, to put a finding to the test; nil to look into one experiment by itself.
  package var changed: Experiment?
  /// What explains the finding; nil where nothing in particular does.
  package var probe: Probe?
  /// The path of the user's rows, as the runner can open it; nil for synthetic data.
  package var rows: String?
  package var budget: DryRunBudget
  /// What all random numbers depend on; both versions have the same.
  package var seed: UInt64

  package init(
    written: Experiment,
    changed: Experiment? = nil,
    probe: Probe? = nil,
    rows: String? = nil,
    budget: DryRunBudget = DryRunBudget(),
    seed: UInt64 = 1
  ) {
    self.written = written
    self.changed = changed
    self.probe = probe
    self.rows = rows
    self.budget = budget
    self.seed = seed
  }
}

/// What a job may take.
package struct DryRunBudget: Hashable, Sendable {
  /// Wall-clock time in seconds for all versions and seeds together.
  package var seconds: Double
  /// Bytes of all tensors, and of what the kernel library takes beside them.
  package var memory: Int
  /// The fewest and the most pairs of runs, each pair with a seed of its own.
  package var seeds: ClosedRange<Int>
  package var threads: Int

  package init(seconds: Double = 5, memory: Int = 2 << 30, seeds: ClosedRange<Int> = 3...9, threads: Int = 1) {
    self.seconds = seconds
    self.memory = memory
    self.seeds = seeds
    self.threads = threads
  }
}

/// How far a job is: for a progress bar.
package struct DryRunProgress: Hashable, Sendable {
  /// From 0 to 1, never falling.
  package var share: Double
  /// What is being done, as "seed 2 of 3 to 9, with the fix".
  package var activity: String

  package init(share: Double, activity: String) {
    self.share = share
    self.activity = activity
  }
}

extension DryRunBudget {
  /// After how many seconds a runner that has not answered is taken to hang: it looks at the clock between two steps, and
  /// one step may take long on a machine that does other things.
  package var patience: Double { 2 * seconds + 5 }
}
