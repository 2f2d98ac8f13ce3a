internal import DryRunMessages
internal import Kernels

/// Pairs of runs, as written and with the change, until the judge decides.
struct Trial {
  private let job: DryRunJob
  private let plan: Plan
  private let gate: Gate
  private let progress: (DryRunProgress) -> Void
  private var written = VersionReport()
  private var changed = VersionReport()
  private var baselines: [Double] = []
  private var yardstick: Yardstick?
  private var data = DataReport()

  init(_ job: DryRunJob, _ plan: Plan, gate: Gate, progress: @escaping (DryRunProgress) -> Void) {
    self.job = job
    self.plan = plan
    self.gate = gate
    self.progress = progress
  }

  mutating func report() -> DryRunReport {
    var report = DryRunReport(verdict: verdict())
    report.data = data
    guard !changed.runs.isEmpty else { return report }
    report.judgement = judge.judgement(of: pairs)
    report.explanation = Explanation(written: written.runs, changed: changed.runs).sentence(on: job.probe)
    report.written = written
    report.changed = changed
    return report
  }

  private mutating func verdict() -> Verdict {
    for number in 0..<job.budget.seeds.upperBound {
      do {
        try runPair(number)
      } catch {
        return verdict(on: error)
      }
      if let verdict = judge.verdict(on: pairs) {
        progress(DryRunProgress(share: 1, activity: "done"))
        return verdict
      }
    }
    return .inconclusive("there were no seeds to run")
  }

  private func verdict(on interruption: Interruption) -> Verdict {
    let done = changed.runs.count, least = job.budget.seeds.lowerBound
    let seeds = Figures.count(done < least ? least : job.budget.seeds.upperBound, "seed")
    return switch interruption {
    case .cancelled: .inconclusive("it was cancelled after \(done) of \(seeds)")
    case .outOfTime: .inconclusive("the time ran out after \(done) of \(seeds)")
    case .notRunnable(let error): .notRunnable(error.reason)
    }
  }

  private mutating func runPair(_ number: Int) throws(Interruption) {
    guard let change = plan.changed else { throw .notRunnable(NotRunnable("there is nothing to compare with")) }
    // Wraps around for seeds near the largest number, which are as good as others.
    let seed = job.seed &+ UInt64(number)
    let rows: (written: Split, changed: Split?, report: DataReport)
    do { rows = try DryRunData.make(plan, rows: job.rows, seed: seed) } catch { throw .notRunnable(error) }
    data = rows.report
    let other = rows.changed ?? rows.written
    let hasSameTargets = zip(rows.written.heldOut.targets, other.heldOut.targets).allSatisfy {
      $0.distance(to: $1) == 0
    }
    let yardstick = yardstick ?? Yardstick.of(plan.written.heads, change.heads, hasSameTargets: hasSameTargets)
    self.yardstick = yardstick

    let before = try run(plan.written, rows.written, seed, yardstick, number, "as written", 0)
    let after = try run(change, other, seed, yardstick, number, "with the fix", 0.5)
    written.runs.append(before.report)
    changed.runs.append(after.report)
    baselines.append(before.baseline.score(by: yardstick))
  }

  private func run(
    _ version: Plan.Version,
    _ data: Split,
    _ seed: UInt64,
    _ yardstick: Yardstick,
    _ number: Int,
    _ name: String,
    _ begin: Double
  ) throws(Interruption) -> (report: RunReport, baseline: Baseline) {
    let seeds = job.budget.seeds
    let range =
      seeds.lowerBound == seeds.upperBound ? "\(seeds.upperBound)" : "\(seeds.lowerBound) to \(seeds.upperBound)"
    let activity = "seed \(number + 1) of \(range), \(name)"
    let run = Run(version: version, data: data, seed: seed, yardstick: yardstick, gate: gate)
    return try run.withBaseline { share in
      progress(DryRunProgress(share: self.share(pairs: Double(number) + begin + share / 2), activity: activity))
    }
  }

  /// How far it is after so many pairs.
  ///
  /// Most jobs are decided at the first look, which has the larger part for itself; what comes behind it may never come.
  private func share(pairs: Double) -> Double {
    let least = Double(job.budget.seeds.lowerBound), most = Double(job.budget.seeds.upperBound)
    guard most > least else { return min(pairs / most, 1) }
    let first = 0.6
    return pairs <= least ? first * pairs / least : min(first + (1 - first) * (pairs - least) / (most - least), 1)
  }

  private var judge: Judge {
    let yardstick = yardstick ?? .loss
    return Judge(
      metric: yardstick.name(for: plan.written.heads),
      baseline: baselines.reduce(0, +) / Double(max(baselines.count, 1)),
      seeds: job.budget.seeds,
      steps: plan.written.steps
    )
  }

  private var pairs: [Judgement.Pair] {
    zip(written.runs, changed.runs).map { Judgement.Pair(seed: $0.seed, written: $0.score, changed: $1.score) }
  }
}
