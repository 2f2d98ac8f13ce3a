import Linting
import Reporting

/// What becomes of the fixes of a run.
extension CheckRun {
  /// What becomes of the fixes.
  enum Fixing {
    case none
    /// They are made, and the files written.
    case write
    /// A unified diff is printed, and nothing written.
    case show
  }

  /// Lints and fixes the files; writes them, or shows the differences.
  ///
  /// - Returns: What is left, and whether files would change that are not written.
  func fix(
    _ inputs: [LintInput],
    _ session: LintSession,
    _ baseline: Baseline?,
    in fileSystem: DiskFileSystem
  ) -> (report: LintReport, wouldChange: Bool) {
    var fixer = Fixer(session: session)
    fixer.includesUnsafe = includesUnsafeFixes
    fixer.baseline = baseline
    let outcome = fixer.fix(inputs)
    var report = outcome.report
    for warning in outcome.warnings { StandardStream.report("warning", "\(warning.file): \(warning.message)") }
    report.notes += outcome.notes
    let count: Int
    if fixing == .show {
      show(outcome.changes)
      count = outcome.fixedCount
    } else {
      let problems = write(outcome.changes, of: inputs, in: fileSystem)
      report.errors += problems
      let failed = Set(problems.map(\.file))
      count = outcome.changes.filter { !failed.contains($0.name) }.reduce(0) { $0 + $1.fixCount }
    }
    if !isQuiet, count > 0 {
      let verb = fixing == .show ? "would fix" : "fixed"
      StandardStream.error.write("\(verb) \(Summary.counted(count, "finding"))\n")
    }
    return (report, fixing == .show && !outcome.changes.isEmpty)
  }

  /// Where findings go: with `--diff`, or when the fixed text goes to standard output, that is standard error.
  var findingStream: StandardStream {
    fixing == .show || (fixing == .write && paths.contains("-")) ? .error : .output
  }

  // MARK: - Private

  private func show(_ changes: [FileChange]) {
    let output = StandardStream.output
    let style = output.style(color)
    for change in changes {
      output.write(UnifiedDiff.render(name: change.name, before: change.before, after: change.after, style: style))
    }
  }

  /// Writes the files, and fixed standard input to standard output; returns which files could not be written, and why.
  private func write(
    _ changes: [FileChange],
    of inputs: [LintInput],
    in fileSystem: DiskFileSystem
  ) -> [FileProblem] {
    var changes = changes
    for input in inputs {
      guard let content = input.content else { continue }
      StandardStream.output.write(changes.first { $0.name == input.name }?.after ?? content)
      changes.removeAll { $0.name == input.name }
    }
    return FileWriter(fileSystem).write(changes)
  }
}
