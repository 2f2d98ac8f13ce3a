import DryRunMessages
import JSONText
import Linting
import Rules
import SourceText

/// What is shown in one document.
struct DocumentDiagnostics: Sendable {
  var findings: [LocatedFinding] = []
  /// Of a settings file: what is wrong with it, and what of it does not hold for want of trust.
  var settingsProblems: [(problem: SettingsProblem, isError: Bool)] = []
}

extension Workspace {
  /// Returns what is shown in the documents that a report speaks of, by their shown names, that of the given one among them.
  func diagnostics(for uri: DocumentURI) -> [String: DocumentDiagnostics] {
    guard let document = document(uri) else { return [:] }
    guard settings.isEnabled else { return [document.name: DocumentDiagnostics()] }
    if isOfSettings(uri) {
      return [document.name: settingsDiagnostics(for: document)]
    }
    if withSession({ $0.settings.excludes(document.path) }) { return [document.name: DocumentDiagnostics()] }
    var byName = [document.name: DocumentDiagnostics()]
    for finding in findings(about: uri) { byName[finding.source.name, default: .init()].findings.append(finding) }
    return byName
  }

  private func settingsDiagnostics(for document: OpenDocument) -> DocumentDiagnostics {
    withSession { session in
      let input = LintInput(name: document.name, path: document.path, isNamed: true)
      let problems = session.settings.problems(for: [input]).map { ($0, true) }
      let untrusted = session.settings.untrustedPlugins.map { ($0, false) }
      return DocumentDiagnostics(
        settingsProblems: (problems + untrusted).filter { $0.0.source?.name == document.name }
      )
    }
  }
}

/// Writes findings as the protocol's diagnostics.
struct DiagnosticWriter {
  /// What diagnostics are marked with, so that those of other tools for the same file can be told apart.
  static let source = "epochzero"

  let workspace: Workspace
  let capabilities: ClientCapabilities
  let pages: RulePageFiles

  /// Returns the array of the diagnostics of one document.
  func json(_ diagnostics: DocumentDiagnostics) -> String {
    jsonText { writer in
      writer.array { writer in
        for finding in diagnostics.findings { write(finding, to: &writer) }
        for (problem, isError) in diagnostics.settingsProblems {
          guard let source = problem.source else { continue }
          writer.object { writer in
            writer.member("range", problem.range, in: source, capabilities.encoding)
            writer.member("severity", isError ? 1 : 3)
            writer.member("source", Self.source)
            writer.member("code", "settings")
            writer.member("message", problem.message)
          }
        }
      }
    }
  }

  func write(_ finding: LocatedFinding, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("range", finding.range, in: finding.source, capabilities.encoding)
      writer.member("severity", Self.number(of: finding.severity))
      writer.member("source", Self.source)
      writer.member("code", finding.rule)
      if capabilities.takesCodeDescriptions, let page = page(of: finding.rule) {
        writer.key("codeDescription")
        writer.object { $0.member("href", page) }
      }
      writer.member("message", Self.message(of: finding))
      let related = finding.related.filter { !$0.message.isEmpty }
      guard capabilities.takesRelatedInformation, !related.isEmpty else { return }
      writer.key("relatedInformation")
      writer.array(of: related) { writer, place in
        writer.object { writer in
          writer.key("location")
          writer.location(
            workspace.uri(ofName: place.source.name),
            place.range,
            in: place.source,
            capabilities.encoding
          )
          writer.member("message", place.message)
        }
      }
    }
  }

  private static func message(of finding: LocatedFinding) -> String {
    var lines = [finding.message]
    if let confirmation = finding.confirmation {
      let parts = [confirmation.line, confirmation.report.explanation]
      lines.append("dry run: " + parts.compactMap(\.self).joined(separator: "; "))
    }
    if let help = finding.help { lines.append("help: \(help)") }
    return lines.joined(separator: "\n")
  }

  private func page(of rule: String) -> String? {
    pages.uri(of: rule) { workspace.withSession(\.settings) }
  }

  /// The protocol's number of a severity; its hints are hardly visible in most editors, so ours are information there.
  private static func number(of severity: Severity) -> Int {
    switch severity {
    case .error: 1
    case .warning: 2
    case .hint: 3
    }
  }
}

extension JSONWriter {
  /// Writes a member that is a range of a text.
  mutating func member(_ key: String, _ range: TextRange, in source: SourceText, _ encoding: PositionEncoding) {
    self.key(key)
    value(range, in: source, encoding)
  }

  /// Writes a range of a text.
  mutating func value(_ range: TextRange, in source: SourceText, _ encoding: PositionEncoding) {
    object { writer in
      writer.member("start", source.position(at: range.start, encoding))
      writer.member("end", source.position(at: range.end, encoding))
    }
  }

  /// Writes a member that is a position.
  mutating func member(_ key: String, _ position: Position) {
    self.key(key)
    object { writer in
      writer.member("line", position.line)
      writer.member("character", position.character)
    }
  }

  /// Writes a range of a document.
  mutating func location(_ uri: DocumentURI, _ range: TextRange, in source: SourceText, _ encoding: PositionEncoding) {
    object { writer in
      writer.member("uri", uri.text)
      writer.member("range", range, in: source, encoding)
    }
  }
}
