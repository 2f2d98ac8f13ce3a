import ConfigSyntax
import Experiment

/// Lowers one native document.
struct NativeLowering {
  /// What the document itself states.
  var experiment: Experiment
  /// What is stated of outputs: those of the whole experiment, and by the output's name.
  var outputs = NativeOutputs()

  private let document: SyntaxNode
  private let context: LoweringContext
  /// What other files say of the experiment, where the document names no model.
  private let base: Experiment?

  init(_ document: SyntaxNode, in context: LoweringContext, over base: Experiment? = nil) {
    self.document = document
    self.context = context
    self.base = base
    let place = document.location(source: 0)
    experiment = Experiment(dialect: "native", sources: [document.tree.source])
    experiment.about = Record(location: document.member("epochzero")?.key.location(source: 0), container: place)
    experiment.training = Record(container: place)
    experiment.data = Record(container: place)
  }

  /// Reads the whole document.
  ///
  /// The file that the document names as its model is read too, and merged.
  mutating func run() -> Experiment {
    var reader = KeyReader(document, source: 0, subject: "the experiment")
    readVersion(&reader)
    reader.set(ExperimentKeys.name, from: "name", in: &experiment.about)
    reader.set(ExperimentKeys.framework, from: "framework", in: &experiment.about)
    reader.set(ExperimentKeys.frameworkVersion, from: "framework_version", in: &experiment.about)
    reader.set(ExperimentKeys.fineTuned, from: "fine_tuned", in: &experiment.about)
    outputs.shared = Record(container: document.location(source: 0))
    reader.setTask(in: &outputs.shared)
    if let data = reader.nested("data") { readData(data) }
    if let training = reader.nested("training") { readTraining(training) }
    if let named = reader.nested("outputs") { readNamedOutputs(named) }
    let model = reader.member("model")
    reader.finish(into: &experiment.problems)
    readModel(model)
    return experiment
  }

  // MARK: - Private

  private mutating func readVersion(_ reader: inout KeyReader) {
    guard let version = reader.read(Int.self, "epochzero"), let node = document["epochzero"] else { return }
    if version.value != NativeDialect.formatVersion {
      reader.note(
        .invalidValue,
        "format version \(version.value) is not known; the newest is \(NativeDialect.formatVersion)",
        at: node
      )
    }
  }

  private mutating func readModel(_ member: SyntaxNode.Member?) {
    guard let member, !member.value.isNull else {
      if let base { merge(base.shiftingSources(by: 1), from: base.mainFile) } else { finishOutputs() }
      return
    }
    switch member.value.kind {
    case .mapping:
      var graph = NativeGraph(member.value, data: experiment.data)
      graph.read()
      experiment.layers = graph.layers
      experiment.inputs = graph.inputs
      experiment.outputs = graph.outputs
      experiment.problems += graph.problems
      var merger = NativeMerger()
      merger.checkInputs(of: experiment)
      experiment.problems += merger.problems
      finishOutputs()
    case .sequence:
      note(
        .wrongType,
        "\"model\" must be a path or a mapping, not a list",
        at: member.value,
        help: "write \"layers:\" above the list"
      )
      finishOutputs()
    case .scalar, .alias, .missing:
      if let path = member.value.string {
        readModelFile(path, at: member.value)
      } else {
        note(
          .wrongType,
          "\"model\" must be a path or a mapping, not \(member.value.typeDescription)",
          at: member.value
        )
        finishOutputs()
      }
    }
  }

  private mutating func readModelFile(_ path: String, at node: SyntaxNode) {
    switch context.load(path) {
    case .failed(let reason):
      note(.missingFile, "model file \"\(path)\" cannot be read: \(reason)", at: node)
      finishOutputs()
    case .tree(let tree):
      guard let model = NativeDialect.model(in: tree) else {
        note(
          .invalidValue,
          "\"\(path)\" is no model file that is known here",
          at: node,
          help: "name a Keras or Ludwig file, or write the layers under \"model\""
        )
        return finishOutputs()
      }
      guard model.dialect.name != experiment.dialect else {
        note(.invalidValue, "\"\(path)\" is an experiment file itself, not a model file", at: node)
        return finishOutputs()
      }
      // What the model file names itself is looked for beside the experiment file; model files name nothing today.
      guard let lowered = model.dialect.lower(model.document, in: context).first else { return finishOutputs() }
      merge(lowered.shiftingSources(by: 1))
    }
  }

  private mutating func merge(_ model: Experiment, from other: String = NativeMerger.modelFile) {
    let stated = experiment
    outputs.other = other
    experiment = model
    experiment.dialect = stated.dialect
    experiment.sources = stated.sources + model.sources
    experiment.problems = stated.problems + model.problems
    // A run may be called otherwise than the model that it trains, and run in another version than that which saved the model.
    for key in [ExperimentKeys.name, ExperimentKeys.frameworkVersion] where stated.about[key] != nil {
      experiment.about[key] = nil
    }
    var merger = NativeMerger(other: other)
    merger.merge(stated.about, into: &experiment.about, subject: "the experiment")
    merger.merge(stated.training, into: &experiment.training, subject: "\"training\"")
    merger.merge(stated.data, into: &experiment.data, subject: "\"data\"")
    merger.checkInputs(of: experiment)
    experiment.problems += merger.problems
    finishOutputs()
  }

  /// Gives the outputs and inputs what is stated of them, and makes an output where there is no model.
  private mutating func finishOutputs() {
    if experiment.outputs.isEmpty, !outputs.isEmpty {
      let names: [String?] = outputs.named.isEmpty ? [nil] : outputs.named.map(\.name)
      experiment.outputs = names.map { name in
        var facts = Record()
        if let name, let stated = outputs.named.first(where: { $0.name == name }) {
          facts[OutputKeys.name] = Fact(name, .stated(stated.place))
        }
        return Output(facts: facts, layer: nil)
      }
    }
    outputs.apply(to: &experiment)
    let inputs = experiment.data.value(DataKeys.inputs) ?? Record()
    for (stated, key) in [
      (inputs[TargetKeys.normalization], InputKeys.normalization), (inputs[TargetKeys.kind], InputKeys.type),
    ] {
      guard let stated else { continue }
      for index in experiment.inputs.indices where experiment.inputs[index][key]?.origin.isStated != true {
        experiment.inputs[index][key] = stated
      }
    }
  }

  mutating func note(_ kind: Problem.Kind, _ message: String, at node: SyntaxNode, help: String? = nil) {
    experiment.problems.append(
      Problem(kind: kind, message: message, location: node.location(source: 0), help: help)
    )
  }
}
