import Experiment
import Testing

struct GraphFactsTests {
  @Test func `counts weight layers on the longest path`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("a")
    sketch.layer("drop", .dropout)
    sketch.dense("b")
    sketch.dense("short", from: ["x"])
    sketch.layer("sum", .concatenate, from: ["b", "short"])
    sketch.dense("y")
    sketch.output("y")
    let experiment = sketch.derived
    #expect(experiment.layers.map { $0.facts.value(LayerKeys.weightDepth) } == [0, 1, 1, 2, 1, 2, 3])
    #expect(experiment.about.value(ExperimentKeys.weightDepth) == 3)
  }

  @Test func `does not know the depth behind a backbone`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.layer("bert", .backbone)
    sketch.dense("y")
    let experiment = sketch.derived
    #expect(experiment.facts("y").value(LayerKeys.weightDepth) == nil)
    #expect(experiment.about.value(ExperimentKeys.weightDepth) == nil)
    #expect(experiment.about.value(ExperimentKeys.hasSkips) == nil)
    #expect(experiment.about.value(ExperimentKeys.hasNormalization) == nil)
  }

  @Test func `ignores edges that lead nowhere`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("a", from: ["x", "missing"])
    #expect(sketch.derived.facts("a").value(LayerKeys.weightDepth) == 1)
  }

  // MARK: - Heads and activations

  @Test func `finds the heads of two outputs`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("trunk")
    sketch.dense("value")
    sketch.layer("drop", .dropout)
    sketch.dense("policy", from: ["trunk"])
    sketch.output("drop")
    sketch.output("policy")
    let experiment = sketch.derived
    #expect(experiment.layers.map { $0.facts.value(LayerKeys.isHead) } == [nil, false, true, nil, true])
  }

  @Test(
    arguments: [
      ([LayerKind.batchNormalization, .dropout, .activation], "relu"),
      ([.maxPooling2d, .activation], "relu"),
      ([.dense], "linear"),
      ([], "linear"),
      ([.operation, .activation], nil),
    ] as [([LayerKind], String?)]
  )
  func `finds the activation that a linear layer meets`(behind: [LayerKind], expected: String?) {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("a", "linear")
    for (index, kind) in behind.enumerated() {
      sketch.layer("\(index)", kind, kind == .activation ? ["activation": .text("relu")] : [:])
    }
    #expect(sketch.derived.facts("a").value(LayerKeys.effectiveActivation) == expected)
  }

  @Test func `does not choose between two activations`() {
    var sketch = Sketch()
    sketch.layer("x", .input)
    sketch.dense("a", "linear")
    sketch.layer("relu", .activation, from: ["a"], ["activation": .text("relu")])
    sketch.layer("tanh", .activation, from: ["a"], ["activation": .text("tanh")])
    #expect(sketch.derived.facts("a").value(LayerKeys.effectiveActivation) == nil)
  }

  // MARK: - Normalisation

  @Test(arguments: [
    (["norm", "a", "b"], false),
    (["a", "norm", "b"], true),
    (["a", "b", "norm"], false),
  ])
  func `counts only normalisation between weight layers`(order: [String], expected: Bool) {
    var sketch = Sketch()
    sketch.layer("x", .input)
    for name in order {
      if name == "norm" { sketch.layer(name, .layerNormalization) } else { sketch.dense(name) }
    }
    #expect(sketch.derived.about.value(ExperimentKeys.hasNormalization) == expected)
  }
}
