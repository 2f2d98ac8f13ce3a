import DryRunMessages
import Testing

@testable import DryRun

/// What is made of a training's figures, without the training.
struct ChecksTests {
  /// A training whose held-out loss was looked at every ten steps, beside a constant's loss of 1.
  private func learning(_ heldOut: [Double], training: Double = 1) -> Learning {
    let looks = heldOut.enumerated().map { CurvePoint(Double(10 * $0), $1) }
    var probes = ProbeReport()
    probes.initialLoss = heldOut.first
    let run = RunReport(
      seed: 1,
      steps: 10 * (heldOut.count - 1),
      training: (0..<9).map { CurvePoint(Double($0 + 1), training) },
      heldOut: looks,
      score: heldOut.last ?? .nan,
      probes: probes
    )
    return Learning(run, baseline: 1)
  }

  private func telling(doubt: String? = nil, isRateAssumed: Bool = false) -> Telling {
    Telling(isCutShort: doubt != nil, doubt: doubt, isRateAssumed: isRateAssumed)
  }

  @Test(
    arguments: [
      ([1.2, 0.9, 0.5], 1, .learnt), ([1.2, 0.5, 1.1], 1, .lost), ([1.2, 1, 0.95], 1, .begun),
      ([1.2, 1.1, 1.3], 0.5, .byHeart), ([1.6, 1.4, 1.2, 1.1], 1, .falling), ([1.2, 1, 1, 0.995], 1, .nothing),
      ([1e6, 1e5, 1e4, 1e3], 1, .nothing), ([1, 2, .infinity], 1, .broken),
    ] as [([Double], Double, Learning.Stage)]
  )
  func `tells how far a training got`(heldOut: [Double], training: Double, stage: Learning.Stage) {
    #expect(learning(heldOut, training: training).stage == stage)
  }

  @Test func `a run that learns nothing fails only where that tells something`() {
    let nothing = learning([1, 1, 1, 1])
    func outcome(_ byHeart: ExperimentCheck.Outcome?, _ telling: Telling) -> ExperimentCheck.Outcome {
      LearningCheck(nothing, byHeart: byHeart, telling).check.outcome
    }
    #expect(outcome(.passed, telling()) == .failed)
    #expect(outcome(.open, telling()) == .failed)
    #expect(outcome(.passed, telling(doubt: "3 steps are too few to tell")) == .open)
    #expect(outcome(.failed, telling(doubt: "3 steps are too few to tell")) == .failed)
    #expect(outcome(.open, telling(isRateAssumed: true)) == .open)
    #expect(outcome(.passed, telling(isRateAssumed: true)) == .failed)
  }

  @Test func `a training that is still falling fails only where not even one batch is learnt`() {
    let falling = learning([1.6, 1.4, 1.2, 1.1])
    #expect(LearningCheck(falling, byHeart: .open, telling()).check.outcome == .open)
    #expect(LearningCheck(falling, byHeart: .failed, telling()).check.outcome == .failed)
  }

  @Test(
    arguments: [
      ([1.2, 1.1], .passed), ([2, 1.9], .open), ([20, 5, 1.2], .open), ([20, 19, 18], .failed), ([.nan, 1], .failed),
    ] as [([Double], ExperimentCheck.Outcome)]
  )
  func `an initial loss fails where training does not make up for it`(
    heldOut: [Double],
    outcome: ExperimentCheck.Outcome
  ) {
    #expect(InitialLossCheck(learning(heldOut), isCutShort: false).check.outcome == outcome)
  }

  @Test func `an initial loss fails no run that was cut short`() {
    #expect(InitialLossCheck(learning([20, 19, 18]), isCutShort: true).check.outcome == .open)
  }

  @Test func `zeroed inputs are compared with what was learnt`() {
    let blind = learning([1.2, 1, 1]).run, clever = learning([1.2, 0.6, 0.5]).run
    #expect(ZeroedInputCheck(learning([1.2, 0.6, 0.5]), blind: blind).check.outcome == .passed)
    #expect(ZeroedInputCheck(learning([1.2, 0.6, 0.5]), blind: clever).check.outcome == .failed)
    #expect(ZeroedInputCheck(learning([1.2, 1, 1]), blind: blind).check.outcome == .failed)
    #expect(ZeroedInputCheck(learning([1.2, 1, 1]), blind: nil).check.outcome == .open)
    #expect(!ZeroedInputCheck.isWorthwhile(learning([1.6, 1.4, 1.2, 1.1]), .open))
    #expect(ZeroedInputCheck.isWorthwhile(learning([1.2, 1, 1]), .failed))
  }

  // MARK: - One batch

  private func byHeart(_ losses: [Double], obstacle: String? = nil) -> ExperimentCheck.Outcome {
    BatchByHeart(
      losses: losses,
      predicted: Score(loss: losses.last ?? .nan, figure: 1),
      baseline: 1,
      rows: 16,
      rate: 0.001,
      obstacle: obstacle
    ).check.outcome
  }

  @Test func `a batch that is not learnt by heart fails only where nothing of it is`() {
    let steps = 0..<BatchByHeart.fullLength
    #expect(byHeart(steps.map { 1 / Double($0 + 1) }) == .passed)
    #expect(byHeart(steps.map { _ in 1 }) == .failed)
    #expect(byHeart(steps.map { max(1 - 0.01 * Double($0), 0.6) }) == .open)
    #expect(byHeart(steps.map { 1.3 - 0.002 * Double($0) }) == .open, "still falling")
    #expect(byHeart(steps.map { 1e6 - 1e3 * Double($0) }) == .failed, "falling, and far from all knowing")
    #expect(byHeart(steps.map { _ in 1 }, obstacle: "the model is linear") == .open)
    #expect(byHeart([1, 1, 1, 1, 1, 1]) == .open, "too few steps")
    #expect(byHeart([1, 2, .infinity]) == .failed)
  }
}
