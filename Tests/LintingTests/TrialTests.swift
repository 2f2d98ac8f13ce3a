import Linting
import Rules
import Testing

/// What the bundled rules say of dry runs; that their trials mend what they find is a part of their examples.
struct TrialTests {
  private static let rules = RuleSet(loading: RuleLibrary.bundledPlugins, for: .describing).rules

  /// The findings of a rule in its bad examples.
  private func findings(of rule: RuleMetadata) -> [LocatedFinding] {
    var settings = RuleSettings()
    settings.isOn[rule.id] = true
    let plugins = RuleLibrary.bundledPlugins
    let rules = RuleSet(loading: plugins.filter { $0.path == "rules/\(rule.id).lua" })
    let session = LintSession(fileSystem: MemoryFileSystem(), rules: rules, settings: settings)
    return rule.examples.filter { !$0.isGood }.flatMap { example in
      session.check([example.input]).findings.filter { $0.rule == rule.id }
    }
  }

  @Test(arguments: rules.map(\.id))
  func `a finding has a trial, or its rule says why a dry run cannot test it`(id: String) throws {
    let rule = try #require(Self.rules.first { $0.id == id })
    let findings = findings(of: rule)
    for finding in findings where finding.severity > .hint {
      #expect(finding.canConfirm != (finding.untestable != nil), "\(finding.message)")
    }
    #expect(findings.contains(where: \.canConfirm) == (rule.probe != nil))
  }
}
