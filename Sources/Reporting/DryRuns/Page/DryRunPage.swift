import DryRunMessages
package import Linting
import Rules
import SourceText

/// What dry runs gave as one page of HTML: no scripts, nothing from elsewhere, and well-formed XML, so that anything can read it.
package enum DryRunPage {
  /// Returns the page about findings that were put to the test.
  package static func render(_ report: LintReport, version: String) -> String {
    var tests: [(confirmation: Confirmation, findings: [LocatedFinding])] = []
    for finding in report.findings {
      guard let confirmation = finding.confirmation else { continue }
      if let index = tests.firstIndex(where: { $0.confirmation === confirmation }) {
        tests[index].findings.append(finding)
      } else {
        tests.append((confirmation, [finding]))
      }
    }
    let untested = report.findings.filter { $0.confirmation == nil }
    return page(title: "Dry run of \(Summary.counted(tests.count, "test"))", version: version) { writer in
      writer.element("p", text: Summary.render(report, mentionsFix: false))
      if tests.count > 1 { contents(tests, to: &writer) }
      for (index, test) in tests.enumerated() {
        let id = "test-\(index + 1)"
        writer.element("section", [("class", "test"), ("id", id)]) { writer in
          heading(test.confirmation.report.verdict, test.findings.first?.rule ?? "", to: &writer)
          findings(test.findings, to: &writer)
          changes(of: test.confirmation, to: &writer)
          writer.element("p", text: test.confirmation.line)
          PageSection(test.confirmation.report, test.confirmation.names, id: id).write(to: &writer)
        }
      }
      if !untested.isEmpty {
        writer.element("section", [("class", "test"), ("id", "not-tested")]) { writer in
          writer.element("h2", text: "Not tested")
          findings(untested, to: &writer)
        }
      }
    }
  }

  /// Returns the page about experiments by themselves.
  package static func render(_ reports: [NamedReport], version: String) -> String {
    let names = reports.map(\.name.printable).joined(separator: "; ")
    return page(title: "Dry run of \(names)", version: version) { writer in
      for (index, named) in reports.enumerated() {
        let id = "run-\(index + 1)"
        writer.element("section", [("class", "test"), ("id", id)]) { writer in
          heading(named.report.verdict, named.name.printable, to: &writer)
          if let reason = named.report.verdict.reason { writer.element("p", text: reason.printable) }
          PageSection(named.report, VersionNames(.alone), id: id).write(to: &writer)
        }
      }
    }
  }

  // MARK: - Private

  private static func page(title: String, version: String, _ content: (inout XMLWriter) -> Void) -> String {
    var writer = XMLWriter(.html)
    writer.element("html", [("lang", "en")]) { writer in
      writer.element("head") { writer in
        writer.element("meta", [("charset", "utf-8")])
        writer.element("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
        writer.element("meta", [("name", "color-scheme"), ("content", "light dark")])
        writer.element("title", text: title)
        writer.element("style", text: PageStyle.sheet)
      }
      writer.element("body") { writer in
        writer.element("header") { $0.element("h1", text: title) }
        writer.element("main") { content(&$0) }
        writer.element("footer") { writer in
          writer.element(
            "p",
            text: """
              Written by epochzero \(version). Figures without a seed are medians over the seeds. A dry run is short and small: what it \
              confirms keeps the network from learning within its steps, and what it refutes makes no difference there. It says \
              nothing of how good the finished network would be.
              """
          )
        }
      }
    }
    return writer.text + "\n"
  }

  private static func contents(
    _ tests: [(confirmation: Confirmation, findings: [LocatedFinding])],
    to writer: inout XMLWriter
  ) {
    writer.element("nav", [("aria-label", "Tests")]) { writer in
      writer.element("ul") { writer in
        for (index, test) in tests.enumerated() {
          guard let finding = test.findings.first else { continue }
          writer.element("li") { writer in
            writer.badge(test.confirmation.report.verdict)
            writer.element("a", [("href", "#test-\(index + 1)")], text: finding.rule)
            writer.element("span", [("class", "dim")], text: "in \(finding.source.name.printable)")
          }
        }
      }
    }
  }

  private static func heading(_ verdict: Verdict, _ name: String, to writer: inout XMLWriter) {
    writer.element("h2") { writer in
      writer.badge(verdict)
      writer.line(name)
    }
  }

  private static func findings(_ findings: [LocatedFinding], to writer: inout XMLWriter) {
    writer.element("ul", [("class", "findings")]) { writer in
      for finding in findings {
        let position = finding.source.displayPosition(at: finding.range.start)
        writer.element("li") { writer in
          writer.element("code", text: "\(finding.source.name.printable):\(position.line):\(position.column)")
          writer.line("\(finding.severity.rawValue): \(finding.message.printable)")
          if finding.confirmation == nil {
            writer.element("span", [("class", "dim")], text: "\(finding.rule)\(reason(of: finding))")
          }
        }
      }
    }
  }

  /// Why a finding was not put to the test.
  private static func reason(of finding: LocatedFinding) -> String {
    finding.untestable.map { ": a dry run cannot test this: \($0.printable)" } ?? ""
  }

  private static func changes(of confirmation: Confirmation, to writer: inout XMLWriter) {
    if confirmation.changes.isEmpty { return }
    writer.element("p") { writer in
      writer.element("span", [("class", "dim")], text: "the fix:")
      for change in confirmation.changes { writer.element("code", text: change.printable) }
    }
  }
}

extension XMLWriter {
  /// Writes the word for a verdict.
  mutating func badge(_ verdict: Verdict) {
    let look = verdict == .confirmed ? "confirmed" : verdict == .refuted ? "refuted" : "other"
    element("span", [("class", "verdict \(look)")], text: verdict.words)
  }
}
