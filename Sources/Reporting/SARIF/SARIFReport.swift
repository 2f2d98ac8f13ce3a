import JSONText
package import Linting
package import Rules
import SourceText

/// Findings as SARIF 2.1.0, which code-scanning services and editors read.
///
/// Columns count UTF-16 code units from 1. Plugin problems and file errors are notifications of the invocation.
package struct SARIFReport {
  /// The schema that the text names, and is checked with.
  static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  private let report: LintReport
  /// The rules that found something, sorted by id, with their docs.
  private let rules: [RuleMetadata]
  private let ruleIndices: [String: Int]
  private let version: String
  private let workingFolder: String

  /// Makes a report.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - rules: The metadata, with docs, of the rules that found something.
  ///   - version: The version of the program.
  ///   - workingFolder: The folder that the names of files are relative to.
  package init(of report: LintReport, rules: [RuleMetadata], version: String, workingFolder: String) {
    self.report = report
    self.rules = rules
    self.version = version
    self.workingFolder = workingFolder
    ruleIndices = Dictionary(rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// Returns the report as text that ends with a line end.
  package func render() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("$schema", Self.schema)
      writer.member("version", "2.1.0")
      writer.key("runs")
      writer.array { writer in writer.object(run) }
    }
    return writer.text + "\n"
  }

  // MARK: - The run

  private func run(_ writer: inout JSONWriter) {
    writer.key("tool")
    writer.object { writer in
      writer.key("driver")
      writer.object(driver)
    }
    writer.key("invocations")
    writer.array { writer in writer.object(invocation) }
    writer.key("originalUriBaseIds")
    writer.object { writer in
      writer.key(ArtifactURI.baseID)
      writer.object { $0.text("description", "The folder that epochzero ran in.") }
    }
    writer.member("columnKind", "utf16CodeUnits")
    writer.key("newlineSequences")
    writer.array(of: ["\r\n", "\n", "\r"]) { $0.value($1) }
    writer.key("results")
    var fingerprints = Fingerprints()
    var lineHashes: [ObjectIdentifier: LineHashes] = [:]
    // Either all results of a run say whether they are suppressed, or none does.
    let states = report.suppressed.isEmpty ? nil : [SuppressedFinding]()
    let results = report.findings.map { ($0, states) } + report.suppressed.map { ($0.finding, [$0]) }
    writer.array(of: results) { writer, result in
      let (finding, suppressions) = result
      let id = ObjectIdentifier(finding.source)
      let hashes = lineHashes[id] ?? LineHashes(of: finding.source)
      lineHashes[id] = hashes
      writer.object { writer in
        describe(finding, to: &writer)
        if finding.confirmation != nil || report.isConfirmed && finding.untestable != nil {
          writer.key("properties")
          writer.object { writer in
            writer.key("dryRun")
            writer.verdict(of: finding, isConfirmed: report.isConfirmed)
          }
        }
        if let suppressions { self.suppressions(suppressions, to: &writer) }
        writer.key("partialFingerprints")
        writer.object { writer in
          if let hash = hashes[finding.source.line(at: finding.range.start) + 1] {
            writer.member("primaryLocationLineHash", hash)
          }
          let file = finding.source.name
          writer.member(
            "epochzero/v1",
            fingerprints.next(rule: finding.rule, file: file, message: finding.message)
          )
        }
      }
    }
  }

  private func driver(_ writer: inout JSONWriter) {
    writer.member("name", "epochzero")
    writer.text("shortDescription", "The linter for neural-network configs.")
    writer.member("version", version)
    writer.member("semanticVersion", version)
    writer.member("language", "en")
    writer.key("rules")
    writer.array(of: rules) { writer, rule in writer.object { describe(rule, to: &$0) } }
    writer.key("notifications")
    writer.array(of: Notification.allCases) { writer, notification in
      writer.object { writer in
        writer.member("id", notification.rawValue)
        writer.text("shortDescription", notification.summary)
      }
    }
  }

  private func describe(_ rule: RuleMetadata, to writer: inout JSONWriter) {
    let docs = rule.docs.trimmingNewlines
    writer.member("id", rule.id)
    writer.text("shortDescription", rule.summary)
    writer.text("fullDescription", docs.firstParagraph ?? rule.summary)
    writer.key("help")
    writer.object { writer in
      // GitHub shows the Markdown; a help text must not be empty.
      writer.member("text", docs.isEmpty ? rule.summary : docs)
      writer.member("markdown", docs.isEmpty ? rule.summary : docs)
    }
    writer.key("defaultConfiguration")
    writer.object { writer in
      writer.member("enabled", rule.isOnByDefault)
      writer.member("level", rule.severity.level)
    }
    writer.key("properties")
    writer.object { writer in
      writer.key("tags")
      writer.array(of: [rule.group] + (Cause.title(of: rule.cause).map { [$0] } ?? [])) { $0.value($1) }
      writer.member("problem.severity", rule.severity == .hint ? "recommendation" : rule.severity.rawValue)
    }
  }

  // MARK: - Results

  private func describe(_ finding: LocatedFinding, to writer: inout JSONWriter) {
    writer.member("ruleId", finding.rule)
    if let index = ruleIndices[finding.rule] { writer.member("ruleIndex", index) }
    writer.member("level", finding.severity.level)
    let verdict = finding.confirmation.map { "\ndry run: " + $0.line } ?? ""
    writer.text("message", finding.message + (finding.help.map { "\nhelp: " + $0 } ?? "") + verdict)
    writer.key("locations")
    writer.array { writer in
      writer.object { place(finding.source, finding.range, to: &$0) }
    }
    if !finding.related.isEmpty {
      writer.key("relatedLocations")
      writer.array(of: finding.related.enumerated()) { writer, related in
        writer.object { writer in
          writer.member("id", related.offset)
          place(related.element.source, related.element.range, to: &writer)
          writer.text("message", related.element.message)
        }
      }
    }
    if let fix = finding.fix {
      writer.key("fixes")
      writer.array { writer in writer.object { describe(fix, of: finding, to: &$0) } }
    }
  }

  private func suppressions(_ suppressions: [SuppressedFinding], to writer: inout JSONWriter) {
    writer.key("suppressions")
    writer.array(of: suppressions) { writer, suppression in
      writer.object { writer in
        writer.member("kind", suppression.kind == .comment ? "inSource" : "external")
        writer.member("status", "accepted")
        if let reason = suppression.justification { writer.member("justification", reason) }
      }
    }
  }

  private func describe(_ fix: LocatedFix, of finding: LocatedFinding, to writer: inout JSONWriter) {
    writer.text("description", finding.help ?? "mend it")
    writer.key("artifactChanges")
    var names: [String] = []
    for edit in fix.edits where !names.contains(edit.file.source.name) { names.append(edit.file.source.name) }
    writer.array(of: names) { writer, name in
      writer.object { writer in
        artifact(name, to: &writer)
        writer.key("replacements")
        writer.array(of: fix.edits.filter { $0.file.source.name == name }) { writer, edit in
          writer.object { writer in
            writer.key("deletedRegion")
            writer.region(edit.file.source, edit.edit.range)
            writer.text("insertedContent", edit.edit.replacement)
          }
        }
      }
    }
    writer.key("properties")
    writer.object { $0.member("safe", fix.isSafe) }
  }

  // MARK: - Places

  private func place(_ source: SourceText, _ range: TextRange, to writer: inout JSONWriter) {
    writer.key("physicalLocation")
    writer.object { writer in
      artifact(source.name, to: &writer)
      writer.key("region")
      writer.region(source, range)
    }
  }

  private func artifact(_ name: String, to writer: inout JSONWriter) {
    let uri = ArtifactURI(name: name, workingFolder: workingFolder)
    writer.key("artifactLocation")
    writer.object { writer in
      writer.member("uri", uri.text)
      if uri.isRelative { writer.member("uriBaseId", ArtifactURI.baseID) }
    }
  }

  // MARK: - The invocation

  /// The kinds of things that are no results.
  private enum Notification: String, CaseIterable {
    case plugin
    case file
    case note

    var summary: String {
      switch self {
      case .plugin: "a rule could not be loaded, or failed while it ran"
      case .file: "a file could not be read or written"
      case .note: "a file that was named has nothing to lint in it"
      }
    }
  }

  private func invocation(_ writer: inout JSONWriter) {
    writer.member("executionSuccessful", report.errors.isEmpty && report.pluginProblems.isEmpty)
    writer.key("toolExecutionNotifications")
    writer.array { writer in
      for problem in report.pluginProblems {
        notify(.plugin, "error", problem.message, file: problem.path, line: problem.line, to: &writer)
      }
      for error in report.errors { notify(.file, "error", error.message, file: error.file, line: nil, to: &writer) }
      for note in report.notes { notify(.note, "note", note.message, file: note.file, line: nil, to: &writer) }
    }
  }

  private func notify(
    _ notification: Notification,
    _ level: String,
    _ message: String,
    file: String,
    line: Int?,
    to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.key("descriptor")
      writer.object { writer in
        writer.member("id", notification.rawValue)
        writer.member("index", Notification.allCases.firstIndex(of: notification))
      }
      writer.member("level", level)
      writer.text("message", message)
      writer.key("locations")
      writer.array { writer in
        writer.object { writer in
          writer.key("physicalLocation")
          writer.object { writer in
            artifact(file, to: &writer)
            guard let line else { return }
            writer.key("region")
            writer.object { $0.member("startLine", line) }
          }
        }
      }
    }
  }
}

extension JSONWriter {
  /// Writes a member that is a message, a description or a content: an object with a text.
  fileprivate mutating func text(_ key: String, _ text: String) {
    self.key(key)
    object { $0.member("text", text) }
  }

  fileprivate mutating func region(_ source: SourceText, _ range: TextRange) {
    let start = source.utf16Position(at: range.start)
    let end = source.utf16Position(at: range.end)
    object { writer in
      writer.member("startLine", start.line)
      writer.member("startColumn", start.column)
      writer.member("endLine", end.line)
      writer.member("endColumn", end.column)
    }
  }
}

extension String {
  /// The first paragraph of Markdown that is no heading, on one line; nil where there is none.
  ///
  /// It is cut at 1,024 characters, the most that GitHub takes as a description.
  fileprivate var firstParagraph: String? {
    let lines = split(separator: "\n", omittingEmptySubsequences: false).drop { $0.isEmpty || $0.hasPrefix("#") }
    let paragraph = lines.prefix { !$0.isEmpty }.joined(separator: " ")
    return paragraph.isEmpty ? nil : paragraph.count <= 1024 ? paragraph : paragraph.prefix(1023) + "…"
  }
}

extension Severity {
  fileprivate var level: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .hint: "note"
    }
  }
}
