import Linting
import Rules
import Testing

struct BundledRuleExamplesTests {
  @Test(arguments: RuleLibrary.bundledPlugins)
  func `every example of a bundled rule holds`(plugin: PluginFile) {
    let outcome = RuleExampleTester().test(plugin)
    #expect(outcome.rule != nil)
    for failure in outcome.failures {
      Issue.record("\(failure.path):\(failure.line ?? 1): \(failure.message)")
    }
  }
}
