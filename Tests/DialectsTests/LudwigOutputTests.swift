import Dialects
import Experiment
import Testing

struct LudwigOutputTests {
  @Test(arguments: [
    ("number", "regression", "mean_squared_error", nil, 1),
    ("binary", "binary", "binary_crossentropy", true, 1),
    ("category", "multiclass", "categorical_crossentropy", true, nil),
    ("set", "multilabel", "binary_crossentropy", true, nil),
    ("vector", "regression", "mean_squared_error", nil, nil),
    ("timeseries", "regression", "huber", nil, nil),
  ])
  func `each type has its task, loss and head`(
    type: String,
    task: String,
    loss: String,
    logits: Bool?,
    units: Int?
  ) throws {
    let sample = try LudwigSample(
      "input_features: [{name: a, type: number}]\noutput_features: [{name: y, type: \(type)}]"
    )
    let facts = sample.experiment.outputs[0].facts
    #expect(facts.value(OutputKeys.task) == task)
    #expect(facts[OutputKeys.loss]?.value == loss)
    #expect(facts[OutputKeys.loss]?.kind == "default")
    #expect(facts.value(OutputKeys.fromLogits) == logits)
    let head = try #require(sample.layer("y"))
    #expect(head.kind == .dense)
    #expect(head.facts.value(LayerKeys.units) == units)
    #expect(head.facts.value(LayerKeys.activation) == "linear")
  }

  @Test func `stated losses, weights, bounds and sizes are read`() throws {
    let sample = try LudwigSample(
      """
      input_features: [{name: a, type: number}]
      output_features:
        - {name: n, type: number, loss: {type: mean_absolute_error, weight: 3}, clip: [0, 9]}
        - {name: c, type: category, loss: {type: softmax_cross_entropy, class_weights: [1, 2, 3]}}
        - {name: v, type: vector, decoder: {activation: tanh}, preprocessing: {vector_size: 7}}
      """
    )
    let outputs = sample.experiment.outputs.map(\.facts)
    #expect(outputs[0][OutputKeys.loss]?.value == "mean_absolute_error")
    #expect(outputs[0][OutputKeys.loss]?.kind == "stated")
    #expect(outputs[0].value(OutputKeys.lossWeight) == 3)
    #expect(outputs[0].value(OutputKeys.clip) == [0, 9])
    #expect(outputs[1].value(OutputKeys.classWeights) == [1, 2, 3])
    #expect(sample.layer("c")?.facts.value(LayerKeys.units) == 3)
    #expect(sample.layer("v")?.facts.value(LayerKeys.activation) == "tanh")
    #expect(sample.layer("v")?.facts.value(LayerKeys.units) == 7)
    #expect(sample.problems.isEmpty)
  }

  @Test func `an output that depends on others takes their last hidden layers`() throws {
    let sample = try LudwigSample(
      """
      input_features: [{name: a, type: number}]
      combiner: {type: concat, num_fc_layers: 1}
      output_features:
        - {name: late, type: binary, dependencies: [early]}
        - {name: early, type: number, decoder: {num_fc_layers: 1}}
      """
    )
    #expect(sample.experiment.outputs.map { $0.facts.value(OutputKeys.name) } == ["late", "early"])
    let joined = try #require(sample.layer("late/dependencies"))
    #expect(joined.inputs.map { sample.experiment.layers[$0].name } == ["combiner/fc1", "early/fc1"])
    #expect(sample.experiment.outputs[0].layer.map { sample.experiment.layers[$0].name } == "late")
  }

  @Test func `outputs that depend on each other in a ring end`() throws {
    let sample = try LudwigSample(
      """
      input_features: [{name: a, type: number}]
      output_features:
        - {name: x, type: binary, dependencies: [y]}
        - {name: y, type: binary, dependencies: [x]}
      """
    )
    #expect(sample.experiment.outputs.allSatisfy { $0.layer != nil })
  }
}
