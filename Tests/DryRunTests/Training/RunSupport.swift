import DryRunMessages
import Experiment
import Kernels

@testable import DryRun

/// Rows whose target is a fixed function of normal inputs, with a little noise.
func rows(_ count: Int, features: Int, seed: UInt64 = 5, index: Int = 0, scale: Float = 1) throws -> Rows {
  let stream = RandomStream(seed: seed, purpose: .data, index: index)
  let inputs = stream.normal(count * features)
  var targets: [Float] = []
  for row in 0..<count {
    let first = inputs[row * features], second = inputs[row * features + 1]
    targets.append((first - 0.5 * second + 0.3 * first * second) * scale)
  }
  return Rows(inputs: [try Tensor([count, features], inputs)], targets: [try Tensor([count, 1], targets)])
}

/// Training and held-out rows of the same function.
func split(_ count: Int = 256, features: Int = 8, seed: UInt64 = 5, scale: Float = 1) throws -> Split {
  Split(
    training: try rows(count, features: features, seed: seed, index: 1, scale: scale),
    heldOut: try rows(128, features: features, seed: seed, index: 2, scale: scale),
    targetNormalizations: ["none"]
  )
}

/// One version as it is, with nothing scaled.
func version(_ experiment: Experiment, batch: Int = 16, steps: Int = 100) throws -> Plan.Version {
  Plan.Version(experiment: experiment, heads: try Head.all(of: experiment).heads, batch: batch, steps: steps)
}

/// Trains an experiment with one output of one number.
func train(
  _ experiment: Experiment,
  batch: Int = 16,
  steps: Int = 100,
  seed: UInt64 = 1,
  scale: Float = 1,
  yardstick: Yardstick = .loss
) throws -> (report: RunReport, baseline: Baseline) {
  let run = Run(
    version: try version(experiment, batch: batch, steps: steps),
    data: try split(scale: scale),
    seed: seed,
    yardstick: yardstick,
    gate: Gate(seconds: 600) { false }
  )
  return try run.withBaseline { _ in }
}
