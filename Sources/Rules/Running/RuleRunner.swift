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

/// A Lua state with the rules loaded, for one task; not to be shared.
package final class RuleRunner {
  private struct LoadedRule {
    var metadata: RuleMetadata
    var source: PluginFile
    var severity: Severity
    var check: LuaHost.Handle
    var options: LuaHost.Handle
  }

  private let host: LuaHost?
  private var rules: [LoadedRule] = []
  private var loadFailures: [PluginProblem] = []
  /// What all rules get that have no options.
  private var noOptions: LuaHost.Handle?

  /// Makes a runner for the rules that are on.
  package init(_ rules: RuleSet, settings: RuleSettings) {
    let spare = rules.spare.take()
    host = spare?.host ?? LuaHost()
    for (index, rule) in rules.rules.enumerated() where settings.runs(rule) {
      do throws(PluginProblem) {
        self.rules.append(try load(rule, rules.sources[index], spare?.checks[rules.sources[index].path], settings))
      } catch {
        loadFailures.append(error)
      }
    }
  }

  /// Runs the rules over a derived experiment.
  package func check(_ experiment: Experiment) -> RuleRun {
    var run = RuleRun(failures: loadFailures)
    guard let host, let first = rules.first else { return run }
    // Before, not after: a run over one file ends without.
    host.collect()
    let encoder = ExperimentEncoder(experiment)
    let table: LuaHost.Handle
    do throws(LuaHost.Failure) {
      table = try host.store(encoder.writer)
    } catch {
      run.failures += rules.map { PluginProblem(path: $0.metadata.path, line: nil, message: error.message) }
      return run
    }
    let limits = LuaHost.Limits.checking(layers: experiment.layers.count)
    let pass = RulePass(
      first.metadata,
      severity: first.severity,
      experiment: experiment,
      references: encoder.references
    )
    for rule in rules {
      func runRule(_ check: LuaHost.Handle) throws(LuaHost.Failure) {
        pass.begin(rule.metadata, severity: rule.severity)
        try host.run(check, experiment: table, options: rule.options, limits: limits, receiver: pass)
        run.findings += pass.findings
      }
      do throws(LuaHost.Failure) {
        do throws(LuaHost.Failure) {
          try runRule(rule.check)
        } catch  where rule.source.carried != nil {
          // Carried code has no lines; a rule does the same each time, so its text fails where the code did.
          guard let check = try host.load(rule.source).check else { throw error }
          try runRule(check)
        }
      } catch {
        run.failures.append(PluginProblem(path: rule.metadata.path, line: error.line, message: error.message))
      }
    }
    withExtendedLifetime(encoder) { host.release(table) }
    return run
  }

  // MARK: - Private

  private func load(
    _ rule: RuleMetadata,
    _ source: PluginFile,
    _ loaded: LuaHost.Handle?,
    _ settings: RuleSettings
  ) throws(PluginProblem) -> LoadedRule {
    guard let host else { throw PluginProblem(path: source.path, line: nil, message: "there is no memory for Lua") }
    do throws(LuaHost.Failure) {
      let check =
        if let loaded { loaded } else if let carried = source.carried { try host.load(carried.code) } else {
          try host.load(source).check
        }
      guard let check else { throw LuaHost.Failure(line: nil, message: "\"check\" is missing") }
      return LoadedRule(
        metadata: rule,
        source: source,
        severity: settings.severity(of: rule),
        check: check,
        options: try options(of: rule, settings, in: host)
      )
    } catch {
      throw PluginProblem(path: source.path, line: error.line, message: error.message)
    }
  }

  private func options(
    of rule: RuleMetadata,
    _ settings: RuleSettings,
    in host: LuaHost
  ) throws(LuaHost.Failure) -> LuaHost.Handle {
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
