import Rules
import SourceText

/// What was there before a project began to lint, counted by file and rule.
///
/// Counts stay right when lines move. What goes beyond its count is shown as a whole: nobody can tell which of the findings
/// are the new ones.
package struct Baseline: Hashable, Sendable {
  /// A rule's findings in a file.
  package struct Key: Hashable, Sendable, Comparable {
    /// The path from the baseline's folder.
    package var file: String
    package var rule: String

    package init(file: String, rule: String) {
      self.file = file
      self.rule = rule
    }

    package static func < (left: Key, right: Key) -> Bool { (left.file, left.rule) < (right.file, right.rule) }
  }

  /// An entry that counts more than there is.
  package struct Excess: Hashable, Sendable {
    package var key: Key
    /// What the baseline counts.
    package var recorded: Int
    /// What was found.
    package var found: Int
  }

  /// The absolute folder that its paths start from.
  package let folder: String
  /// How many findings there were; a key that is not there stands for none.
  package private(set) var counts: [Key: Int]

  /// Makes a baseline; counts below 1 are left out.
  package init(folder: String, counts: [Key: Int] = [:]) {
    self.folder = folder
    self.counts = counts.filter { $0.value > 0 }
  }

  /// The number of findings that it counts.
  package var total: Int { counts.values.reduce(0, +) }

  /// The number of files that it counts findings of.
  package var fileCount: Int { Set(counts.keys.map(\.file)).count }

  /// Moves the findings that it counts among the suppressed ones.
  package func apply(to report: inout LintReport, workingFolder: String) {
    let covered = covered(report.findings, workingFolder: workingFolder)
    guard !covered.isEmpty else { return }
    var shown: [LocatedFinding] = []
    for finding in report.findings {
      if covered.contains(key(of: finding, workingFolder: workingFolder)) {
        report.suppressed.append(SuppressedFinding(finding, kind: .baseline))
      } else {
        shown.append(finding)
      }
    }
    report.findings = shown
    report.suppressed.sort { $0.finding.sortKey < $1.finding.sortKey }
  }

  /// Returns whether a finding is one of those that it counts, for what was found in a run.
  func counts(_ findings: [LocatedFinding], in workingFolder: String) -> (LocatedFinding) -> Bool {
    let covered = covered(findings, workingFolder: workingFolder)
    return { covered.contains(key(of: $0, workingFolder: workingFolder)) }
  }

  /// Returns which of the findings' files and rules have no more findings than it counts.
  private func covered(_ findings: [LocatedFinding], workingFolder: String) -> Set<Key> {
    var found: [Key: Int] = [:]
    for finding in findings { found[key(of: finding, workingFolder: workingFolder), default: 0] += 1 }
    return Set(found.filter { $0.value <= counts[$0.key, default: 0] }.keys)
  }

  /// Returns what a finding is counted by.
  func key(of finding: LocatedFinding, workingFolder: String) -> Key {
    let path = FilePath.join(workingFolder, finding.source.name)
    return Key(file: FilePath.relative(path, to: folder), rule: finding.rule)
  }

  // MARK: - Bringing it up to date

  /// Returns the baseline with the counts of a run; what the run did not look at stays as it is.
  package func updated(with report: LintReport, _ coverage: BaselineCoverage) -> Baseline {
    let found = found(in: report, coverage)
    let kept = counts.filter { !coverage.covers($0.key, of: self) }
    return Baseline(folder: folder, counts: kept.merging(found) { $1 })
  }

  /// Returns the entries that count more than a run found, sorted; those that it did not look at are left out.
  package func excesses(over report: LintReport, _ coverage: BaselineCoverage) -> [Excess] {
    let found = found(in: report, coverage)
    return counts.compactMap { key, recorded in
      let left = found[key, default: 0]
      guard left < recorded, coverage.covers(key, of: self) else { return nil }
      return Excess(key: key, recorded: recorded, found: left)
    }
    .sorted { $0.key < $1.key }
  }

  /// Returns the baseline with lower counts where it counts too much.
  package func pruned(by excesses: [Excess]) -> Baseline {
    var lowered = counts
    for excess in excesses { lowered[excess.key] = excess.found }
    return Baseline(folder: folder, counts: lowered)
  }

  /// The counts of a report, those that the baseline hides already among them.
  private func found(in report: LintReport, _ coverage: BaselineCoverage) -> [Key: Int] {
    var found: [Key: Int] = [:]
    let hidden = report.suppressed.filter { $0.kind == .baseline }.map(\.finding)
    for finding in report.findings + hidden {
      found[key(of: finding, workingFolder: coverage.workingFolder), default: 0] += 1
    }
    return found
  }
}

/// What a run looked at, so that an entry without findings can be told from one that nobody looked for.
package struct BaselineCoverage: Sendable {
  package let workingFolder: String
  private let fileSystem: any FileSystem
  private let settings: SettingsResolver
  /// The files that were linted without a fault, by their shown names.
  private let names: Set<String>

  /// Makes the coverage of a run over files.
  package init(of inputs: [LintInput], _ report: LintReport, in fileSystem: any FileSystem, settings: SettingsResolver)
  {
    workingFolder = fileSystem.workingFolder
    self.fileSystem = fileSystem
    self.settings = settings
    names = Set(inputs.map(\.name)).subtracting(report.errors.map(\.file))
  }

  /// Returns whether the run would have found what the key counts: its file was linted and its rule ran, or one is gone.
  func covers(_ key: Baseline.Key, of baseline: Baseline) -> Bool {
    let path = FilePath.normalized(FilePath.join(baseline.folder, key.file))
    let name = FilePath.shown(path, workingFolder: workingFolder)
    // The config in an archive is called after the archive, as a file in a folder is.
    let archive = FilePath.folder(of: name)
    guard names.contains(name) || names.contains(archive) else {
      return fileSystem.kind(of: path) == nil && fileSystem.kind(of: FilePath.folder(of: path)) != .file
    }
    let settings = settings.settings(for: path)
    guard let rule = settings.rules.rules.first(where: { $0.id == key.rule }) else {
      return settings.rules.problems.isEmpty
    }
    let severity = settings.ruleSettings.severity(of: rule)
    return settings.ruleSettings.runs(rule) && severity >= settings.minimumSeverity
  }
}
