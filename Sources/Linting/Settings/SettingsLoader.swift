import ConfigSyntax
import Dialects
import Experiment
import Rules
import SourceText

/// Opens settings files, each once, follows what they extend, and loads the plugins that they name.
struct SettingsLoader: Sendable {
  /// What is wrong with the files that were opened.
  private(set) var problems: [SettingsProblem] = []
  /// The rules of each set of plugins that was asked for; the first is the one without any settings file.
  private(set) var ruleSets: [RuleSet]

  private let fileSystem: any FileSystem
  private let ruleFolders: [String]
  private let trustsPlugins: Bool
  /// Plugins that were left out for want of trust.
  private(set) var untrustedPlugins: [SettingsProblem] = []
  private var files: [String: SettingsFile] = [:]
  /// The definitions of dialects that were opened, by their absolute paths; nil for those that cannot be used.
  private var definitions: [String: MappedDialect?] = [:]
  /// The position in `ruleSets` by the absolute paths of the plugins, a line each.
  private var ruleSetsByPlugins = ["": 0]

  /// How many settings files one may lead to.
  private static let extensionLimit = 64
  /// No settings file is near it.
  private static let sizeLimit = 1 << 20

  init(fileSystem: any FileSystem, rules: RuleSet, ruleFolders: [String], trustsPlugins: Bool) {
    self.fileSystem = fileSystem
    self.ruleFolders = ruleFolders
    self.trustsPlugins = trustsPlugins
    ruleSets = [rules]
  }

  /// Opens a settings file with all that it extends.
  ///
  /// - Parameters:
  ///   - path: The absolute, normalised path.
  ///   - folder: The absolute folder that patterns start from.
  /// - Returns: The stack, or nil when the file cannot be read, which is then a problem.
  mutating func stack(at path: String, patternsFrom folder: String) -> SettingsStack? {
    guard let file = open(path, namedBy: nil) else { return nil }
    var chain: [SettingsFile] = []
    var count = 0
    follow(file, at: path, above: [path], into: &chain, &count)
    let plugins = plugins(of: chain)
    let ruleSet = ruleSet(with: plugins, of: chain)
    let rules = ruleSets[ruleSet]
    // What the rules that were left out are called is not known.
    let isComplete = trustsPlugins || chain.allSatisfy(\.plugins.isEmpty)
    for file in chain {
      if isComplete {
        for layer in [file.layer] + file.overrides.map(\.layer) { add(layer.problems(in: rules)) }
        add(suppressionProblems(of: file, rules))
      }
      add(experimentProblems(of: file))
    }
    return SettingsStack(
      chain,
      patternsFrom: folder,
      rules: rules,
      ruleSet: ruleSet,
      plugins: plugins,
      dialects: dialects(of: chain)
    )
  }

  // MARK: - Files

  private mutating func open(_ path: String, namedBy place: (SourceText, TextRange)?) -> SettingsFile? {
    if let known = files[path] { return known }
    let name = FilePath.shown(path, workingFolder: fileSystem.workingFolder)
    do throws(FileError) {
      if fileSystem.kind(of: path) == .folder { throw FileError(.isFolder, "is a folder") }
      let bytes = try fileSystem.read(path, limit: Self.sizeLimit)
      let input = LintInput(name: name, path: path, isNamed: true, content: bytes)
      var file = SettingsFile(try ConfigReader(fileSystem).read(input), folder: FilePath.folder(of: path))
      if !trustsPlugins { file.removeLaunchers() }
      add(file.problems)
      files[path] = file
      return file
    } catch {
      let source = place?.0 ?? SourceText(name: name, bytes: [])
      let message = place == nil ? error.message : "settings file \"\(name)\": \(error.message)"
      add([SettingsProblem(source: source, range: place?.1 ?? TextRange(at: 0), message: message)])
      return nil
    }
  }

  /// Puts a file behind those that it extends.
  private mutating func follow(
    _ file: SettingsFile,
    at path: String,
    above: [String],
    into chain: inout [SettingsFile],
    _ count: inout Int
  ) {
    for parent in file.extends {
      let parentPath = FilePath.normalized(FilePath.join(FilePath.folder(of: path), parent.text))
      count += 1
      if let start = above.firstIndex(of: parentPath) {
        let names = (above[start...] + [parentPath]).map { "\"\(shown($0))\"" }
        let message = "settings that extend themselves: \(names.joined(separator: " extends "))"
        add([SettingsProblem(source: file.source, range: parent.range, message: message)])
      } else if count > Self.extensionLimit {
        let message = "more than \(Self.extensionLimit) settings files are extended"
        add([SettingsProblem(source: file.source, range: parent.range, message: message)])
        return
      } else if let opened = open(parentPath, namedBy: (file.source, parent.range)) {
        follow(opened, at: parentPath, above: above + [parentPath], into: &chain, &count)
      }
    }
    chain.append(file)
  }

  private func shown(_ path: String) -> String {
    FilePath.shown(path, workingFolder: fileSystem.workingFolder)
  }

  // MARK: - Rules

  /// Returns the absolute paths of the plugins that the files name beyond those of the command line.
  private mutating func plugins(of chain: [SettingsFile]) -> [String] {
    var paths: [String] = []
    let known = Set(ruleFolders.map(absolute))
    for file in chain {
      for plugin in file.plugins {
        let folder = FilePath.folder(of: absolute(file.source.name))
        let path = FilePath.normalized(FilePath.join(folder, plugin.text))
        if known.contains(path) || paths.contains(path) { continue }
        if fileSystem.kind(of: path) == nil {
          let message = "plugins: \"\(plugin.text)\": no such file or folder"
          add([SettingsProblem(source: file.source, range: plugin.range, message: message)])
        } else if trustsPlugins {
          paths.append(path)
        } else {
          let message = "the rules in \"\(plugin.text)\" are not loaded, since the workspace is not trusted"
          untrustedPlugins.append(SettingsProblem(source: file.source, range: plugin.range, message: message))
        }
      }
    }
    return paths
  }

