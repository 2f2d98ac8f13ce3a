import Dialects
import Experiment
import Testing

struct NativeProblemTests {
  /// A broken file: what is said, the text it points at, and the help.
  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var kind: Problem.Kind
    var at: String
    var help: String?

    init(_ text: String, _ kind: Problem.Kind, at: String, help: String? = nil) {
      self.text = "epochzero: 1\n" + text
      self.kind = kind
      self.at = at
      self.help = help
    }

    var testDescription: String { text }
  }

  @Test(arguments: [
    Case("trainig: {}", .unknownKey, at: "trainig", help: "did you mean \"training\"?"),
    Case("training: {batchsize: 3}", .unknownKey, at: "batchsize", help: "did you mean \"batch_size\"?"),
    Case("training: {batch_size: many}", .wrongType, at: "many"),
    Case("training: {micro_batch_size: 0}", .invalidValue, at: "0"),
    Case("training: {validation_split: 20}", .invalidValue, at: "20"),
    Case("training: {optimizer: {learning_rate: .nan}}", .invalidValue, at: ".nan"),
    Case("training: {optimizer: adm}", .invalidValue, at: "adm", help: "did you mean \"adam\"?"),
    Case(
      "training: {loss: mean_sqared_error}",
      .invalidValue,
      at: "mean_sqared_error",
      help: "did you mean \"mean_squared_error\"?"
    ),
    Case("training: {clip: 1.0}", .wrongType, at: "1.0"),
    Case("training: {clip: {globalnorm: 1.0}}", .unknownKey, at: "globalnorm", help: "did you mean \"global_norm\"?"),
    Case("data: {targets: {range: [3, -3]}}", .invalidValue, at: "[3, -3]"),
    Case("data: {targets: {range: [1, 2, 3]}}", .wrongType, at: "[1, 2, 3]"),
    Case("data: {inputs: {normalization: zscor}}", .invalidValue, at: "zscor", help: "did you mean \"zscore\"?"),
    Case("data: {inputs: 12}", .wrongType, at: "12"),
    Case("task: regresion", .invalidValue, at: "regresion", help: "did you mean \"regression\"?"),
    Case("model: 3", .wrongType, at: "3"),
    Case("model: gone.json", .missingFile, at: "gone.json"),
    Case("model: {layers: 3}", .wrongType, at: "3"),
    Case("model: {layers: [3]}", .wrongType, at: "3"),
    Case("model: {layers: [{units: 3}]}", .missingKey, at: "{units: 3}"),
    Case("model: {layers: [{kind: dens}]}", .unknownLayer, at: "dens", help: "did you mean \"dense\"?"),
    Case("model: {layers: [relu]}", .unknownLayer, at: "relu", help: "write kind: activation, activation: relu"),
    Case("model: {layers: [{kind: dense, unts: 3}]}", .unknownKey, at: "unts", help: "did you mean \"units\"?"),
    Case("model: {layers: [{kind: dense, units: 0}]}", .invalidValue, at: "0"),
    Case("model: {layers: [{kind: dropout, rate: .inf}]}", .invalidValue, at: ".inf"),
    Case(
      "model: {layers: [{kind: dense, activation: rellu}]}",
      .invalidValue,
      at: "rellu",
      help: "did you mean \"relu\"?"
    ),
    Case(
      "model: {layers: [{kind: dense, init: he_norml}]}",
      .invalidValue,
      at: "he_norml",
      help: "did you mean \"he_normal\"?"
    ),
    Case("model: {layers: [{kind: dense, name: a}, {kind: dense, name: a}]}", .invalidValue, at: "a"),
    Case(
      "model: {layers: [{kind: dense, name: abc}, {kind: add, from: [abc, abd]}]}",
      .brokenGraph,
      at: "abd",
      help: "did you mean \"abc\"?"
    ),
    Case("model: {layers: [{kind: depthwise_conv2d, filters: 3}]}", .ignoredKey, at: "filters", help: "leave it out"),
    Case("model: {layers: [{kind: conv2d, depth_multiplier: 3}]}", .ignoredKey, at: "depth_multiplier"),
    Case("model: {layers: [{kind: conv2d, output_padding: 3}]}", .ignoredKey, at: "output_padding"),
    Case("model: {layers: [{kind: lstm, reset_after: true}]}", .ignoredKey, at: "reset_after"),
    Case("model: {layers: [{kind: gru, unit_forget_bias: true}]}", .ignoredKey, at: "unit_forget_bias"),
    Case("model: {layers: [{kind: simple_rnn, recurrent_activation: tanh}]}", .ignoredKey, at: "recurrent_activation"),
    Case("model: {layers: [{kind: lstm, merge_mode: sum}]}", .ignoredKey, at: "merge_mode"),
    Case("model: {layers: [{kind: dense, use_bias: false, bias_init: ones}]}", .ignoredKey, at: "bias_init"),
    Case("model: {layers: [{kind: dense, activation: tanh, max_value: 6}]}", .ignoredKey, at: "max_value"),
    Case("training: {loss: mse, from_logits: false}", .ignoredKey, at: "from_logits"),
    Case(
      "model: {layers: [{kind: dense, units: 1, name: head}]}\noutputs: {haed: {task: binary}}",
      .invalidValue,
      at: "haed",
      help: "did you mean \"head\"?"
    ),
  ])
  func `says what is wrong and where`(broken: Case) throws {
    let experiment = lowerNative(broken.text)
    let problem = try #require(experiment.problems.first)
    #expect(experiment.problems.count == 1)
    #expect(problem.kind == broken.kind)
    #expect(text(at: problem.location, in: experiment) == broken.at)
    #expect(problem.help == broken.help || broken.help == nil)
  }

  @Test func `does not take a version that it does not know`() throws {
    let experiment = lowerNative("epochzero: 2\ntraining: {epochs: 3}")
    let problem = try #require(experiment.problems.first)
    #expect(problem.kind == .invalidValue)
    #expect(text(at: problem.location, in: experiment) == "2")
    #expect(experiment.training.value(TrainingKeys.epochs) == 3)
  }

  @Test(arguments: [
    "training: {loss: my_own_loss, optimizer: shampoo}",
    "model: {layers: [{kind: dense, activation: snake, init: mine}]}",
  ])
  func `leaves the reader's own words alone`(text: String) {
    #expect(lowerNative("epochzero: 1\n" + text).problems.isEmpty)
  }

  @Test(arguments: [
    "", "model:", "model: ~\ntraining:\ndata:", "training: {loss: , optimizer: }", "model: {layers: []}", "model: {}",
  ])
  func `takes a file that says little`(text: String) {
    #expect(lowerNative("epochzero: 1\n" + text).problems.isEmpty)
  }

  @Test func `leaves numbers to the rules that can mend them`() {
    let experiment = lowerNative(
      """
      epochzero: 1
      model: {layers: [{kind: dense, units: 1}, {kind: dropout, rate: 50}]}
      training: {batch_size: -8, clip: {value: -1}, optimizer: {learning_rate: -1}}
      """
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.layers[2].facts.value(LayerKeys.rate) == 50)
    #expect(experiment.training.value(TrainingKeys.clip)?.value(ClipKeys.threshold) == -1)
  }

  @Test func `does not follow an experiment file that names another`() throws {
    let experiment = lowerNative("epochzero: 1\nmodel: b.yaml", files: ["b.yaml": "epochzero: 1\nmodel: a.yaml"])
    #expect(experiment.problems.map(\.kind) == [.invalidValue])
  }

  @Test func `says when a model file is of no known dialect`() {
    let experiment = lowerNative("epochzero: 1\nmodel: b.yaml", files: ["b.yaml": "just: this"])
    #expect(experiment.problems.map(\.kind) == [.invalidValue])
  }
}
