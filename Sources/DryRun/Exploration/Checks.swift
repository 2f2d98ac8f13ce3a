internal import DryRunMessages

/// The loss before the first step against that of knowing nothing.
struct InitialLossCheck {
  let check: ExperimentCheck

  /// Sums of variance 1 in front of a softmax raise the loss of ten classes by a fifth to a half; what is above that comes from weights or
  /// inputs that are too large.
  private static let passing = 1.5
  private static let failing = 3.0

  init(_ probes: ProbeReport) {
    guard let initial = probes.initialLoss, let expected = probes.expectedInitialLoss, initial.isFinite, expected > 0
    else {
      check = ExperimentCheck(.initialLoss, .failed, "the loss is no finite number before the first step")
      return
    }
    let ratio = initial / expected
    let figures =
      "the loss starts at \(Figures.short(initial)), and the best constant prediction gets \(Figures.short(expected))"
    if ratio <= Self.passing {
      check = ExperimentCheck(.initialLoss, .passed, figures)
    } else {
      check = ExperimentCheck(
        .initialLoss,
        ratio > Self.failing ? .failed : .open,
        figures + ": the first predictions are \(Figures.short(ratio)) times worse than knowing nothing; "
          + "normalise inputs and targets, or start the last layer with smaller weights"
      )
    }
  }
}

/// Whether training gets below a constant on rows that it has not seen.
struct LearningCheck {
  let check: ExperimentCheck

  init(_ run: RunReport, baseline: Baseline) {
    let steps = Figures.count(run.steps, "step")
    guard run.score.isFinite else {
      let place = run.probes.nonFinite.flatMap(\.layer).map { ", first in \"\($0)\"" } ?? ""
      check = ExperimentCheck(
        .learns,
        .failed,
        "the run does not stay finite: it ends at step \(run.steps)\(place); lower the learning rate, or look at the scale of the data"
      )
      return
    }
    let figures =
      "the held-out loss is \(Figures.short(run.score)) after \(steps), a constant's \(Figures.short(baseline.loss))"
    if run.score < 0.9 * baseline.loss {
      check = ExperimentCheck(.learns, .passed, figures)
    } else if run.score < 0.98 * baseline.loss {
      check = ExperimentCheck(.learns, .open, figures + ": it has begun to learn at best")
    } else {
      check = ExperimentCheck(
        .learns,
        .failed,
        figures
          + ": it has learnt nothing; the learning rate, the start of the weights and the last activation are what to look at first"
      )
    }
  }
}
