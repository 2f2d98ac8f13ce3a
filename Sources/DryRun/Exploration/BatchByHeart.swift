internal import DryRunMessages

/// What came of training on the same few rows again and again.
struct BatchByHeart {
  let losses: [Double]
  /// Of the same rows at the end, without dropout and the like.
  let predicted: Score
  /// The loss of the best constant for these rows.
  let baseline: Double
  let rows: Int
  let rate: Double
  /// Why the network cannot do it at all, in words.
  let obstacle: String?

  /// The steps in which a network that is able to has done it.
  static let fullLength = 150
  /// What is left of a constant's loss where a batch is learnt by heart, and where something of it is.
  private static let known = 0.1
  private static let noticed = 0.85

  /// The lower of the losses in training and in prediction, where finite.
  private var best: Double {
    let last = losses.suffix(5).reduce(0, +) / Double(max(min(losses.count, 5), 1))
    return [last, predicted.loss].filter(\.isFinite).min() ?? .infinity
  }

  /// As "the loss of 16 rows is 0.02 after 150 steps, a constant's 0.69".
  var summary: String {
    "the loss of \(Figures.count(rows, "row")) is \(Figures.short(best)) after \(Figures.count(losses.count, "step")), "
      + "a constant's \(Figures.short(baseline))"
  }

  /// Whether at least something of the batch was learnt.
  var isNoticed: Bool { best < Self.noticed * baseline }

  var check: ExperimentCheck {
    let (outcome, words) = judgement
    let points = losses.indices.filter { $0.isMultiple(of: 5) || $0 == losses.count - 1 }
      .map { CurvePoint(Double($0 + 1), losses[$0]) }
    return ExperimentCheck(.overfitOneBatch, outcome, "\(words.before): \(summary)\(words.after)", curve: points)
  }

  private typealias Words = (before: String, after: String)

  private var judgement: (ExperimentCheck.Outcome, Words) {
    if predicted.figure <= 0.02 || baseline > 0 && best <= Self.known * baseline {
      return (.passed, ("the network can learn a batch by heart", ""))
    }
    let advice =
      "; look for a layer that passes no gradient, a learning rate that is far off, or too much dropout and decay"
    if baseline <= 0 {
      return (
        .open, ("whether the network learns a batch by heart cannot be told", ", and a loss can be negative here")
      )
    }
    if !best.isFinite { return (.failed, ("the network does not stay finite on a single batch", advice)) }
    if let obstacle { return (.open, ("the network does not learn a batch by heart", "; \(obstacle)")) }
    if isNoticed { return (.open, ("the network learns a batch in part", advice)) }
    if best < Learning.far * baseline, isFalling {
      return (.open, ("the network has not learnt a batch by heart yet", ", and it is still falling"))
    }
    if losses.count < Self.fullLength {
      return (.open, ("the network has not learnt a batch by heart yet", ", and so few steps do not tell"))
    }
    return (.failed, ("the network does not learn a batch by heart", advice))
  }

  /// Whether the loss is clearly lower in the last fifth of the steps than in the middle one.
  private var isFalling: Bool {
    let fifth = losses.count / 5
    guard fifth > 0 else { return false }
    let middle = losses[2 * fifth..<3 * fifth].reduce(0, +), end = losses.suffix(fifth).reduce(0, +)
    return end < 0.98 * middle
  }
}
