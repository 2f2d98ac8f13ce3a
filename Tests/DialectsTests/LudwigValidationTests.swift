import Experiment
import Testing

struct LudwigValidationTests {
  private static let features = """
    input_features: [{name: a, type: number}]
    output_features: [{name: b, type: binary}]

    """

  private static let splits: [(String, String?, Double?, Double?)] = [
    ("{}", nil, 0.1, 0.2),
    ("{split: {type: random}}", "random", 0.1, 0.2),
    ("{split: {type: stratify, column: b, probabilities: [0.8, 0, 0.2]}}", "stratify", 0.0, 0.2),
    ("{split: {type: fixed, column: part}}", "fixed", nil, nil),
    ("{split: {type: fixed, probabilities: [0.8, 0.1, 0.1]}}", "fixed", nil, nil),
    ("{split_probabilities: [1.0, 0.0, 0.0]}", nil, 0.0, 0.0),
    ("{stratify: b}", "stratify", 0.1, 0.2),
  ]

  @Test(arguments: splits)
  func `reads how data are held out`(text: String, split: String?, validation: Double?, test: Double?) throws {
    let training = try LudwigSample(Self.features + "preprocessing: \(text)").experiment.training
    #expect(training.value(TrainingKeys.split) == split)
    #expect(training.value(TrainingKeys.validationSplit) == validation)
    #expect(training.value(TrainingKeys.testSplit) == test)
  }

  @Test func `reads what is monitored`() throws {
    let training = try LudwigSample(
      Self.features + "trainer: {validation_field: b, validation_metric: roc_auc, skip_all_evaluation: true}"
    ).experiment.training
    #expect(training.value(TrainingKeys.monitoredOutput) == "b")
    #expect(training.value(TrainingKeys.monitor) == ["roc_auc"])
    #expect(training.value(TrainingKeys.skipsEvaluation) == true)
  }

  @Test func `a search minimizes the loss on the validation data unless it says otherwise`() throws {
    let usual = try #require(
      try LudwigSample(Self.features + "hyperopt: {metric: accuracy}").experiment.training[TrainingKeys.search]
    ).value
    #expect(usual.value(SearchKeys.metric) == "accuracy")
    #expect(usual[SearchKeys.goal]?.value == "minimize")
    #expect(usual[SearchKeys.goal]?.kind == "default")
    #expect(usual.value(SearchKeys.split) == "validation")
    let stated = try #require(
      try LudwigSample(Self.features + "hyperopt: {goal: maximize, split: test, output_feature: b}").experiment
        .training[TrainingKeys.search]
    ).value
    #expect(stated.value(SearchKeys.metric) == "loss")
    #expect(stated.value(SearchKeys.goal) == "maximize")
    #expect(stated.value(SearchKeys.split) == "test")
    #expect(stated.value(SearchKeys.output) == "b")
    #expect(try LudwigSample(Self.features).experiment.training[TrainingKeys.search] == nil)
  }

  private static let weights: [(String, [Double]?)] = [
    ("{name: b, type: binary, loss: {positive_class_weight: 20}}", [1, 20]),
    ("{name: b, type: category, loss: {class_weights: {yes: 30, no: 1}}}", [30, 1]),
    ("{name: b, type: category, loss: {class_weights: [1, 5, 9]}}", [1, 5, 9]),
    ("{name: b, type: binary}", nil),
  ]

  @Test(arguments: weights)
  func `reads the weights of classes`(output: String, weights: [Double]?) throws {
    let experiment = try LudwigSample(
      "input_features: [{name: a, type: number}]\noutput_features: [\(output)]"
    ).experiment
    #expect(experiment.outputs[0].facts.value(OutputKeys.classWeights) == weights)
  }

  @Test func `says what encodes a feature`() throws {
    let experiment = try LudwigSample(
      """
      input_features:
        - {name: a, type: category, encoder: {type: passthrough}}
        - {name: b, type: text}
      output_features: [{name: c, type: binary}]
      """
    ).experiment
    #expect(experiment.inputs[0][InputKeys.encoder]?.value == "passthrough")
    #expect(experiment.inputs[0][InputKeys.encoder]?.kind == "stated")
    #expect(experiment.layers.map(\.kind).prefix(2) == [.input, .reshape])
    #expect(experiment.inputs[1][InputKeys.encoder]?.value == "parallel_cnn")
    #expect(experiment.inputs[1][InputKeys.encoder]?.kind == "default")
  }
}
