import Experiment
import Rules
import Testing

/// A rule file around a `check` body; the body starts on line 10.
func ruleText(
  id: String = "test/rule",
  severity: String = "warning",
  extra: String = "",
  before: String = "",
  _ body: String
) -> String {
  """
  \(before)
  return {
    api = 1, \(extra)
    id = "\(id)",
    summary = "a rule of the tests",
    severity = "\(severity)",
    docs = "What it looks for.",
    examples = { { bad = "1️⃣x" }, { good = "x" } },
    check = function(experiment, report, options)
  \(body)
    end,
  }
  """
}

func plugin(_ text: String, path: String = "my/rule.lua") -> PluginFile {
  PluginFile(path: path, bytes: Array(text.utf8))
}

/// Runs one rule with the body of a `check`.
func run(
  _ body: String,
  on experiment: Experiment = .sample(),
  severity: String = "warning",
  extra: String = "",
  settings: RuleSettings = RuleSettings()
) -> RuleRun {
  let rules = RuleSet(loading: [plugin(ruleText(severity: severity, extra: extra, body))])
  #expect(rules.problems.isEmpty)
  return RuleRunner(rules, settings: settings).check(experiment)
}

/// Runs a body that ends in an expression and returns its text, as `tostring` or a `report` shows it.
func evaluate(_ body: String, on experiment: Experiment = .sample()) -> String {
  let run = run("local function f() \(body) end\nreport { at = experiment, message = tostring(f()) }", on: experiment)
  return run.findings.first?.message ?? "failed: \(run.failures.map { "\($0.line ?? 0): \($0.message)" })"
}
