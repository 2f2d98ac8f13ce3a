internal import DryRunMessages

// A check fails where something is wrong with the experiment, whatever its data: one that cries wolf is one that nobody looks at. Where
// the training was too short to tell, or another cause is likelier, it is open and says so.

/// The loss before the first step against that of knowing nothing.
struct InitialLossCheck {
  let check: ExperimentCheck

  /// Sums of variance 1 in front of a softmax raise the loss of ten classes by a fifth to a half; what is above that comes from weights or
  /// inputs that are too large.
  private static let passing = 1.5
  private static let failing = 3.0

  init(_ learning: Learning, isCutShort: Bool) {
    let initial = learning.run.probes.initialLoss ?? .nan, expected = learning.baseline
    guard initial.isFinite else {
      check = ExperimentCheck(.initialLoss, .failed, "the loss is no finite number before the first step")
      return
    }
    let figures =
      "the loss starts at \(Figures.short(initial)), and the best constant prediction gets \(Figures.short(expected))"
    let ratio = initial / expected
    guard expected > 0 else {
      check = ExperimentCheck(.initialLoss, .open, figures + ": where a loss can be negative, that is no scale")
      return
    }
    guard ratio > Self.passing else {
      check = ExperimentCheck(.initialLoss, .passed, figures)
      return
    }
    let excess = "\(figures): the first predictions are \(Figures.short(ratio)) times worse than knowing nothing"
    let advice = "normalise inputs and targets, or start the last layer with smaller weights"
    let recovery = learning.run.heldOut.dropFirst().first { $0.y <= Self.passing * expected }
    if let recovery {
      let steps = Figures.count(Int(recovery.x), "step")
      check = ExperimentCheck(.initialLoss, .open, "\(excess), which training makes up for within \(steps); \(advice)")
    } else if ratio <= Self.failing || isCutShort {
      check = ExperimentCheck(.initialLoss, .open, "\(excess); \(advice)")
    } else {
      check = ExperimentCheck(.initialLoss, .failed, "\(excess), and training does not make up for it; \(advice)")
    }
  }
}

/// Whether training gets below a constant on rows that it has not seen.
struct LearningCheck {
  let check: ExperimentCheck

  /// `byHeart` says whether one batch can be learnt by heart; nil where it was not tried.
  init(_ learning: Learning, byHeart: ExperimentCheck.Outcome?, _ telling: Telling) {
    let run = learning.run
    let figures =
      "the held-out loss is \(Figures.short(run.score)) after \(Figures.count(run.steps, "step")), "
      + "a constant's \(Figures.short(learning.baseline))"
    func check(_ outcome: ExperimentCheck.Outcome, _ message: String) -> ExperimentCheck {
      ExperimentCheck(.learns, outcome, message)
    }
    let lowest = learning.lowest
    self.check =
      switch learning.stage {
      case .broken: Self.broken(run, telling)
      case _ where learning.baseline <= 0:
        check(.open, figures + ": where a loss can be negative, that is no scale")
      case .learnt: check(.passed, figures)
      case .lost:
        check(
          .open,
          "\(figures): it was down to \(Figures.short(lowest.y)) at step \(Int(lowest.x)); the learning rate may be too high, "
            + "or the rows too few for so large a network"
        )
      case .begun: check(.open, figures + ": it has begun to learn at best")
      case .byHeart:
        check(.open, figures + ": it learns the rows that it is trained on, and nothing that holds for others")
      case .falling where byHeart != .failed:
        check(.open, figures + ": it is still falling, and the run too short to tell")
      case .falling, .nothing:
        if let doubt = telling.doubt(byHeart: byHeart) {
          check(.open, "\(figures): \(doubt)")
        } else {
          check(
            .failed,
            figures
              + ": it has learnt nothing; the learning rate, the start of the weights and the last activation are what to look at first"
          )
        }
      }
  }

  private static func broken(_ run: RunReport, _ telling: Telling) -> ExperimentCheck {
    let place = run.probes.nonFinite.flatMap(\.layer).map { ", first in \"\($0)\"" } ?? ""
    return ExperimentCheck(
      .learns,
      telling.isRateAssumed ? .open : .failed,
      "the run does not stay finite: it ends at step \(run.steps)\(place); "
        + (telling.isRateAssumed
          ? "nothing states the learning rate, and a lower one may do"
          : "lower the learning rate, or look at the scale of the data")
    )
  }
}

/// Whether the network does better with its inputs than with zeros in their place.
struct ZeroedInputCheck {
  let check: ExperimentCheck

  /// Whether a training with zeros says anything of a network that got as far as this.
  static func isWorthwhile(_ learning: Learning, _ learns: ExperimentCheck.Outcome) -> Bool {
    switch learning.stage {
    case .broken, .byHeart: false
    case .learnt, .lost, .begun: true
    case .falling, .nothing: learns == .failed
    }
  }

  /// `blind` is the training with zeros; nil where it says nothing.
  init(_ learning: Learning, blind: RunReport?) {
    guard let blind else {
      let reason =
        learning.stage == .broken ? "the run does not stay finite" : "the network has not learnt enough with its inputs"
      check = ExperimentCheck(.zeroedInput, .open, "\(reason), so that there is nothing to compare")
      return
    }
    let with = learning.lowest.y, without = blind.lowestHeldOut.y
    let share = 1 - (without - with) / abs(without)
    let (outcome, words): (ExperimentCheck.Outcome, String) =
      switch learning.stage {
      case .learnt, .lost, .begun:
        share < 0.9
          ? (.passed, "the network uses its inputs")
          : share < 0.98 || learning.stage == .begun
            ? (.open, "the network makes little of its inputs") : (.failed, "the network makes nothing of its inputs")
      // What is worse than a constant does not get better by being better than something else.
      case .broken, .byHeart, .falling, .nothing:
        share < 0.98
          ? (.open, "the network learns nothing with its inputs, and less without")
          : (.failed, "the network makes nothing of its inputs")
      }
    let advice = "look at how the inputs are scaled, and at what lies between them and the output"
    check = ExperimentCheck(
      .zeroedInput,
      outcome,
      "\(words): the held-out loss gets down to \(Figures.short(with)) with its inputs, "
        + "\(Figures.short(without)) with zeros in their place" + (outcome == .passed ? "" : "; \(advice)")
    )
  }
}
