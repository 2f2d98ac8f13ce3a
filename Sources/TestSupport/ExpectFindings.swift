import Linting
package import Rules
import SourceText
package import Testing

/// Lints a marked text through the whole session and expects exactly the findings that the marks name.
///
/// - Parameters:
///   - marked: The text of a config; `1️⃣` to `9️⃣` stand where findings must start.
///   - messages: The message of the finding at each mark, by its digit.
///   - name: The file's name, whose extension says the format.
///   - rules: The rules that run.
///   - files: Other files, by path, that the text may name.
///   - sourceLocation: Where the test stands.
package func expectFindings(
  _ marked: String,
  _ messages: [Int: String],
  name: String = "config.yaml",
  rules: RuleSet,
  files: [String: String] = [:],
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let marked = MarkedText(marked)
  let session = LintSession(fileSystem: MemoryFileSystem(files), rules: rules)
  let input = LintInput(name: name, path: name, isNamed: true, content: Array(marked.text.utf8))
  let report = session.check([input])
  #expect(report.errors.isEmpty, sourceLocation: sourceLocation)
  #expect(report.pluginProblems.isEmpty, sourceLocation: sourceLocation)
  let expected = marked.marks.map { ExpectedFinding(offset: $0.offset, message: messages[$0.digit] ?? "") }
  let found = report.findings.map { ExpectedFinding(offset: $0.range.start, message: $0.message) }
  #expect(found.sorted() == expected.sorted(), sourceLocation: sourceLocation)
}

/// A finding by what a marked text says of it.
private struct ExpectedFinding: Hashable, Comparable, CustomStringConvertible {
  var offset: Int
  var message: String

  var description: String { "\(offset): \(message)" }

  static func < (left: ExpectedFinding, right: ExpectedFinding) -> Bool {
    (left.offset, left.message) < (right.offset, right.message)
  }
}
