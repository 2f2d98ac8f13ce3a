import DryRunMessages
import Kernels
import Testing

@testable import DryRun

#if canImport(Glibc)
import Glibc
#endif

struct JudgeTests {
  private func judge(baseline: Double = 1, seeds: ClosedRange<Int> = 3...9) -> Judge {
    Judge(metric: "loss", baseline: baseline, seeds: seeds, steps: 200)
  }

  private func pairs(_ scores: [(Double, Double)]) -> [Judgement.Pair] {
    scores.enumerated().map {
      Judgement.Pair(seed: UInt64($0.offset + 1), written: $0.element.0, changed: $0.element.1)
    }
  }

  // MARK: - Verdicts

  @Test func `a change that helps all seeds alike is confirmed at the first look`() {
    let pairs = pairs([(0.61, 0.08), (0.58, 0.079), (0.63, 0.082)])
    #expect(judge().verdict(on: Array(pairs.prefix(2))) == nil)
    #expect(judge().verdict(on: pairs) == .confirmed)
    let judgement = judge().judgement(of: pairs)
    #expect(abs(judgement.ratio - 7.55) < 0.05)
    #expect(judgement.interval.lowerBound > Judge.minimumRatio)
    #expect(judgement.interval.contains(judgement.ratio))
  }

  @Test func `equal versions are refuted`() {
    #expect(judge().verdict(on: pairs([(0.4, 0.4), (0.5, 0.5), (0.45, 0.45)])) == .refuted)
    #expect(judge().judgement(of: pairs([(0.4, 0.4), (0.5, 0.5), (0.45, 0.45)])).ratio == 1)
  }

  @Test func `a change that makes it worse is refuted`() {
    #expect(judge().verdict(on: pairs([(0.08, 0.61), (0.079, 0.58), (0.082, 0.63)])) == .refuted)
  }

  @Test func `a gain below the least one that counts is refuted`() {
    #expect(judge().verdict(on: pairs([(0.42, 0.4), (0.53, 0.5), (0.47, 0.45)])) == .refuted)
  }

