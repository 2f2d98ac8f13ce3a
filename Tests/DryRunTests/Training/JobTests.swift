import DryRunMessages
import Experiment
import Synchronization
import Testing

@testable import DryRun

struct JobTests {
  private static let hidden = "kind: dense, name: hidden, units: 16, activation: relu"
  private static let training =
    "batch_size: 32, epochs: 4, loss: mse, optimizer: {name: adam, learning_rate: 0.01}"
  /// As long as it takes: what is planned does not depend on it.
  private static let patience = 600.0

  private func stated(
    _ layers: [String] = [hidden, "kind: dense, name: out, units: 1"],
    training: String = training,
    targets: String = "mean: 0, std: 1"
  ) throws -> Experiment {
    let lines = layers.map { "    - {\($0)}" }.joined(separator: "\n")
    return try statedExperiment(
      """
      epochzero: 1
      task: regression
      model:
        layers:
          - {kind: input, name: x, shape: [8]}
      \(lines)
      training: {\(training)}
      data: {samples: 512, inputs: {normalization: zscore}, targets: {\(targets)}}
      """
    )
  }

  private func rectified() throws -> DryRunJob {
    DryRunJob(
      written: try stated([Self.hidden, "kind: dense, name: out, units: 1, activation: relu"]),
      changed: try stated()
    )
  }

  // MARK: - Verdicts

  @Test func `a ReLU where half of the targets are negative is confirmed against none`() throws {
    let report = DryRun.run(try rectified(), patience: Self.patience)
    #expect(report.verdict == .confirmed)
    let judgement = try #require(report.judgement)
    #expect(judgement.ratio > 1.5)
    let unreachable = try #require(report.written?.runs.first?.probes.unreachableTargets)
    #expect((0.3...0.7).contains(unreachable))
    #expect(report.changed?.runs.allSatisfy { $0.probes.unreachableTargets == 0 } == true)
    let back = try rectified()
    let other = DryRun.run(
      DryRunJob(written: try #require(back.changed), changed: back.written),
      patience: Self.patience
    )
    #expect(other.verdict == .refuted)
  }

  @Test func `another name of a layer is not confirmed`() throws {
    let renamed = try stated([
      "kind: dense, name: body, units: 16, activation: relu", "kind: dense, name: out, units: 1",
    ])
    let report = DryRun.run(DryRunJob(written: try stated(), changed: renamed), patience: Self.patience)
    #expect(report.verdict != .confirmed)
    let pairs = try #require(report.judgement).pairs
    #expect(pairs.count >= 3)
    #expect(pairs.allSatisfy { $0.written != $0.changed }, "other names draw other weights")
  }

  @Test func `a change of nothing that is trained is not refuted`() throws {
    let stopping = try stated(training: Self.training + ", early_stopping: 3")
    let report = DryRun.run(DryRunJob(written: try stated(), changed: stopping), patience: Self.patience)
    #expect(report.verdict == .notRunnable("the change alters nothing that is trained"))
    #expect(report.written == nil)
    #expect(report.plan.omissions == ["early stopping"])
  }

  @Test func `what no kernel does is not runnable, and why`() throws {
    let job = DryRunJob(
      written: try stated(),
      changed: try stated([
        "kind: reshape, target_shape: [2, 4]", "kind: lstm, name: l, units: 3, activation: gelu",
        "kind: dense, name: out, units: 1",
      ])
    )
    let report = DryRun.run(job, patience: Self.patience)
    #expect(report.verdict.name == "not-runnable")
    #expect(report.verdict.reason?.contains("(layer \"l\")") == true, "\(report.verdict.reason ?? "nothing")")
    #expect(report.judgement == nil)
    #expect(!report.library.isEmpty)
  }

  @Test func `the same job gives the same report but for the time`() throws {
    var first = DryRun.run(try rectified(), patience: Self.patience)
    var second = DryRun.run(try rectified(), patience: Self.patience)
    #expect(first.seconds > 0)
    (first.seconds, second.seconds) = (0, 0)
    #expect(first == second)
    var other = try rectified()
    other.seed = 2
    let third = DryRun.run(other, patience: Self.patience)
    #expect(third.judgement?.pairs != first.judgement?.pairs)
    #expect(third.judgement?.pairs.first == first.judgement?.pairs.dropFirst().first, "its seeds follow on the job's")
  }

  // MARK: - On the way

  @Test(arguments: [true, false])
  func `progress never falls and ends at 1`(compares: Bool) throws {
    var job = try rectified()
    if !compares { job.changed = nil }
    let told = Mutex<[DryRunProgress]>([])
    let report = DryRun.run(job, patience: Self.patience, progress: { news in told.withLock { $0.append(news) } })
    #expect(report.verdict == (compares ? .confirmed : .trained))
    let news = told.withLock { $0 }
    #expect(news.count > 20)
    #expect(zip(news, news.dropFirst()).allSatisfy { $0.share <= $1.share })
    #expect(news.allSatisfy { (0...1).contains($0.share) && !$0.activity.isEmpty })
    #expect(news.last == DryRunProgress(share: 1, activity: "done"))
    if compares { #expect(news.first?.activity == "seed 1 of 3 to 9, as written") }
  }

  @Test func `a cancelled job ends at the next step, and says after how much`() throws {
    let asked = Mutex(0)
    let isCancelled = {
      asked.withLock { count in
        count += 1
        return count > 10
      }
    }
    let report = DryRun.run(try rectified(), patience: Self.patience, isCancelled: isCancelled)
    #expect(report.verdict == .inconclusive("it was cancelled after 0 of 3 seeds"))
    #expect(asked.withLock { $0 } == 11)
    #expect(report.plan.writtenSteps > 10)
  }

  @Test func `a cancelled job keeps what it has`() throws {
    let pairs = Mutex(0)
    let report = DryRun.run(
      try rectified(),
      patience: Self.patience,
      progress: { news in if news.activity == "seed 2 of 3 to 9, as written" { pairs.withLock { $0 = 1 } } },
      isCancelled: { pairs.withLock { $0 == 1 } }
    )
    #expect(report.verdict == .inconclusive("it was cancelled after 1 of 3 seeds"))
    #expect(report.written?.runs.count == 1)
    #expect(report.changed?.runs.count == 1)
    #expect(report.judgement?.pairs.count == 1)
  }

  @Test func `a job whose time is up says so`() throws {
    let report = DryRun.run(try rectified(), patience: 0)
    #expect(report.verdict == .inconclusive("the time ran out after 0 of 3 seeds"))
    #expect(report.judgement == nil)
    var alone = try rectified()
    alone.changed = nil
    #expect(DryRun.run(alone, patience: 0).verdict == .inconclusive("the time ran out after 0 checks"))
  }
}
