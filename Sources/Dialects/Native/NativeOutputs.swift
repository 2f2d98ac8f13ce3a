import ConfigSyntax
import Experiment
import SourceText

/// What a native document states of the model's outputs.
struct NativeOutputs {
  /// One output that the document names.
  struct Named {
    var name: String
    /// Where the name stands.
    var place: SourceLocation
    var facts: Record
  }

  /// What holds for every output: `task`, `training.loss`, `data.targets`.
  var shared = Record()
  var named: [Named] = []
  /// What the file that may say otherwise is called.
  var other = NativeMerger.modelFile

  var isEmpty: Bool { shared.isEmpty && named.isEmpty }

  /// Adds what is stated to the outputs of the experiment; it wins over what a model file says.
  mutating func apply(to experiment: inout Experiment) {
    var merger = NativeMerger(other: other)
    for index in experiment.outputs.indices {
      let name = experiment.outputs[index].facts.value(OutputKeys.name)
      let own = named.first { $0.name == name }
      if let own {
        merger.merge(own.facts, into: &experiment.outputs[index].facts, subject: "output \"\(own.name)\"")
      }
      // What is said of one output beats what is said of all.
      var shared = shared
      for entry in own?.facts.entries ?? [] { shared[name: entry.name] = nil }
      merger.merge(shared, into: &experiment.outputs[index].facts, subject: "the output")
      experiment.outputs[index].facts.settleLogits()
    }
    let known = experiment.outputs.compactMap { $0.facts.value(OutputKeys.name) }
    for output in named where !known.contains(output.name) {
      let nearest = Spelling.nearest(to: output.name, among: known)
      merger.problems.append(
        Problem(
          kind: .invalidValue,
          message: "the model has no output \"\(output.name)\"",
          location: output.place,
          help: nearest.map { "did you mean \"\($0)\"?" }
            ?? (known.isEmpty ? nil : "its outputs are \(known.map { "\"\($0)\"" }.joined(separator: ", "))")
        )
      )
    }
    experiment.problems += merger.problems
  }
}

extension NativeLowering {
  mutating func readNamedOutputs(_ reader: KeyReader) {
    var reader = reader
    for member in reader.node.members {
      reader.passOver(member.name)
      guard var output = reader.nested(member.name, subject: "output \"\(member.name)\"") else { continue }
      var facts = Record(container: output.node.location(source: 0))
      output.setTask(in: &facts)
      output.setLoss(in: &facts)
      output.set(OutputKeys.lossWeight, from: "loss_weight", in: .notNegative, of: &facts)
      output.set(OutputKeys.classes, from: "classes", in: .atLeast(1), of: &facts)
      output.setTexts(OutputKeys.metrics, from: "metrics", in: &facts)
      output.set(OutputKeys.classWeights, from: "class_weights", in: .notNegative, of: &facts)
      if let target = output.readTarget("target") { facts[OutputKeys.target] = target }
      output.finish(into: &experiment.problems)
      outputs.named.append(
        NativeOutputs.Named(name: member.name, place: member.key.location(source: 0), facts: facts)
      )
    }
    reader.finish(into: &experiment.problems)
  }
}

extension Record {
  /// Says that a loss which can take logits does not, where nothing says that it does.
  fileprivate mutating func settleLogits() {
    guard let loss = value(OutputKeys.loss), LossVocabulary.traits(of: loss)?.logitsActivation != nil else { return }
    setIfUnknown(OutputKeys.fromLogits, false, .nativeDefault)
  }
}
