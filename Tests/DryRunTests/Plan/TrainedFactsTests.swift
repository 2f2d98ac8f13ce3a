import DryRunMessages
import Experiment
import Testing

@testable import DryRun

struct TrainedFactsTests {
  private func stated(
    _ layers: [String] = ["kind: dense, name: a, units: 4, activation: relu", "kind: dense, name: b, units: 1"],
    training: String = "batch_size: 32, loss: mse, optimizer: {name: adam, learning_rate: 0.01}",
    data: String = "samples: 1000"
  ) throws -> Experiment {
    let lines = layers.map { "    - {\($0)}" }.joined(separator: "\n")
    return try statedExperiment(
      """
      epochzero: 1
      model:
        layers:
          - {kind: input, name: x, shape: [8]}
      \(lines)
      training: {\(training)}
      data: {\(data)}
      """
    )
  }

  private func trainAlike(_ written: Experiment, _ changed: Experiment) throws -> Bool {
    try Plan.make(DryRunJob(written: written, changed: changed)).trainsAlike
  }

  @Test(arguments: [
    "batch_size: 32, loss: mse, optimizer: {name: adam, learning_rate: 0.01}, early_stopping: 5, monitor: val_loss",
    "batch_size: 32, loss: mse, optimizer: {name: adam, learning_rate: 0.01}, metrics: [mae]",
    "loss: mse, optimizer: {learning_rate: 1e-2, name: adam}, batch_size: 32, epochs: 50",
  ])
  func `what no step depends on makes no difference`(training: String) throws {
    #expect(try trainAlike(try stated(), try stated(training: training)))
  }

  @Test func `augmentation makes none, since it is left out`() throws {
    let image = ["kind: flatten, name: f", "kind: dense, name: b, units: 1"]
    func stated(_ layers: [String]) throws -> Experiment {
      let lines = layers.map { "    - {\($0)}" }.joined(separator: "\n")
      return try statedExperiment(
        """
        epochzero: 1
        model:
          layers:
            - {kind: input, name: x, shape: [8, 8, 3]}
        \(lines)
        training: {loss: mse}
        """
      )
    }
    let augmented = try stated(["kind: augmentation, name: flip"] + image)
    #expect(try trainAlike(try stated(image), augmented))
    #expect(try trainAlike(augmented, try stated(image)))
    #expect(try !trainAlike(augmented, try stated(["kind: dropout, name: flip, rate: 0.5"] + image)))
  }

  @Test(arguments: [
    ["kind: dense, name: c, units: 4, activation: relu", "kind: dense, name: b, units: 1"],
    ["kind: dense, name: a, units: 5, activation: relu", "kind: dense, name: b, units: 1"],
    ["kind: dense, name: a, units: 4, activation: relu, init: he_normal", "kind: dense, name: b, units: 1"],
    ["kind: dense, name: a, units: 4, activation: relu, kernel_l2: 0.01", "kind: dense, name: b, units: 1"],
  ])
  func `layers make a difference, and their names`(layers: [String]) throws {
    #expect(try !trainAlike(try stated(), try stated(layers)))
  }

  @Test(arguments: [
    ("batch_size: 32, loss: mse, optimizer: {name: adam, learning_rate: 0.02}", "samples: 1000"),
    ("batch_size: 16, loss: mse, optimizer: {name: adam, learning_rate: 0.01}", "samples: 1000"),
    ("batch_size: 32, loss: mae, optimizer: {name: adam, learning_rate: 0.01}", "samples: 1000"),
    ("batch_size: 32, loss: mse, optimizer: {name: adam, learning_rate: 0.01, beta_1: 0.5}", "samples: 1000"),
    (
      "batch_size: 32, loss: mse, optimizer: {name: adam, learning_rate: 0.01}",
      "samples: 1000, inputs: {mean: 100, std: 3}"
    ),
  ])
  func `so do training and data`(training: String, data: String) throws {
    #expect(try !trainAlike(try stated(), try stated(training: training, data: data)))
  }

  @Test func `a longer run makes one where a schedule follows it`() throws {
    func scheduled(_ epochs: Int) throws -> Experiment {
      try stated(training: "batch_size: 32, loss: mse, epochs: \(epochs), schedule: {name: cosine}")
    }
    #expect(try !trainAlike(try scheduled(5), try scheduled(50)))
  }

  @Test func `class weights of independent labels are said to be left out`() throws {
    func omissions(_ activation: String, _ loss: String) throws -> [String] {
      var experiment = try stated(
        ["kind: dense, name: out, units: 3, activation: \(activation)"],
        training: "batch_size: 32, loss: \(loss)"
      )
      experiment.outputs[0].facts[OutputKeys.classWeights] = Fact([1, 2, 5], .inferred(from: "the test", at: nil))
      return try Plan.make(DryRunJob(written: experiment)).report.omissions
    }
    #expect(
      try omissions("sigmoid", "binary_crossentropy") == ["class weights of independent labels (output \"out\")"]
    )
    #expect(try omissions("softmax", "categorical_crossentropy") == [])
  }
}
