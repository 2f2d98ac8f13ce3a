package import Experiment

/// Loaded rule plugins: those that passed their checks, and what was wrong with the others.
package struct RuleSet: Sendable {
  /// The metadata of the rules, sorted by id.
  package let rules: [RuleMetadata]
  /// Why plugins could not be loaded.
  package let problems: [PluginProblem]

  /// Loads plugins. Each stands for itself: a broken one is a problem, the others load.
  package init(loading files: [PluginFile]) {
    rules = []
    problems = []
  }
}

/// Which rules run, how loud, with which options.
package struct RuleSettings: Hashable, Sendable {
  /// Rules or groups that are turned on or off, by id or group.
  package var isOn: [String: Bool] = [:]
  /// Severities that replace the rules' own, by id or group.
  package var severities: [String: Severity] = [:]
  /// Option values by rule id and option name.
  package var options: [String: [String: FactValue]] = [:]

  package init() {}
}

/// What one pass of the rules over an experiment gave.
package struct RuleRun: Sendable {
  package var findings: [Finding] = []
  /// Rules that failed; the others ran.
  package var failures: [PluginProblem] = []
}

/// A Lua state with the rules loaded, for one task; not to be shared.
package final class RuleRunner {
  /// Makes a runner for the rules that are on.
  package init(_ rules: RuleSet, settings: RuleSettings) {}

  /// Runs the rules over a derived experiment.
  package func check(_ experiment: Experiment) -> RuleRun { RuleRun() }
}
