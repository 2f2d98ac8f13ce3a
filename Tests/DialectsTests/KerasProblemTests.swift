import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct KerasProblemTests {
  /// A layer of a model with 4 features, and the one problem that it has.
  struct Case: CustomTestStringConvertible, Sendable {
    var layer: String
    var kind: Problem.Kind
    var message: String
    var at: String
    var help: String?
    var testDescription: String { message }
  }

  private static let cases = [
    Case(
      layer: #"{"class_name": "Dense", "config": {"name": "d", "units": 3, "activaton": "relu"}}"#,
      kind: .unknownKey,
      message: "unknown key \"activaton\" in layer \"d\"",
      at: "\"activaton\"",
      help: "did you mean \"activation\"?"
    ),
    Case(
      layer: #"{"class_name": "Dense", "config": {"name": "d", "units": 3, "activation": "sigmiod"}}"#,
      kind: .invalidValue,
      message: "\"sigmiod\" is no activation of Keras",
      at: "\"sigmiod\"",
      help: "did you mean \"sigmoid\"?"
    ),
    Case(
      layer: #"{"class_name": "Dense", "config": {"name": "d", "units": 3, "activation": "rleu"}}"#,
      kind: .invalidValue,
      message: "\"rleu\" is no activation of Keras",
      at: "\"rleu\"",
      help: "did you mean \"relu\"?"
    ),
    Case(
      layer: #"{"class_name": "Dense", "config": {"name": "d", "units": 3, "kernel_initializer": "he_norml"}}"#,
      kind: .invalidValue,
      message: "\"he_norml\" is no initialiser of Keras",
      at: "\"he_norml\"",
      help: "did you mean \"he_normal\"?"
    ),
    Case(
      layer: #"{"class_name": "Dropout", "config": {"name": "d", "rte": 0.5}}"#,
      kind: .unknownKey,
      message: "unknown key \"rte\" in layer \"d\"",
      at: "\"rte\"",
      help: "did you mean \"rate\"?"
    ),
    Case(
      layer: #"{"class_name": "Dense", "config": {"name": "d", "units": "many"}}"#,
      kind: .wrongType,
      message: "\"units\" of layer \"d\" must be an integer, not the text \"many\"",
      at: "\"many\""
    ),
    Case(
      layer: #"{"class_name": "Dense", "config": {"name": "d", "units": 2.5}}"#,
      kind: .wrongType,
      message: "\"units\" of layer \"d\" must be an integer, not the number 2.5",
      at: "2.5"
    ),
    Case(
      layer: #"{"class_name": "Dense", "config": {"name": "d"}}"#,
      kind: .missingKey,
      message: "layer \"d\" has no \"units\", which Dense needs",
      at: "\"Dense\""
    ),
    Case(
      layer: #"{"class_name": "Dense", "config": {"name": "d", "units": 0}}"#,
      kind: .invalidValue,
      message: "layer \"d\" has 0 as \"units\", which must be at least 1",
      at: "0"
    ),
    Case(
      layer: #"{"class_name": "Dense", "config": {"name": "d", "units": 1000000000000000000}}"#,
      kind: .invalidValue,
      message: "layer \"d\" has 1000000000000000000 as \"units\", which is more than any tensor can hold",
      at: "1000000000000000000"
    ),
    Case(
      layer: #"{"class_name": "Conv2D", "config": {"name": "c", "filters": 8, "kernel_size": [3, 3]}}"#,
      kind: .shapeMismatch,
      message: "layer \"c\" needs an input with 3 axes (height, width, channels), but \"x\" gives (4,)",
      at: "\"Conv2D\""
    ),
    Case(
      layer: #"{"class_name": "Reshape", "config": {"name": "r", "target_shape": [3, 2]}}"#,
      kind: .shapeMismatch,
      message: "layer \"r\" cannot bring 4 elements into (3, 2): \"x\" gives (4,)",
      at: "[3, 2]"
    ),
    Case(
      layer: #"{"class_name": "GarNet", "config": {"name": "g", "units": 3}}"#,
      kind: .unknownLayer,
      message: "layer class \"GarNet\" is not known here, so what it gives is unknown",
      at: "\"GarNet\""
    ),
  ]

  @Test(arguments: cases)
  func `says what is wrong, and where`(wrong: Case) throws {
    let experiment = lowerKeras(sequential(wrong.layer))
    let problem = try #require(experiment.problems.first)
    #expect(experiment.problems.count == 1)
    #expect(problem.kind == wrong.kind)
    #expect(problem.message == wrong.message)
    #expect(problem.location.map { experiment.sources[0].text(in: $0.range) } == wrong.at)
    #expect(problem.help == wrong.help)
  }

  @Test(arguments: [
    // Keys of other versions, of subclasses and of libraries are nobody's mistakes.
    #"{"class_name": "Dense", "config": {"name": "d", "units": 3, "kernel_lr_multiplier": 2.0, "H": 1, "my_own": true}}"#,
    #"{"class_name": "Dense", "config": {"name": "d", "output_dim": 3, "init": "uniform", "p": 3, "input_dtype": "float32"}}"#,
    #"{"class_name": "BinaryDense", "config": {"name": "d", "units": 3, "kernel_initializer": {"class_name": "RandomUniform", "config": {"minval": -1, "maxval": 1}}}}"#,
    #"{"class_name": "Dense", "config": {"name": "d", "units": 3, "activation": {"module": "builtins", "class_name": "function", "config": "relu"}}}"#,
    #"{"class_name": "Dense", "config": {"name": "d", "units": 3.0, "rank": 2, "lora_alpha": 4}}"#,
    #"{"class_name": "Lambda", "config": {"name": "l", "function": ["4wAAAA", null, null], "arguments": {}}}"#,
  ])
  func `finds nothing in healthy layers`(layer: String) {
    #expect(lowerKeras(sequential(layer)).problems == [])
  }

  @Test func `names an unknown class once and checks the rest`() {
    let experiment = lowerKeras(
      sequential(
        #"{"class_name": "GarNet", "config": {"name": "g"}}"#,
        #"{"class_name": "GarNet", "config": {"name": "h"}}"#,
        #"{"class_name": "Dense", "config": {"name": "d", "units": 3}}"#,
        #"{"class_name": "Flatten", "config": {"name": "f"}}"#,
        #"{"class_name": "Reshape", "config": {"name": "r", "target_shape": [2, 3]}}"#,
        #"{"class_name": "Dot", "config": {"name": "o", "axes": 1}}"#
      )
    )
    #expect(experiment.problems.map(\.kind) == [.unknownLayer, .shapeMismatch])
    #expect(experiment.layer("d")?.facts.value(LayerKeys.outputShape) == nil)
  }

  @Test func `knows nothing of how quantised kernels start`() {
    let layer =
      #"{"class_name": "QDense", "config": {"name": "d", "units": 3, "kernel_initializer": "ones", "activation": {"class_name": "quantized_relu", "config": {"bits": 6}}}}"#
    let facts = lowerKeras(sequential(layer)).layer("d")?.facts
    #expect(facts?.value(LayerKeys.kernelInitializer) == nil)
    #expect(facts?.value(LayerKeys.activation) == "relu")
    #expect(facts?.value(LayerKeys.parameters) == 15)
  }

  @Test func `reads half-written files`() {
    let whole = sequential(
      #"{"class_name": "Dense", "config": {"name": "d", "units": 3, "activation": "relu"}}"#,
      #"{"class_name": "TimeDistributed", "config": {"name": "t", "layer": {"class_name": "Dense", "config": {"units": 3}}}}"#
    )
    for length in stride(from: 0, to: whole.utf8.count, by: 7) {
      let cut = String(decoding: whole.utf8.prefix(length), as: UTF8.self)
      guard let document = kerasTree(cut).documents.first else { continue }
      for var experiment in KerasDialect().lower(document, in: LoweringContext()) { experiment.derive() }
    }
    #expect(lowerKeras(whole).layers.count == 3)
  }

  @Test(arguments: [
    "pelu", "crelu", "relu2", "softmax_t", "my_sigmoid", "Custom>sigmiod", "snake", "tanhh",
  ])
  func `takes other names for custom objects`(name: String) {
    let layer = #"{"class_name": "Dense", "config": {"name": "d", "units": 3, "activation": "\#(name)"}}"#
    #expect(lowerKeras(sequential(layer)).problems.isEmpty)
  }

  @Test(arguments: [
    (#""mean_sqared_error""#, #"did you mean "mean_squared_error"?"#),
    (#"{"class_name": "MeanSqaredError", "config": {}}"#, #"did you mean "mean_squared_error"?"#),
    (#"{"class_name": "MeanSqaredError", "config": {}, "module": "mine", "registered_name": "MeanSqaredError"}"#, nil),
    (#""weighted_mse""#, nil),
  ])
  func `names losses that are misspelled`(loss: String, help: String?) {
    let experiment = lowerKeras(
      """
      {"class_name": "Sequential", "config": {"name": "s", "layers": [
      {"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [null, 4]}},
      {"class_name": "Dense", "config": {"name": "d", "units": 1}}]},
      "compile_config": {"optimizer": "adam", "loss": \(loss)}}
      """
    )
    #expect(experiment.problems.map(\.kind) == (help == nil ? [] : [.invalidValue]))
    #expect(experiment.problems.first?.help == help)
  }
}
