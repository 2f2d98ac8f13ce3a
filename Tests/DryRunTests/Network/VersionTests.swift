import DryRun
import Experiment
import Kernels
import Testing

/// What two versions of one network have in common, and what is theirs alone.
struct VersionTests {
  private func parameters(_ layers: [String], seed: UInt64 = 1) throws -> [String: [Float]] {
    let network = try network(experiment(layers: layers), seed: seed)
    var values: [String: [Float]] = [:]
    for part in network.parts {
      for parameter in part.parameters { values["\(part.name)/\(parameter.name)"] = try parameter.read() }
    }
    return values
  }

  @Test func `versions start alike wherever names and shapes agree`() throws {
    let written = try parameters([
      "kind: dense, name: a, units: 4, activation: relu", "kind: dense, name: b, units: 4",
      "kind: dense, name: c, units: 2",
    ])
    let changed = try parameters([
      "kind: dense, name: a, units: 4, activation: tanh", "kind: dense, name: b, units: 4, init: zeros",
      "kind: batch_normalization, name: new", "kind: dense, name: c, units: 2",
    ])
    #expect(written["a/kernel"] == changed["a/kernel"])
    #expect(written["c/kernel"] == changed["c/kernel"])
    #expect(changed["b/kernel"]?.allSatisfy { $0 == 0 } == true)
    #expect(written["a/kernel"] != written["b/kernel"])
  }

  @Test func `another seed draws other numbers`() throws {
    let layers = ["kind: dense, name: a, units: 4"]
    #expect(try parameters(layers)["a/kernel"] != parameters(layers, seed: 2)["a/kernel"])
  }

  @Test func `an LSTM forgets little at first`() throws {
    let bias = try parameters(["kind: reshape, target_shape: [4, 2]", "kind: lstm, name: a, units: 3"])["a/bias"]
    let forget = try #require(bias)[3..<6]
    #expect(forget.allSatisfy { $0 == 1 } || forget.allSatisfy { $0 == 0 })
  }

  @Test func `frozen layers stay as they are`() throws {
    let experiment = try experiment(
      layers: ["kind: dense, name: a, units: 4, trainable: false", "kind: dense, name: b, units: 1"],
      training: "optimizer: {name: sgd, learning_rate: 0.1}"
    )
    let network = try network(experiment)
    let before = try network.parts.map { try $0.parameters[0].read() }
    try fill(network.inputs[0].value)
    try trainStep(network, network.makeOptimizer(), targets(of: network), at: 0)
    let after = try network.parts.map { try $0.parameters[0].read() }
    #expect(before[0] == after[0])
    #expect(before[1] != after[1])
  }

  @Test func `penalties on weights and on what layers give count`() throws {
    let experiment = try experiment(layers: [
      "kind: dense, name: a, units: 4, l2: 0.5", "kind: dense, name: b, units: 1, activity_l1: 0.25",
    ])
    let network = try network(experiment)
    try fill(network.inputs[0].value)
    try network.network.forward(isTraining: true)
    let kernel = try network.parts[0].parameters[0].read()
    let given = network.parts[1].output.value.values
    let expected =
      0.5 * kernel.reduce(0) { $0 + Double($1 * $1) } + 0.25 * given.reduce(0) { $0 + Double($1.magnitude) } / 4
    #expect(abs(try network.penalty() - expected) < 1e-4 * expected)
  }

  @Test(arguments: [
    (
      "name: adam", "global_norm: 1.0",
      OptimizerRule.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7, isAMSGrad: false, .keras)
    ),
    (
      "name: sgd, momentum: 0.9, nesterov: true", "value: 0.5",
      .sgd(momentum: 0.9, nesterov: true, dampening: 0, .keras)
    ),
    ("name: rmsprop", "norm: 2.0", .rmsprop(decay: 0.9, momentum: 0, epsilon: 1e-7, isCentered: false, .keras)),
    ("name: lion", "global_norm: 1.0", .lion(beta1: 0.9, beta2: 0.99)),
  ])
  func `makes the optimizer that is written`(optimizer: String, clip: String, rule: OptimizerRule) throws {
    let experiment = try experiment(
      layers: ["kind: dense, units: 1"],
      training: "optimizer: {\(optimizer), learning_rate: 0.5, weight_decay: 0.01, clip: {\(clip)}}"
    )
    let network = try network(experiment)
    let made = try network.makeOptimizer()
    #expect(made.rule == rule)
    #expect(made.decay == .decoupled(0.01))
    #expect(made.clipping != nil)
    #expect(network.rate(at: 100) == 0.5)
  }

  @Test func `names an optimizer that has no kernel`() throws {
    let experiment = try experiment(layers: ["kind: dense, units: 1"], training: "optimizer: {name: lbfgs}")
    #expect(throws: NotRunnable("there is no kernel for the optimizer \"lbfgs\"")) { try network(experiment) }
  }

  @Test func `warms up and decays`() throws {
    let experiment = try experiment(
      layers: ["kind: dense, units: 1"],
      training:
        "optimizer: {name: adam, learning_rate: 0.1}, schedule: {name: cosine, warmup_steps: 10, decay_steps: 100}"
    )
    let network = try network(experiment)
    #expect(network.rate(at: 0) == 0)
    #expect(network.rate(at: 5) == 0.05)
    #expect(network.rate(at: 10) == 0.1)
    #expect(network.rate(at: 110) < 1e-9)
  }

  @Test(arguments: [
    (
      "[8, 8, 3]", "kind: local_response_normalization",
      "there is no kernel for \"local_response_normalization\" (layer \"local_response_normalization_1\")"
    ),
    (
      "[8, 4]", "kind: lstm, units: 3, activation: gelu",
      "there is no kernel for \"lstm with the activation \"gelu\"\" (layer \"lstm_1\")"
    ),
  ])
  func `names the layer and what it lacks`(shape: String, layer: String, reason: String) throws {
    let experiment = try experiment(layers: [layer, "kind: dense, units: 1"], shape: shape)
    #expect(throws: NotRunnable(reason)) { try network(experiment) }
  }

  @Test func `a normalisation takes the statistics of the rows`() throws {
    let experiment = try experiment(layers: ["kind: normalization, name: a", "kind: dense, units: 1"], shape: "[2]")
    let network = try network(experiment)
    try network.adapt(to: [Tensor([3, 2], [1, 5, 3, 5, 5, 5])])
    try network.inputs[0].value.write([3, 5, 5, 6, 3, 5, 3, 5])
    try network.network.forward(isTraining: false)
    let given = network.parts[0].output.value.values
    #expect(given[0] == 0 && given[1] == 0)
    #expect(abs(given[2] - 2 / (8.0 / 3).squareRoot()) < 1e-5)
    #expect(abs(given[3] - 1) < 1e-5)
  }
}
