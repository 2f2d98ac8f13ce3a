package import Linting
import Rules

/// Findings as a JUnit report: a suite for each file, a failed case for each finding, a passed one for a file without.
package enum JUnitReport {
  /// Returns the report as XML that ends with a line end.
  ///
  /// A finding that does not make the run fail is a passed case with what it says as output.
  package static func render(_ report: LintReport) -> String {
    let suites = suites(of: report)
    let total = suites.reduce(into: Counts()) { $0.add($1.counts) }
    var writer = XMLWriter()
    writer.element("testsuites", [("name", "epochzero")] + total.attributes) { writer in
      for suite in suites { write(suite, to: &writer) }
    }
    return writer.text + "\n"
  }

  // MARK: - Private

  private struct Counts {
    var tests = 0
    var failures = 0
    var errors = 0

    var attributes: [(String, String)] {
      [("tests", "\(tests)"), ("failures", "\(failures)"), ("errors", "\(errors)")]
    }

    mutating func add(_ other: Counts) {
      tests += other.tests
      failures += other.failures
      errors += other.errors
    }
  }

  private enum Outcome {
    case passed, failure, error
  }

  private struct Suite {
    var file: String
    var cases: [(item: ReportItem, outcome: Outcome)] = []

    var counts: Counts {
      Counts(
        tests: max(cases.count, 1),
        failures: cases.count { $0.outcome == .failure },
        errors: cases.count { $0.outcome == .error }
      )
    }
  }

  /// The suites in the order of their files' names.
  private static func suites(of report: LintReport) -> [Suite] {
    var suites: [String: Suite] = [:]
    for name in report.checkedNames { suites[name] = Suite(file: name) }
    for item in report.items {
      let outcome: Outcome = item.isFailure ? .error : item.failsRun ? .failure : .passed
      suites[item.file, default: Suite(file: item.file)].cases.append((item, outcome))
    }
    return suites.values.sorted { $0.file < $1.file }
  }

  private static func write(_ suite: Suite, to writer: inout XMLWriter) {
    writer.element("testsuite", [("name", suite.file), ("file", suite.file)] + suite.counts.attributes) { writer in
      if suite.cases.isEmpty {
        writer.element("testcase", [("name", "no findings"), ("classname", suite.file), ("time", "0")]) { _ in }
      }
      var names: [String: Int] = [:]
      for (item, outcome) in suite.cases {
        // Without the line, so that a service sees the history of a finding though lines move.
        let name = "\(item.rule): \(item.message.printable)"
        names[name, default: 0] += 1
        let count = names[name, default: 1]
        write(item, outcome, name: count == 1 ? name : "\(name) (\(count))", to: &writer)
      }
    }
  }

  private static func write(_ item: ReportItem, _ outcome: Outcome, name: String, to writer: inout XMLWriter) {
    // No "file" and "line", which Jenkins's schema does not know; the text says them.
    let attributes = [("name", name), ("classname", item.file), ("time", "0")]
    let text = item.heading + item.advice
    let detail = [("type", item.severity.rawValue), ("message", item.message.printable)]
    writer.element("testcase", attributes) { writer in
      switch outcome {
      case .failure: writer.element("failure", detail, text: text)
      case .error: writer.element("error", detail, text: text)
      case .passed: writer.element("system-out", text: text)
      }
    }
  }
}
