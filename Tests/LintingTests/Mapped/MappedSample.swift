import Dialects
import Experiment
import Linting
import Rules
import SourceText
import Testing

/// A config of a mapped dialect with what is read of it and what all bundled rules find in it.
struct MappedSample {
  /// The dialects that know a document of the file, in the order of its documents.
  let dialects: [String]
  /// The experiments, in the order in which they stand in the file.
  let experiments: [Experiment]
  /// The findings as `severity rule at "text"`.
  let findings: [String]
  private let report: FileReport
  private static let rules = RuleSet(loading: RuleLibrary.bundledPlugins)

  init(_ text: String, name: String = "config.yaml", files: [String: String] = [:]) throws {
    let linter = LintSession(fileSystem: MemoryFileSystem(files), rules: Self.rules).makeLinter()
    let (report, read) = linter.analyze(LintInput(name: name, path: name, isNamed: true, content: Array(text.utf8)))
    experiments = try #require(read).experiments.map(\.experiment)
    self.report = report
    dialects = experiments.map(\.dialect)
    findings = report.findings.map { finding in
      let place = finding.range
      let bytes = finding.source.bytes
      return "\(finding.severity) \(finding.rule) at \(String(decoding: bytes[place.start..<place.end], as: UTF8.self))"
    }
  }

  var dialect: String? { dialects.first }

  /// The messages of the findings, in order.
  var messages: [String] { report.findings.map(\.message) }

  /// The first experiment.
  var experiment: Experiment? { experiments.first }

  /// The layers of an experiment but its input, as `kind name`.
  func layers(of index: Int = 0) -> [String] {
    experiments.indices.contains(index)
      ? experiments[index].layers.dropFirst().map { "\($0.kind.rawValue) \($0.name)" } : []
  }

  /// A fact of an experiment by its path in `epochzero facts`, as `value, origin` in one word; nil where it is unknown.
  func fact(_ path: String, of index: Int = 0) -> String? {
    guard experiments.indices.contains(index) else { return nil }
    for section in experiments[index].factSections() {
      for fact in section.facts where fact.path == path {
        let value = if case .text(let text) = fact.value { text } else { fact.value.description }
        return "\(value), \(Self.word(fact.origin))"
      }
    }
    return nil
  }

  private static func word(_ origin: Origin) -> String {
    switch origin {
    case .stated: "stated"
    case .default: "default"
    case .inferred: "inferred"
    }
  }
}
