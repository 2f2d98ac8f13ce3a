import ConfigSyntax
import Rules
import SourceText

/// Ignores the findings that are there, where they stand: comments in YAML, entries of the settings for anything else.
package struct IgnoreWriter {
  /// What is to be written.
  package struct Outcome: Sendable {
    /// The files to write, sorted by name; settings files among them.
    package var changes: [FileChange] = []
    /// Entries for which there is no settings file, as text for one.
    package var unplacedEntries: String?
    /// Findings that no comment can ignore.
    package var left: [LocatedFinding] = []
    /// The names of files with broken syntax, sorted; how the rest of such a file is read may depend on a comment, so none is written.
    package var brokenFiles: [String] = []
  }

  private let session: LintSession
  private let inputs: [LintInput]
  /// Rules and groups; empty for all.
  package var rules: [String] = []
  package var reason: String?
  /// Whether a finding is among those to ignore; all are, unless an editor means one.
  package var isMeant: (LocatedFinding) -> Bool = { _ in true }
  /// Findings that it counts are left to it.
  package var baseline: Baseline?

  /// Makes a writer for what a session finds in files.
  package init(session: LintSession, inputs: [LintInput]) {
    self.session = session
    self.inputs = inputs
  }

  /// Finds out what to write; writes nothing.
  ///
  /// - Parameter patternsFolder: The absolute folder that patterns start from in the settings file with a shown name.
  /// - Returns: The changes, and what cannot be ignored so.
  package func plan(patternsFolder: (String) -> String) -> Outcome {
    let files = EditedFiles(over: session.reader.fileSystem)
    var session = session
    session.reader = ConfigReader(files)
    let isCounted = counted(in: session)
    var changes: [String: FileChange] = [:]
    var wanted: [LocatedFinding] = []
    for way in IgnorePlace.allCases {
      wanted = session.check(inputs).findings.filter { isWanted($0) && !isCounted($0) }
      for (name, findings) in Dictionary(grouping: wanted, by: \.source.name) {
        guard let file = open(findings[0].source), let path = file.editablePath, file.tree.format == .yaml,
          !file.tree.isBroken
        else { continue }
        guard let after = IgnoreCommentEdits(file.tree, reason: reason).text(ignoring: findings, way) else { continue }
        let before = changes[name]?.before ?? file.source.bytes
        changes[name] = FileChange(name: name, path: path, before: before, after: after, fixCount: 0)
        files[name] = after
      }
    }
    wanted = session.check(inputs).findings.filter { isWanted($0) && !isCounted($0) }
    var outcome = Outcome()
    var entries = IgnoreEntries(reason: reason)
    var brokenFiles: Set<String> = []
    for finding in wanted {
      guard let file = open(finding.source) else { continue }
      if file.tree.format == .yaml, file.tree.isBroken {
        brokenFiles.insert(file.source.name)
      } else if file.tree.format == .yaml, file.editablePath != nil {
        outcome.left.append(finding)
      } else {
        entries.add(finding, in: file.tree)
      }
    }
    outcome.brokenFiles = brokenFiles.sorted()
    outcome.changes = changes.values.sorted { $0.name < $1.name }
    place(entries, patternsFolder, in: &outcome)
    return outcome
  }

  // MARK: - Private

  private func isWanted(_ finding: LocatedFinding) -> Bool {
    if !isMeant(finding) { return false }
    // What is wrong with comments is mended, not ignored.
    if finding.rule.hasPrefix(IgnoreComment.ownGroup + "/") { return false }
    return rules.isEmpty
      || rules.contains { IgnoreComment.Selector(word: $0, range: TextRange(at: 0)).selects(finding.rule) }
  }

  private func counted(in session: LintSession) -> (LocatedFinding) -> Bool {
    guard let baseline else { return { _ in false } }
    return baseline.counts(session.check(inputs).findings, in: session.reader.fileSystem.workingFolder)
  }

  private func open(_ source: SourceText) -> ConfigFile? {
    let path = inputs.first { $0.name == source.name }?.path ?? source.name
    let input = LintInput(name: source.name, path: path, isNamed: true, content: source.bytes)
    return try? session.reader.read(input)
  }

  /// Puts entries into the settings files that hold for their files.
  private func place(_ entries: IgnoreEntries, _ patternsFolder: (String) -> String, in outcome: inout Outcome) {
    let fileSystem = session.reader.fileSystem
    let folder = fileSystem.workingFolder
    var unplaced = ""
    for (settings, names) in Dictionary(grouping: entries.files, by: settingsFile).sorted(by: { $0.key < $1.key }) {
      let patternFolder = settings.isEmpty ? folder : patternsFolder(settings)
      let items = entries.items(for: names) { FilePath.relative(FilePath.join(folder, $0), to: patternFolder) }
      guard !settings.isEmpty, let bytes = try? fileSystem.read(settings, limit: .max),
        let after = IgnoreEntries.adding(items, to: SourceText(name: settings, bytes: bytes))
      else {
        unplaced += items.map { IgnoreEntries.text(of: $0, indent: "  ", lineEnd: "\n") }.joined()
        continue
      }
      outcome.changes.append(FileChange(name: settings, path: settings, before: bytes, after: after, fixCount: 0))
    }
    if !unplaced.isEmpty { outcome.unplacedEntries = "ignores:\n" + unplaced }
  }

  /// The name of the settings file that holds for a file; empty where there is none.
  private func settingsFile(_ name: String) -> String {
    session.settings.settings(for: name).sources.last ?? ""
  }
}

/// Where a comment can stand, in the order in which it is tried.
enum IgnorePlace: CaseIterable {
  /// At the end of the line on which the finding starts.
  case line
  /// Above the key or item that it stands in, where no comment can stand on its line.
  case block
  /// At the top of the file, where it stands in no key and no item.
  case file
}
