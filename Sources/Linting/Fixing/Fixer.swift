import ConfigSyntax
import SourceText

/// A file that fixes change.
package struct FileChange: Sendable {
  /// The name shown to the user.
  package var name: String
  /// The path to write to.
  package var path: String
  package var before: [UInt8]
  package var after: [UInt8]

  /// Writes the change, unless the file changed meanwhile.
  package func write(to fileSystem: any FileSystem) throws(FileError) {
    try fileSystem.replace(path, with: after, expecting: before)
  }
}

/// What fixing gave.
package struct FixOutcome: Sendable {
  /// What is left.
  package var report: LintReport
  /// The files to write, sorted by name.
  package var changes: [FileChange] = []
  /// How many findings were mended.
  package var fixedCount = 0
}

/// Makes fixes until no more is left to make; writes nothing.
///
/// A fix counts only when the files parse as well as before and the finding is gone; else its text stays as it was.
package struct Fixer {
  private let session: LintSession
  /// Whether fixes are made that may do other than what the writer meant.
  package var includesUnsafe = false

  /// How often one file is linted again: a fix may make room for another.
  private static let roundLimit = 50

  /// Makes a fixer that lints as the session does.
  package init(session: LintSession) {
    self.session = session
  }

  /// Lints and fixes the files.
  package func fix(_ inputs: [LintInput]) -> FixOutcome {
    let files = EditedFiles(over: session.reader.fileSystem)
    var session = session
    session.reader = ConfigReader(files)
    var run = FixRun(session: session, files: files, inputs: inputs, includesUnsafe: includesUnsafe)
    for index in inputs.indices { run.fix(index, rounds: Self.roundLimit) }
    return run.finish()
  }
}

/// The state of fixing.
private struct FixRun {
  private let session: LintSession
  private let files: EditedFiles
  private let includesUnsafe: Bool
  private let linter: FileLinter
  private var inputs: [LintInput]
  private var reports: [FileReport]
  /// Fixes that were tried and did not hold.
  private var rejected: Set<LocatedFinding.Identity> = []
  private var changes: [String: FileChange] = [:]
  private var fixedCount = 0

  init(session: LintSession, files: EditedFiles, inputs: [LintInput], includesUnsafe: Bool) {
    self.session = session
    self.files = files
    self.inputs = inputs
    self.includesUnsafe = includesUnsafe
    reports = session.reports(of: inputs)
    linter = session.makeLinter()
  }

  mutating func fix(_ index: Int, rounds: Int) {
    guard reports[index].findings.contains(where: { isWanted($0, in: reports[index]) }) else { return }
    refresh(index)
    var limit = Int.max
    for _ in 0..<rounds {
      let batch = FixBatch(candidates(in: reports[index]), limit: limit)
      if batch.isEmpty { return }
      if attempt(batch, index) {
        fixedCount += batch.findings.count
        limit = Int.max
      } else if batch.findings.count == 1 {
        rejected.formUnion(batch.findings.map(\.identity))
        limit = Int.max
      } else {
        // Some fix of the batch does not hold: fewer at a time show which.
        limit = batch.findings.count / 2
      }
    }
  }

  mutating func finish() -> FixOutcome {
    if !changes.isEmpty { for index in inputs.indices { refresh(index) } }
    return FixOutcome(
      report: session.report(joining: reports),
      changes: changes.values.filter { $0.before != $0.after }.sorted { $0.name < $1.name },
      fixedCount: fixedCount
    )
  }

  // MARK: - Private

  private func isWanted(_ finding: LocatedFinding, in report: FileReport) -> Bool {
    guard let fix = finding.fix, fix.isSafe || includesUnsafe else { return false }
    return finding.severity >= report.minimumSeverity && !rejected.contains(finding.identity)
  }

  private func candidates(in report: FileReport) -> [LocatedFinding] {
    var seen: Set<LocatedFinding.Identity> = []
    return report.findings
      .filter { isWanted($0, in: report) && seen.insert($0.identity).inserted }
      .sorted { ($0.source.name, $0.range) < ($1.source.name, $1.range) }
  }

  /// Lints the file again when another file's fixes changed one of its sources.
  private mutating func refresh(_ index: Int) {
    if !reports[index].sources.isDisjoint(with: changes.keys) { reports[index] = linter.lint(inputs[index]) }
  }

  private mutating func attempt(_ batch: FixBatch, _ index: Int) -> Bool {
    guard let contents = batch.apply() else { return false }
    let oldInput = inputs[index]
    let oldContents = contents.keys.map { ($0, files[$0]) }
    for (name, bytes) in contents {
      if oldInput.content != nil, name == oldInput.name { inputs[index].content = bytes } else { files[name] = bytes }
    }
    let report = linter.lint(inputs[index])
    guard holds(batch, contents, before: reports[index], after: report) else {
      inputs[index] = oldInput
      for (name, bytes) in oldContents { files[name] = bytes }
      return false
    }
    reports[index] = report
    for (name, change) in batch.edits {
      guard let path = change.file.editablePath, let after = contents[name] else { continue }
      let before = changes[name]?.before ?? change.file.source.bytes
      changes[name] = FileChange(name: name, path: path, before: before, after: after)
    }
    return true
  }

  private func holds(
    _ batch: FixBatch,
    _ contents: [String: [UInt8]],
    before: FileReport,
    after: FileReport
  ) -> Bool {
    guard after.error == nil, after.isRecognized == before.isRecognized else { return false }
    for (name, change) in batch.edits {
      guard let bytes = contents[name] else { return false }
      let tree = parse(SourceText(name: name, bytes: bytes), as: change.file.tree.format)
      if tree.problems.count > change.file.tree.problems.count { return false }
    }
    let old = Self.counts(before.findings)
    let new = Self.counts(after.findings)
    return Self.counts(batch.findings).allSatisfy { identity, count in
      new[identity, default: 0] <= old[identity, default: 0] - count
    }
  }

  /// How often each finding occurs, wherever it stands: other edits move it.
  private static func counts(_ findings: [LocatedFinding]) -> [LocatedFinding.Identity: Int] {
    var counts: [LocatedFinding.Identity: Int] = [:]
    var seen: Set<LocatedFinding.Identity> = []
    for finding in findings where seen.insert(finding.identity).inserted {
      var identity = finding.identity
      identity.range = nil
      counts[identity, default: 0] += 1
    }
    return counts
  }
}
