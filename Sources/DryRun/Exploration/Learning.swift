internal import DryRunMessages
internal import Kernels

/// How far a training got below what knowing nothing gets, on rows that were held out.
struct Learning {
  enum Stage: Hashable {
    /// A loss was no finite number.
    case broken
    /// It ends below.
    case learnt
    /// It was below, and has come up again.
    case lost
    /// It got below by less than counts.
    case begun
    /// Only the loss on the rows that it is trained on is below.
    case byHeart
    /// It is above and still coming down.
    case falling
    case nothing
  }

  let stage: Stage
  let run: RunReport
  let baseline: Double
  /// The lowest loss after a step; infinite where none is finite.
  let lowest: CurvePoint

  /// What is left of a constant's loss where something has been learnt, and where it may have been.
  private static let learnt = 0.9
  private static let begun = 0.98
  /// So many times the constant's loss is far from all knowing: coming down from there says nothing yet.
  static let far = 3.0

  init(_ run: RunReport, baseline: Double) {
    self.run = run
    self.baseline = baseline
    lowest = run.lowestHeldOut
    // Single batches may be easy.
    let late = run.training.suffix(max(run.training.count / 3, 1)).map(\.y)
    let trained = late.reduce(0, +) / Double(max(late.count, 1))
    stage =
      if !run.score.isFinite {
        .broken
      } else if run.score < Self.learnt * baseline {
        .learnt
      } else if lowest.y < Self.learnt * baseline {
        .lost
      } else if lowest.y < Self.begun * baseline {
        .begun
      } else if trained < Self.learnt * baseline {
        .byHeart
      } else if run.score < Self.far * baseline, Self.isFalling(run.heldOut.map(\.y)) {
        .falling
      } else {
        .nothing
      }
  }

  /// Whether losses that are looked at now and then are clearly lower at the end than in the middle, and still on their way.
  private static func isFalling(_ losses: [Double]) -> Bool {
    guard losses.count > 2, let last = losses.last else { return false }
    return last < 0.98 * losses[losses.count / 2] && last < 0.998 * losses[losses.count - 2]
  }
}

extension RunReport {
  /// The lowest held-out loss after a step; infinite where none is finite.
  var lowestHeldOut: CurvePoint {
    heldOut.dropFirst().filter(\.y.isFinite).min { $0.y < $1.y } ?? CurvePoint(0, .infinity)
  }
}

/// Whether a training that learns nothing blames the network, or whether too little was tried to tell.
struct Telling {
  /// Whether there was no room, or no time, for as many steps as show anything.
  let isCutShort: Bool
  /// What is too little, in words; nil where the training is long enough and on enough rows.
  let doubt: String?
  /// Whether nothing states the learning rate, nor says what framework's is meant.
  let isRateAssumed: Bool

  /// Fewer examples of each class are learnt by heart rather than told apart.
  private static let leastOfClass = 10

  init(isCutShort: Bool, doubt: String?, isRateAssumed: Bool) {
    self.isCutShort = isCutShort
    self.doubt = doubt
    self.isRateAssumed = isRateAssumed
  }

  /// `steps` are those that the training made.
  init(_ plan: Plan, _ data: Split, steps: Int) {
    isCutShort = plan.isCutShort || steps < plan.written.steps
    isRateAssumed = plan.written.hasAssumedRate
    let crowded = zip(plan.written.heads, data.training.targets).compactMap { head, targets -> String? in
      let (classes, examples): (Int, Int) =
        switch head.form {
        case .classIndex(let count): (count, targets.count)
        case .oneHot(let count): (count, targets.count / max(count, 1))
        case .numbers, .bits: (0, 0)
        }
      guard classes > 0, examples / classes < Self.leastOfClass else { return nil }
      return "\(Figures.count(examples, "row")) for \(classes) classes are too few to tell"
    }
    doubt = isCutShort ? "\(Figures.count(steps, "step")) are too few to tell" : crowded.first
  }

  /// The doubt that remains when it is known whether one batch can be learnt by heart.
  func doubt(byHeart: ExperimentCheck.Outcome?) -> String? {
    switch byHeart {
    case .failed: nil
    case .passed: doubt
    case .open, nil: doubt ?? (isRateAssumed ? "nothing states the learning rate, and another may do" : nil)
    }
  }
}

extension Plan.Version {
  var hasAssumedRate: Bool {
    (try? OptimizerSettings(experiment))?.isRateAssumed ?? false
  }
}
