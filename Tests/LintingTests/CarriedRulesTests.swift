import Linting
import Rules
import SourceText
import Testing

/// The build carries the bundled rules as code; their texts are the rules.
struct CarriedRulesTests {
  private static let plugins = RuleLibrary.bundledPlugins
  private static let texts = plugins.map { PluginFile(path: $0.path, bytes: $0.bytes) }

  @Test func `carried rules say of themselves what their texts say`() {
    let carried = RuleSet(loading: Self.plugins)
    let read = RuleSet(loading: Self.texts)
    #expect(carried.problems.isEmpty)
    #expect(carried.rules.count == read.rules.count)
    for (carried, var read) in zip(carried.rules, read.rules) {
      read.docs = ""
      read.examples = []
      #expect(carried == read)
    }
  }

  @Test func `carried rules find what their texts find`() {
    let reports = [Self.plugins, Self.texts].map { report(of: $0) }
    #expect(reports[0].findings.map(description) == reports[1].findings.map(description))
    #expect(reports[0].findings.count > Self.examples.count / 3)
    #expect(reports.allSatisfy { $0.pluginProblems.isEmpty })
  }

  /// A rule that asks for a value says twice what it looks for: in `needs`, and in its check.
  @Test func `what rules need leaves nothing out that their checks would find`() throws {
    let lenient = try Self.texts.map { plugin in
      let text = String(decoding: plugin.bytes, as: UTF8.self)
      return PluginFile(path: plugin.path, bytes: Array(try Self.withoutConditions(text).utf8))
    }
    #expect(zip(lenient, Self.texts).filter { $0.bytes != $1.bytes }.count > 20)
    let reports = [lenient, Self.texts].map { report(of: $0) }
    let found = Set(reports[1].findings.map(description))
    #expect(reports[0].findings.map(description).filter { !found.contains($0) } == [])
    #expect(reports[0].pluginProblems == [])
  }

  /// The examples of all rules, by file name.
  private static let examples: [String: String] = {
    var files: [String: String] = [:]
    for rule in RuleSet(loading: texts, for: .describing).rules {
      for (index, example) in rule.examples.enumerated() {
        let text = example.text.replacing(RuleExample.mark, with: "")
        let isJSON = text.first.map { "{[".contains($0) } ?? false
        files["\(rule.id)/\(index).\(isJSON ? "json" : "yaml")"] = text
      }
    }
    return files
  }()

  /// Lints the examples of all rules with all rules.
  private func report(of plugins: [PluginFile]) -> LintReport {
    let inputs = Self.examples.keys.sorted().map { LintInput(name: $0, path: $0, isNamed: true) }
    return LintSession(fileSystem: MemoryFileSystem(Self.examples), rules: RuleSet(loading: plugins)).check(inputs)
  }

  private func description(of finding: LocatedFinding) -> String {
    "\(finding.source.name) \(finding.range) \(finding.rule) \(finding.severity) \(finding.message)"
  }

  /// Returns a plugin that needs the same facts, whatever their values.
  private static func withoutConditions(_ text: String) throws -> String {
    guard let needs = try #/\n  needs = \{[^}]*\}/#.firstMatch(in: text) else { return text }
    let joined = String(needs.output).replacing(#/"\s*\.\.\s*"/#, with: "")
    let plain = joined.replacing(#/ (=|<=|>=|<|>) [^"|{}]*(?=["|])/#, with: "")
    return text.replacingCharacters(in: needs.range, with: plain)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
