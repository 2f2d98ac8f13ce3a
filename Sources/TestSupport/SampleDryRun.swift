package import DryRunMessages

extension DryRunReport {
  /// A report as a runner makes it: two dense layers over three seeds, whose losses fall to `written` and `changed`.
  package static func sample(
    _ verdict: Verdict = .confirmed,
    written: [Double] = [0.6, 0.61, 0.62],
    changed: [Double] = [0.07, 0.08, 0.09],
    ratio: Double = 7.6,
    interval: ClosedRange<Double> = 6.1...9.4
  ) -> DryRunReport {
    var plan = PlanReport()
    plan.trainingRows = 1024
    plan.heldOutRows = 256
    (plan.writtenBatch, plan.changedBatch) = (32, 32)
    (plan.writtenSteps, plan.changedSteps) = (200, 200)
    plan.estimatedMemory = 3_500_000
    plan.estimatedWork = 2.1e9
    plan.scalings = [.init(what: "batch", from: 256, to: 32), .init(what: "image side", from: 224, to: 64)]
    plan.assumptions = ["loss: mse, since the task is regression"]
    plan.omissions = ["augmentation"]
    let pairs = zip(written, changed).enumerated().map { index, pair in
      Judgement.Pair(seed: UInt64(index + 1), written: pair.0, changed: pair.1)
    }
    return DryRunReport(
      verdict: verdict,
      judgement: Judgement(
        metric: "loss",
        pairs: pairs,
        baseline: 1,
        ratio: ratio,
        interval: interval,
        test: "paired t-test of log ratios, one-sided, 1 % at each look",
        minimumRatio: 1.15
      ),
      explanation: "49 % of the targets are out of reach, 0 % with the fix",
      written: .sample(ending: written, unreachable: 0.49),
      changed: .sample(ending: changed, unreachable: 0),
      plan: plan,
      data: DataReport(
        descriptions: [
          "input \"features\": 12 numbers of mean 0 and deviation 1", "target \"angle\": from -3.1 to 3.1",
        ],
        limits: "synthetic data show what the config can learn, not how it does on yours"
      ),
      seconds: 1.8,
      threads: 1,
      library: "oneDNN 2.6.3"
    )
  }
}

extension DryRunReport {
  /// A report of an experiment by itself, with a check of each outcome.
  package static var sampleOfExperiment: DryRunReport {
    var report = sample(.trained)
    report.changed = nil
    report.judgement = nil
    report.explanation = nil
    (report.plan.changedBatch, report.plan.changedSteps) = (0, 0)
    report.checks = [
      ExperimentCheck(.initialLoss, .open, "the loss starts at 1.1, and knowing nothing has 1"),
      ExperimentCheck(
        .overfitOneBatch,
        .failed,
        "the loss of one batch stays at 0.9",
        curve: [CurvePoint(0, 1), CurvePoint(9, 0.9)]
      ),
      ExperimentCheck(
        .learningRateSweep,
        .passed,
        "the largest rate that does not explode is 0.03",
        curve: [CurvePoint(0.001, 0.9), CurvePoint(0.01, 0.5), CurvePoint(0.1, .infinity)]
      ),
    ]
    return report
  }
}

extension VersionReport {
  /// Runs whose losses fall from 1 to these ends; an infinite one stays finite for half of its steps.
  package static func sample(ending ends: [Double], unreachable: Double) -> VersionReport {
    VersionReport(
      runs: ends.enumerated().map { index, end in
        let steps = end.isFinite ? 200 : 100
        let goal = end.isFinite ? end : 50
        let points: [CurvePoint] = stride(from: 0, through: steps, by: 20).map { step in
          let left = (1 - Double(step) / Double(steps)) * (1 - Double(step) / 400)
          return CurvePoint(Double(step), goal + (1 - goal) * left)
        }
        var probes = ProbeReport(layers: [
          .sample("dense_1", "dense", gradient: (0.5, 0.02), dead: 0.25),
          .sample("output <\"&'>", "dense", gradient: (1.5, 0.1), dead: nil),
        ])
        probes.initialLoss = 1.1
        probes.expectedInitialLoss = 1
        probes.stepsToHalf = end < 0.5 ? 40 : nil
        probes.unreachableTargets = unreachable
        probes.globalNorm = 2.2
        if !end.isFinite { probes.nonFinite = .init(step: 100, layer: "dense_1", isGradient: true) }
        return RunReport(
          seed: UInt64(index + 1),
          steps: steps,
          training: points.map { CurvePoint($0.x, $0.y * 0.9) },
          heldOut: points,
          score: end,
          probes: probes
        )
      }
    )
  }
}

extension LayerProbe {
  fileprivate static func sample(
    _ name: String,
    _ kind: String,
    gradient: (Double, Double),
    dead: Double?
  ) -> LayerProbe {
    var layer = LayerProbe(name: name, kind: kind)
    layer.firstGradientNorm = gradient.0
    layer.lastGradientNorm = gradient.1
    layer.updateRatio = 0.0013
    layer.deadUnits = dead
    layer.saturatedUnits = 0
    layer.symmetricUnits = 0
    layer.firstHistogram = Histogram(minimum: -2, maximum: 2, counts: [1, 8, 30, 60, 31, 7, 1])
    layer.lastHistogram = Histogram(minimum: -3, maximum: 4, counts: [0, 4, 20, 70, 30, 12, 2])
    return layer
  }
}
