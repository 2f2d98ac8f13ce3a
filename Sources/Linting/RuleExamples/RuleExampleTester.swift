package import Rules
import ConfigSyntax
import Experiment
import SourceText

/// Runs a rule's examples as its tests.
///
/// Each example goes through the whole session with only its rule on. In a bad one findings must start exactly at the
/// marks, in a good one there must be none; what `fixed` says must be what the fixes make. What a dry run would train
/// to test a finding must be a sound experiment in which the rule finds nothing. The same must hold with CR LF
/// line ends, and in YAML behind a comment in which characters take several bytes.
package struct RuleExampleTester {
  /// What the examples of one plugin gave.
  package struct Outcome: Sendable {
    /// The rule's id, unless the plugin could not be loaded.
    package var rule: String?
    package var exampleCount = 0
    /// What failed, with the lines of the plugin.
    package var failures: [PluginProblem] = []
  }

  /// The bundled rules that say whether an example is a config at all.
  private let validityRules: RuleSet

  /// Makes a tester.
  package init() {
    let groups = ["rules/files/", "rules/shape/"]
    validityRules = RuleSet(
      loading: RuleLibrary.bundledPlugins.filter { plugin in groups.contains { plugin.path.hasPrefix($0) } }
    )
  }

  /// Runs all examples of a plugin.
  package func test(_ plugin: PluginFile) -> Outcome {
    let rules = RuleSet(loading: [plugin], for: .describing)
    var outcome = Outcome(failures: rules.problems)
    for rule in rules.rules {
      outcome.rule = rule.id
      outcome.exampleCount += rule.examples.count
      var run = ExampleRun(rule: rule, rules: beside(rule, plugin) ?? rules, validityRules: validityRules)
      for example in rule.examples { run.run(example) }
      outcome.failures += run.failures
    }
    return outcome
  }

  /// Returns all bundled rules and the plugin, for a rule about the comments that ignore others; nil for any other rule.
  private func beside(_ rule: RuleMetadata, _ plugin: PluginFile) -> RuleSet? {
    switch rule.reports {
    case .unusedSuppression, .unknownSuppressedRule:
      let others = RuleLibrary.bundledPlugins.filter { $0.path != "rules/\(rule.id).lua" }
      return RuleSet(loading: others + [plugin])
    default: return nil
    }
  }
}

/// The examples of one rule while they run.
private struct ExampleRun {
  private let rule: RuleMetadata
  private let session: LintSession
  private let linter: FileLinter
  private let runner: RuleRunner
  private let validity: FileLinter
  private(set) var failures: [PluginProblem] = []

  init(rule: RuleMetadata, rules: RuleSet, validityRules: RuleSet) {
    self.rule = rule
    var settings = RuleSettings()
    settings.isOn[rule.id] = true
    var session = LintSession(fileSystem: MemoryFileSystem(), rules: rules, settings: settings)
    session.keepsTrials = true
    self.session = session
    linter = session.makeLinter()
    runner = RuleRunner(rules, settings: settings)
    var validitySettings = RuleSettings()
    validitySettings.isOn[rule.id] = false
    validity = LintSession(fileSystem: MemoryFileSystem(), rules: validityRules, settings: validitySettings)
      .makeLinter()
  }

  mutating func run(_ example: RuleExample) {
    let count = failures.count
    checkValidity(of: example)
    for variant in Variant.all(for: example) where failures.count == count {
      checkFindings(of: example, variant)
      if failures.count == count { checkFix(of: example, variant) }
    }
    if !example.isGood, failures.count == count { checkTrial(of: example) }
  }

  // MARK: - Private

  private mutating func checkValidity(of example: RuleExample) {
    let input = Variant.plain.input(example)
    let report = validity.lint(input)
    if !report.isRecognized, rule.group != "files" { fail(example, "no dialect knows the example") }
    for finding in report.findings where finding.severity > .hint && finding.rule != rule.id {
      fail(example, "the example is no valid config: \(place(finding)): \(finding.message) [\(finding.rule)]")
    }
  }

