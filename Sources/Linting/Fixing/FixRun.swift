import ConfigSyntax
import Rules
import SourceText

/// The state of fixing.
struct FixRun {
  private let session: LintSession
  private let files: EditedFiles
  private let includesUnsafe: Bool
  /// The rules whose findings are mended; nil for all.
  private let rules: Set<String>?
  /// Whether a baseline counts the finding, which is then left as it is.
  private var isCounted: (LocatedFinding) -> Bool = { _ in false }
  private let linter: FileLinter
  private var inputs: [LintInput]
  private var reports: [FileReport]
  /// The inputs whose findings depend on a file, by its name.
  private var dependents: [String: Set<Int>] = [:]
  /// The inputs whose reports are older than a change of a file that they depend on.
  private var stale: Set<Int> = []
  private var changes: [String: FileChange] = [:]
  private var journal = FixJournal()

  /// How often the fixes of one file may make room for others.
  private static let roundLimit = 50

  init(session: LintSession, inputs: [LintInput], includesUnsafe: Bool, rules: Set<String>?, baseline: Baseline?) {
    files = EditedFiles(over: session.reader.fileSystem)
    var session = session
    session.reader = ConfigReader(files)
    self.session = session
    self.inputs = inputs
    self.includesUnsafe = includesUnsafe
    self.rules = rules
    reports = session.reports(of: inputs)
    session.findUnusedIgnores(&reports)
    linter = session.makeLinter()
    if let baseline { isCounted = baseline.counts(session.report(joining: reports).findings, in: files.workingFolder) }
    for index in inputs.indices { noteSources(of: index) }
  }

  /// Fixes one input.
  ///
  /// Where that does not come to an end, the file is put back as it was and fixed without the rules that do not settle.
  mutating func fix(_ index: Int) {
    guard reports[index].findings.contains(where: { isWanted($0, in: reports[index]) }) else { return }
    if CoveredFiles(reports).contains(reports[index]) { return }
    if stale.remove(index) != nil { lint(index) }
    var restless: Set<String> = []
    while true {
      let start = (input: inputs[index], report: reports[index], changes: changes, files: files.all)
      guard let rules = settle(index, without: restless) else { return }
      (inputs[index], reports[index], changes) = (start.input, start.report, start.changes)
      files.all = start.files
      restless.formUnion(rules)
      journal.noteRestless(rules.sorted(), in: inputs[index].name)
    }
  }

  /// Returns what was fixed, and what is left.
  mutating func finish() -> FixOutcome {
    for index in stale.sorted() { lint(index) }
    session.findUnusedIgnores(&reports)
    for report in reports {
      for finding in report.findings where finding.hasArchivedFix && finding.severity >= report.minimumSeverity {
        journal.noteArchived(finding)
      }
    }
    return FixOutcome(
      report: session.report(joining: reports),
      changes: changes.values.filter { $0.before != $0.after }.sorted { $0.name < $1.name },
      notes: journal.notes,
      warnings: journal.warnings
    )
  }

  // MARK: - One input

  /// Makes fixes until none is left; returns the rules whose fixes never come to an end, or nil when there are none.
  private mutating func settle(_ index: Int, without restless: Set<String>) -> Set<String>? {
    var search = FixSearch()
    var rejected: Set<LocatedFinding.Identity> = []
    var history = FixHistory(state(of: index))
    while true {
      let batch = FixBatch(
        candidates(of: index).filter {
          !restless.contains($0.rule) && !rejected.contains($0.identity) && search.allows($0.rule)
        },
        limit: search.limit
      )
      if batch.isEmpty {
        if search.isNarrowed {
          search.widen()
          continue
        }
        return nil
      }
      if let verdict = attempt(batch, index) {
        if search.narrow(after: verdict, of: batch) {
          rejected.formUnion(batch.findings.map(\.identity))
          for finding in batch.findings { journal.noteRefusal(verdict.refusal, of: finding) }
        }
        continue
      }
      rejected = Set(rejected.map { $0.moved(by: batch) })
      if let rules = history.add(
        state(of: index),
        batch,
        isRound: search.isWhole,
        limit: Self.roundLimit
      ) {
        return rules
      }
      search.widen()
    }
  }

  /// Whether the finding is reported and its fix is to be made.
  private func isWanted(_ finding: LocatedFinding, in report: FileReport) -> Bool {
    guard let fix = finding.fix, fix.isSafe || includesUnsafe, rules?.contains(finding.rule) ?? true else {
      return false
    }
    return finding.severity >= report.minimumSeverity && !isCounted(finding)
  }

  /// The findings to mend, by place.
  private func candidates(of index: Int) -> [LocatedFinding] {
    var seen: Set<LocatedFinding.Identity> = []
    return reports[index].findings
      .filter { isWanted($0, in: reports[index]) && seen.insert($0.identity).inserted }
      .sorted { ($0.source.name, $0.range) < ($1.source.name, $1.range) }
  }

  /// The texts that the input's findings depend on, as far as they were changed.
  private func state(of index: Int) -> [String: [UInt8]] {
    var state: [String: [UInt8]] = [:]
    for name in reports[index].sources { state[name] = files[name] }
    if let content = inputs[index].content { state[inputs[index].name] = content }
    return state
  }

  private mutating func lint(_ index: Int) {
    reports[index] = report(on: index)
    noteSources(of: index)
  }

  private func report(on index: Int) -> FileReport {
    var report = linter.lint(inputs[index])
    session.findUnusedIgnores(&report, at: index, among: reports)
    return report
  }

  private mutating func noteSources(of index: Int) {
    for name in reports[index].sources { dependents[name, default: []].insert(index) }
  }

  /// Makes the fixes; returns nil when they hold, else why they were taken back.
  private mutating func attempt(_ batch: FixBatch, _ index: Int) -> FixVerdict? {
    guard let contents = batch.apply() else { return FixVerdict(.contradictoryEdits) }
    let oldInput = inputs[index]
    let oldContents = contents.keys.map { ($0, files[$0]) }
    for (name, bytes) in contents {
      if oldInput.content != nil, name == oldInput.name { inputs[index].content = bytes } else { files[name] = bytes }
    }
    let report = report(on: index)
    let verdict = FixVerdict(batch, contents, before: reports[index], after: report)
    guard verdict.refusal == nil else {
      inputs[index] = oldInput
      for (name, bytes) in oldContents { files[name] = bytes }
      return verdict
    }
    reports[index] = report
    noteSources(of: index)
    note(batch, contents, of: index)
    return nil
  }

  private mutating func note(_ batch: FixBatch, _ contents: [String: [UInt8]], of index: Int) {
    for (name, change) in batch.edits {
      guard let path = change.file.editablePath, let after = contents[name] else { continue }
      let before = changes[name]?.before ?? change.file.source.bytes
      let count = changes[name]?.fixCount ?? 0
      changes[name] = FileChange(name: name, path: path, before: before, after: after, fixCount: count)
      stale.formUnion(dependents[name, default: []].subtracting([index]))
    }
    for finding in batch.findings {
      if let name = finding.fix?.edits.first?.file.source.name { changes[name]?.fixCount += 1 }
    }
  }
}

extension LocatedFinding.Identity {
  /// The same finding behind the edits of a batch.
  fileprivate func moved(by batch: FixBatch) -> Self {
    var moved = self
    moved.range = range.map { batch.moved($0, in: file) }
    return moved
  }
}
