import CLuaHost
package import Experiment
import SourceText

/// Which rules run, how loud, with which options.
package struct RuleSettings: Hashable, Sendable {
  /// Rules or groups that are turned on or off, by id or group.
  package var isOn: [String: Bool] = [:]
  /// Severities that replace the rules' own, by id or group.
  package var severities: [String: Severity] = [:]
  /// Option values by rule id and option name.
  package var options: [String: [String: FactValue]] = [:]

  package init() {}

  /// Whether a rule runs: its id counts before its group, its group before its own default.
  package func runs(_ rule: RuleMetadata) -> Bool {
    isOn[rule.id] ?? isOn[rule.group] ?? rule.isOnByDefault
  }

  /// The severity of a rule's findings, unless a report lowers it.
  package func severity(of rule: RuleMetadata) -> Severity {
    severities[rule.id] ?? severities[rule.group] ?? rule.severity
  }

  /// Whether rules run as they say themselves.
  var isEmpty: Bool { isOn.isEmpty && severities.isEmpty && options.isEmpty }

  /// The value of a rule's option: the one that is set when it fits the option's type, else the default.
  package func value(of option: RuleOption, in rule: RuleMetadata) -> FactValue {
    options[rule.id]?[option.name].flatMap(option.kind.accept) ?? option.defaultValue
  }

  /// Returns the stream of a rule's options for its check.
  func optionStream(of rule: RuleMetadata) -> ByteWriter {
    var writer = ByteWriter()
    writer.put(EZ_LUA_RECORD)
    writer.put(id: -1)
    writer.put(count: rule.options.count)
    for option in rule.options {
      writer.put(key: option.name)
      writer.put(element: value(of: option, in: rule))
    }
    return writer
  }
}

/// A setting that names no rule or option, or gives an option a value of the wrong type.
package struct RuleSettingProblem: Hashable, Sendable {
  /// The rule id or group as the settings write it.
  package var rule: String
  /// The option, where the problem is one of an option.
  package var option: String?
  /// What is wrong: lower case, no final period.
  package var message: String
}

extension RuleSet {
  /// Returns what is wrong with settings, sorted by rule and option; what is right of them still counts.
  package func problems(in settings: RuleSettings) -> [RuleSettingProblem] {
    let ids = rules.map(\.id)
    let groups = Set(rules.map(\.group)).sorted()
    var problems: [RuleSettingProblem] = []
    for name in Set(settings.isOn.keys).union(settings.severities.keys).sorted()
    where !ids.contains(name) && !groups.contains(name) {
      problems.append(.unknownRule(name, among: ids + groups))
    }
    for (id, options) in settings.options.sorted(by: { $0.key < $1.key }) {
      guard let rule = rules.first(where: { $0.id == id }) else {
        problems.append(.unknownRule(id, among: ids))
        continue
      }
      for (name, value) in options.sorted(by: { $0.key < $1.key }) {
        if let problem = rule.problem(with: value, option: name) { problems.append(problem) }
      }
    }
    return problems
  }
}

extension RuleMetadata {
  fileprivate func problem(with value: FactValue, option name: String) -> RuleSettingProblem? {
    guard let option = options.first(where: { $0.name == name }) else {
      let meant = Spelling.nearest(to: name, among: options.map(\.name)).map { ": did you mean \"\($0)\"?" } ?? ""
      return RuleSettingProblem(rule: id, option: name, message: "rule \"\(id)\" has no option \"\(name)\"\(meant)")
    }
    guard option.kind.accept(value) == nil else { return nil }
    return RuleSettingProblem(
      rule: id,
      option: name,
      message: "option \"\(name)\" of rule \"\(id)\" must be \(option.kind.words)"
    )
  }
}

extension RuleSettingProblem {
  fileprivate static func unknownRule(_ name: String, among known: [String]) -> RuleSettingProblem {
    let meant = Spelling.nearest(to: name, among: known).map { ": did you mean \"\($0)\"?" } ?? ""
    return RuleSettingProblem(rule: name, option: nil, message: "no rule or group is called \"\(name)\"\(meant)")
  }
}
