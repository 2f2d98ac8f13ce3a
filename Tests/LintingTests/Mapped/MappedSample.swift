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
  /// The first experiment.
  let experiment: Experiment?
  /// The findings as `severity rule at "text"`.
  let findings: [String]
  private let report: FileReport

  init(_ text: String, name: String = "config.yaml") throws {
    let rules = RuleSet(loading: RuleLibrary.bundledPlugins)
    let linter = LintSession(fileSystem: MemoryFileSystem([:]), rules: rules).makeLinter()
    let (report, read) = linter.analyze(LintInput(name: name, path: name, isNamed: true, content: Array(text.utf8)))
    let experiments = try #require(read).experiments
    self.report = report
    dialects = experiments.map(\.experiment.dialect)
    experiment = experiments.first?.experiment
    findings = report.findings.map { finding in
      let place = finding.range
      let bytes = finding.source.bytes
      return "\(finding.severity) \(finding.rule) at \(String(decoding: bytes[place.start..<place.end], as: UTF8.self))"
    }
  }

  var dialect: String? { dialects.first }

  /// The messages of the findings, in order.
  var messages: [String] { report.findings.map(\.message) }

  /// A fact by its path in `epochzero facts`, as `value, origin` in one word; nil where it is unknown.
  func fact(_ path: String) -> String? {
    guard let experiment else { return nil }
    for section in experiment.factSections() {
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
