import DryRunClient
import DryRunMessages
import Linting
import Reporting

/// Findings put to the test.
extension CheckRun {
  /// Trains what the findings suppose, tells them the verdicts, and returns whether all of it was done.
  func confirm(_ report: inout LintReport, _ options: DryRunOptions, in fileSystem: DiskFileSystem) -> Bool {
    report.isConfirmed = true
    guard report.findings.contains(where: { $0.trial != nil }) else {
      if !isQuiet, !report.findings.isEmpty {
        StandardStream.report("note", "--confirm: there is no finding that a dry run can test")
      }
      return true
    }
    Interrupt.watch()
    let bar = ProgressBar(isQuiet: isQuiet, color)
    var clients = DryRunClients()
    defer {
      clients.close()
      bar?.erase()
    }
    // What files' settings say differs: findings that are trained alike go together.
    let parts = Self.parts(of: report.findings)
    for (index, part) in parts.enumerated() {
      if Interrupt.wasRaised { break }
      let client = clients.client(part.settings.launcher)
      let confirming = Confirming(
        budget: part.settings.budget,
        rows: part.settings.rows(in: fileSystem),
        seed: options.seed ?? Self.standardSeed
      )
      var findings = part.positions.map { report.findings[$0] }
      confirming.confirm(
        &findings,
        isCancelled: { Interrupt.wasRaised },
        progress: { progress in
          let done = Double(progress.test - 1) + progress.run.share
          let share = (Double(index) + done / Double(max(progress.count, 1))) / Double(parts.count)
          bar?.show(share, "\(progress.test) of \(progress.count) \(progress.rule): \(progress.run.activity)")
        },
        train: { job, progress in
          progress(DryRunProgress(share: 0, activity: "starting"))
          return client.run(job, progress: progress, isCancelled: { Interrupt.wasRaised })
        }
      )
      for (position, finding) in zip(part.positions, findings) { report.findings[position] = finding }
    }
    guard Interrupt.wasRaised else { return true }
    report.forgetCancelled()
    let left = report.findings.count { $0.trial != nil && $0.confirmation == nil }
    if !isQuiet, left > 0 {
      let findings = Summary.counted(left, "finding was", "findings were")
      StandardStream.report("note", "interrupted: \(findings) not put to the test")
    }
    return false
  }

  static let standardSeed: UInt64 = 1

  // MARK: - Private

  private static func parts(of findings: [LocatedFinding]) -> [(settings: DryRunSettings, positions: [Int])] {
    var parts: [(settings: DryRunSettings, positions: [Int])] = []
    for (position, finding) in findings.enumerated() {
      guard let settings = finding.trial?.settings else { continue }
      if let index = parts.firstIndex(where: { $0.settings == settings }) {
        parts[index].positions.append(position)
      } else {
        parts.append((settings, [position]))
      }
    }
    return parts
  }
}

extension LintReport {
  /// Takes away what was being trained when the user ended it: that is no verdict.
  fileprivate mutating func forgetCancelled() {
    for index in findings.indices where findings[index].confirmation?.report.verdict == .notRunnable("cancelled") {
      findings[index].confirmation = nil
    }
  }
}
