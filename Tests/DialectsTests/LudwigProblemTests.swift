import Dialects
import Experiment
import SourceText
import Testing

struct LudwigProblemTests {
  private static let features = """
    input_features: [{name: a, type: number}]
    output_features: [{name: y, type: binary}]

    """

  @Test(arguments: [
    ("trainer: {bach_size: 3}", "unknown key \"bach_size\" in \"trainer\"", "did you mean \"batch_size\"?"),
    ("trainer: {momentum: 0.9}", "unknown key \"momentum\" in \"trainer\"", "it belongs in \"optimizer\""),
    ("trainer: {clipvalue: 1}", "unknown key \"clipvalue\" in \"trainer\"", "it belongs in \"gradient_clipping\""),
    ("epochs: 3", "unknown key \"epochs\" in the config", "it belongs in \"trainer\""),
    ("trianer: {epochs: 3}", "unknown key \"trianer\" in the config", "did you mean \"trainer\"?"),
    ("trainer: {optimizer: {type: sgd, betas: [1, 1]}}", "unknown key \"betas\" in \"optimizer\"", nil),
    (
      "trainer: {learning_rate_scheduler: {type: cosine}}",
      "unknown key \"type\" in \"learning_rate_scheduler\", so no schedule is on",
      "the schedule is named by \"decay\": write \"decay: cosine\""
    ),
    ("combiner: {type: tabnet, num_fc_layers: 2}", "unknown key \"num_fc_layers\" in the tabnet combiner", nil),
    (
      "combiner: {type: concat, num_fc_layer: 2}", "unknown key \"num_fc_layer\" in the concat combiner",
      "did you mean \"num_fc_layers\"?"
    ),
    ("defaults: {numbr: {}}", "unknown key \"numbr\" in \"defaults\"", "did you mean \"number\"?"),
  ])
  func `names keys that Ludwig does not read`(text: String, message: String, help: String?) throws {
    let problems = try LudwigSample(Self.features + text).experiment.problems
    #expect(problems.map(\.kind) == [.unknownKey])
    #expect(problems.first?.message == message)
    #expect(problems.first?.help == help)
  }

  @Test(arguments: [
    (
      "trainer: {optimizer: {lr: 1.0e-5}}",
      "\"lr\" in \"optimizer\" has no effect: the rate is \"learning_rate\" of \"trainer\"",
      "write \"learning_rate: 1.0e-05\" in \"trainer\""
    ),
    (
      "combiner: {output_size: 64}", "\"output_size\" has no effect: the combiner has no layers",
      "say how many with \"num_fc_layers\""
    ),
    (
      "trainer: {train_steps: 9, epochs: 3}", "\"epochs\" has no effect: \"train_steps\" says how long the run is",
      "leave out one of the two"
    ),
    (
      "trainer: {learning_rate_scheduler: {decay_rate: 0.9}}",
      "\"decay_rate\" has no effect: \"decay\" is not set, so the rate does not decay",
      "say how with \"decay\", such as \"decay: exponential\""
    ),
    (
      "trainer: {learning_rate_scheduler: {reduce_on_plateau_rate: 0.9, reduce_on_plateau: 0}}",
      "\"reduce_on_plateau_rate\" has no effect: \"reduce_on_plateau\" is 0", "say how often with \"reduce_on_plateau\""
    ),
    (
      "trainer: {increase_batch_size_on_plateau_max: 512}",
      "\"increase_batch_size_on_plateau_max\" has no effect: \"increase_batch_size_on_plateau\" is 0",
      "say how often with \"increase_batch_size_on_plateau\""
    ),
  ])
  func `names keys that have no effect`(text: String, message: String, help: String) throws {
    let problems = try LudwigSample(Self.features + text).experiment.problems
    #expect(problems.map(\.kind.isIgnoredKey) == [true])
    #expect(problems.first?.message == message)
    #expect(problems.first?.help == help)
  }

  @Test(arguments: [
    "combiner: {num_fc_layers: 1, output_size: 64}", "combiner: {fc_layers: [{output_size: 3}], activation: relu}",
    "combiner: {type: tabnet, output_size: 64}", "trainer: {epochs: 3, train_steps: null}",
    "trainer: {regularization_type: l1, regularization_lambda: 0.1}",
    "trainer: {learning_rate_scheduler: {decay: linear, reduce_on_plateau: 2, reduce_on_plateau_rate: 0.5}}",
    "combiner: {output_size: 64}\nhyperopt: {parameters: {combiner.num_fc_layers: {space: choice, categories: [1]}}}",
  ])
  func `stays silent on keys that have an effect`(text: String) throws {
    #expect(try LudwigSample(Self.features + text).problems.isEmpty)
  }

