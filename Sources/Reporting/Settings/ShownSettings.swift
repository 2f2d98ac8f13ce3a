import Dialects
package import Linting
import Rules
import SourceText

/// What holds for one file, with who says so.
package enum ShownSettings {
  /// Shows the settings of a file.
  ///
  /// - Parameters:
  ///   - input: The file.
  ///   - resolver: What finds its settings.
  ///   - style: Whether to use colours.
  /// - Returns: Lines of text.
  package static func render(_ input: LintInput, in resolver: SettingsResolver, style: TextStyle) -> String {
    let settings = resolver.settings(for: input.path)
    let files = settings.sources.map(\.printable)
    var rows = [
      Row("settings", files.isEmpty ? "none" : files.joined(separator: ", "), .standard),
      Row("min-severity", settings.minimumSeverity.rawValue, settings.minimumSeverityPlace),
      Row("fail-on", settings.failOn.rawValue, settings.failOnPlace),
    ]
    if resolver.excludes(input.path) { rows.append(Row("exclude", "passed over in folders", .standard)) }
    for plugin in settings.plugins { rows.append(Row("plugins", plugin.printable, .standard)) }
    for path in settings.definitions { rows.append(Row("dialects", path.printable, .standard)) }
    for experiment in resolver.experiments(of: input.path) {
      let place = experiment.members.first.map { SettingsPlace.file(experiment.file.source, $0.range) } ?? .standard
      rows.append(Row("experiment", experiment.name.printable, place))
    }
    for entry in resolver.suppressions(for: input.path) {
      let words = entry.rules.map(\.text).joined(separator: ", ")
      rows.append(Row("ignores", words.printable, .file(entry.source, entry.range)))
    }
    if let version = settings.versions.common {
      rows.append(Row("framework-version", version.text.printable, settings.versionPlace(of: nil)))
    }
    for (dialect, version) in settings.versions.byDialect.sorted(by: { $0.key < $1.key }) {
      let name = "framework-version \(dialect.printable)"
      rows.append(Row(name, version.text.printable, settings.versionPlace(of: dialect)))
    }
    for (key, value) in settings.dryRun.values {
      rows.append(Row("dryrun \(key)", value.printable, settings.dryRunPlace(of: key)))
    }
    for state in RuleState.states(of: settings.rules, under: settings.layers) {
      rows.append(Row(state.rule.id, state.isOn ? state.severity.rawValue : "off", state.place))
      for option in state.options { rows.append(Row("  \(option.name)", "\(option.value)", option.place)) }
    }
    let width = rows.map(\.name.count).max() ?? 0
    var text = style.apply(.bold, to: input.name.printable) + "\n"
    for row in rows {
      let value = row.place.words.isEmpty ? row.value : row.value.padded(to: 7) + "  " + row.place.words
      text += "  \(row.name.padded(to: width))  \(value)\n"
    }
    return text
  }

  private struct Row {
    var name: String
    var value: String
    var place: SettingsPlace

    init(_ name: String, _ value: String, _ place: SettingsPlace) {
      self.name = name
      self.value = value
      self.place = place
    }
  }
}

extension RuleState {
  /// Who says most of what holds: whether the rule runs, else how loud.
  fileprivate var place: SettingsPlace {
    if case .standard = severityPlace { return isOnPlace }
    return isOn ? severityPlace : isOnPlace
  }
}

extension SettingsPlace {
  /// The place as a reader finds it: `epochzero.yaml:4:3`, or the option; nothing for what holds anyway.
  fileprivate var words: String {
    switch self {
    case .standard: return ""
    case .commandLine(let option): return option
    case .file(let source, let range):
      let position = source.displayPosition(at: range.start)
      return "\(source.name.printable):\(position.line):\(position.column)"
    }
  }
}
