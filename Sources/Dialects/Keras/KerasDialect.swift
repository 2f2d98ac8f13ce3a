package import ConfigSyntax
package import Experiment
import SourceText

/// Keras model files: `to_json()` of Keras 0.3 to 3, the `config.json` of a `.keras` archive, and TensorFlow.js.
package struct KerasDialect: Dialect {
  package let name = "keras"
  package var sources: [String] { ["keras 3.15.1"] }

  package init() {}

  package func recognizes(_ document: SyntaxNode) -> Recognition {
    KerasDocument(document)?.recognition ?? .no
  }

  package func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment] {
    guard let parts = KerasDocument(document) else { return [] }
    var experiment = Experiment(dialect: name, sources: [document.tree.source])
    experiment.about.location = parts.model.location(source: 0)
    experiment.about[ExperimentKeys.framework] = Fact(
      "Keras",
      .inferred(from: "the file's form", at: parts.model.location(source: 0))
    )
    if let version = parts.version, let text = version.text {
      experiment.about[ExperimentKeys.frameworkVersion] = Fact(text, .stated(version.location(source: 0)))
    }
    if let modelName = parts.model["config"]?["name"], let text = modelName.string {
      experiment.about[ExperimentKeys.name] = Fact(text, .stated(modelName.location(source: 0)))
    }
    var reader = KerasElementReader(generation: parts.generation, source: 0)
    let plan = reader.plan(parts.model)
    experiment.problems += reader.problems
    var lowering = KerasLowering(experiment)
    lowering.layOut(plan)
    var result = lowering.experiment
    if let training = parts.training, training.kind == .mapping {
      KerasTrainingReader(training, generation: parts.generation, source: 0).read(into: &result)
    }
    return [result]
  }

  package func textEdits(
    for edits: [ExperimentEdit],
    in experiment: Experiment,
    trees: [SyntaxTree]
  ) -> [SourceEdit]? {
    guard let root = trees.first?.documents.first(where: { recognizes($0) != .no }),
      let made = KerasEdits(experiment, root)?.textEdits(for: edits)
    else { return nil }
    return made.map { SourceEdit(source: 0, edit: $0) }
  }
}