  @Test(arguments: [
    "trainer: {some_new_key: 3}", "some_section: {a: 1}", "combiner: {type: new_combiner, depth: 3}",
    "trainer: {optimizer: {type: new_optimizer, depth: 3}}", "trainer: {optimizer: {type: Adam}}",
    "combiner: {type: concat, num_fc_layers: 1, bias_initializer: zeros, norm_params: {eps: 0.1}}",
    "trainer: {learning_rate_warmup_epochs: 3, reduce_learning_rate_on_plateau: 2, staircase: true, eval_batch_size: 0}",
    "backend: {type: local, anything: 1}", "preprocessing: {text: {word_tokenizer: space}, stratify: y}",
  ])
  func `stays silent on what newer and older releases know`(text: String) throws {
    #expect(try LudwigSample(Self.features + text).problems.isEmpty)
  }

  @Test(arguments: [
    ("{name: a, type: nubmer}", "\"nubmer\" is not a known value of \"type\"", "did you mean \"number\"?"),
    ("{name: a, type: wave}", "\"wave\" is not a known value of \"type\"", nil),
    (
      "{name: a, type: text, encoder: {type: paralel_cnn}}", "\"paralel_cnn\" is not a known encoder",
      "did you mean \"parallel_cnn\"?"
    ),
    (
      "{name: a, type: number, encoder: {type: dense, activation: rleu}}",
      "\"rleu\" is not a known value of \"activation\"",
      "did you mean \"relu\"?"
    ),
    (
      "{name: a, type: number, preprocessing: {normalization: zscor}}",
      "\"zscor\" is not a known value of \"normalization\"",
      "did you mean \"zscore\"?"
    ),
  ])
  func `names words that Ludwig does not know`(feature: String, message: String, help: String?) throws {
    let problems = try LudwigSample(
      "input_features: [\(feature)]\noutput_features: [{name: y, type: binary}]"
    ).experiment.problems
    #expect(problems.map(\.kind) == [.invalidValue])
    #expect(problems.first?.message == message)
    #expect(problems.first?.help == help)
  }

  @Test(arguments: [
    (
      "category", "mean_squared_error", "use \"softmax_cross_entropy\" or \"corn\" or \"sampled_softmax_cross_entropy\""
    ),
    ("set", "softmax_cross_entropy", "use \"sigmoid_cross_entropy\""),
    ("vector", "softmax_cross_entropy", nil),
    ("category", "focal_loss", nil),
  ])
  func `names a loss that is not for the type of output`(type: String, loss: String, help: String?) throws {
    let problems = try LudwigSample(
      """
      input_features: [{name: a, type: number}]
      output_features: [{name: y, type: \(type), loss: {type: \(loss)}}]
      """
    ).experiment.problems
    #expect(problems.map(\.kind) == (help == nil ? [] : [.invalidValue]))
    #expect(problems.first?.help == help)
  }

  @Test(arguments: [
    ("trainer: {optimizer: {type: adm}}", "\"adm\" is not a known optimizer"),
    ("combiner: {type: concta}", "\"concta\" is not a known combiner"),
  ])
  func `names misspelled modules`(text: String, message: String) throws {
    let problems = try LudwigSample(Self.features + text).experiment.problems
    #expect(problems.map(\.kind) == [.invalidValue])
    #expect(problems.first?.message == message)
  }

  @Test(arguments: [
    ("trainer: {epochs: ten}", "\"epochs\" must be an integer, not the text \"ten\""),
    ("trainer: {batch_size: 3.5}", "\"batch_size\" must be an integer, not the number 3.5"),
    ("trainer: {learning_rate: [0.1]}", "\"learning_rate\" must be a number, not a list"),
    ("combiner: {num_fc_layers: {}}", "\"num_fc_layers\" must be an integer, not a mapping"),
  ])
  func `names values of the wrong type once`(text: String, message: String) throws {
    #expect(try LudwigSample(Self.features + text).problems == ["wrong-type: \(message)"])
  }

