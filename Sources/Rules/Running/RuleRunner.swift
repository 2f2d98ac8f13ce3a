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
    var metadata: RuleMetadata
    var source: PluginFile
    var severity: Severity
    /// What it needs, by numbers of `needed`.
    var facts: [Int]
    /// The check where it was loaded already; nil for a rule that has none too.
    var check: LuaHost.Handle?
    /// The options for the check; nil until it is first run.
    var options: LuaHost.Handle?
  }

  private let settings: RuleSettings
  private let host: LuaHost?
  private var rules: [Entry] = []
  private var needed = NeededFacts()
  /// What all rules get that have no options.
  private var noOptions: LuaHost.Handle?

  /// Makes a runner for the rules that are on.
  package init(_ rules: RuleSet, settings: RuleSettings) {
    self.settings = settings
    let spare = rules.spare.take()
    host = spare?.host ?? LuaHost()
    self.rules.reserveCapacity(rules.rules.count)
    for (index, rule) in rules.rules.enumerated() where settings.runs(rule) {
      let source = rules.sources[index]
      self.rules.append(
        Entry(
          metadata: rule,
          source: source,
          severity: settings.severity(of: rule),
          facts: rule.needs.facts.map { needed.number(of: $0) },
          check: spare?.checks[source.path]
        )
      )
    }
  }

  /// Runs the rules over a derived experiment.
  package func check(_ experiment: Experiment) -> RuleRun {
    var run = RuleRun()
    guard let host else {
      run.failures = rules.map { PluginProblem(path: $0.source.path, line: nil, message: "there is no memory for Lua") }
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
      run.failures = rules.map { PluginProblem(path: $0.metadata.path, line: nil, message: error.message) }
      return run
    }
    var known = encoder.knownFacts(needed)
    let limits = LuaHost.Limits.checking(layers: experiment.layers.count)
    let pass = RulePass(
      first.metadata,
      severity: first.severity,
      experiment: experiment,
      references: encoder.references
    )
    for index in rules.indices {
      if let kind = rules[index].metadata.reports {
        run.findings += findings(of: rules[index], on: experiment.problems, kind)
        continue
      }
      guard known.meet(kinds: rules[index].metadata.needs.kinds, facts: rules[index].facts) else { continue }
      do throws(LuaHost.Failure) {
        try load(at: index, in: host)
        run.findings += try findings(of: rules[index], on: table, limits, pass, host)
      } catch {
        let path = rules[index].metadata.path
        run.failures.append(PluginProblem(path: path, line: error.line, message: error.message))
      }
    }
    withExtendedLifetime(encoder) { host.release(table) }
    return run
  }

  // MARK: - Running

  /// The findings of a rule that reports problems of one kind.
  private func findings(of rule: Entry, on problems: [Problem], _ kind: Problem.Kind) -> [Finding] {
    problems.lazy.filter { $0.kind == kind }.prefix(RulePass.findingLimit).map {
      Finding(rule: rule.metadata.id, severity: rule.severity, problem: $0)
    }
  }

  private func findings(
    of rule: Entry,
    on experiment: LuaHost.Handle,
    _ limits: LuaHost.Limits,
    _ pass: RulePass,
    _ host: LuaHost
  ) throws(LuaHost.Failure) -> [Finding] {
    guard let check = rule.check, let options = rule.options else { return [] }
    func run(_ check: LuaHost.Handle) throws(LuaHost.Failure) -> [Finding] {
      pass.begin(rule.metadata, severity: rule.severity)
      try host.run(check, experiment: experiment, options: options, limits: limits, receiver: pass)
      return pass.findings
    }
    do throws(LuaHost.Failure) {
      return try run(check)
    } catch  where rule.source.carried != nil {
      // Carried code has no lines; a rule does the same each time, so its text fails where the code did.
      guard let check = try host.load(rule.source).check else { throw error }
      return try run(check)
    }
  }

  // MARK: - Loading

  private func load(at index: Int, in host: LuaHost) throws(LuaHost.Failure) {
    if rules[index].check == nil {
      rules[index].check = try load(rules[index].source, in: host)
    }
    if rules[index].options == nil {
      rules[index].options = try options(of: rules[index].metadata, in: host)
    }
  }

  private func load(_ source: PluginFile, in host: LuaHost) throws(LuaHost.Failure) -> LuaHost.Handle {
    if let code = source.carried?.code { return try host.load(code) }
    guard let check = try host.load(source).check else {
      throw LuaHost.Failure(line: nil, message: "\"check\" is missing")
    }
    return check
  }

  private func options(of rule: RuleMetadata, in host: LuaHost) throws(LuaHost.Failure) -> LuaHost.Handle {
    if rule.options.isEmpty, let noOptions { return noOptions }
    var writer = ByteWriter()
    writer.put(EZ_LUA_RECORD)
    writer.put(id: -1)
    writer.put(count: rule.options.count)
    for option in rule.options {
      writer.put(key: option.name)
      writer.put(element: settings.value(of: option, in: rule))
    }
    let options = try host.store(writer)
    if rule.options.isEmpty { noOptions = options }
    return options
  }
}
