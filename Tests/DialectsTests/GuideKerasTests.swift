import ConfigSyntax
import Experiment
import SourceText
import Testing

@testable import Dialects

struct GuideKerasTests {
  /// A model with one layer and what it is compiled with.
  private static func model(_ layer: String, compile: String = "") -> String {
    """
    {"module": "keras", "class_name": "Sequential", "config": {"layers": [\(layer)]}, "compile_config": {\(compile)}}
    """
  }

  @Test(
    arguments: [
      (
        model(#"{"class_name": "Dense", "config": {"units": 3, ▮}}"#), ["activation", "use_bias"], ["filters", "init"]
      ),
      (model(#"{"class_name": "Conv2D", "config": {"f▮"}}"#), ["filters", "padding"], ["units", "nb_filter"]),
      (model(#"{"class_name": "Convolution2D", "config": {▮}}"#), ["filters", "padding"], ["units", "nb_filter"]),
      (model(#"{"class_name": "QDense", "config": {▮}}"#), ["units"], ["filters"]),
      (model(#"{"class_name": "LSTM", "config": {▮}}"#), ["recurrent_activation", "dropout"], ["reset_after"]),
      (model(#"{"▮"}"#), ["class_name", "config", "module"], ["units"]),
      (model(#"{"class_name": "Dense", "config": {"kernel_initializer": {▮}}}"#), ["class_name", "config"], ["units"]),
      (
        model(
          #"{"class_name": "Dense", "config": {"kernel_initializer": {"class_name": "RandomNormal", "config": {▮}}}}"#
        ),
        ["stddev", "mean"], ["gain", "units"]
      ),
      (
        model(#"{"class_name": "Dense", "config": {"kernel_regularizer": {"class_name": "L2", "config": {▮}}}}"#),
        ["l2"], ["l1"]
      ),
      (
        model(#"{"class_name": "Bidirectional", "config": {"layer": {"class_name": "GRU", "config": {▮}}}}"#),
        ["reset_after"], ["unit_forget_bias"]
      ),
      (model("", compile: "▮"), ["optimizer", "loss"], ["units"]),
      (
        model("", compile: #""optimizer": {"class_name": "SGD", "config": {▮}}"#), ["momentum", "clipnorm"], ["beta_1"]
      ),
      (model("", compile: #""loss": {"class_name": "Huber", "config": {▮}}"#), ["delta"], ["from_logits"]),
      (
        model(
          "",
          compile: """
            "optimizer": {"class_name": "Adam", "config": {"learning_rate": {"class_name": "CosineDecay", "config": {▮}}}}
            """
        ),
        ["decay_steps", "warmup_target"], ["beta_1"]
      ),
      (#"{"class_name": "Sequential", "config": {▮, "layers": []}}"#, ["name"], ["units", "layers2"]),
      (#"{"class_name": "Sequential", "config": {"layers": []}, ▮}"#, ["compile_config", "keras_version"], ["units"]),
    ]
  )
  func `offers the keys of the mapping around`(text: String, has: [String], lacks: [String]) throws {
    let guide = try #require(try guideToWrite(text, as: .json))
    for key in has { #expect(guide.keyNames.contains(key), "\(key) of \(guide.title)") }
    for key in lacks { #expect(!guide.keyNames.contains(key), "\(key) of \(guide.title)") }
  }

  @Test(
    arguments: [
      (model(#"{"class_name": "▮"}"#), ["Dense", "Bidirectional"]),
      (model(#"{"class_name": "Dense", "config": {"activation": "▮"}}"#), ["relu"]),
      (model(#"{"class_name": "Dense", "config": {"kernel_initializer": "▮"}}"#), ["he_normal"]),
      (model(#"{"class_name": "Dense", "config": {"kernel_initializer": {"class_name": "▮"}}}"#), ["HeNormal"]),
      (model(#"{"class_name": "Dense", "config": {"use_bias": ▮}}"#), ["true", "false"]),
      (model("", compile: #""loss": "▮""#), ["mean_squared_error"]),
      (model("", compile: #""loss": {"a": {"class_name": "▮"}}"#), ["MeanSquaredError"]),
      (model("", compile: #""optimizer": {"class_name": "▮"}"#), ["AdamW"]),
    ]
  )
  func `offers the words of a key`(text: String, words: [String]) throws {
    let guide = try #require(try guideToWrite(text, as: .json))
    for word in words { #expect(guide.words.contains(word), "\(word)") }
  }

  @Test(
    arguments: [
      (
        #"{"class_name": "Dense", "config": {"unit▮s": 3}}"#, "units",
        "Keras 3.15 cannot make the object: it needs this"
      ),
      (#"{"class_name": "Dense", "config": {"use_b▮ias": true}}"#, "use_bias", "Keras 3.15 takes true"),
      (#"{"class_name": "Dense", "config": {"activ▮ation": "relu"}}"#, "activation", "no activation"),
      (#"{"class_name": "GRU", "config": {"activ▮ation": "relu"}}"#, "activation", "Keras 3.15 takes tanh"),
      (#"{"class_name": "MaxPooling2D", "config": {"stri▮des": 2}}"#, "strides", "the size of the window"),
      (#"{"class_name": "Conv2D", "config": {"stri▮des": 2}}"#, "strides", "Keras 3.15 takes [1, 1]"),
      (#"{"class_name": "ZeroPadding2D", "config": {"padd▮ing": 2}}"#, "amounts", "Keras 3.15 takes [1, 1]"),
      (#"{"class_name": "LeakyReLU", "config": {"negative▮_slope": 2}}"#, "negative_slope", "Keras 3.15 takes 0.3"),
    ]
  )
  func `says what Keras does without a key`(layer: String, fact: String, absent: String) throws {
    let key = try keyGuide(Self.model(layer), as: .json)
    #expect(key.fact == fact)
    #expect(key.absent == absent)
  }

  @Test(
    arguments: [
      (#"{"class_name": "Convolution2D", "config": {"nb_▮filter": 3}}"#, "filters"),
      (#"{"class_name": "Dense", "config": {"output▮_dim": 3}}"#, "units"),
      (#"{"class_name": "LeakyReLU", "config": {"al▮pha": 3}}"#, "negative_slope"),
    ]
  )
  func `says what an old key is called today`(layer: String, name: String) throws {
    let key = try keyGuide(Self.model(layer), as: .json)
    #expect(key.replacement == name)
    #expect(key.isDeprecated)
  }

  @Test func `says nothing of objects that it does not know`() throws {
    let text = Self.model(#"{"class_name": "Dense", "config": {"quantization_config": {"class_name": "▮Int8"}}}"#)
    #expect(try guide(text, as: .json) == nil)
  }

  // MARK: - The tables

  @Test func `every key of every version of Keras has a guide`() throws {
    let keys = KerasGuide.layer.keys { _ in [] }
    let names = keys.map(\.name)
    #expect(names.count == Set(names).count)
    for name in KerasKey.allCases.map(\.rawValue) + KerasKey.silent { #expect(names.contains(name), "\(name)") }
    for key in keys { #expect(!key.summary.isEmpty && !key.summary.hasSuffix("."), "\(key.name)") }
  }

  @Test func `every argument of every constructor has a guide`() {
    for (defaults, table) in [
      (KerasDefaults.layers, KerasGuide.layer), (KerasDefaults.optimizers, KerasGuide.optimizer),
      (KerasDefaults.schedules, KerasGuide.schedule), (KerasDefaults.losses, KerasGuide.loss),
      (KerasDefaults.initializers, KerasGuide.initializer), (KerasDefaults.regularizers, KerasGuide.regularizer),
      (KerasDefaults.constraints, KerasGuide.constraint),
    ] {
      let keys = table.keys { _ in [] }
      for key in keys { #expect(!key.summary.isEmpty, "\(key.name)") }
      for type in defaults.types {
        for argument in defaults.keys(of: type) ?? [] {
          #expect(keys.contains { $0.name == argument.name }, "\(argument.name) of \(type)")
        }
      }
    }
  }

  @Test func `every class that is offered is known, and says what it computes`() throws {
    let guide = try #require(try guideToWrite(Self.model(#"{"class_name": "▮"}"#), as: .json))
    #expect(guide.values.count > 100)
    for value in guide.values { #expect(value.summary?.isEmpty == false, "\(value.word)") }
  }

  /// What stands in the table of defaults is what the lowering takes where the key is absent.
  @Test func `the table of defaults agrees with the lowering`() throws {
    var compared = 0
    let keys = KerasGuide.layer.keys { _ in [] }
    for type in KerasDefaults.layers.types {
      let experiment = lowerKeras(Self.model(#"{"class_name": "\#(type)", "config": {}}"#))
      guard let facts = experiment.layers.last?.facts else { continue }
      for argument in KerasDefaults.layers.keys(of: type) ?? [] {
        guard let value = argument.value, value != "!",
          let key = keys.first(where: { $0.name == argument.name }), let name = key.fact,
          let fact = facts[name: name], case .default = fact.origin
        else { continue }
        compared += 1
        #expect(agrees(fact.value, with: value), "\(argument.name) of \(type): \(fact.value)")
      }
    }
    #expect(compared > 120)
  }

  /// Whether a lowered default is what a constructor takes: one number may stand for all axes, and initialisers have names.
  private func agrees(_ value: FactValue, with other: String) -> Bool {
    switch value {
    case .record(let record):
      let name = record.value(InitializerKeys.name)
      return name == InitializerVocabulary.standardName(of: other)
    case .text(let text): return text == other
    case .number(let number): return Double(other) == number
    default:
      let numbers = [value.description, other].map { $0.split { !$0.isNumber && $0 != "-" } }
      return numbers[0] == numbers[1] || numbers.allSatisfy { Set($0) == Set(numbers[0]) && Set($0).count == 1 }
        || value.description == other
    }
  }

  @Test func `of older files it says what their version does`() throws {
    let text =
      #"{"class_name": "Sequential", "config": {"layers": [{"class_name": "GRU", "config": {"reset_▮after": true}}]}}"#
    #expect(try keyGuide(text, as: .json).absent == "Keras takes false")
    #expect(
      try keyGuide(text.replacing(#"{"class_name": "Seq"#, with: #"{"module": "keras", "class_name": "Seq"#), as: .json)
        .absent == "Keras 3.15 takes true"
    )
  }
}
