import Dialects
import Rules
import SourceText

/// A settings file with those that it extends: what holds in a folder.
final class SettingsStack: Sendable {
  /// A layer, with the files that it holds for where that is not all.
  struct Level: Sendable {
    var files: PathPatterns?
    var layer: SettingsLayer
  }

  /// The rules, those of the settings' own plugins among them.
  let rules: RuleSet
  /// Which of the resolver's rule sets they are.
  let ruleSet: Int
  /// The absolute paths of the plugins that the files name.
  let plugins: [String]
  /// The bundled dialects with those that the files add.
  let dialects: DialectSet
  /// The absolute paths of the definitions that the files name.
  let definitions: [String]
  /// The layers, the one that counts last.
  let levels: [Level]
  /// Nil where nothing is said.
  let include: PathPatterns?
  let exclude: PathPatterns
  let suppressions: [SettingsSuppression]
  let experiments: [SettingsExperiment]
  /// The absolute path of the baseline.
  let baseline: String?
  /// The names of the settings files, those that are extended first.
  let names: [String]

  /// Makes the stack of files in order.
  ///
  /// - Parameters:
  ///   - files: The files, the one that counts last.
  ///   - folder: The absolute folder that patterns start from.
  ///   - rules: All rules that they may speak of.
  ///   - ruleSet: Which of the resolver's rule sets these are.
  ///   - plugins: The absolute paths of the plugins among them that the files name.
  ///   - dialects: The dialects that the files add, with the absolute paths of their definitions.
  init(
    _ files: [SettingsFile],
    patternsFrom folder: String,
    rules: RuleSet,
    ruleSet: Int,
    plugins: [String],
    dialects: [(path: String, dialect: MappedDialect)]
  ) {
    self.rules = rules
    self.dialects = dialects.isEmpty ? .bundled : DialectSet(own: dialects.map(\.dialect))
    definitions = dialects.map(\.path)
    self.ruleSet = ruleSet
    self.plugins = plugins
    var levels: [Level] = []
    var include: PathPatterns?
    var suppressions: [SettingsSuppression] = []
    for file in files {
      levels.append(Level(files: nil, layer: file.layer))
      levels += file.overrides.map { Level(files: PathPatterns($0.files, from: folder), layer: $0.layer) }
      if let globs = file.include { include = PathPatterns(globs, from: folder) }
      suppressions += file.suppressions.map { entry in
        SettingsSuppression(
          files: PathPatterns(entry.files, from: folder),
          pointer: entry.pointer,
          rules: entry.rules,
          reason: entry.reason,
          source: file.source,
          range: entry.range
        )
      }
    }
    self.levels = levels
    self.include = include
    self.suppressions = suppressions
    exclude = PathPatterns(files.flatMap(\.exclude), from: folder)
    experiments = files.flatMap(\.experiments)
    baseline = files.last { $0.baseline != nil }?.baseline
    names = files.map(\.source.name)
  }
}