  private mutating func checkFindings(of example: RuleExample, _ variant: Variant) {
    let marked = MarkedText(variant.text(example.text))
    var reports = [linter.lint(variant.input(example))]
    session.findUnusedIgnores(&reports)
    let report = reports[0]
    failures += report.pluginProblems
    if let error = report.error { fail(example, error.message) }
    var expected = example.isGood ? [] : marked.marks.map(\.offset)
    if !example.isGood, expected.isEmpty { fail(example, "a bad example needs a mark, 1️⃣, where the finding starts") }
    for finding in report.findings where finding.rule == rule.id {
      if let index = expected.firstIndex(of: finding.range.start) {
        expected.remove(at: index)
      } else {
        fail(example, "unexpected finding at \(place(finding)): \(finding.message)\(variant.remark)")
      }
    }
    let source = SourceText(name: "example", text: marked.text)
    for offset in expected {
      let position = source.displayPosition(at: offset)
      fail(example, "no finding at \(position.line):\(position.column)\(variant.remark)")
    }
  }

  private mutating func checkFix(of example: RuleExample, _ variant: Variant) {
    guard let fixed = example.fixed else { return }
    let expected = MarkedText(variant.text(fixed)).text
    var fixer = Fixer(session: session)
    fixer.includesUnsafe = true
    let outcome = fixer.fix([variant.input(example)])
    let before = MarkedText(variant.text(example.text)).text
    let after = outcome.changes.first.map { String(decoding: $0.after, as: UTF8.self) } ?? before
    if after != expected {
      fail(example, "the fix makes another text than \"fixed\"\(variant.remark): \(firstDifference(after, expected))")
    }
  }

  /// Checks that what a dry run would train beside the example is sound, and rid of what the rule finds.
  private mutating func checkTrial(of example: RuleExample) {
    for test in RuleTest.all(of: linter.lint(Variant.plain.input(example)).findings) {
      let change = test.edits.map(\.description).joined(separator: ", ")
      guard var changed = test.subject.changed(by: test.edits) else {
        fail(example, "the trial cannot be made here: \(change)")
        continue
      }
      var before = test.subject.stated
      before.derive()
      changed.derive()
      if let problem = changed.problems.dropFirst(before.problems.count).last {
        fail(example, "the trial breaks the example: \(change): \(problem.message)")
      }
      let run = runner.check(changed)
      failures += run.failures
      if let finding = run.findings.first(where: { $0.rule == rule.id }) {
        fail(example, "the trial does not mend it: \(change): \(finding.message)")
      }
    }
  }

  private func firstDifference(_ actual: String, _ expected: String) -> String {
    let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(actual, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let index = line ?? min(actual.count, expected.count)
    let made = actual.indices.contains(index) ? "\"\(actual[index])\"" : "nothing"
    let wanted = expected.indices.contains(index) ? "\"\(expected[index])\"" : "nothing"
    return "line \(index + 1) is \(made), not \(wanted)"
  }

  private func place(_ finding: LocatedFinding) -> String {
    let position = finding.source.displayPosition(at: finding.range.start)
    return "\(position.line):\(position.column)"
  }

  private mutating func fail(_ example: RuleExample, _ message: String) {
    let kind = example.isGood ? "good" : "bad"
    failures.append(PluginProblem(path: rule.path, line: example.line, message: "\(kind) example: \(message)"))
  }
}

/// A way of writing an example that must make no difference.
private enum Variant {
  case plain, carriageReturns, behindComment

  static func all(for example: RuleExample) -> [Variant] {
    example.format == .json ? [.plain, .carriageReturns] : [.plain, .carriageReturns, .behindComment]
  }

  var remark: String {
    switch self {
    case .plain: ""
    case .carriageReturns: " (with CR LF line ends)"
    case .behindComment: " (behind a comment of several-byte characters)"
    }
  }

  func text(_ text: String) -> String {
    switch self {
    case .plain: text
    case .carriageReturns: text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    case .behindComment: "# häufig 学習 🧠\n" + text
    }
  }

  func input(_ example: RuleExample) -> LintInput {
    example.input(text(example.text))
  }
}
