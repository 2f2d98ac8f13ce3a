import ConfigSyntax
import Dialects
import Experiment
import SourceText

/// Parses a Keras file.
func kerasTree(_ text: String) -> SyntaxTree {
  parse(SourceText(name: "model.json", text: text), as: .json)
}

/// Lowers a Keras file; nil when it is not taken for one.
func lowerKerasOnly(_ text: String) -> Experiment? {
  KerasDialect().lower(kerasTree(text).documents[0], in: LoweringContext()).first
}

/// Lowers and derives a Keras file.
func lowerKeras(_ text: String) -> Experiment {
  var experiment = lowerKerasOnly(text) ?? Experiment(dialect: "none", sources: [])
  experiment.derive()
  return experiment
}

/// Returns a Keras 2 Sequential model of layers, each the JSON of an object with class and config.
func sequential(_ layers: String..., input: String = "[null, 4]") -> String {
  let first = #"{"class_name": "InputLayer", "config": {"batch_input_shape": \#(input), "name": "x"}}"#
  let all = ([first] + layers).joined(separator: ",\n")
  return #"{"class_name": "Sequential", "config": {"name": "s", "layers": [\#(all)]}, "keras_version": "2.9.0"}"#
}

extension Experiment {
  /// The layer with the name.
  func layer(_ name: String) -> Layer? {
    layers.first { $0.name == name }
  }

  /// The layers as `name(kind) < inputs`, one a line.
  var wiring: [String] {
    layers.map { layer in
      let inputs = layer.inputs.map { layers[$0].name }.joined(separator: ", ")
      return "\(layer.name)(\(layer.kind.rawValue))" + (inputs.isEmpty ? "" : " < \(inputs)")
    }
  }
}
