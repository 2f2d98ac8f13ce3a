import DryRunMessages
import Experiment
import Kernels
import Testing

@testable import DryRun

struct ProberTests {
  private let linear = "kind: dense, name: out, units: 1"

  @Test func `a network that starts with zeros has symmetric units`() throws {
    let zeros = "units: 8, activation: tanh, init: zeros"
    let report = try train(
      try experiment(
        layers: ["kind: dense, name: one, \(zeros)", "kind: dense, name: two, \(zeros)", "\(linear), init: zeros"],
        training: "loss: mse, optimizer: {name: sgd, learning_rate: 0.1}"
      )
    ).report
    let one = try #require(report.probes.layers.first { $0.name == "one" })
    let two = try #require(report.probes.layers.first { $0.name == "two" })
    #expect(one.symmetricUnits == 1)
    #expect(two.symmetricUnits == 1)
    #expect(one.firstGradientNorm == 0, "nothing comes through weights of 0")
  }

  @Test func `a network that starts with a constant has symmetric units, and one that starts at random has none`()
    throws
  {
    func symmetric(_ initializer: String) throws -> Double? {
      let hidden = "kind: dense, name: hidden, units: 8, activation: tanh, init: \(initializer)"
      let report = try train(
        try experiment(layers: [hidden, "\(linear), init: \(initializer)"], training: "loss: mse")
      ).report
      return report.probes.layers.first?.symmetricUnits
    }
    #expect(try symmetric("{name: constant, value: 0.1}") == 1)
    #expect(try symmetric("glorot_uniform") == 0)
  }

  @Test func `units behind a large negative bias are dead`() throws {
    let report = try train(
      try experiment(
        layers: [
          "kind: dense, name: hidden, units: 8, activation: relu, bias_init: {name: constant, value: -100}", linear,
        ],
        training: "loss: mse, optimizer: {name: sgd, learning_rate: 0.01}"
      ),
      steps: 20
    ).report
    let hidden = try #require(report.probes.layers.first)
    #expect(hidden.deadUnits == 1)
    #expect(hidden.firstGradientNorm == 0)
    #expect(hidden.lastGradientNorm == 0)
    #expect(hidden.updateRatio == 0)
  }

  @Test func `units of large weights are saturated`() throws {
    func saturated(_ deviation: Double) throws -> Double? {
      let initializer = "{name: random_normal, stddev: \(deviation)}"
      let report = try train(
        try experiment(
          layers: ["kind: dense, name: hidden, units: 32, activation: tanh, init: \(initializer)", linear],
          training: "loss: mse, optimizer: {name: sgd, learning_rate: 0.0001}"
        ),
        steps: 20
      ).report
      return report.probes.layers.first?.saturatedUnits
    }
    #expect(try saturated(30).map { $0 > 0.9 } == true)
    #expect(try saturated(0.1).map { $0 < 0.02 } == true)
  }

  @Test func `targets below a ReLU are out of reach`() throws {
    let relu = try experiment(layers: ["kind: dense, name: out, units: 1, activation: relu"], training: "loss: mse")
    let tanh = try experiment(layers: ["kind: dense, name: out, units: 1, activation: tanh"], training: "loss: mse")
    let free = try experiment(layers: [linear], training: "loss: mse")
    let rows = Rows(inputs: [try Tensor([4, 8])], targets: [try Tensor([4, 1], [-3, -0.5, 0, 2])])
    #expect(try version(relu).unreachableTargets(in: rows) == 0.5)
    #expect(try version(tanh).unreachableTargets(in: rows) == 0.5)
    #expect(try version(free).unreachableTargets(in: rows) == 0)
  }

  @Test(arguments: [("global_norm: 0.01", 1.0), ("global_norm: 1000", 0.0), ("norm: 0.0001", 1), ("value: 0.00001", 1)])
  func `clipped steps are counted`(clip: String, expected: Double) throws {
    let report = try train(
      try experiment(
        layers: [linear],
        training: "loss: mse, optimizer: {name: sgd, learning_rate: 0.001, clip: {\(clip)}}"
      ),
      steps: 30
    ).report
    #expect(report.probes.clippedSteps == expected)
    #expect(report.probes.globalNorm.map { $0 > 0.1 } == true, "before clipping")
  }

  @Test func `a network that learns its rows by heart has a gap`() throws {
    let hidden = "kind: dense, units: 128, activation: relu"
    let experiment = try experiment(
      layers: [hidden, hidden, linear],
      training: "loss: mse, optimizer: {name: adam, learning_rate: 0.005}"
    )
    let few = Split(
      training: try rows(16, features: 8, index: 1),
      heldOut: try rows(64, features: 8, index: 2),
      targetNormalizations: ["none"]
    )
    let run = Run(
      version: try version(experiment, steps: 200),
      data: few,
      seed: 1,
      yardstick: .loss,
      gate: Gate(seconds: 600) { false }
    )
    #expect(try run.report { _ in }.probes.generalizationGap.map { $0 > 5 } == true)
  }
}