  @Test func `a gain of next to nothing is refuted, however large its ratio`() {
    #expect(judge().verdict(on: pairs([(0.004, 0.002), (0.005, 0.0025), (0.0042, 0.0021)])) == .refuted)
    #expect(
      judge(baseline: 0.01).verdict(on: pairs([(0.004, 0.002), (0.005, 0.0025), (0.0042, 0.0021)])) == .confirmed
    )
  }

  @Test func `seeds that differ call for more seeds, and in the end leave it open`() {
    let scores = [
      (0.6, 0.2), (0.2, 0.5), (0.7, 0.3), (0.3, 0.4), (0.5, 0.2), (0.2, 0.6), (0.6, 0.3), (0.4, 0.3), (0.2, 0.3),
    ]
    for count in 3..<9 {
      #expect(judge().verdict(on: pairs(Array(scores.prefix(count)))) == nil)
    }
    #expect(judge().verdict(on: pairs(scores))?.name == "inconclusive")
    #expect(judge(seeds: 3...5).verdict(on: pairs(Array(scores.prefix(5))))?.name == "inconclusive")
  }

  @Test func `a version that learns where the other does not is confirmed, however much is left`() {
    // Ratios of about 1.1.
    let scores = [(1.0, 0.9), (1.001, 0.91), (1.0, 0.92), (0.999, 0.905)]
    #expect(judge().verdict(on: pairs(scores)) == .confirmed)
    // A third more is not half as much again.
    #expect(judge().verdict(on: pairs([(0.7, 0.6), (0.71, 0.61), (0.69, 0.6)])) != .confirmed)
  }

  // MARK: - Scores that are no ordinary numbers

  @Test func `runs that do not stay finite count as lost`() {
    #expect(judge().verdict(on: pairs([(.infinity, 0.1), (.infinity, 0.4), (.nan, 0.2)])) == .confirmed)
    #expect(judge().verdict(on: pairs([(0.1, .infinity), (0.4, .infinity), (0.2, .infinity)])) == .refuted)
    let ratio = judge().judgement(of: pairs([(.infinity, 0.1), (.infinity, 0.1), (.infinity, 0.1)])).ratio
    #expect(abs(ratio - 100) < 1e-9, "infinity counts as ten baselines")
  }

  @Test func `where neither version stays finite there is nothing to compare`() {
    let pair: (Double, Double) = (.infinity, .nan)
    #expect(judge().verdict(on: pairs([pair, pair, pair])) == .inconclusive("neither version stays finite"))
  }

  @Test func `scores of 0 can be compared`() {
    #expect(judge().verdict(on: pairs([(0, 0), (0, 0), (0, 0)])) == .refuted)
    #expect(judge().verdict(on: pairs([(0.3, 0), (0.2, 0), (0.25, 0)])) == .confirmed)
    #expect(judge().judgement(of: pairs([(0.3, 0), (0.2, 0), (0.25, 0)])).ratio.isFinite)
  }

  @Test func `what a constant does as well shows nothing`() {
    #expect(
      judge().verdict(on: pairs([(1, 1.005), (1.01, 1), (0.995, 1)]))
        == .inconclusive("neither version does better than a constant after 200 steps")
    )
    #expect(
      judge().verdict(on: pairs([(0.95, 0.94), (0.96, 0.95), (0.95, 0.935)]))?.reason
        == "as written little is learnt in 200 steps, too little to tell whether the change helps"
    )
    #expect(judge().verdict(on: pairs([(8, 1.1), (7, 1.2), (9, 1.15)]))?.name == "inconclusive")
    #expect(
      judge().verdict(on: pairs([(0.5, 1), (0.51, 1), (0.49, 1)])) == .refuted,
      "the change loses what there was"
    )
  }

  @Test func `one seed is too few`() {
    #expect(judge(seeds: 1...1).verdict(on: pairs([(1, 0.1)]))?.name == "inconclusive")
  }

  // MARK: - Errors

  /// How often a change whose log ratios are normal is confirmed, and refuted.
  private func shares(ratio: Double, deviation: Double, series: Int) -> (confirmed: Double, refuted: Double) {
    let judge = judge()
    var confirmed = 0, refuted = 0
    for index in 0..<series {
      let draws = RandomStream(seed: 7, purpose: .data, index: index).normal(9)
      // 0.3 baselines as written: far from floor and ceiling.
      let all = pairs(draws.map { (0.3, 0.3 / (ratio * exp(deviation * Double($0)))) })
      for count in 3...9 {
        guard let verdict = judge.verdict(on: Array(all.prefix(count))) else { continue }
        if verdict == .confirmed { confirmed += 1 }
        if verdict == .refuted { refuted += 1 }
        break
      }
    }
    return (Double(confirmed) / Double(series), Double(refuted) / Double(series))
  }

  @Test(arguments: [
    (1, 0.1, 0.001), (1, 0.2, 0.005), (1, 0.5, 0.02), (1.15, 0.05, 0.04), (1.15, 0.2, 0.04), (1.15, 0.4, 0.04),
  ])
  func `a change without effect is seldom confirmed`(ratio: Double, deviation: Double, most: Double) {
    let shares = shares(ratio: ratio, deviation: deviation, series: 4000)
    #expect(shares.confirmed <= most, "\(shares)")
  }

  @Test(arguments: [(0.1, 0.3, 1.0), (0.3, 0.2, 1), (0.3, 0.5, 1), (0.2, 0.3, 1.5)])
  func `learning as much, or half as much again, is seldom confirmed`(learnt: Double, deviation: Double, gain: Double) {
    var confirmed = 0
    for index in 0..<4000 {
      let draws = RandomStream(seed: 8, purpose: .data, index: index).normal(18).map(Double.init)
      let all = pairs(
        (0..<9).map {
          (1 - learnt * (1 + deviation * draws[$0]), 1 - learnt * gain * (1 + deviation * draws[9 + $0]))
        }
      )
      let verdict = (3...9).lazy.compactMap { self.judge().verdict(on: Array(all.prefix($0))) }.first
      if verdict == .confirmed { confirmed += 1 }
    }
    #expect(Double(confirmed) / 4000 <= 0.04, "\(confirmed)")
  }

  @Test(arguments: [(2, 0.1, 0.99), (2, 0.3, 0.85), (1.5, 0.1, 0.95), (4, 0.5, 0.9)])
  func `a large effect is nearly always confirmed`(ratio: Double, deviation: Double, least: Double) {
    let shares = shares(ratio: ratio, deviation: deviation, series: 2000)
    #expect(shares.confirmed >= least, "\(shares)")
    #expect(shares.refuted <= 0.01)
  }
}
