import Experiment
import SourceText

/// An experiment in a few lines: layers by name, each with its kind, what it takes from, and its facts.
struct Sketch {
  private(set) var experiment = Experiment(dialect: "sketch", sources: [SourceText(name: "sketch", text: "")])
  private var indices: [String: Int] = [:]

  /// Where a sketch's facts are stated.
  static let stated = Origin.stated(SourceLocation(source: 0, range: TextRange(at: 0)))

  /// Adds a layer; without `from` it takes from the one before.
  mutating func layer(_ name: String, _ kind: LayerKind, from: [String]? = nil, _ facts: [String: FactValue] = [:]) {
    var record = Record()
    for (key, value) in facts.sorted(by: { $0.key < $1.key }) { record[name: key] = Fact(value, Self.stated) }
    let inputs = from?.map { indices[$0, default: -1] } ?? (kind == .input ? [] : [experiment.layers.count - 1])
    indices[name] = experiment.layers.count
    experiment.layers.append(Layer(kind: kind, name: name, facts: record, inputs: inputs))
  }

  /// Adds a dense layer with an activation.
  mutating func dense(_ name: String, from: [String]? = nil, units: Int = 4, _ activation: String = "relu") {
    layer(name, .dense, from: from, ["units": .integer(units), "activation": .text(activation)])
  }

  /// Makes a layer an output.
  mutating func output(_ name: String, _ facts: [String: FactValue] = [:]) {
    var record = Record()
    for (key, value) in facts.sorted(by: { $0.key < $1.key }) { record[name: key] = Fact(value, Self.stated) }
    experiment.outputs.append(Output(facts: record, layer: indices[name]))
  }

  /// Changes what is not a layer.
  mutating func change(_ body: (inout Experiment) -> Void) { body(&experiment) }

  /// The experiment with all that follows.
  var derived: Experiment {
    var experiment = experiment
    experiment.derive()
    return experiment
  }
}

extension Experiment {
  /// The facts of the layer with the name.
  func facts(_ name: String) -> Record {
    layers.first { $0.name == name }?.facts ?? Record()
  }

  /// The names of the weight layers that a skip connection passes by.
  var bypassed: [String] {
    layers.filter { $0.facts.value(LayerKeys.bypassed) == true }.map(\.name)
  }
}
