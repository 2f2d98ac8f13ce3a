package import Experiment
package import Rules

/// What holds for one rule, and who says so.
package struct RuleState: Sendable {
  /// The value of an option.
  package struct Option: Sendable {
    package var name: String
    package var value: FactValue
    package var place: SettingsPlace
  }

  package var rule: RuleMetadata
  package var isOn: Bool
  package var isOnPlace = SettingsPlace.standard
  package var severity: Severity
  package var severityPlace = SettingsPlace.standard
  /// The options that something sets, in the order in which they were set.
  package var options: [Option] = []

  /// The rule that says what could not be read; it runs unless it is ignored by name, so that a broken file never passes for clean.
  package static let alwaysSelected = "files/invalid-syntax"

  /// Returns what holds for each rule of a set when layers lie on each other.
  package static func states(of rules: RuleSet, under layers: [SettingsLayer]) -> [RuleState] {
    rules.rules.map { rule in
      var state = RuleState(rule: rule, isOn: rule.isOnByDefault, severity: rule.severity)
      for layer in layers { state.take(layer) }
      return state
    }
  }

  private init(rule: RuleMetadata, isOn: Bool, severity: Severity) {
    self.rule = rule
    self.isOn = isOn
    self.severity = severity
  }

  // MARK: - Private

  /// Within a layer the more exact word counts: an id before a group, a group before `all`; then off before on.
  private mutating func take(_ layer: SettingsLayer) {
    let group = rule.group
    func exactness(_ word: String) -> Int {
      word == rule.id ? 3 : word == group ? 2 : word == "all" ? 1 : 0
    }
    var on: (exactness: Int, place: SettingsPlace) = (0, .standard)
    var off = on
    for word in layer.select where exactness(word.text) > on.exactness {
      on = (exactness(word.text), layer.place(word.range, option: "--select"))
    }
    for word in layer.ignore where exactness(word.text) > off.exactness {
      off = (exactness(word.text), layer.place(word.range, option: "--ignore"))
    }
    var severityExactness = 0
    for entry in layer.rules {
      let entryExactness = exactness(entry.rule.text)
      guard entryExactness > 0 else { continue }
      let place = layer.place(entry.rule.range, option: "")
      if entry.isOn == true, entryExactness > on.exactness { on = (entryExactness, place) }
      if entry.isOn == false, entryExactness > off.exactness { off = (entryExactness, place) }
      if let severity = entry.severity, entryExactness > severityExactness {
        severityExactness = entryExactness
        self.severity = severity
        severityPlace = place
      }
      if entryExactness == 3 { set(entry.options, layer) }
    }
    if off.exactness > 0, off.exactness >= on.exactness {
      (isOn, isOnPlace) = (false, off.place)
    } else if on.exactness > 0 {
      (isOn, isOnPlace) = (true, on.place)
    } else if let word = layer.select.first {
      (isOn, isOnPlace) = (rule.id == Self.alwaysSelected, layer.place(word.range, option: "--select"))
    }
  }

  private mutating func set(_ new: [SettingsLayer.RuleEntry.Option], _ layer: SettingsLayer) {
    for option in new {
      let option = Option(
        name: option.name.text,
        value: option.value,
        place: layer.place(option.name.range, option: "")
      )
      if let index = options.firstIndex(where: { $0.name == option.name }) {
        options[index] = option
      } else {
        options.append(option)
      }
    }
  }
}

extension RuleSettings {
  /// Makes the settings that states ask for; only what is other than the rules' own is set, so that equal ones are equal.
  init(_ states: [RuleState]) {
    self.init()
    for state in states {
      let id = state.rule.id
      if state.isOn != state.rule.isOnByDefault { isOn[id] = state.isOn }
      if state.severity != state.rule.severity { severities[id] = state.severity }
      for option in state.options { options[id, default: [:]][option.name] = option.value }
    }
  }
}
