package import Rules

/// Which rules the user asked for: rule ids, groups, or `all`.
package struct RuleSelection: Hashable, Sendable {
  /// Only these run; empty for the rules that are on by default.
  package var selected: [String]
  /// These do not run.
  package var ignored: [String]

  package init(selected: [String] = [], ignored: [String] = []) {
    self.selected = selected
    self.ignored = ignored
  }

  /// The rule that says what could not be read; it runs unless it is ignored by name, so that a broken file never passes for clean.
  package static let alwaysSelected = "files/invalid-syntax"

  /// Returns what is wrong with words that no rule answers to.
  package func problems(in rules: RuleSet) -> [RuleSettingProblem] {
    guard !selected.isEmpty || !ignored.isEmpty else { return [] }
    var settings = RuleSettings()
    for word in selected + ignored where word != "all" { settings.isOn[word] = true }
    return rules.problems(in: settings)
  }

  /// Turns rules on and off.
  ///
  /// The more exact word counts: an id before a group, a group before `all`; then `ignored` before `selected`.
  package func apply(to settings: inout RuleSettings, rules: RuleSet) {
    guard !selected.isEmpty || !ignored.isEmpty else { return }
    for rule in rules.rules {
      let on = Self.exactness(of: selected, for: rule)
      let off = Self.exactness(of: ignored, for: rule)
      if off > 0, off >= on {
        settings.isOn[rule.id] = false
      } else if on > 0 {
        settings.isOn[rule.id] = true
      } else if !selected.isEmpty {
        settings.isOn[rule.id] = rule.id == Self.alwaysSelected
      }
    }
  }

  private static func exactness(of selectors: [String], for rule: RuleMetadata) -> Int {
    selectors.contains(rule.id) ? 3 : selectors.contains(rule.group) ? 2 : selectors.contains("all") ? 1 : 0
  }
}
