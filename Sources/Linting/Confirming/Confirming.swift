package import DryRunMessages
import Experiment
import Rules

/// Puts findings to the test: has both versions of their experiments trained, and tells findings what came of it.
///
/// The findings of one rule in one experiment are tested together, by all their changes at once. Where that does not confirm
/// them and other rules have findings in the experiment, the rule's changes are tried once more with all others made: of two
/// mistakes that each keep the network from learning, mending one alone shows nothing.
package struct Confirming {
  /// Trains what a job says; called on the thread that confirms.
  package typealias Train = (_ job: DryRunJob, _ progress: (DryRunProgress) -> Void) -> DryRunReport

  /// What each job may take.
  package var budget: DryRunBudget
  /// The path of the user's rows for all experiments; nil for those that each names, or synthetic data.
  package var rows: String?
  package var seed: UInt64

  package init(budget: DryRunBudget = DryRunBudget(), rows: String? = nil, seed: UInt64 = 1) {
    self.budget = budget
    self.rows = rows
    self.seed = seed
  }

  /// How far it is.
  package struct Progress: Hashable, Sendable {
    /// The rule whose findings are put to the test.
    package var rule: String
    /// Which test it is, from 1.
    package var test: Int
    /// How many tests there are.
    package var count: Int
    /// How far the test is.
    package var run: DryRunProgress
  }

  /// Confirms what can be, of findings that are reported; a refuted finding drops to a hint.
  ///
  /// - Parameters:
  ///   - findings: All findings of a report, from a session that keeps trials.
  ///   - position: The one finding to confirm, and with it those that are tested together with it; nil for all.
  ///   - isCancelled: Asked before each run; what was not put to the test by then stays as it is.
  ///   - progress: Told of each run.
  ///   - train: Trains.
  package func confirm(
    _ findings: inout [LocatedFinding],
    at position: Int? = nil,
    isCancelled: () -> Bool = { false },
    progress: @escaping (Progress) -> Void = { _ in },
    train: Train
  ) {
    let tests = RuleTest.all(of: findings)
    let wanted = tests.filter { test in position.map(test.positions.contains) ?? true }
    for (index, test) in wanted.enumerated() {
      let others = tests.filter { $0.subject === test.subject && $0.rule != test.rule }
      let result = confirm(test, among: others, isCancelled: isCancelled) { job, part in
        train(job) { run in
          let share = part.lowerBound + run.share * (part.upperBound - part.lowerBound)
          let run = DryRunProgress(share: share, activity: run.activity)
          progress(Progress(rule: test.rule, test: index + 1, count: wanted.count, run: run))
        }
      }
      guard let result else { return }
      result.tell(&findings, at: test.positions, failOn: test.subject.settings.failOn)
    }
  }

  // MARK: - One test

  /// What trains a job, which is a part of all the work of its test.
  private typealias TrainPart = (_ job: DryRunJob, _ part: ClosedRange<Double>) -> DryRunReport

  /// Returns nil where it was cancelled.
  private func confirm(
    _ test: RuleTest,
    among others: [RuleTest],
    isCancelled: () -> Bool,
    train: TrainPart
  ) -> TestResult? {
    if isCancelled() { return nil }
    var result = TestResult(changes: test.edits.map(\.description))
    guard let changed = test.subject.changed(by: test.edits) else {
      result.report = DryRunReport(
        verdict: .notRunnable("the change that would test it cannot be made in this experiment")
      )
      return result
    }
    result.report = train(job(of: test, changed: changed), others.isEmpty ? 0...1 : 0...0.5)
    guard result.report.verdict != .confirmed, !others.isEmpty else { return result }
    // What the rule itself changes is its own matter: there the others' changes would hide what it does.
    let places = test.edits.map(\.place)
    let rest = RuleTest.joined(others.map(\.edits)).filter { !places.contains($0.place) }
    guard !rest.isEmpty, let without = test.subject.changed(by: rest),
      let with = test.subject.changed(by: rest + test.edits)
    else { return result }
    if isCancelled() { return nil }
    var job = job(of: test, changed: with)
    job.written = without
    result.add(train(job, 0.5...1))
    return result
  }

  private func job(of test: RuleTest, changed: Experiment) -> DryRunJob {
    DryRunJob(
      written: test.subject.stated,
      changed: changed,
      probe: test.probe,
      rows: rows ?? test.subject.rows,
      budget: budget,
      seed: seed
    )
  }
}

/// What the runs of one test gave.
private struct TestResult {
  var changes: [String]
  var report = DryRunReport(verdict: .notRunnable("nothing was trained"))
  var contrast = Confirmation.Contrast.alone

  /// Adds what the second run gave, among the other findings mended: either may confirm, and only both together refute.
  mutating func add(_ second: DryRunReport) {
    switch (report.verdict, second.verdict) {
    case (_, .confirmed), (.notRunnable, .inconclusive):
      report = second
      contrast = .amongMended
    case (.refuted, .inconclusive(let reason)):
      report.verdict = .inconclusive("alone it changes too little, and with the other findings mended \(reason)")
    case (.refuted, .notRunnable(let reason)):
      report.verdict = .inconclusive("alone it changes too little, and with the other findings mended: \(reason)")
    default: break
    }
  }

  /// Tells findings; those that had one severity share what they are told.
  func tell(_ findings: inout [LocatedFinding], at positions: [Int], failOn: Severity) {
    var told: [Severity?: Confirmation] = [:]
    for position in positions {
      var loweredFrom: Severity?
      if report.verdict == .refuted, findings[position].severity > .hint {
        loweredFrom = findings[position].severity
        findings[position].severity = .hint
        findings[position].failsRun = .hint >= failOn
      }
      let confirmation =
        told[loweredFrom] ?? Confirmation(report, contrast: contrast, changes: changes, loweredFrom: loweredFrom)
      told[loweredFrom] = confirmation
      findings[position].confirmation = confirmation
    }
  }
}
