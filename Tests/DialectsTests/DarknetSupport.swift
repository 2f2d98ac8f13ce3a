import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

/// A Darknet config with the experiment it is lowered to.
struct DarknetSample {
  /// A net of small images.
  static let net = "[net]\nbatch=64\nsubdivisions=16\nwidth=32\nheight=32\nchannels=3\n"

  let tree: SyntaxTree
  let experiment: Experiment

  init(_ text: String, sourceLocation: SourceLocationInTest = #_sourceLocation) throws {
    tree = parse(SourceText(name: "net.cfg", text: text), as: .ini)
    let document = try #require(tree.documents.first, sourceLocation: sourceLocation)
    var lowered = try #require(
      DarknetDialect().lower(document, in: LoweringContext()).first,
      sourceLocation: sourceLocation
    )
    lowered.derive()
    experiment = lowered
  }

  /// The problems as `kind: message`.
  var problems: [String] { experiment.problems.map { "\($0.kind.rawValue): \($0.message)" } }

  /// The layers as `name kind shape`.
  var layers: [String] {
    experiment.layers.map {
      "\($0.name) \($0.kind.rawValue) \($0.facts.value(LayerKeys.outputShape)?.description ?? "?")"
    }
  }

  var optimizer: Record? { experiment.training.value(TrainingKeys.optimizer) }

  func layer(_ name: String) throws -> Layer {
    try #require(experiment.layers.first { $0.name == name })
  }

  func path(of name: String) throws -> RecordPath {
    RecordPath(.layer(try #require(experiment.layers.firstIndex { $0.name == name })))
  }

  /// The text with the edits made that say the changes; nil where the dialect will not.
  func edited(_ edits: ExperimentEdit...) -> String? {
    guard let texts = DarknetDialect().textEdits(for: edits, in: experiment, trees: [tree]),
      let bytes = tree.source.applying(texts.map(\.edit))
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
