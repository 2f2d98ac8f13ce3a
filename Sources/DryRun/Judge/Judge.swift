import DryRunMessages

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Decides from the scores of pairs of runs whether a change helps.
///
/// `docs/dry-runs/judge.md` says why the figures are what they are, and what errors they lead to.
struct Judge {
  /// The least ratio of as-written over changed that counts.
  static let minimumRatio = 1.15
  /// How many times as much must be learnt for a change to count, whatever the ratio of what is left.
  ///
  /// What is learnt is how far the score lies below the baseline. In a run that is too short to end near 0 the ratio is small, though
  /// one version may learn and the other not.
  static let minimumGain = 1.5
  /// The least difference that counts, in terms of the baseline: what falls from next to nothing to nothing is no matter.
  static let minimumShare = 0.02
  /// The probability of an error at each look.
  static let level = 0.01
  /// Scores count as this many baselines at most.
  ///
  /// A network that is far worse than a constant knows nothing, and how loudly it does so says nothing. A run that does not stay finite counts so too.
  static let ceiling = 10.0
  /// And as this share of the baseline at least, so that 0 has a logarithm.
  static let floor = 0.001
  /// What is left of the baseline where the version as written has learnt enough for a finding to be refuted.
  static let learntShare = 0.8

  /// What the scores are: `loss`, `error rate`, `1 - R2`.
  let metric: String
  /// The score of the best constant prediction.
  let baseline: Double
  /// The fewest and the most pairs; each number of pairs between has its look.
  let seeds: ClosedRange<Int>
  /// The optimizer steps of each run, for sentences.
  let steps: Int

  /// The verdict on the pairs so far; nil where another pair has to tell.
  func verdict(on pairs: [Judgement.Pair]) -> Verdict? {
    guard pairs.count >= seeds.lowerBound else { return nil }
    guard pairs.count > 1 else { return .inconclusive("one seed tells nothing of how much seeds differ") }
    if pairs.allSatisfy({ !$0.written.isFinite && !$0.changed.isFinite }) {
      return .inconclusive("neither version stays finite")
    }
    let comparison = Comparison(pairs, baseline: baseline)
    let share = Self.minimumShare * baseline
    let isLower = comparison.logarithm.lower >= log(Self.minimumRatio) || comparison.gain.lower >= share
    if isLower, comparison.difference.mean >= share {
      guard comparison.changed < baseline else {
        return .inconclusive(
          "the change helps, but with it the \(metric) is still that of a constant after \(steps) steps"
        )
      }
      return .confirmed
    }
    let isNoLower = comparison.logarithm.upper < log(Self.minimumRatio) && comparison.gain.upper < share
    if isNoLower || comparison.difference.upper < share {
      let known = (1 - Self.minimumShare) * baseline
      guard min(comparison.written, comparison.changed) < known else {
        return .inconclusive("neither version does better than a constant after \(steps) steps")
      }
      // A run too short to learn in shows nothing of what keeps it from learning.
      guard comparison.written < Self.learntShare * baseline else {
        return .inconclusive(
          "as written little is learnt in \(steps) steps, too little to tell whether the change helps"
        )
      }
      return .refuted
    }
    guard pairs.count >= seeds.upperBound else { return nil }
    return .inconclusive("the seeds differ too much: \(pairs.count) of them leave open whether the change helps")
  }

  /// How the pairs compare, in figures for people.
  func judgement(of pairs: [Judgement.Pair]) -> Judgement {
    let comparison = Comparison(pairs, baseline: baseline)
    return Judgement(
      metric: metric,
      pairs: pairs,
      baseline: baseline,
      ratio: exp(comparison.logarithm.mean),
      interval: exp(comparison.logarithm.lower)...exp(comparison.logarithm.upper),
      test: "paired t-tests of the log ratio and of what is learnt, one-sided, 1 % at each look",
      minimumRatio: Self.minimumRatio
    )
  }
}

/// What pairs of scores come to.
private struct Comparison {
  /// Of as-written over changed.
  let logarithm: MeanWithBounds
  /// Of as-written less changed.
  let difference: MeanWithBounds
  /// Of what the changed version learns, less as much as counts against what the other one does.
  let gain: MeanWithBounds
  /// The mean score of each version, within floor and ceiling.
  let written: Double
  let changed: Double

  init(_ pairs: [Judgement.Pair], baseline: Double) {
    func bounded(_ score: Double) -> Double {
      // Not a number is no better than infinity.
      score.isNaN ? Judge.ceiling * baseline : min(max(score, Judge.floor * baseline), Judge.ceiling * baseline)
    }
    let written = pairs.map { bounded($0.written) }, changed = pairs.map { bounded($0.changed) }
    self.written = written.reduce(0, +) / Double(pairs.count)
    self.changed = changed.reduce(0, +) / Double(pairs.count)
    logarithm = MeanWithBounds(zip(written, changed).map { log($0 / $1) })
    difference = MeanWithBounds(zip(written, changed).map { $0 - $1 })
    gain = MeanWithBounds(
      zip(written, changed).map { (baseline - $1) - Judge.minimumGain * max(baseline - $0, 0) }
    )
  }
}

/// A mean with what it is surely above and surely below: one-sided bounds at the judge's level.
struct MeanWithBounds {
  let mean: Double
  let lower: Double
  let upper: Double

  init(_ numbers: [Double]) {
    let count = Double(numbers.count)
    mean = numbers.reduce(0, +) / count
    guard numbers.count > 1 else {
      (lower, upper) = (-.infinity, .infinity)
      return
    }
    let mean = mean
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / (count - 1) / count).squareRoot()
    let reach = error * StudentT.quantile(1 - Judge.level, degrees: numbers.count - 1)
    (lower, upper) = (mean - reach, mean + reach)
  }
}
