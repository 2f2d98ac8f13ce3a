import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

/// A net or solver, with the files that it may name and the experiment that it is lowered to.
struct CaffeSample {
  let trees: [SyntaxTree]
  let experiment: Experiment

  init(_ text: String, files: [String: String] = [:], sourceLocation: SourceLocationInTest = #_sourceLocation) throws {
    let tree = parse(SourceText(name: "x.prototxt", text: text), as: .protoText)
    var trees = [tree]
    let named = files.mapValues { parse(SourceText(name: "net.prototxt", text: $0), as: .protoText) }
    let document = try #require(tree.documents.first, sourceLocation: sourceLocation)
    let context = LoweringContext { path in named[path].map { .tree($0) } ?? .failed("no such file") }
    var experiment = try #require(CaffeDialect().lower(document, in: context).first, sourceLocation: sourceLocation)
    if experiment.sources.count > 1 {
      trees += named.values.filter { tree in experiment.sources.contains { $0 === tree.source } }
    }
    experiment.derive()
    self.trees = trees
    self.experiment = experiment
  }

  /// The problems as `kind: message`.
  var problems: [String] { experiment.problems.map { "\($0.kind.rawValue): \($0.message)" } }

  /// The layers as `kind name`.
  var layers: [String] { experiment.layers.map { "\($0.kind.rawValue) \($0.name)" } }

  func layer(_ name: String) throws -> Layer { try #require(experiment.layers.first { $0.name == name }) }

  func initializer(_ name: String) throws -> Record {
    try #require(try layer(name).facts.value(LayerKeys.kernelInitializer))
  }

  var optimizer: Record { experiment.training.value(TrainingKeys.optimizer) ?? Record() }

  var schedule: Record { experiment.training.value(TrainingKeys.schedule) ?? Record() }

  /// The text of each file with the edits made that say the changes; nil where the dialect will not.
  func edited(_ edits: ExperimentEdit...) -> [String]? {
    guard let texts = CaffeDialect().textEdits(for: edits, in: experiment, trees: trees) else { return nil }
    return trees.indices.compactMap { index in
      trees[index].source.applying(texts.filter { $0.source == index }.map(\.edit)).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
  }
}

/// Wraps layers into a net that is trained on vectors of 20 numbers; they go from `data` to `out`.
func caffeNet(_ layers: String) -> String {
  """
  layer { name: "data" type: "HDF5Data" top: "data" top: "label" hdf5_data_param { batch_size: 32 } }
  \(layers)
  layer { name: "loss" type: "SoftmaxWithLoss" bottom: "out" bottom: "label" top: "loss" }

  """
}
