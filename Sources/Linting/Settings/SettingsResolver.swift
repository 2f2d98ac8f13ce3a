package import Rules
import SourceText
import Synchronization

/// Finds what holds for each file: in the settings file of the nearest folder, and on the command line.
///
/// A folder's settings are looked for once. What is wrong with settings is gathered; what is right of them still counts.
package final class SettingsResolver: Sendable {
  /// Where settings are looked for.
  package enum Search: Hashable, Sendable {
    /// In the nearest folder above each file that has a settings file.
    case nearest
    /// In this file, for all files.
    case file(String)
    /// Nowhere.
    case none
  }

  /// What a settings file is called; the first of them that is there counts.
  package static let fileNames = ["epochzero.yaml", ".epochzero.yaml"]

  private static let pathLimit = 4096

  /// The rules that there are without any settings file.
  package let rules: RuleSet
  private let fileSystem: any FileSystem
  private let search: Search
  private let ruleFolders: [String]
  private let commandLine: SettingsLayer
  /// What the command line includes and excludes in folders; nil where it says nothing.
  private let include: PathPatterns?
  private let exclude: PathPatterns?
  private let state: Mutex<State>

  /// What was found so far.
  private struct State {
    /// The stack of each folder, by its absolute path; nil where there is none.
    var folders: [String: SettingsStack?] = [:]
    var loader: SettingsLoader
    /// What holds for files without a stack.
    var plain: FileSettings?
    /// What holds for files by the levels that do.
    var settings: [Levels: FileSettings] = [:]
  }

  /// The levels of a stack that hold for a file.
  private struct Levels: Hashable {
    var stack: ObjectIdentifier
    var indices: [Int] = []
  }

  /// Makes a resolver.
  ///
  /// - Parameters:
  ///   - fileSystem: Where files are.
  ///   - rules: The bundled rules and those of `ruleFolders`.
  ///   - ruleFolders: The rules' folders that the command line names.
  ///   - search: Where settings are looked for.
  ///   - commandLine: What the command line says; it beats all settings files.
  ///   - include: Patterns of the files that count in folders, in place of those of settings files; none for those.
  ///   - exclude: Patterns of what is passed over in folders, beside those of settings files.
  ///   - trustsPlugins: Whether the plugins that settings files name are loaded, and the launcher of dry runs is taken: they are code,
  ///     which a folder that was only opened must not run.
  package init(
    fileSystem: any FileSystem,
    rules: RuleSet,
    ruleFolders: [String] = [],
    search: Search = .nearest,
    commandLine: SettingsLayer = SettingsLayer(),
    include: [String] = [],
    exclude: [String] = [],
    trustsPlugins: Bool = true
  ) {
    self.fileSystem = fileSystem
    self.rules = rules
    self.search = search
    self.ruleFolders = ruleFolders
    self.commandLine = commandLine
    self.include = include.isEmpty ? nil : PathPatterns(include, from: fileSystem.workingFolder)
    self.exclude = exclude.isEmpty ? nil : PathPatterns(exclude, from: fileSystem.workingFolder)
    let loader = SettingsLoader(
      fileSystem: fileSystem,
      rules: rules,
      ruleFolders: ruleFolders,
      trustsPlugins: trustsPlugins
    )
    state = Mutex(State(loader: loader))
  }

  /// Makes a resolver with which the same holds for all files.
  package convenience init(fileSystem: any FileSystem, rules: RuleSet, ruleSettings: RuleSettings) {
    self.init(fileSystem: fileSystem, rules: rules, search: .none)
    let settings = FileSettings(rules: rules, ruleSettings: ruleSettings)
    state.withLock { $0.plain = settings }
  }

  /// Returns what holds for a file, which need not be there.
  package func settings(for path: String) -> FileSettings {
    let path = absolute(path)
    return state.withLock { state in
      guard let stack = stack(ofFolder: FilePath.folder(of: path), &state) else {
        let plain = state.plain ?? FileSettings(rules: rules, layers: [commandLine], stack: nil)
        state.plain = plain
        return plain
      }
      var levels = Levels(stack: ObjectIdentifier(stack))
      for (index, level) in stack.levels.enumerated() where level.files?.matches(path) ?? true {
        levels.indices.append(index)
      }
      if let known = state.settings[levels] { return known }
      let layers = levels.indices.map { stack.levels[$0].layer } + [commandLine]
      let settings = FileSettings(rules: stack.rules, layers: layers, stack: stack)
      state.settings[levels] = settings
      return settings
    }
  }

  /// Returns the entries of `ignores` that hold for a file.
  package func suppressions(for path: String) -> [SettingsSuppression] {
    let absolute = absolute(path)
    return settings(for: path).suppressions.filter { $0.files.matches(absolute) }
  }

  /// Returns the experiments that a file is a part of.
  package func experiments(of path: String) -> [SettingsExperiment] {
    let experiments = settings(for: path).experiments
    if experiments.isEmpty { return [] }
    let absolute = absolute(path)
    return experiments.filter { experiment in experiment.members.contains { $0.path == absolute } }
  }

  /// Returns what is said of how a file is read.
  package func reading(of path: String) -> ReadingSettings {
    let settings = settings(for: path)
    return ReadingSettings(experiments: experiments(of: path), versions: settings.versions, dialects: settings.dialects)
  }

  /// Returns what is wrong with the settings of the files, and of those that were asked for before, and with the command line's.
  package func problems(for inputs: [LintInput]) -> [SettingsProblem] {
    for input in inputs { _ = settings(for: input.path) }
    if case .file = search, inputs.isEmpty { _ = settings(for: ".") }
    let loader = state.withLock { $0.loader }
    let inFiles = loader.problems.sorted { ($0.source?.name ?? "", $0.range) < ($1.source?.name ?? "", $1.range) }
    return commandLineProblems(loader.ruleSets) + inFiles
  }

  /// The plugins of the settings that were looked at which are not loaded, for want of trust.
  package var untrustedPlugins: [SettingsProblem] { state.withLock { $0.loader.untrustedPlugins } }

  /// What is wrong with the plugins of all settings that were looked at, each once.
  package var pluginProblems: [PluginProblem] {
    let ruleSets = state.withLock { $0.loader.ruleSets }
    guard ruleSets.count > 1 else { return rules.problems }
    var seen: Set<PluginProblem> = []
    return ruleSets.flatMap(\.problems).filter { seen.insert($0).inserted }
  }

  /// Returns the rules with these ids, of all settings that were looked at, with docs and examples; sorted by id.
  package func describedRules(_ ids: Set<String>) -> [RuleMetadata] {
    let ruleSets = state.withLock { $0.loader.ruleSets }
    var rules: [String: RuleMetadata] = [:]
    for rule in ruleSets.flatMap({ $0.described(ids) }) where rules[rule.id] == nil { rules[rule.id] = rule }
    return rules.values.sorted { $0.id < $1.id }
  }

  // MARK: - In folders

  /// Returns whether a file or folder that was found in a folder is to be passed over.
  package func excludes(_ path: String) -> Bool {
    let path = absolute(path)
    if exclude?.matches(path) ?? false { return true }
    return stack(of: path)?.exclude.matches(path) ?? false
  }

  /// Returns whether a file that was found in a folder is to be linted by the name that it has.
  func includes(_ path: String) -> Bool {
    let absolute = absolute(path)
    if let include { return include.matches(absolute) }
    return stack(of: absolute)?.include.map { $0.matches(absolute) }
      ?? Discovery.extensions.contains(FilePath.fileExtension(of: path))
  }

  // MARK: - Private

  private func absolute(_ path: String) -> String {
    FilePath.normalized(FilePath.join(fileSystem.workingFolder, path))
  }

  private func stack(of path: String) -> SettingsStack? {
    state.withLock { stack(ofFolder: FilePath.folder(of: path), &$0) }
  }

  private func stack(ofFolder folder: String, _ state: inout State) -> SettingsStack? {
    switch search {
    case .none: return nil
    case .file(let path):
      if let known = state.folders[""] { return known }
      let stack = state.loader.stack(at: absolute(path), patternsFrom: fileSystem.workingFolder)
      state.folders[""] = .some(stack)
      return stack
    case .nearest: return nearestStack(folder, &state)
    }
  }

  /// Looks in the folder and those above it, up to the first of which it is known what holds there.
  private func nearestStack(_ folder: String, _ state: inout State) -> SettingsStack? {
    if let known = state.folders[folder] { return known }
    // The kernel opens no longer ones, and a walk along one takes time that grows with the square of its length.
    guard folder.utf8.count < Self.pathLimit else { return nil }
    var below: [String] = []
    var current = folder
    var stack: SettingsStack?
    while true {
      if let known = state.folders[current] {
        stack = known
        break
      }
      below.append(current)
      if let path = settingsFile(in: current) {
        stack = state.loader.stack(at: path, patternsFrom: current)
        break
      }
      if current == "/" { break }
      current = FilePath.folder(of: current)
    }
    for folder in below { state.folders[folder] = .some(stack) }
    return stack
  }

  private func settingsFile(in folder: String) -> String? {
    for name in Self.fileNames {
      let path = FilePath.join(folder, name)
      if fileSystem.kind(of: path) == .file { return path }
    }
    return nil
  }

  /// Words of the command line that no rule of any settings answers to.
  private func commandLineProblems(_ ruleSets: [RuleSet]) -> [SettingsProblem] {
    (commandLine.select + commandLine.ignore + commandLine.fixable + commandLine.unfixable).flatMap { word in
      let layer = SettingsLayer(select: [word.text], ignore: [])
      let problems = ruleSets.map { layer.problems(in: $0) }
      return problems.contains(where: \.isEmpty) ? [] : problems[0]
    }
  }
}
