import Experiment
import Rules
import SourceText

extension Experiment {
  /// Two layers from an input of 12 features, a regression output and an optimizer; places stand in a text of 100 bytes.
  static func sample() -> Experiment {
    let source = SourceText(name: "model.json", text: String(repeating: "123456789\n", count: 10))
    var experiment = Experiment(dialect: "keras", sources: [source])
    experiment.about.location = .init(source: 0, range: TextRange(start: 0, end: 1))
    experiment.about[ExperimentKeys.framework] = Fact("Keras", .inferred(from: "the dialect", at: nil))
    var input = Record(location: .place(5))
    input[InputKeys.name] = Fact("features", .stated(.place(6)))
    input[InputKeys.shape] = Fact(Shape([12, nil]), .stated(.place(7)))
    input[InputKeys.layer] = Fact(0, .stated(.place(6)))
    experiment.inputs = [input]
    experiment.layers = [
      Layer(kind: .input, name: "features", facts: Record(location: .place(8)), inputs: []),
      Layer(kind: .dense, name: "hidden", facts: .dense(units: 64, activation: "relu", at: 10), inputs: [0]),
      Layer(kind: .dense, name: "angles", facts: .dense(units: 2, activation: "tanh", at: 20), inputs: [1]),
    ]
    var facts = Record(location: .place(30))
    facts[OutputKeys.name] = Fact("angles", .stated(.place(31)))
    facts[OutputKeys.task] = Fact("regression", .inferred(from: "the loss", at: .place(32)))
    var output = Output(facts: facts, layer: 2)
    output.head = 2
    experiment.outputs = [output]
    experiment.training = Record(location: .place(40))
    experiment.training[TrainingKeys.batchSize] = Fact(32, .default(DefaultSource(framework: "Keras", since: "2.0")))
    var optimizer = Record(location: .place(41))
    optimizer[OptimizerKeys.name] = Fact("adam", .stated(.place(42)))
    optimizer[OptimizerKeys.learningRate] = Fact(0.001, .default(DefaultSource(framework: "Keras")))
    optimizer[name: "decay"] = Fact(FactValue.deferred("auto"), .stated(.place(43)))
    experiment.training[TrainingKeys.optimizer] = Fact(optimizer, .stated(.place(44)))
    experiment.problems = [
      Problem(
        kind: .unknownKey,
        message: "unknown key \"unit\"",
        location: .place(50),
        help: "did you mean \"units\"?",
        related: [Related(message: "the layer", location: .place(10))],
        edits: [TextEdit(range: TextRange(start: 50, end: 54), replacement: "units")]
      )
    ]
    return experiment
  }
}

extension Record {
  static func dense(units: Int, activation: String, at offset: Int) -> Record {
    var facts = Record(location: .place(offset))
    facts[LayerKeys.units] = Fact(units, .stated(.place(offset + 1)))
    facts[LayerKeys.activation] = Fact(activation, .stated(.place(offset + 2)))
    var initializer = Record()
    initializer[InitializerKeys.name] = Fact("glorot_uniform", .default(DefaultSource(framework: "Keras")))
    facts[LayerKeys.kernelInitializer] = Fact(initializer, .default(DefaultSource(framework: "Keras")))
    facts[LayerKeys.outputShape] = Fact(Shape([nil, units]), .inferred(from: "its units", at: nil))
    return facts
  }
}

/// The type that Swift Testing has a namesake of.
typealias Place = SourceLocation

extension Place {
  /// One byte of the sample's only source.
  static func place(_ offset: Int) -> Place {
    Place(source: 0, range: TextRange(start: offset, end: offset + 1))
  }
}
