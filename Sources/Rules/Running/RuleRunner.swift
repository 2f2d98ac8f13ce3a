import CLuaHost
package import Experiment

/// What one pass of the rules over an experiment gave.
package struct RuleRun: Sendable {
  /// The findings, by rule id, each rule's in the order of its reports.
  package var findings: [Finding] = []
  /// Rules that failed: they have no findings, the others ran.
  package var failures: [PluginProblem] = []

  package init(findings: [Finding] = [], failures: [PluginProblem] = []) {
    self.findings = findings
    self.failures = failures
  }
}

/// The rules that are on, with a Lua state for their checks, for one task; not to be shared.
///
/// A check is loaded when an experiment first has what its rule needs.
package final class RuleRunner {
  private struct Entry {
    let rule: LoadedRule
    let severity: Severity
    /// The check where it was loaded already; nil for a rule that has none too.
    var check: LuaHost.Handle?
    /// The options for the check; nil until it is first run.
    var options: LuaHost.Handle?
  }

  private let settings: RuleSettings
  private let host: LuaHost?
  private var rules: [Entry] = []
  private var carriedFacts = CarriedFacts()
  /// What all rules get that have no options.
  private var noOptions: LuaHost.Handle?

  /// Makes a runner for the rules that are on.
  package init(_ rules: RuleSet, settings: RuleSettings) {
    self.settings = settings
    let spare = rules.spare.take()
    host = spare?.host ?? LuaHost()
    self.rules.reserveCapacity(rules.loaded.count)
    for rule in rules.loaded {
      // A start without settings makes nothing of what carried rules say of themselves.
      if case .carried(let plugin) = rule, settings.isEmpty {
        let row = plugin.row
        if row.isOnByDefault { self.rules.append(Entry(rule: rule, severity: row.severity)) }
        continue
      }
      let metadata = rule.metadata
      guard settings.runs(metadata) else { continue }
      let check = spare?.checks[metadata.path]
      self.rules.append(Entry(rule: rule, severity: settings.severity(of: metadata), check: check))
    }
  }

  /// Runs the rules over a derived experiment.
  package func check(_ experiment: Experiment) -> RuleRun {
    var run = RuleRun()
    guard let host else {
      run.failures = rules.map {
        PluginProblem(path: $0.rule.file.path, line: nil, message: "there is no memory for Lua")
      }
      return run
    }
    guard let first = rules.first else { return run }
    // Before, not after: a run over one file ends without.
    host.collect()
    let encoder = ExperimentEncoder(experiment)
    let table: LuaHost.Handle
    do throws(LuaHost.Failure) {
      table = try host.store(encoder.writer)
    } catch {
      run.failures = rules.map { PluginProblem(path: $0.rule.file.path, line: nil, message: error.message) }
      return run
    }
    var known = encoder.knownFacts()
    let limits = LuaHost.Limits.checking(layers: experiment.layers.count)
    let pass = RulePass(
      first.rule,
      severity: first.severity,
      experiment: experiment,
      references: encoder.references
    )
    for index in rules.indices {
      if rules[index].rule.isReporting {
        run.findings += findings(of: rules[index], on: experiment.problems)
        continue
      }
      guard known.meet(rules[index].rule, &carriedFacts) else { continue }
      do throws(LuaHost.Failure) {
        try load(at: index, in: host)
        run.findings += try findings(of: rules[index], on: table, limits, pass, host)
      } catch {
        let path = rules[index].rule.file.path
        run.failures.append(PluginProblem(path: path, line: error.line, message: error.message))
      }
    }
    withExtendedLifetime(encoder) { host.release(table) }
    return run
  }

  // MARK: - Running

  /// The findings of a rule that reports problems of one kind.
  private func findings(of entry: Entry, on problems: [Problem]) -> [Finding] {
    if problems.isEmpty { return [] }
    let rule = entry.rule.metadata
    return problems.lazy.filter { $0.kind == rule.reports }.prefix(RulePass.findingLimit).map {
      Finding(rule: rule, severity: entry.severity, problem: $0)
    }
  }

  private func findings(
    of entry: Entry,
    on experiment: LuaHost.Handle,
    _ limits: LuaHost.Limits,
    _ pass: RulePass,
    _ host: LuaHost
  ) throws(LuaHost.Failure) -> [Finding] {
    guard let check = entry.check, let options = entry.options else { return [] }
    func run(_ check: LuaHost.Handle) throws(LuaHost.Failure) -> [Finding] {
      pass.begin(entry.rule, severity: entry.severity)
      try host.run(check, experiment: experiment, options: options, limits: limits, receiver: pass)
      return pass.findings
    }
    do throws(LuaHost.Failure) {
      return try run(check)
    } catch {
      // Carried code has no lines; a rule does the same each time, so its text fails where the code did.
      guard case .carried = entry.rule, let check = try host.load(entry.rule.file).check else { throw error }
      return try run(check)
    }
  }

  // MARK: - Loading

  private func load(at index: Int, in host: LuaHost) throws(LuaHost.Failure) {
    if rules[index].check == nil {
      rules[index].check = try load(rules[index].rule, in: host)
    }
    if rules[index].options == nil {
      rules[index].options = try options(of: rules[index].rule, in: host)
    }
  }

  private func load(_ rule: LoadedRule, in host: LuaHost) throws(LuaHost.Failure) -> LuaHost.Handle {
    if case .carried(let plugin) = rule { return try host.load(plugin) }
    guard let check = try host.load(rule.file).check else {
      throw LuaHost.Failure(line: nil, message: "\"check\" is missing")
    }
    return check
  }

  private func options(of rule: LoadedRule, in host: LuaHost) throws(LuaHost.Failure) -> LuaHost.Handle {
    if rule.hasOptions {
      if case .carried(let plugin) = rule, settings.options.isEmpty { return try host.storeOptions(of: plugin) }
      return try host.store(settings.optionStream(of: rule.metadata))
    }
    if let noOptions { return noOptions }
    let options = try host.store(settings.optionStream(of: rule.metadata))
    noOptions = options
    return options
  }
}

extension LoadedRule {
  /// Whether it reports problems, and has no check.
  fileprivate var isReporting: Bool {
    switch self {
    case .read(let rule): rule.metadata.reports != nil
    case .carried(let plugin): plugin.row.code.count == 0
    }
  }

  fileprivate var hasOptions: Bool {
    switch self {
    case .read(let rule): !rule.metadata.options.isEmpty
    case .carried(let plugin): plugin.row.options.count > 0
    }
  }
}
