import DryRunMessages
import Experiment
import Testing

@testable import DryRun

struct ExplorationTests {
  /// What one experiment by itself is found to do.
  private func report(_ layers: [String], rate: String = "0.01") throws -> DryRunReport {
    DryRun.run(DryRunJob(written: try experiment(layers, rate: rate)), patience: 600)
  }

  private func experiment(_ layers: [String], rate: String = "0.01") throws -> Experiment {
    let lines = layers.map { "    - {\($0)}" }.joined(separator: "\n")
    return try statedExperiment(
      """
      epochzero: 1
      task: regression
      model:
        layers:
          - {kind: input, name: x, shape: [8]}
      \(lines)
      training: {batch_size: 32, epochs: 6, loss: mse, optimizer: {name: adam, learning_rate: \(rate)}}
      data: {samples: 512, inputs: {normalization: zscore}, targets: {mean: 0, std: 1}}
      """
    )
  }

  private func check(_ kind: ExperimentCheck.Kind, in report: DryRunReport) throws -> ExperimentCheck {
    try #require(report.checks.first { $0.kind == kind })
  }

  @Test func `a healthy network passes, by each check once`() throws {
    let report = try report(["kind: dense, units: 32, activation: relu", "kind: dense, units: 1"])
    #expect(report.verdict == .trained)
    #expect(report.judgement == nil)
    #expect(report.changed == nil)
    #expect(report.written?.runs.count == 1)
    #expect(report.checks.count == ExperimentCheck.Kind.allCases.count)
    #expect(Set(report.checks.map(\.kind)) == Set(ExperimentCheck.Kind.allCases))
    for kind in [ExperimentCheck.Kind.learns, .overfitOneBatch, .zeroedInput] {
      let check = try check(kind, in: report)
      #expect(check.outcome == .passed, "\(check.message)")
    }
    let sweep = try check(.learningRateSweep, in: report)
    #expect(sweep.outcome == .passed)
    #expect(sweep.message.contains("the rate is 0.01"))
    #expect(sweep.curve.count > 6)
    #expect(zip(sweep.curve, sweep.curve.dropFirst()).allSatisfy { $0.x < $1.x }, "rates rise")
    #expect(report.checks.allSatisfy { !$0.message.hasSuffix(".") })
  }

  @Test func `a network that starts at zero learns nothing, not even a batch`() throws {
    let report = try report([
      "kind: dense, units: 16, activation: relu, init: zeros", "kind: dense, units: 1, init: zeros",
    ])
    #expect(report.verdict == .trained)
    for kind in [ExperimentCheck.Kind.learns, .overfitOneBatch, .zeroedInput] {
      let check = try check(kind, in: report)
      #expect(check.outcome == .failed, "\(check.message)")
    }
  }

  @Test func `the sweep names the largest rate where the stated one explodes`() throws {
    let report = try report(["kind: dense, units: 32, activation: relu", "kind: dense, units: 1"], rate: "10")
    let sweep = try check(.learningRateSweep, in: report)
    #expect(sweep.outcome == .failed, "\(sweep.message)")
    #expect(sweep.message.contains("the rate is 10"))
    let largest = try #require(sweep.curve.dropLast().last).x
    #expect(largest < 10)
    #expect(sweep.message.contains("is a good start"))
    #expect(try check(.learns, in: report).outcome != .passed)
  }

  @Test func `a loss that starts too high and is made up for fails nothing`() throws {
    let report = try report(
      [
        "kind: dense, units: 64, activation: relu, init: he_normal",
        "kind: dense, units: 1, init: {name: random_normal, stddev: 0.6}",
      ]
    )
    let check = try check(.initialLoss, in: report)
    #expect(check.outcome == .open, "\(check.message)")
    #expect(check.message.contains("makes up for within"))
  }

  @Test func `a linear model that is still on its way is not blamed`() throws {
    let report = try report(["kind: dense, units: 1, init: {name: random_normal, stddev: 0.6}"], rate: "0.002")
    for kind in [ExperimentCheck.Kind.learns, .overfitOneBatch, .zeroedInput] {
      let check = try check(kind, in: report)
      #expect(check.outcome == .open, "\(kind): \(check.message)")
    }
    #expect(try check(.learns, in: report).message.contains("still falling"))
    #expect(try check(.overfitOneBatch, in: report).message.contains("the model is linear"))
  }

  @Test func `what has no room beside the training is left out and said to be`() throws {
    var job = DryRunJob(
      written: try experiment(
        [
          "kind: dense, units: 2500, activation: relu", "kind: dense, units: 2500, activation: relu",
          "kind: dense, units: 1",
        ],
        rate: "0.001"
      )
    )
    job.budget.seconds = 2
    let plan = try Plan.make(job)
    #expect(plan.isCutShort)
    #expect(plan.exploration != .whole)
    let report = DryRun.run(job, patience: 600)
    #expect(report.verdict == .trained)
    #expect(report.checks.count == ExperimentCheck.Kind.allCases.count)
    #expect(report.checks.allSatisfy { $0.outcome != .failed })
    let sweep = try check(.learningRateSweep, in: report)
    #expect(sweep.outcome == .open)
    #expect(sweep.message == "not tried: beside the training there is no room for it in 2 s")
  }

  @Test func `a training whose time runs out is told of as far as it came`() throws {
    var job = DryRunJob(written: try experiment(["kind: dense, units: 32, activation: relu", "kind: dense, units: 1"]))
    // Planned for more time than there is.
    job.budget.seconds = 600
    job.written.training[TrainingKeys.epochs] = Fact(3000, .inferred(from: "the test", at: nil))
    let report = DryRun.run(job, patience: 0.5)
    #expect(report.verdict == .inconclusive("the time ran out after 2 checks"))
    #expect(report.checks.map(\.kind) == [.initialLoss, .learns])
    #expect(report.written?.runs.first?.steps ?? 0 > 0)
  }
}