  @Test func `a number that PyYAML takes for text is still read, and mended`() throws {
    let sample = try LudwigSample(Self.features + "trainer: {learning_rate: 1e-4}")
    let problem = try #require(sample.experiment.problems.first)
    #expect(sample.experiment.problems.count == 1)
    #expect(problem.kind == .ambiguousNumber)
    #expect(problem.help == "YAML 1.1 readers want a point and a signed exponent: write 1.0e-4")
    #expect(problem.edits.map(\.replacement) == ["1.0e-4"])
    #expect(sample.experiment.training.value(TrainingKeys.optimizer)?.value(OptimizerKeys.learningRate) == 1e-4)
  }

  // What PyYAML 6.0 takes for a number was tried out.
  @Test(arguments: [
    ("1e4", "1.0e+4"), ("1.5e1", "1.5e+1"), ("1.E5", "1.0E+5"), ("-.5e3", "-0.5e+3"), ("1.0e-4", nil), (".5e+3", nil),
    ("\"1e-4\"", nil),
  ])
  func `mends numbers wherever they stand`(text: String, fixed: String?) throws {
    let sample = try LudwigSample(Self.features + "backend: {anything: [\(text)]}")
    #expect(sample.experiment.problems.map(\.kind) == (fixed == nil ? [] : [.ambiguousNumber]))
    #expect(sample.experiment.problems.first?.edits.first?.replacement == fixed)
  }

  @Test func `reads YAML as PyYAML does`() throws {
    let sample = try LudwigSample(
      """
      input_features: [{name: 1e5, type: number}]
      output_features: [{name: y, type: binary}]
      combiner: {num_fc_layers: 1, use_bias: no}
      trainer: {batch_size: 1_024, epochs: 010}
      """
    )
    #expect(sample.problems == ["ambiguous-number: Ludwig takes \"epochs: 010\" for 8"])
    #expect(sample.experiment.training.value(TrainingKeys.batchSize) == 1024)
    #expect(sample.experiment.training.value(TrainingKeys.epochs) == 8)
    #expect(sample.experiment.inputs.first?.value(InputKeys.name) == "1e5")
    #expect(sample.experiment.layers.first { $0.kind == .dense }?.facts.value(LayerKeys.useBias) == false)
  }

  @Test func `a feature name that is given twice`() throws {
    let sample = try LudwigSample(
      "input_features: [{name: a, type: number}, {name: a, type: number}]\noutput_features: [{name: y, type: binary}]"
    )
    #expect(sample.problems == ["invalid-value: feature \"a\" is given twice"])
    #expect(sample.experiment.problems.first?.related.count == 1)
  }

  @Test func `a key that belongs in the preprocessing of a feature`() throws {
    let problems = try LudwigSample(
      """
      input_features: [{name: a, type: number, normalization: zscore, encoder: {type: dense}}]
      output_features: [{name: y, type: binary}]
      """
    ).experiment.problems
    #expect(problems.map(\.message) == ["unknown key \"normalization\" in number feature \"a\""])
    #expect(problems.map(\.help) == ["it belongs in \"preprocessing\""])
  }

  @Test func `a loss of another type says nothing of the loss that is meant`() throws {
    let sample = try LudwigSample(
      """
      input_features: [{name: a, type: number}]
      output_features: [{name: y, type: number, loss: {type: softmax_cross_entropy}}]
      """
    )
    #expect(sample.experiment.problems.map(\.kind) == [.invalidValue])
    #expect(sample.experiment.outputs.first?.facts.value(OutputKeys.loss) == nil)
  }

  @Test func `the number of a key without effect does not matter`() throws {
    let sample = try LudwigSample(Self.features + "trainer: {optimizer: {type: adam, lr: 1e-4}}")
    #expect(sample.experiment.problems.map(\.kind) == [.ignoredLearningRate])
  }

  @Test func `dropout is a switch in old configs and a share in others`() throws {
    let layers = "combiner: {fc_layers: [{output_size: 8, dropout: true}]}\n"
    #expect(try LudwigSample(Self.features + layers + "training: {dropout_rate: 0.4}").problems.isEmpty)
    let problem = try LudwigSample(Self.features + layers).experiment.problems.first
    #expect(problem?.message == "\"dropout\" must be a number, not true")
    #expect(problem?.help == "since 0.3 it is the share that is dropped: write \"dropout: 0.2\", or 0 for none")
  }
}
