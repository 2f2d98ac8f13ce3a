import DryRunMessages
import Experiment
import Kernels
import Linting

@testable import DryRun

/// Data for a version or two that are written as native experiment files.
struct DataSketch {
  var written: String
  var changed: String?
  var training = 600
  var heldOut = 200
  /// What the heads are given, for the versions in turn; nil for a single number.
  var forms: [[Head.TargetForm]] = [[.numbers(1)], [.numbers(1)]]
  var loss = Loss.meanSquaredError

  func make(seed: UInt64 = 1) throws -> (written: Split, changed: Split?, report: DataReport) {
    try DryRunData.make(plan(), rows: nil, seed: seed)
  }

  func plan() throws -> Plan {
    Plan(
      written: try version(written, forms: forms[0]),
      changed: try changed.map { try version($0, forms: forms[forms.count - 1]) },
      trainingRows: training,
      heldOutRows: heldOut,
      report: PlanReport()
    )
  }

  private func version(_ text: String, forms: [Head.TargetForm]) throws -> Plan.Version {
    let reader = ConfigReader(MemoryFileSystem([:]))
    let input = LintInput(name: "a.yaml", path: "a.yaml", isNamed: true, content: Array("epochzero: 1\n\(text)".utf8))
    let experiment = try reader.experiments(in: input).experiments[0].experiment
    let heads = forms.enumerated().map { index, form in
      Head(
        output: index,
        layer: experiment.outputs[index].layer ?? 0,
        name: experiment.outputs[index].facts.value(OutputKeys.name) ?? "output",
        loss: loss,
        task: form.task,
        form: form
      )
    }
    return Plan.Version(experiment: experiment, heads: heads, batch: 32, steps: 100)
  }
}

extension Head.TargetForm {
  var task: Head.Task {
    switch self {
    case .numbers: .regression
    case .bits: .binary
    case .classIndex, .oneHot: .multiclass
    }
  }
}

/// The mean and deviation of some numbers, and their bounds.
struct Moments {
  var mean = 0.0
  var deviation = 0.0
  var minimum = Float.infinity
  var maximum = -Float.infinity

  init(_ values: some Sequence<Float>) {
    var count = 0.0
    var squares = 0.0
    for value in values {
      count += 1
      mean += Double(value)
      squares += Double(value) * Double(value)
      minimum = min(minimum, value)
      maximum = max(maximum, value)
    }
    mean /= count
    deviation = max(squares / count - mean * mean, 0).squareRoot()
  }
}

extension Tensor {
  /// Every `stride`th value.
  func column(_ first: Int, of stride: Int) -> [Float] {
    Swift.stride(from: first, to: count, by: stride).map { pointer[$0] }
  }
}
