import ConfigSyntax
import Experiment
import SourceText

/// Darknet's names of activations (`get_activation` in `src/activations.c`).
enum DarknetActivation {
  /// All names that Darknet knows, those of the IR first where both have one.
  static let names = [
    "linear", "leaky", "relu", "mish", "swish", "logistic", "tanh", "relu6", "elu", "selu", "gelu", "hard_mish",
    "hardtan",
    "loggy", "lhtan", "plse", "ramp", "relie", "revleaky", "stair", "normalize_channels", "normalize_channels_softmax",
    "normalize_channels_softmax_maxval",
  ]

  /// The standard name of a name that Darknet knows: its own where the IR has none.
  static func standardName(of name: String) -> String {
    switch name {
    case "logistic": "sigmoid"
    case "leaky", "relie": "leaky_relu"
    case "swish": "silu"
    case "hardtan": "hard_tanh"
    default: name
    }
  }

  /// What Darknet calls an activation of the IR; nil for one that it lacks.
  static func name(of standard: String) -> String? {
    switch standard {
    case "sigmoid": "logistic"
    case "leaky_relu": "leaky"
    case "silu": "swish"
    case "hard_tanh": "hardtan"
    default: names.contains(standard) ? standard : nil
    }
  }

  /// The slope for negative inputs of a name (`leaky_activate` and `relie_activate` in `src/activations.h`).
  static func negativeSlope(of name: String) -> Double? {
    switch name {
    case "leaky": 0.1
    case "relie": 0.01
    default: nil
    }
  }
}

extension DarknetSection {
  /// What an activation of a section is, by its standard name.
  struct Activation {
    var name: Fact<String>
    var negativeSlope: Fact<Double>?

    /// Whether it changes anything.
    var isLinear: Bool { name.value == "linear" }

    /// Sets the facts of a layer.
    func set(in facts: inout Record) {
      facts[LayerKeys.activation] = name
      facts[LayerKeys.negativeSlope] = negativeSlope
    }
  }

  /// The activation of a section; an unknown name is a problem, and ReLU as Darknet takes it.
  mutating func activation(_ key: String = "activation", default absent: String) -> Activation {
    guard let stated = text(key), let option = option(key) else {
      return Activation(name: Fact(DarknetActivation.standardName(of: absent), .darknetDefault))
    }
    guard DarknetActivation.names.contains(stated.value) else {
      let nearest =
        DarknetActivation.name(of: ActivationVocabulary.standardName(of: stated.value) ?? "")
        ?? Spelling.nearest(to: stated.value, among: DarknetActivation.names)
      note(
        Problem(
          kind: .invalidValue,
          message:
            "Darknet knows no activation \"\(stated.value)\" and takes relu instead, with no more than a line on the console",
          location: option.value.location(source: 0),
          help: nearest.map { "did you mean \"\($0)\"?" } ?? "write \"relu\" if that is meant",
          edits: nearest.map { option.value.kind == .missing ? [] : [option.value.replacingText(with: $0)] } ?? []
        )
      )
      return Activation(
        name: Fact("relu", .inferred(from: "a name that Darknet does not know", at: stated.origin.location))
      )
    }
    return Activation(
      name: Fact(DarknetActivation.standardName(of: stated.value), stated.origin),
      negativeSlope: DarknetActivation.negativeSlope(of: stated.value).map {
        Fact($0, .inferred(from: "the activation \"\(stated.value)\"", at: stated.origin.location))
      }
    )
  }
}
