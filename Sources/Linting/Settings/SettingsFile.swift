import ConfigSyntax
import Dialects
import Experiment
import Rules
import SourceText

/// One settings file as it was read: what is right of it, and what is wrong with the rest.
struct SettingsFile: Sendable {
  /// A layer that holds for some files only.
  struct Override: Sendable {
    var files: [String]
    var layer: SettingsLayer
  }

  /// An entry of `ignores`, before it is known where its patterns start.
  struct Suppression: Sendable {
    var files: [String]
    var pointer: JSONPointer?
    var rules: [SettingsText]
    var reason: String?
    var range: TextRange
  }

  let file: ConfigFile
  private(set) var problems: [SettingsProblem] = []
  private(set) var extends: [SettingsText] = []
  private(set) var layer: SettingsLayer
  private(set) var overrides: [Override] = []
  private(set) var plugins: [SettingsText] = []
  private(set) var dialects: [SettingsText] = []
  /// Nil where nothing is said.
  private(set) var include: [String]?
  private(set) var exclude: [String] = []
  private(set) var suppressions: [Suppression] = []
  private(set) var experiments: [SettingsExperiment] = []
  /// The absolute path of the baseline.
  private(set) var baseline: String?

  var source: SourceText { file.source }

  /// Reads a parsed settings file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - folder: Its absolute folder, which paths in it start from.
  init(_ file: ConfigFile, folder: String) {
    self.file = file
    layer = SettingsLayer(source: file.source)
    for problem in file.tree.problems where problem.kind != .lenientSyntax { note(problem.range, problem.message) }
    // What can still be read of a broken text is no ground for further complaints.
    let isBroken = !problems.isEmpty
    let documents = file.tree.documents.filter { !$0.isNull }
    guard let document = documents.first else { return }
    guard document.kind == .mapping else {
      if !isBroken { note(document.range, "settings must be a mapping of keys, not \(document.typeDescription)") }
      return
    }
    if let other = documents.dropFirst().first {
      note(other.range, "settings are one document, and here starts another")
    }
    if let member = document.member("epochzero") {
      note(
        member.key.range,
        "a file with the key \"epochzero\" is an experiment; give it another name: this one is for settings"
      )
      return
    }
    read(document, folder: folder)
    if isBroken { return }
    var checker = SettingsChecker()
    checker.check(document, keys: SettingsKeys.all, subject: nil)
    for problem in checker.problems { note(problem.range, problem.message) }
  }

  /// Forgets the launchers of dry runs: they are commands, which a folder that was only opened must not run.
  mutating func removeLaunchers() {
    layer.dryRun.launcher = nil
    for index in overrides.indices { overrides[index].layer.dryRun.launcher = nil }
  }

  // MARK: - Private

  private mutating func note(_ range: TextRange, _ message: String) {
    problems.append(SettingsProblem(source: source, range: range, message: message))
  }

  private mutating func read(_ document: SyntaxNode, folder: String) {
    extends = document.texts(SettingsKeys.extends)
    layer.read(document, folder: folder)
    if let failOn = document.severity(SettingsKeys.failOn) { layer.failOn = failOn }
    plugins = document.texts(SettingsKeys.plugins)
    dialects = document.texts(SettingsKeys.dialects)
    if let node = document[SettingsKeys.include.name], !node.isNull {
      include = document.texts(SettingsKeys.include).map(\.text)
    }
    exclude = document.texts(SettingsKeys.exclude).map(\.text)
    for entry in document.records(SettingsKeys.overrides) {
      var layer = SettingsLayer(source: source)
      layer.read(entry, folder: folder)
      overrides.append(Override(files: entry.texts(SettingsKeys.overriddenFiles).map(\.text), layer: layer))
    }
    for entry in document.records(SettingsKeys.ignores) {
      let pointer = entry[SettingsKeys.pointer.name]
      // One that cannot be read stands for nothing, rather than for the whole file.
      let steps = pointer?.string.flatMap(JSONPointer.init)
      if let pointer, !pointer.isNull, steps == nil { continue }
      suppressions.append(
        Suppression(
          files: entry.texts(SettingsKeys.suppressedFiles).map(\.text),
          pointer: steps,
          rules: entry.texts(SettingsKeys.suppressedRules),
          reason: entry[SettingsKeys.reason.name]?.string,
          range: entry.range
        )
      )
    }
    baseline = document.texts(SettingsKeys.baseline).first.map { path in
      FilePath.normalized(FilePath.join(folder, path.text))
    }
    for entry in document.records(SettingsKeys.experiments) {
      let members = entry.texts(SettingsKeys.experimentFiles).map { member in
        SettingsExperiment.Member(
          path: FilePath.normalized(FilePath.join(folder, member.text)),
          range: member.range
        )
      }
      let name = entry[SettingsKeys.experimentName.name]?.string ?? ""
      experiments.append(SettingsExperiment(name: name, members: members, file: file))
    }
  }
}

extension SettingsLayer {
  /// Reads the keys that the top level and overrides have in common.
  fileprivate mutating func read(_ node: SyntaxNode, folder: String) {
    select = node.texts(SettingsKeys.select)
    ignore = node.texts(SettingsKeys.ignore)
    fixable = node.texts(SettingsKeys.fixable)
    unfixable = node.texts(SettingsKeys.unfixable)
    minimumSeverity = node.severity(SettingsKeys.minimumSeverity)
    if let member = node.member(SettingsKeys.dryRun.name) {
      dryRun = DryRunSettings(member.value, folder: folder)
      dryRunRange = member.range
    }
    if let member = node.member(SettingsKeys.frameworkVersions.name) {
      versionsRange = member.range
      for version in member.value.members {
        guard let text = version.value.text, FrameworkVersions.isVersion(text) else { continue }
        versions.byDialect[version.name] = FrameworkVersions.Version(text, from: "the settings")
      }
    }
    for member in node[SettingsKeys.rules.name]?.members ?? [] where !member.value.isNull {
      rules.append(RuleEntry(member))
    }
  }
}

extension SettingsLayer.RuleEntry {
  fileprivate init(_ member: SyntaxNode.Member) {
    rule = SettingsText(text: member.name, range: member.key.range)
    // Tools that write YAML 1.1 turn `off` into false.
    isOn = member.value.boolean
    switch member.value.string {
    case "on": isOn = true
    case "off": isOn = false
    case let word?: severity = Severity(rawValue: word)
    case nil: break
    }
    if let word = member.value[SettingsKeys.ruleSeverity.name]?.string { severity = Severity(rawValue: word) }
    if severity != nil { isOn = true }
    for option in member.value[SettingsKeys.ruleOptions.name]?.members ?? [] where !option.value.isNull {
      options.append(
        Option(
          name: SettingsText(text: option.name, range: option.key.range),
          value: FactValue(option.value, source: 0)
        )
      )
    }
  }
}

extension SyntaxNode {
  /// The texts of a list, or the single one that stands in its place.
  func texts(_ key: SettingsKey) -> [SettingsText] {
    guard let node = self[key.name] else { return [] }
    return (node.kind == .sequence ? node.elements : [node]).compactMap { element in
      element.string.flatMap { $0.isEmpty ? nil : SettingsText(text: $0, range: element.range) }
    }
  }

  /// The mappings of a list.
  fileprivate func records(_ key: SettingsKey) -> [SyntaxNode] {
    (self[key.name]?.elements ?? []).filter { $0.kind == .mapping }
  }

  fileprivate func severity(_ key: SettingsKey) -> (Severity, TextRange)? {
    guard let member = member(key.name), let severity = member.value.string.flatMap(Severity.init) else { return nil }
    return (severity, member.range)
  }
}
