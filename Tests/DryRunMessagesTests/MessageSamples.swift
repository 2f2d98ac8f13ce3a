import ConfigSyntax
import DryRunMessages
import Experiment
import JSONText
import SourceText

/// A job and a report in which every member says something.
enum MessageSamples {
  static var job: DryRunJob {
    var written = Experiment(dialect: "native", sources: [])
    written.about[name: "name"] = fact(.text("a \"quoted\" näme\u{2028}\u{0}"))
    written.inputs = [record(["shape": .list([.integer(8), .unknown]), "mean": .number(-0.0)])]
    var lstm = Layer(
      kind: .lstm,
      name: "lstm",
      facts: record(["units": .integer(4), "dropout": .number(0.1)]),
      inputs: [0]
    )
    lstm.inputSlots = [1]
    var twin = Layer(kind: .dense, name: "twin", facts: record(["use_bias": .boolean(false)]), inputs: [1, 0])
    twin.sharesWeightsWith = 1
    written.layers = [Layer(kind: .input, name: "in", facts: Record(), inputs: []), lstm, twin]
    written.outputs = [
      Output(facts: record(["loss": .text("mse")]), layer: 2), Output(facts: Record(), layer: nil),
    ]
    written.training = record([
      "optimizer": .record(record(["name": .text("adam"), "learning_rate": .number(.leastNonzeroMagnitude)])),
      "batch_size": .deferred("auto"), "a": .number(.infinity), "b": .number(-.infinity), "c": .number(.nan),
      "whole": .number(1), "large": .number(1e300), "deferred": .integer(.max), "least": .integer(.min),
    ])
    written.data = record(["samples": .integer(100), "texts": .list([.text("NaN"), .list([]), .text("")])])
    written.problems = [Problem(kind: .brokenGraph, message: "a cycle", location: nil)]
    return DryRunJob(
      written: written,
      changed: Experiment(dialect: "keras", sources: []),
      probe: .deadUnits,
      rows: "/rows/ä b.csv",
      budget: DryRunBudget(seconds: 2.5, memory: 1 << 40, seeds: 2...7, threads: 3),
      seed: .max
    )
  }

  static var report: DryRunReport {
    var layer = LayerProbe(name: "dense_1", kind: "dense")
    layer.firstGradientNorm = .infinity
    layer.lastGradientNorm = .nan
    layer.updateRatio = 1e-3
    layer.deadUnits = 0
    layer.saturatedUnits = 1
    layer.symmetricUnits = 0.5
    layer.firstHistogram = Histogram(minimum: -1, maximum: 1, counts: [1, 2, 3])
    layer.lastHistogram = Histogram(minimum: -.infinity, maximum: .infinity, counts: [])
    var probes = ProbeReport(layers: [layer, LayerProbe(name: "x", kind: "relu")])
    probes.initialLoss = 2.3
    probes.expectedInitialLoss = 2.302585
    probes.stepsToHalf = 17
    probes.clippedSteps = 0.25
    probes.globalNorm = 3
    probes.unreachableTargets = 0.49
    probes.generalizationGap = 1.5
    probes.nonFinite = .init(step: 3, layer: "dense_1", isGradient: true)
    let run = RunReport(
      seed: 1 << 63,
      steps: 200,
      training: [CurvePoint(1, 2.3), CurvePoint(200, .infinity)],
      heldOut: [CurvePoint(200, .nan)],
      score: .infinity,
      probes: probes
    )
    var plan = PlanReport()
    plan.scalings = [.init(what: "batch", from: 256, to: 32)]
    plan.assumptions = ["loss: mse"]
    plan.omissions = ["augmentation"]
    (plan.estimatedMemory, plan.estimatedWork) = (1 << 33, 1e15)
    (plan.trainingRows, plan.heldOutRows) = (1000, 200)
    (plan.writtenBatch, plan.changedBatch, plan.writtenSteps, plan.changedSteps) = (32, 64, 200, 100)
    return DryRunReport(
      verdict: .inconclusive("the seeds differ too much"),
      judgement: Judgement(
        metric: "1 - R2",
        pairs: [.init(seed: 5, written: .infinity, changed: 0.25)],
        baseline: 1,
        ratio: 7.6,
        interval: 0.5...(.infinity),
        test: "paired t-test",
        minimumRatio: 1.15
      ),
      explanation: "49 % of the targets are out of reach",
      written: VersionReport(runs: [run, run]),
      changed: VersionReport(),
      checks: [ExperimentCheck(.learningRateSweep, .open, "0.1 explodes", curve: [CurvePoint(0.1, .infinity)])],
      plan: plan,
      data: DataReport(path: "rows.csv", descriptions: ["input \"x\""], limits: "little"),
      seconds: 1.75,
      threads: 2,
      library: "oneDNN 2.6.3"
    )
  }

  static func record(_ values: KeyValuePairs<String, FactValue>) -> Record {
    var record = Record()
    for (name, value) in values { record[name: name] = fact(value) }
    return record
  }

  private static func fact(_ value: FactValue) -> Fact<FactValue> { Fact(value, .inferred(from: "the job", at: nil)) }
}

extension DryRunMessage {
  /// The message as it is written.
  var json: String {
    var writer = JSONWriter(isCompact: true)
    write(to: &writer)
    return writer.text
  }

  /// Reads a message from JSON text.
  init(json: String) throws(MessageFault) {
    let tree = parse(SourceText(name: "message", text: json), as: .json)
    self = try Self(MessageReader(tree.documents.first))
  }
}
