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
    var files: [String: String] = [:]
    for rule in RuleSet(loading: Self.texts, for: .describing).rules {
      for (index, example) in rule.examples.enumerated() {
        let text = example.text.replacing(RuleExample.mark, with: "")
        let isJSON = text.first.map { "{[".contains($0) } ?? false
        files["\(rule.id)/\(index).\(isJSON ? "json" : "yaml")"] = text
      }
    }
    let fileSystem = MemoryFileSystem(files)
    let inputs = files.keys.sorted().map { LintInput(name: $0, path: $0, isNamed: true) }
    let reports = [Self.plugins, Self.texts].map { plugins in
      LintSession(fileSystem: fileSystem, rules: RuleSet(loading: plugins)).check(inputs)
    }
    let findings = reports.map { report in
      report.findings.map { "\($0.source.name) \($0.range) \($0.rule) \($0.severity) \($0.message)" }
    }
    #expect(findings[0] == findings[1])
    #expect(findings[0].count > files.count / 3)
    #expect(reports.allSatisfy { $0.pluginProblems.isEmpty })
  }
}
