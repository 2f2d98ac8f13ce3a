import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

/// A config that is a tree of objects, with the experiment it is lowered to and the files beside it.
struct ObjectTreeSample {
  let trees: [SyntaxTree]
  let dialect: any Dialect
  let experiment: Experiment

  /// Lowers a config, with the texts of YAML files beside it by their paths.
  init(
    _ text: String,
    as format: ConfigFormat = .yaml,
    files: [String: String] = [:],
    sourceLocation: SourceLocationInTest = #_sourceLocation
  ) throws {
    let main = parse(SourceText(name: "conf/config.\(format.rawValue)", text: text), as: format)
    let document = try #require(main.documents.first, sourceLocation: sourceLocation)
    let dialect = try #require(DialectSet.bundled.recognize(document), sourceLocation: sourceLocation)
    let others = files.mapValues { $0 }.map { name, text in
      (name, parse(SourceText(name: "conf/\(name)", text: text), as: .yaml))
    }
    let context = LoweringContext { path in
      others.first { $0.0 == path }.map { .tree($0.1) } ?? .failed("no such file")
    }
    let experiment = try #require(dialect.lower(document, in: context).first, sourceLocation: sourceLocation)
    self.dialect = dialect
    self.experiment = experiment
    trees = experiment.sources.map { source in
      others.first { $0.1.source.name == source.name }?.1 ?? main
    }
  }

  var optimizer: Record { experiment.training.value(TrainingKeys.optimizer) ?? Record() }
  var schedule: Record { experiment.training.value(TrainingKeys.schedule) ?? Record() }
  var clip: Record { experiment.training.value(TrainingKeys.clip) ?? Record() }
  var output: Record { experiment.outputs.first?.facts ?? Record() }
  /// The problems as `kind: message`.
  var problems: [String] { experiment.problems.map { "\($0.kind.rawValue): \($0.message)" } }

  /// The texts of all files with the edits made that say the changes; nil where the dialect will not.
  func edited(_ edits: ExperimentEdit...) -> [String]? {
    guard let texts = dialect.textEdits(for: edits, in: experiment, trees: trees) else { return nil }
    return trees.indices.compactMap { index in
      trees[index].source.applying(texts.filter { $0.source == index }.map(\.edit)).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
  }
}

/// The dialect that knows a text; nil when none does.
func dialectName(_ text: String, as format: ConfigFormat = .yaml) -> String? {
  parse(SourceText(name: "x.\(format.rawValue)", text: text), as: format).documents.first
    .flatMap { DialectSet.bundled.recognize($0)?.name }
}

extension ExperimentEdit {
  static func rate(_ value: Double) -> ExperimentEdit {
    ExperimentEdit(record: RecordPath(.training, nested: ["optimizer"]), key: "learning_rate", value: .number(value))
  }
}
