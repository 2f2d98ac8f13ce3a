import Experiment
import Linting
import Rules
import SourceText
import Testing

/// Every kind of problem reaches the user through exactly one bundled rule.
struct ProblemKindRulesTests {
  private let runner = RuleRunner(RuleSet(loading: RuleLibrary.bundledPlugins), settings: RuleSettings())

  @Test(arguments: Problem.Kind.allCases)
  func `has one rule that reports it where it is`(kind: Problem.Kind) throws {
    let place = SourceLocation(source: 0, range: TextRange(start: 5, end: 9))
    var experiment = Experiment(dialect: "native", sources: [SourceText(name: "a.yaml", text: "key: text")])
    experiment.problems = [Problem(kind: kind, message: "it is wrong", location: place, help: "write it right")]

    let run = runner.check(experiment)

    #expect(run.failures.isEmpty)
    let finding = try #require(run.findings.first)
    #expect(run.findings.count == 1, "\(run.findings.map(\.rule))")
    #expect(finding.message == "it is wrong")
    #expect(finding.help == "write it right")
    #expect(finding.location == place)
  }
}
