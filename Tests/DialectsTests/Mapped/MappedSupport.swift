import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

/// A definition with the experiments that a text is lowered to by it.
struct MappedSample {
  let dialect: MappedDialect
  let tree: SyntaxTree
  let experiments: [Experiment]

  /// Lowers a text by a definition; what is wrong with the definition fails the test.
  init(
    _ definition: String,
    _ text: String,
    as format: ConfigFormat = .yaml,
    named name: String = "config",
    files: [String: String] = [:],
    version: String? = nil,
    sourceLocation: SourceLocationInTest = #_sourceLocation
  ) throws {
    let document = try #require(
      parse(SourceText(name: "dialect.yaml", text: definition), as: .yaml).documents.first,
      sourceLocation: sourceLocation
    )
    let (read, problems) = DialectDefinition.read(document)
    #expect(problems.map(\.message) == [], sourceLocation: sourceLocation)
    self.init(MappedDialect(read), text, as: format, named: name, files: files, version: version)
  }

  /// Lowers a text by a bundled dialect, which must be the one that knows it.
  init(
    bundled name: String,
    _ text: String,
    as format: ConfigFormat = .yaml,
    named file: String = "config",
    files: [String: String] = [:],
    version: String? = nil,
    sourceLocation: SourceLocationInTest = #_sourceLocation
  ) throws {
    let dialect = try #require(
      MappedDialect.bundled.first { $0.name == name },
      "no bundled dialect \(name)",
      sourceLocation: sourceLocation
    )
    self.init(dialect, text, as: format, named: file, files: files, version: version)
    let known = tree.documents.first.flatMap { DialectSet.bundled.recognize($0)?.name }
    #expect(known == name, sourceLocation: sourceLocation)
  }

  private init(
    _ dialect: MappedDialect,
    _ text: String,
    as format: ConfigFormat,
    named name: String,
    files: [String: String],
    version: String?
  ) {
    self.dialect = dialect
    tree = parse(SourceText(name: name, text: text), as: format)
    let versions = FrameworkVersions(common: version.map { .init($0, from: "the settings") })
    let context = LoweringContext(frameworkVersions: versions) { path in
      files[path].map { .tree(parse(SourceText(name: path, text: $0), as: .yaml)) } ?? .failed("not there")
    }
    experiments = tree.documents.filter { dialect.recognizes($0) > .no }.flatMap { dialect.lower($0, in: context) }
  }

  /// The only experiment.
  func only(sourceLocation: SourceLocationInTest = #_sourceLocation) throws -> Experiment {
    #expect(experiments.count == 1, sourceLocation: sourceLocation)
    return try #require(experiments.first, sourceLocation: sourceLocation)
  }

  /// A fact of the first experiment as `value (where from)`; nil where it is unknown.
  ///
  /// The name is one of definitions, such as `training.clip.threshold`, or `layer N.NAME` with layers counted from 0.
  func fact(_ name: String, of index: Int = 0) -> String? {
    guard experiments.indices.contains(index) else { return nil }
    var names = name.split(separator: ".").map(String.init)
    let root: RecordPath.Root
    switch names.removeFirst() {
    case "about": root = .about
    case "training": root = .training
    case "data": root = .data
    case "input": root = .input(0)
    case "output": root = .output(0)
    case let layer: root = .layer(Int(layer.dropFirst("layer ".count)) ?? -1)
    }
    let key = names.removeLast()
    guard let fact = experiments[index].record(at: RecordPath(root, nested: names))?[name: key] else { return nil }
    return "\(fact.value.description) (\(fact.kind))"
  }

  /// The problems as `kind at WORD: message`.
  var problems: [String] {
    experiments.flatMap(\.problems).map { problem in
      let word = problem.location.map { tree.source.text(in: $0.range) } ?? ""
      return "\(problem.kind.rawValue) at \(word.count > 40 ? "a mapping" : word): \(problem.message)"
    }
  }

  /// The layers as `kind name`.
  var layers: [String] { experiments.first?.layers.map { "\($0.kind.rawValue) \($0.name)" } ?? [] }

  /// The text with the edits made that say the changes; nil where the dialect will not.
  func edited(_ edits: ExperimentEdit...) -> String? {
    guard let experiment = experiments.first,
      let texts = dialect.textEdits(for: edits, in: experiment, trees: [tree]),
      let bytes = tree.source.applying(texts.map(\.edit))
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
