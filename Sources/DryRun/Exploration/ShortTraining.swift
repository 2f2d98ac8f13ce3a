internal import DryRunMessages
internal import Kernels

/// Short trainings from the same start, to try something out.
struct ShortTraining {
  let version: Plan.Version
  let data: Split
  let seed: UInt64
  let gate: Gate

  // MARK: - One batch by heart

  private static let rowsByHeart = 16
  private static let stepsByHeart = 150
  /// What is left of the loss of a constant where a batch is learnt by heart.
  private static let heartShare = 0.1

  func overfitting(progress: (Double) -> Void) throws(Interruption) -> ExperimentCheck {
    let rows = try data.training.prefix(min(Self.rowsByHeart, version.batch))
    let trainee = try start()
    let optimizer = try optimizer(of: trainee)
    let indices = (0..<version.batch).map { Int32($0 % max(rows.count, 1)) }
    let rate = peakRate(of: trainee)
    var curve: [CurvePoint] = []
    for step in 1...Self.stepsByHeart {
      try gate.check()
      let loss = try self.step(trainee, optimizer, rows: rows, indices, rate: rate)
      curve.append(CurvePoint(Double(step), loss))
      guard loss.isFinite else { break }
      progress(Double(step) / Double(Self.stepsByHeart))
    }
    let baseline = try computing { () throws(KernelError) in
      try Baseline(version.heads, training: rows.targets, heldOut: rows.targets)
    }
    // Dropout and the like keep the loss in training from falling all the way, and moving statistics that in prediction: either will do.
    let predicted = try trainee.score(on: rows, gate: gate)
    let last = curve.suffix(5).map(\.y).reduce(0, +) / 5
    let best = min(last, predicted.loss.isFinite ? predicted.loss : .infinity)
    let figures =
      "\(Figures.count(rows.count, "row")): their loss is \(Figures.short(best)) after "
      + "\(Figures.count(curve.count, "step")), a constant's \(Figures.short(baseline.loss))"
    let points = curve.filter { Int($0.x) % 5 == 1 || $0.x == Double(curve.count) }
    if best <= Self.heartShare * baseline.loss || predicted.figure <= 0.02 {
      return ExperimentCheck(.overfitOneBatch, .passed, "the network can learn \(figures)", curve: points)
    }
    return ExperimentCheck(
      .overfitOneBatch,
      best < 0.7 * baseline.loss ? .open : .failed,
      "the network does not learn by heart \(figures); look for a layer that passes no gradient, "
        + "a learning rate that is far off, or too much dropout and decay",
      curve: points
    )
  }

  // MARK: - Learning rates

  /// Three rates for each power of ten, from a hundredth of the stated rate to a hundred times as much.
  private static let exponents = -6...6
  private static let stepsForRate = 30
  /// A loss of so many times the first is explosion, whatever becomes of it later.
  private static let explosion = 3.0

  /// Goes up with the rate until the loss explodes.
  func sweep(progress: (Double) -> Void) throws(Interruption) -> ExperimentCheck {
    var tried: [CurvePoint] = [], stated = 0.0, exploded: CurvePoint?
    for exponent in Self.exponents where exploded == nil {
      let trainee = try start()
      stated = peakRate(of: trainee)
      let rate = stated * Self.factor(exponent)
      let losses = try losses(of: trainee, rate: rate)
      let end = losses.suffix(5).reduce(0, +) / Double(min(losses.count, 5))
      let point = CurvePoint(rate, end)
      // Written so that no number explodes too.
      if !(end <= Self.explosion * (losses.first ?? 0)) { exploded = point } else { tried.append(point) }
      progress(Double(exponent - Self.exponents.lowerBound + 1) / Double(Self.exponents.count))
    }
    return Self.check(stated: stated, tried: tried, exploded: exploded)
  }

  private static func check(stated: Double, tried: [CurvePoint], exploded: CurvePoint?) -> ExperimentCheck {
    let curve = tried + (exploded.map { [$0] } ?? [])
    func check(_ outcome: ExperimentCheck.Outcome, _ message: String) -> ExperimentCheck {
      ExperimentCheck(.learningRateSweep, outcome, message, curve: curve)
    }
    let rate = Figures.short(stated)
    guard let largest = tried.last else {
      return check(
        .failed,
        "the loss explodes even at a hundredth of the rate \(rate): look at the scale of inputs, targets and weights"
      )
    }
    let best = tried.min { $0.y < $1.y } ?? largest
    let advice = "after \(stepsForRate) steps the loss is lowest at \(Figures.short(best.x))"
    guard let exploded else {
      return check(.passed, "no rate up to \(Figures.short(largest.x)) explodes; \(advice), and the rate is \(rate)")
    }
    let limit = "the largest rate that does not explode is \(Figures.short(largest.x))"
    if exploded.x <= stated * 1.01 {
      return check(
        .failed,
        "\(limit), and the rate is \(rate): a tenth of the largest, \(Figures.short(largest.x / 10)), is a good start"
      )
    }
    return check(.passed, "\(limit), and the rate is \(rate); \(advice)")
  }

  /// A third of a decade for each unit, exact at powers of ten.
  private static func factor(_ exponent: Int) -> Double {
    var factor = [1.0, 2.154_434_69, 4.641_588_834][((exponent % 3) + 3) % 3]
    let decades = (exponent - ((exponent % 3) + 3) % 3) / 3
    for _ in 0..<abs(decades) { factor = decades > 0 ? factor * 10 : factor / 10 }
    return factor
  }

  private func losses(of trainee: Trainee, rate: Double) throws(Interruption) -> [Double] {
    let optimizer = try optimizer(of: trainee)
    var order = BatchOrder(rows: data.training.count, seed: seed)
    var losses: [Double] = []
    for _ in 1...Self.stepsForRate {
      try gate.check()
      let indices = order.next(version.batch)
      losses.append(try step(trainee, optimizer, rows: data.training, indices, rate: rate))
      if losses.last?.isFinite != true { break }
    }
    return losses
  }

  // MARK: - Steps

  private func start() throws(Interruption) -> Trainee {
    do { return try Trainee(version, rows: data.training, seed: seed) } catch { throw .notRunnable(error) }
  }

  private func optimizer(of trainee: Trainee) throws(Interruption) -> Optimizer {
    do { return try trainee.network.makeOptimizer() } catch { throw .notRunnable(error) }
  }

  /// The highest rate of the schedule: warm-up and decay are for longer runs.
  private func peakRate(of trainee: Trainee) -> Double {
    (0..<max(version.steps, 1)).map { trainee.network.rate(at: $0) }.max() ?? 0
  }

  /// One step, unless the loss is no finite number; gives the loss before it.
  private func step(
    _ trainee: Trainee,
    _ optimizer: Optimizer,
    rows: Rows,
    _ indices: [Int32],
    rate: Double
  ) throws(Interruption) -> Double {
    try computing { () throws(KernelError) in
      try trainee.load(rows, indices)
      let loss = try trainee.gradients()
      if loss.isFinite { _ = try optimizer.step(rate: rate) }
      return loss
    }
  }
}
