import ConfigSyntax
import Experiment
import Linting
import Rules
import SourceText

/// A plugin's text: it loads or says in one line why not, and its check runs over a small experiment within its bounds.
struct RuleTarget: FuzzTarget {
  private let experiment: Experiment

  init() {
    let input = LintInput(
      name: "small.yaml",
      path: "small.yaml",
      isNamed: true,
      content: Array(SampleFiles.experiment.utf8)
    )
    let read = try? ConfigReader(SampleFiles.fileSystem).experiments(in: input)
    experiment = read?.experiments.first?.experiment ?? Experiment(dialect: "native", sources: [])
    demand(experiment.layers.count > 3, "the small experiment cannot be read")
  }

  func run(_ bytes: [UInt8]) -> Bool {
    let rules = RuleSet(loading: [PluginFile(path: "fuzz/rule.lua", bytes: bytes)], for: .describing)
    demand(
      rules.rules.count + rules.problems.count == 1,
      "\(rules.rules.count) rules, \(rules.problems.count) problems"
    )
    for problem in rules.problems { check(problem, lines: bytes) }
    guard let rule = rules.rules.first else { return true }
    var settings = RuleSettings()
    settings.isOn[rule.id] = true
    let run = RuleRunner(rules, settings: settings).check(experiment)
    for failure in run.failures { check(failure, lines: bytes) }
    demand(run.failures.isEmpty || run.findings.isEmpty, "findings of a rule that failed")
    for finding in run.findings {
      demand(finding.rule == rule.id && finding.severity <= rule.severity, "\(finding)")
      for location in [finding.location].compactMap(\.self) + finding.related.map(\.location) {
        demand(experiment.sources[location.source].range.contains(location.range), "\(location) lies outside")
      }
    }
    return true
  }

  private func check(_ problem: PluginProblem, lines bytes: [UInt8]) {
    demand(!problem.message.isEmpty, "a problem without words")
    let lineCount = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
    if let line = problem.line {
      demand((1...lineCount).contains(line), "line \(line) of \(lineCount): \(problem.message)")
    }
  }
}
