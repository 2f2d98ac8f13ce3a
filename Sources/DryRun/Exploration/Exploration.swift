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
    var evidence: Evidence?
    do {
      try explore(&report, &evidence)
      progress(DryRunProgress(share: 1, activity: "done"))
    } catch {
      let checks = Figures.count(evidence?.checks.count ?? 0, "check")
      report.verdict =
        switch error {
        case .cancelled: .inconclusive("it was cancelled after \(checks)")
        case .outOfTime: .inconclusive("the time ran out after \(checks)")
        case .notRunnable(let error): .notRunnable(error.reason)
        }
    }
    report.checks = evidence?.checks ?? []
    return report
  }

  private func explore(_ report: inout DryRunReport, _ evidence: inout Evidence?) throws(Interruption) {
    let rows: (written: Split, changed: Split?, report: DataReport)
    do { rows = try DryRunData.make(plan, rows: job.rows, seed: job.seed) } catch { throw .notRunnable(error) }
    report.data = rows.report
    let data = rows.written
    let run = Run(version: plan.written, data: data, seed: job.seed, yardstick: .loss, gate: gate, keepsPart: true)
    let trained = try run.withBaseline {
      progress(DryRunProgress(share: 0.4 * $0, activity: "training as written"))
    }
    report.written = VersionReport(runs: [trained.report])
    report.explanation = nil
    var found = Evidence(
      learning: Learning(trained.report, baseline: trained.baseline.loss),
      telling: Telling(plan, data, steps: trained.report.steps)
    )
    // What was found until the time runs out is worth telling too.
    defer { evidence = found }

    let trials = ShortTraining(plan: plan, data: data, seed: job.seed, gate: gate)
    found.byHeart =
      if plan.exploration.stepsByHeart > 0 {
        try trials.overfitting {
          progress(DryRunProgress(share: 0.4 + 0.15 * $0, activity: "learning one batch by heart"))
        }
      } else {
        leftOut(.overfitOneBatch)
      }
    found.zeroed = try zeroed(data, found)
    found.sweep =
      if !plan.exploration.exponents.isEmpty {
        try trials.sweep { progress(DryRunProgress(share: 0.75 + 0.25 * $0, activity: "trying learning rates")) }
      } else {
        leftOut(.learningRateSweep)
      }
  }

  private func leftOut(_ kind: ExperimentCheck.Kind) -> ExperimentCheck {
    let seconds = Figures.short(job.budget.seconds)
    return ExperimentCheck(kind, .open, "not tried: beside the training there is no room for it in \(seconds) s")
  }

  /// Trains the same with zeros in the place of the inputs.
  private func zeroed(_ data: Split, _ found: Evidence) throws(Interruption) -> ExperimentCheck {
    guard ZeroedInputCheck.isWorthwhile(found.learning, found.learns.outcome) else {
      return ZeroedInputCheck(found.learning, blind: nil).check
    }
    guard plan.exploration.zeroesInputs else { return leftOut(.zeroedInput) }
    var blind = data
    try computing { () throws(KernelError) in
      blind.training = try data.training.withZeroedInputs()
      blind.heldOut = try data.heldOut.withZeroedInputs()
    }
    let run = Run(version: plan.written, data: blind, seed: job.seed, yardstick: .loss, gate: gate)
    let report = try run.report {
      progress(DryRunProgress(share: 0.55 + 0.2 * $0, activity: "training with zeroed inputs"))
    }
    return ZeroedInputCheck(found.learning, blind: report).check
  }
}

/// What has been found of an experiment so far.
private struct Evidence {
  let learning: Learning
  let telling: Telling
  var byHeart: ExperimentCheck?
  var zeroed: ExperimentCheck?
  var sweep: ExperimentCheck?

  var learns: ExperimentCheck { LearningCheck(learning, byHeart: byHeart?.outcome, telling).check }

  var checks: [ExperimentCheck] {
    [InitialLossCheck(learning, isCutShort: telling.isCutShort).check, learns]
      + [byHeart, zeroed, sweep].compactMap(\.self)
  }
}

extension Rows {
  fileprivate func withZeroedInputs() throws(KernelError) -> Rows {
    var zeroed = self
    for index in inputs.indices { zeroed.inputs[index] = try Tensor(inputs[index].shape) }
    return zeroed
  }
}
