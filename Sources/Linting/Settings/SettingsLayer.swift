package import Dialects
package import Experiment
package import Rules
package import SourceText

/// What one place says of rules and findings: a settings file, one of its overrides, or the command line.
///
/// Layers lie on each other; what a later one says replaces what an earlier one does.
package struct SettingsLayer: Sendable {
  /// What is said of one rule, group, or all.
  package struct RuleEntry: Sendable {
    /// The value of an option, with its place.
    package struct Option: Sendable {
      package var name: SettingsText
      package var value: FactValue
    }

    package var rule: SettingsText
    /// Whether it runs, where that is said.
    package var isOn: Bool?
    package var severity: Severity?
    package var options: [Option] = []
  }

  /// The settings file; nil for the command line.
  package var source: SourceText?
  /// Only these run; empty where nothing is said.
  package var select: [SettingsText] = []
  package var ignore: [SettingsText] = []
  package var rules: [RuleEntry] = []
  /// Only the fixes of these are made; all where nothing is said.
  package var fixable: [SettingsText] = []
  package var unfixable: [SettingsText] = []
  /// A severity with its place.
  package var minimumSeverity: (Severity, TextRange)?
  /// A severity with its place.
  package var failOn: (Severity, TextRange)?
  /// The versions of frameworks.
  package var versions = FrameworkVersions()
  /// Where it says what it says of them.
  package var versionsRange = TextRange(at: 0)
  package var dryRun = DryRunSettings()
  /// Where it says what it says of dry runs.
  package var dryRunRange = TextRange(at: 0)

  /// Makes an empty layer.
  package init(source: SourceText? = nil) {
    self.source = source
  }

  /// Makes the layer of the command line's options.
  package init(
    select: [String],
    ignore: [String],
    minimumSeverity: Severity? = nil,
    failOn: Severity? = nil,
    fixable: [String] = [],
    unfixable: [String] = []
  ) {
    let nowhere = TextRange(at: 0)
    self.fixable = fixable.map { SettingsText(text: $0, range: nowhere) }
    self.unfixable = unfixable.map { SettingsText(text: $0, range: nowhere) }
    self.select = select.map { SettingsText(text: $0, range: nowhere) }
    self.ignore = ignore.map { SettingsText(text: $0, range: nowhere) }
    self.minimumSeverity = minimumSeverity.map { ($0, nowhere) }
    self.failOn = failOn.map { ($0, nowhere) }
  }

  /// Whether nothing is said of which rules run, and how.
  var leavesRulesAlone: Bool { select.isEmpty && ignore.isEmpty && rules.isEmpty }

  /// The place of a part of the layer; the option is that of the command line that says the same.
  package func place(_ range: TextRange, option: String) -> SettingsPlace {
    source.map { .file($0, range) } ?? .commandLine(option)
  }
}

extension SettingsLayer {
  /// Returns what is wrong with the rules and options that the layer names.
  ///
  /// Where plugins could not be loaded, a name that is not known may be one of theirs.
  package func problems(in rules: RuleSet) -> [SettingsProblem] {
    var settings = RuleSettings()
    var places: [String: TextRange] = [:]
    var optionPlaces: [String: TextRange] = [:]
    for word in select + ignore + self.rules.map(\.rule) + fixable + unfixable {
      places[word.text] = word.range
      if word.text != "all" { settings.isOn[word.text] = true }
    }
    for entry in self.rules {
      for option in entry.options {
        settings.options[entry.rule.text, default: [:]][option.name.text] = option.value
        optionPlaces["\(entry.rule.text) \(option.name.text)"] = option.name.range
      }
    }
    var known: Set<RuleSettingProblem> = []
    return rules.problems(in: settings).compactMap { problem in
      guard known.insert(problem).inserted else { return nil }
      guard let option = problem.option else {
        guard rules.problems.isEmpty else { return nil }
        // A group, or all, is no rule that could have options.
        let hasOptions = settings.options[problem.rule] != nil
        let isGroup = hasOptions && (problem.rule == "all" || rules.rules.contains { $0.group == problem.rule })
        return SettingsProblem(
          source: source,
          range: places[problem.rule] ?? TextRange(at: 0),
          message: isGroup ? "options belong to one rule, and \"\(problem.rule)\" stands for several" : problem.message
        )
      }
      let range = optionPlaces["\(problem.rule) \(option)"] ?? TextRange(at: 0)
      return SettingsProblem(source: source, range: range, message: problem.message)
    }
  }
}
