internal import DryRunMessages
internal import Kernels

/// One experiment by itself: trained as it is, and put through the checks that one would make by hand.
///
/// The checks are those of Karpathy, "A Recipe for Training Neural Networks" (2019): the loss at initialisation, one batch learnt by heart, the same
/// with zeroed inputs; and a sweep over learning rates.
struct Exploration {
  let job: DryRunJob
  let plan: Plan
  let gate: Gate
  let progress: (DryRunProgress) -> Void

  init(_ job: DryRunJob, _ plan: Plan, gate: Gate, progress: @escaping (DryRunProgress) -> Void) {
    self.job = job
    self.plan = plan
    self.gate = gate
    self.progress = progress
  }

  func report() -> DryRunReport {
    var report = DryRunReport(verdict: .trained)
    do {
      try explore(&report)
      progress(DryRunProgress(share: 1, activity: "done"))
    } catch {
      report.verdict =
        switch error {
        case .cancelled: .inconclusive("it was cancelled after \(Figures.count(report.checks.count, "check"))")
        case .outOfTime: .inconclusive("the time ran out after \(Figures.count(report.checks.count, "check"))")
        case .notRunnable(let error): .notRunnable(error.reason)
        }
    }
    return report
  }

  private func explore(_ report: inout DryRunReport) throws(Interruption) {
    let rows: (written: Split, changed: Split?, report: DataReport)
    do { rows = try DryRunData.make(plan, rows: job.rows, seed: job.seed) } catch { throw .notRunnable(error) }
    report.data = rows.report
    let data = rows.written
    let trained = try Run(version: plan.written, data: data, seed: job.seed, yardstick: .loss, gate: gate)
      .withBaseline { progress(DryRunProgress(share: 0.4 * $0, activity: "training as written")) }
    report.written = VersionReport(runs: [trained.report])
    report.explanation = nil
    report.checks.append(InitialLossCheck(trained.report.probes).check)
    report.checks.append(LearningCheck(trained.report, baseline: trained.baseline).check)

    let trials = ShortTraining(version: plan.written, data: data, seed: job.seed, gate: gate)
    report.checks.append(
      try trials.overfitting {
        progress(DryRunProgress(share: 0.4 + 0.15 * $0, activity: "learning one batch by heart"))
      }
    )
    report.checks.append(try zeroed(data, against: trained.report))
    report.checks.append(
      try trials.sweep { progress(DryRunProgress(share: 0.75 + 0.25 * $0, activity: "trying learning rates")) }
    )
  }

  /// Trains the same with zeros in the place of the inputs.
  private func zeroed(_ data: Split, against trained: RunReport) throws(Interruption) -> ExperimentCheck {
    var blind = data
    try computing { () throws(KernelError) in
      blind.training = try data.training.withZeroedInputs()
      blind.heldOut = try data.heldOut.withZeroedInputs()
    }
    let run = Run(version: plan.written, data: blind, seed: job.seed, yardstick: .loss, gate: gate)
    let report = try run.report {
      progress(DryRunProgress(share: 0.55 + 0.2 * $0, activity: "training with zeroed inputs"))
    }
    let with = trained.score, without = report.score
    let figures = "\(Figures.short(with)) with its inputs, \(Figures.short(without)) with zeros in their place"
    if !with.isFinite {
      return ExperimentCheck(.zeroedInput, .open, "the run does not stay finite, so that there is nothing to compare")
    }
    if with < 0.9 * without {
      return ExperimentCheck(.zeroedInput, .passed, "the network uses its inputs: the held-out loss is \(figures)")
    }
    return ExperimentCheck(
      .zeroedInput,
      with < 0.98 * without ? .open : .failed,
      "the network makes \(with < 0.98 * without ? "little" : "nothing") of its inputs: the held-out loss is \(figures); "
        + "look at how the inputs are scaled, and at what lies between them and the output"
    )
  }
}

extension Rows {
  fileprivate func withZeroedInputs() throws(KernelError) -> Rows {
    var zeroed = self
    for index in inputs.indices { zeroed.inputs[index] = try Tensor(inputs[index].shape) }
    return zeroed
  }
}