  /// Returns the position of the rule set with the plugins.
  private mutating func ruleSet(with paths: [String], of chain: [SettingsFile]) -> Int {
    let key = paths.joined(separator: "\n")
    if let index = ruleSetsByPlugins[key] { return index }
    do throws(FileError) {
      let rules = try RuleLibrary.load(folders: ruleFolders + paths, in: fileSystem)
      ruleSets.append(rules)
      ruleSetsByPlugins[key] = ruleSets.count - 1
      return ruleSets.count - 1
    } catch {
      let plugin = chain.last { !$0.plugins.isEmpty }
      let range = plugin?.plugins.first?.range ?? TextRange(at: 0)
      add([SettingsProblem(source: plugin?.source, range: range, message: "plugins: \(error.message)")])
      return 0
    }
  }

  // MARK: - Dialects

  /// Returns the dialects that the files add, with the absolute paths of their definitions.
  private mutating func dialects(of chain: [SettingsFile]) -> [(path: String, dialect: MappedDialect)] {
    var dialects: [(path: String, dialect: MappedDialect)] = []
    for file in chain {
      for entry in file.dialects {
        let folder = FilePath.folder(of: absolute(file.source.name))
        let path = FilePath.normalized(FilePath.join(folder, entry.text))
        if dialects.contains(where: { $0.path == path }) { continue }
        guard let dialect = dialect(at: path, namedBy: file.source, entry.range) else { continue }
        if let other = dialects.first(where: { $0.dialect.name == dialect.name }) {
          let message =
            "two dialects are called \"\(dialect.name)\": that of \"\(shown(other.path))\" and that of \"\(shown(path))\""
          add([SettingsProblem(source: file.source, range: entry.range, message: message)])
        } else {
          dialects.append((path, dialect))
        }
      }
    }
    return dialects
  }

  /// Opens the definition of a dialect, once; what is wrong with it has its place there.
  private mutating func dialect(at path: String, namedBy source: SourceText, _ range: TextRange) -> MappedDialect? {
    if let known = definitions[path] { return known }
    definitions[path] = .some(nil)
    let tree: SyntaxTree
    do throws(FileError) {
      if fileSystem.kind(of: path) == .folder { throw FileError(.isFolder, "is a folder") }
      let bytes = try fileSystem.read(path, limit: Self.sizeLimit)
      let input = LintInput(name: shown(path), path: path, isNamed: true, content: bytes)
      tree = try ConfigReader(fileSystem).read(input).tree
    } catch {
      let message = "dialects: \"\(shown(path))\": \(error.message)"
      add([SettingsProblem(source: source, range: range, message: message)])
      return nil
    }
    let faults = tree.problems.filter { $0.kind != .lenientSyntax }
    add(faults.map { SettingsProblem(source: tree.source, range: $0.range, message: $0.message) })
    guard let document = tree.documents.first else {
      if faults.isEmpty {
        add([
          SettingsProblem(
            source: tree.source,
            range: TextRange(at: 0),
            message: "a dialect must be a mapping, and this is empty"
          )
        ])
      }
      return nil
    }
    let (definition, problems) = DialectDefinition.read(document)
    // What can still be read of a broken text is no ground for further complaints.
    if faults.isEmpty { add(problems.map { SettingsProblem($0, in: tree.source) }) }
    if DialectSet.bundled.dialect(named: definition.name) != nil {
      let range = document["name"]?.range ?? document.range
      let message = "there is a bundled dialect \"\(definition.name)\": give yours another name"
      add([SettingsProblem(source: tree.source, range: range, message: message)])
    }
    guard faults.isEmpty, problems.isEmpty else { return nil }
    let dialect = MappedDialect(definition)
    definitions[path] = dialect
    return dialect
  }

  private func absolute(_ path: String) -> String {
    FilePath.normalized(FilePath.join(fileSystem.workingFolder, path))
  }

  /// Words of `ignores` that no rule answers to.
  private func suppressionProblems(of file: SettingsFile, _ rules: RuleSet) -> [SettingsProblem] {
    var layer = SettingsLayer(source: file.source)
    layer.ignore = file.suppressions.flatMap(\.rules)
    return layer.leavesRulesAlone ? [] : layer.problems(in: rules)
  }

  /// Experiments of which no file is there; where one is, linting it says which others are missing.
  private func experimentProblems(of file: SettingsFile) -> [SettingsProblem] {
    file.experiments.compactMap { experiment in
      guard let first = experiment.members.first else { return nil }
      if experiment.members.contains(where: { fileSystem.kind(of: $0.path) != nil }) { return nil }
      let message = "experiment \"\(experiment.name)\": none of its files is there"
      return SettingsProblem(source: file.source, range: first.range, message: message)
    }
  }

  /// Adds problems, each once: a file may be extended by several.
  private mutating func add(_ found: [SettingsProblem]) {
    for problem in found {
      let isKnown = problems.contains { known in
        known.source === problem.source && known.range == problem.range && known.message == problem.message
      }
      if !isKnown { problems.append(problem) }
    }
  }
}

extension SettingsProblem {
  /// A fault of a dialect's definition.
  fileprivate init(_ problem: Problem, in source: SourceText) {
    let help = problem.help.map { ": \($0)" } ?? ""
    self.init(
      source: source,
      range: problem.location?.range ?? TextRange(at: 0),
      message: problem.message + help
    )
  }
}
