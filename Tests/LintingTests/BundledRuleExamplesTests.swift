import Linting
import Rules
import Testing

struct BundledRuleExamplesTests {
  private static let plugins = Dictionary(uniqueKeysWithValues: RuleLibrary.bundledPlugins.map { ($0.path, $0) })

  @Test(arguments: plugins.keys.sorted())
  func `every example of a bundled rule holds`(path: String) throws {
    let outcome = RuleExampleTester().test(try #require(Self.plugins[path]))
    #expect(outcome.rule != nil)
    for failure in outcome.failures {
      Issue.record("\(failure.path):\(failure.line ?? 1): \(failure.message)")
    }
  }
}
