import DryRun
import Experiment
import Kernels
import Testing

struct HeadTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var layer: String
    var training: String
    var loss: Loss
    var form: Head.TargetForm
    var task: Head.Task
    var assumptions: [String] = []

    var testDescription: String { "\(layer), \(training)" }
  }

  static let cases = [
    Case(
      layer: "kind: dense, units: 3, activation: softmax",
      training: "loss: categorical_crossentropy",
      loss: .categoricalCrossentropy(fromLogits: false, smoothing: 0),
      form: .oneHot(3),
      task: .multiclass
    ),
    // Softmax over one unit is always 1: a mistake that is trained as it is written.
    Case(
      layer: "kind: dense, units: 1, activation: softmax",
      training: "loss: binary_crossentropy",
      loss: .binaryCrossentropy(fromLogits: false, smoothing: 0),
      form: .bits(1),
      task: .binary
    ),
    Case(
      layer: "kind: dense, units: 4",
      training: "loss: CrossEntropyLoss",
      loss: .sparseCategoricalCrossentropy(fromLogits: true, smoothing: 0, ignored: nil),
      form: .classIndex(4),
      task: .multiclass
    ),
    Case(
      layer: "kind: dense, units: 2, activation: relu",
      training: "loss: mae",
      loss: .meanAbsoluteError,
      form: .numbers(2),
      task: .regression
    ),
    Case(
      layer: "kind: dense, units: 3, activation: softmax",
      training: "loss: mse",
      loss: .meanSquaredError,
      form: .oneHot(3),
      task: .multiclass
    ),
    Case(
      layer: "kind: dense, units: 5, activation: sigmoid",
      training: "",
      loss: .binaryCrossentropy(fromLogits: false, smoothing: 0),
      form: .bits(5),
      task: .binary,
      assumptions: [
        "loss of \"dense_1\": binary_crossentropy, since it ends in sigmoid",
        "binary_crossentropy of \"dense_1\" takes probabilities, since it ends in sigmoid",
      ]
    ),
    Case(
      layer: "kind: dense, units: 1",
      training: "",
      loss: .meanSquaredError,
      form: .numbers(1),
      task: .regression,
      assumptions: ["loss of \"dense_1\": mean_squared_error, since it ends in linear"]
    ),
  ]

  @Test(arguments: cases)
  func `takes loss, targets and task from what is written`(_ expected: Case) throws {
    let experiment = try experiment(layers: [expected.layer], training: expected.training)
    let (heads, assumptions) = try Head.all(of: experiment)
    let head = try #require(heads.first)
    #expect(heads.count == 1)
    #expect(head.loss == expected.loss)
    #expect(head.form == expected.form)
    #expect(head.task == expected.task)
    #expect(assumptions == expected.assumptions)
  }

  @Test func `names a loss that has no kernel`() throws {
    let experiment = try experiment(layers: ["kind: dense, units: 1"], training: "loss: quantile")
    #expect(throws: NotRunnable("there is no kernel for the loss \"quantile\" (output \"dense_1\")")) {
      try Head.all(of: experiment)
    }
  }
}
