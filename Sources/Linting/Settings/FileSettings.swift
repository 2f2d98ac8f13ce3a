package import Dialects
package import Rules
import SourceText

/// What holds for a file, and for all others that are alike.
package final class FileSettings: Sendable {
  /// The rules that there are.
  package let rules: RuleSet
  /// Which of them run, how loud, with which options.
  package let ruleSettings: RuleSettings
  /// Findings below it are left out.
  package let minimumSeverity: Severity
  /// Findings of this severity and above make the run fail.
  package let failOn: Severity
  /// How findings are put to the test.
  package let dryRun: DryRunSettings
  /// The dialects that files may be written in.
  package let dialects: DialectSet
  /// The absolute paths of the definitions that the settings files name.
  package let definitions: [String]
  /// The versions of frameworks that count where a file tells none.
  package let versions: FrameworkVersions
  /// Whose fixes are made.
  let fixPolicy: FixPolicy
  /// Findings that are left out of files that can hold no comments; those of other files are among them.
  package let suppressions: [SettingsSuppression]
  /// Files that describe one experiment together; those of other files are among them.
  package let experiments: [SettingsExperiment]
  /// The absolute path of the file that counts what was found before.
  package let baseline: String?
  /// Which of the resolver's rule sets it is.
  private let ruleSet: Int
  /// The layers that it comes from, the one that counts last.
  package let layers: [SettingsLayer]
  /// The names of the settings files, the one that counts last.
  package let sources: [String]
  /// The absolute paths of the plugins that the settings files name.
  package let plugins: [String]

  /// What a run fails on where nothing else is said.
  package static let standardFailOn = Severity.warning

  /// Makes settings that come from no file.
  package convenience init(rules: RuleSet, ruleSettings: RuleSettings) {
    self.init(rules: rules, ruleSettings: ruleSettings, layers: [], stack: nil)
  }

  /// Makes the settings that the layers of a stack ask for.
  convenience init(rules: RuleSet, layers: [SettingsLayer], stack: SettingsStack?) {
    let isPlain = layers.allSatisfy(\.leavesRulesAlone)
    let settings = isPlain ? RuleSettings() : RuleSettings(RuleState.states(of: rules, under: layers))
    self.init(rules: rules, ruleSettings: settings, layers: layers, stack: stack)
  }

  private init(rules: RuleSet, ruleSettings: RuleSettings, layers: [SettingsLayer], stack: SettingsStack?) {
    self.rules = rules
    self.ruleSettings = ruleSettings
    self.layers = layers
    ruleSet = stack?.ruleSet ?? 0
    minimumSeverity = layers.last { $0.minimumSeverity != nil }?.minimumSeverity?.0 ?? .hint
    failOn = layers.last { $0.failOn != nil }?.failOn?.0 ?? Self.standardFailOn
    dryRun = layers.reduce(DryRunSettings()) { $0.overridden(by: $1.dryRun) }
    versions = layers.reduce(FrameworkVersions()) { $0.overridden(by: $1.versions) }
    fixPolicy = FixPolicy(
      fixable: layers.last { !$0.fixable.isEmpty }?.fixable.map(\.text) ?? [],
      unfixable: layers.flatMap(\.unfixable).map(\.text)
    )
    suppressions = stack?.suppressions ?? []
    experiments = stack?.experiments ?? []
    baseline = stack?.baseline
    dialects = stack?.dialects ?? .bundled
    definitions = stack?.definitions ?? []
    sources = stack?.names ?? []
    plugins = stack?.plugins ?? []
  }

  /// Who says which findings are left out.
  package var minimumSeverityPlace: SettingsPlace {
    for layer in layers.reversed() {
      if let (_, range) = layer.minimumSeverity { return layer.place(range, option: "--min-severity") }
    }
    return .standard
  }

  /// Who says what makes the run fail.
  package var failOnPlace: SettingsPlace {
    for layer in layers.reversed() {
      if let (_, range) = layer.failOn { return layer.place(range, option: "--fail-on") }
    }
    return .standard
  }

  /// Who says what holds for a key of `dryrun`.
  package func dryRunPlace(of key: String) -> SettingsPlace {
    let layer = layers.last { layer in layer.dryRun.values.contains { $0.key == key } }
    return layer?.place(layer?.dryRunRange ?? TextRange(at: 0), option: "--\(key)") ?? .standard
  }

  /// Who says which version the framework of a dialect has; of all frameworks, for nil.
  package func versionPlace(of dialect: String?) -> SettingsPlace {
    let layer = layers.last { layer in
      layer.versions.common != nil || dialect.map { layer.versions.byDialect[$0] != nil } == true
    }
    return layer?.place(layer?.versionsRange ?? TextRange(at: 0), option: "--framework-version") ?? .standard
  }

  /// Whether the same rules run in the same way under other settings of the same resolver.
  func runsRules(as other: FileSettings) -> Bool {
    ruleSet == other.ruleSet && ruleSettings == other.ruleSettings
  }
}
