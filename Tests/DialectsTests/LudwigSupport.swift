import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

/// A Ludwig config with the experiment it is lowered to.
struct LudwigSample {
  let tree: SyntaxTree
  let experiment: Experiment

  init(
    _ text: String,
    as format: ConfigFormat = .yaml,
    versions: FrameworkVersions = FrameworkVersions(),
    sourceLocation: SourceLocationInTest = #_sourceLocation
  ) throws {
    tree = parse(SourceText(name: "config", text: text), as: format)
    let document = try #require(tree.documents.first, sourceLocation: sourceLocation)
    let experiments = LudwigDialect().lower(document, in: LoweringContext(frameworkVersions: versions))
    experiment = try #require(experiments.first, sourceLocation: sourceLocation)
  }

  /// The problems as `kind: message`.
  var problems: [String] { experiment.problems.map { "\($0.kind.rawValue): \($0.message)" } }

  /// The layers as `kind name`.
  var layers: [String] { experiment.layers.map { "\($0.kind.rawValue) \($0.name)" } }

  func layer(_ name: String) -> Layer? { experiment.layers.first { $0.name == name } }

  /// The path of a layer's facts.
  func path(of name: String) throws -> RecordPath {
    RecordPath(.layer(try #require(experiment.layers.firstIndex { $0.name == name })))
  }

  /// The text with the edits made that say the changes; nil where the dialect will not.
  func edited(_ edits: ExperimentEdit...) -> String? {
    guard let texts = LudwigDialect().textEdits(for: edits, in: experiment, trees: [tree]),
      let bytes = tree.source.applying(texts.map(\.edit))
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

typealias SourceLocationInTest = Testing.SourceLocation

extension Fact {
  /// Where the fact comes from, in one word.
  var kind: String {
    switch origin {
    case .stated: "stated"
    case .default(let source): source.since.map { "default since \($0)" } ?? "default"
    case .inferred: "inferred"
    }
  }
}
