import DryRun
import DryRunMessages
import Experiment
import Kernels
import Testing

/// Estimates of memory against what the tensors of a network take in all.
struct MemoryTests {
  @Test(arguments: [
    // Parameters, with two slots for each of Adam's.
    ["x: [3000]", "kind: dense, units: 3000, activation: relu", "kind: dense, units: 1000"],
    // Signals.
    [
      "x: [96, 96, 16]", "kind: conv2d, filters: 64, kernel_size: 3, activation: relu, padding: same",
      "kind: batch_normalization", "kind: max_pooling2d, pool_size: 2",
      "kind: conv2d, filters: 96, kernel_size: 3, activation: tanh", "kind: dropout, rate: 0.1",
      "kind: global_average_pooling", "kind: dense, units: 4, activation: softmax",
    ],
    // States of all steps.
    [
      "x: [200, 64]", "kind: lstm, units: 256, return_sequences: true", "kind: gru, units: 256",
      "kind: dense, units: 1",
    ],
  ])
  func `are within a factor of 1.6`(_ network: [String]) throws {
    let lines = network.dropFirst().map { "    - {\($0)}" }.joined(separator: "\n")
    let experiment = try statedExperiment(
      """
      epochzero: 1
      model:
        layers:
          - {kind: input, name: x, shape: \(network[0].dropFirst(3))}
      \(lines)
      training: {batch_size: 16, epochs: 1}
      # As many rows as a batch has: theirs is another estimate.
      data: {samples: 16}
      """
    )
    var job = DryRunJob(written: experiment)
    // Time enough for nothing to be made smaller.
    job.budget.seconds = 1e6
    let plan = try Plan.make(job)
    #expect(plan.report.scalings.isEmpty)
    let made = try TrainableNetwork(
      plan.written.experiment,
      heads: plan.written.heads,
      batch: plan.written.batch,
      seed: 1
    )
    let optimizer = try made.makeOptimizer()
    try fill(made.inputs[0].value)
    try trainStep(made, optimizer, targets(of: made), at: 0)
    var found = TensorSearch()
    found.visit(made)
    found.visit(optimizer)
    let ratio = Double(found.bytes) / Double(plan.report.estimatedMemory)
    #expect((1 / 1.6...1.6).contains(ratio), "\(ratio) of \(plan.report.estimatedMemory >> 20) MB")
  }
}

/// The tensors that something holds, however deep, each piece of memory once.
private struct TensorSearch {
  private var seen: Set<ObjectIdentifier> = []
  private var counts: [UnsafeMutablePointer<Float>: Int] = [:]

  var bytes: Int { counts.values.reduce(0) { $0 + 4 * $1 } }

  mutating func visit(_ value: Any) {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .class {
      guard seen.insert(ObjectIdentifier(value as AnyObject)).inserted else { return }
    }
    if let tensor = value as? Tensor {
      counts[tensor.pointer] = tensor.count
    } else if !(value is [Float]) && !(value is [Int32]) && !(value is Experiment) {
      for child in mirror.children { visit(child.value) }
    }
  }
}
