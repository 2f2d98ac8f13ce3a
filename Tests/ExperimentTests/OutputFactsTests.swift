import Experiment
import Testing

struct OutputFactsTests {
  /// A model's end, behind a hidden dense layer, with what is to be found.
  struct Case: CustomTestStringConvertible, Sendable {
    var layers: [(kind: LayerKind, activation: String?)]
    var activation: String?
    var activations: [String]?
    /// A position in `layers`.
    var head: Int?
    /// A position in `layers`.
    var activationLayer: Int?

    var testDescription: String { layers.map { "\($0.kind)(\($0.activation ?? ""))" }.joined(separator: " > ") }
  }

  private static let cases: [Case] = [
    Case(layers: [(.dense, "linear")], activation: "linear", activations: [], head: 0, activationLayer: 0),
    Case(layers: [(.dense, "relu")], activation: "relu", activations: ["relu"], head: 0, activationLayer: 0),
    Case(
      layers: [(.dense, "linear"), (.activation, "softmax")],
      activation: "softmax",
      activations: ["softmax"],
      head: 0,
      activationLayer: 1
    ),
    Case(
      layers: [(.dense, "softmax"), (.activation, "softmax")],
      activation: "softmax",
      activations: ["softmax", "softmax"],
      head: 0,
      activationLayer: 1
    ),
    Case(
      layers: [(.dense, "sigmoid"), (.dropout, nil), (.reshape, nil), (.activation, "linear"), (.identity, nil)],
      activation: "sigmoid",
      activations: ["sigmoid"],
      head: 0,
      activationLayer: 0
    ),
    // What a normalisation gives is unbounded again.
    Case(
      layers: [(.dense, "relu"), (.batchNormalization, nil)],
      activation: "linear",
      activations: [],
      head: 0,
      activationLayer: nil
    ),
    Case(
      layers: [(.dense, "relu"), (.batchNormalization, nil), (.activation, "softmax")],
      activation: "softmax",
      activations: ["softmax"],
      head: 0,
      activationLayer: 2
    ),
    // SqueezeNet: two activations with a pooling between are not in a row.
    Case(
      layers: [(.conv2d, "relu"), (.globalAveragePooling, nil), (.activation, "softmax")],
      activation: "softmax",
      activations: ["softmax"],
      head: 0,
      activationLayer: 2
    ),
    Case(
      layers: [(.conv2d, "sigmoid"), (.globalAveragePooling, nil)],
      activation: "sigmoid",
      activations: ["sigmoid"],
      head: 0,
      activationLayer: 0
    ),
    // Unknown code may do anything, and a rescaling moves the bounds.
    Case(
      layers: [(.dense, "relu"), (.operation, nil)],
      activation: nil,
      activations: nil,
      head: 0,
      activationLayer: nil
    ),
    Case(
      layers: [(.dense, "relu"), (.rescaling, nil)],
      activation: nil,
      activations: nil,
      head: 0,
      activationLayer: nil
    ),
    Case(layers: [(.backbone, nil)], activation: nil, activations: nil, head: nil, activationLayer: nil),
    Case(
      layers: [(.unknown, nil), (.activation, "softmax")],
      activation: "softmax",
      activations: nil,
      head: nil,
      activationLayer: 1
    ),
    Case(layers: [(.dense, nil)], activation: nil, activations: nil, head: 0, activationLayer: nil),
    Case(layers: [(.multiHeadAttention, nil)], activation: "linear", activations: [], head: 0, activationLayer: nil),
  ]

  @Test(arguments: cases)
  func `finds the effective final activation`(end: Case) {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("hidden")
    let first = sketch.experiment.layers.count
    for (index, layer) in end.layers.enumerated() {
      sketch.layer("\(index)", layer.kind, layer.activation.map { ["activation": .text($0)] } ?? [:])
    }
    sketch.output("\(end.layers.count - 1)")
    let output = sketch.derived.outputs[0]
    #expect(output.facts.value(OutputKeys.activation) == end.activation)
    #expect(output.facts.value(OutputKeys.activations) == end.activations)
    #expect(output.head == end.head.map { $0 + first })
    #expect(output.activationLayer == end.activationLayer.map { $0 + first })
  }

  @Test func `does not choose a head behind a merge`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("value", "linear")
    sketch.dense("advantage", from: ["x"], "linear")
    sketch.layer("add", .add, from: ["value", "advantage"])
    sketch.layer("softmax", .activation, ["activation": .text("softmax")])
    sketch.output("softmax")
    let output = sketch.derived.outputs[0]
    #expect(output.head == nil)
    #expect(output.facts.value(OutputKeys.activation) == "softmax")
    #expect(output.facts.value(OutputKeys.activations) == ["softmax"])
  }

  @Test func `leaves what a dialect has set`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("y", "relu")
    sketch.output("y", ["activation": .text("softmax"), "loss_expects": .text("any"), "loss": .text("poisson")])
    let output = sketch.derived.outputs[0].facts
    #expect(output.value(OutputKeys.activation) == "softmax")
    #expect(output.value(OutputKeys.lossExpects) == "any")
  }

  @Test(arguments: [([8, 5], "channels_last", 5), ([5, 8], "channels_first", 5)])
  func `takes the channels for the units`(axes: [Int], format: String, units: Int) {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.layer(
      "y",
      .conv1d,
      ["data_format": .text(format), "output_shape": .list(axes.map(FactValue.integer)), "activation": .text("relu")]
    )
    sketch.output("y")
    #expect(sketch.derived.outputs[0].facts.value(OutputKeys.units) == units)
  }

  // MARK: - Losses

  @Test(
    arguments: [
      ("mean_squared_error", nil, "unbounded"),
      ("poisson", nil, "positive"),
      ("binary_crossentropy", true, "logits"),
      ("binary_crossentropy", false, "probabilities"),
      ("sparse_categorical_crossentropy", nil, nil),
      ("negative_log_likelihood", nil, "log_probabilities"),
      ("cosine_similarity", nil, "any"),
      ("my_own_loss", nil, nil),
    ] as [(String, Bool?, String?)]
  )
  func `says what a loss expects`(loss: String, fromLogits: Bool?, expected: String?) {
    let facts = output(loss: loss, units: 3, fromLogits: fromLogits)
    #expect(facts.value(OutputKeys.lossExpects) == expected)
  }

  @Test(
    arguments: [
      ("mean_squared_error", 3, "linear", "regression"),
      ("huber", 1, "linear", "regression"),
      ("binary_crossentropy", 1, "sigmoid", "binary"),
      ("binary_crossentropy", 5, "sigmoid", "multilabel"),
      ("binary_crossentropy", 2, "softmax", nil),
      ("categorical_crossentropy", 5, "softmax", "multiclass"),
      ("hinge", 1, "tanh", "binary"),
      ("kl_divergence", 5, "softmax", nil),
      ("my_own_loss", 5, "softmax", nil),
      (nil, 5, "softmax", nil),
    ] as [(String?, Int, String, String?)]
  )
  func `infers the task from the loss only`(loss: String?, units: Int, activation: String, task: String?) {
    #expect(output(loss: loss, units: units, activation).value(OutputKeys.task) == task)
  }

  @Test func `does not overrule a stated task`() {
    var sketch = Sketch()
    sketch.output("none", ["task": .text("reinforcement"), "loss": .text("mean_squared_error")])
    #expect(sketch.derived.outputs[0].facts.value(OutputKeys.task) == "reinforcement")
  }

  private func output(loss: String?, units: Int, _ activation: String = "linear", fromLogits: Bool? = nil) -> Record {
    var sketch = Sketch()
    sketch.layer("x", .input, ["shape": .list([.integer(2)])])
    sketch.dense("y", units: units, activation)
    var facts: [String: FactValue] = [:]
    facts["loss"] = loss.map(FactValue.text)
    facts["from_logits"] = fromLogits.map(FactValue.boolean)
    sketch.output("y", facts)
    return sketch.derived.outputs[0].facts
  }
}
