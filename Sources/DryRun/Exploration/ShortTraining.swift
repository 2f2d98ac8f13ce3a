internal import DryRunMessages
internal import Kernels

/// Short trainings from the same start, to try something out.
struct ShortTraining {
  let plan: Plan
  let data: Split
  let seed: UInt64
  let gate: Gate

  private var version: Plan.Version { plan.written }

  // MARK: - One batch by heart

  private static let rowsByHeart = 16

  /// Trains on the same few rows again and again.
  func overfitting(progress: (Double) -> Void) throws(Interruption) -> ExperimentCheck {
    let rows = try data.training.prefix(min(Self.rowsByHeart, version.batch))
    let first = try byHeart(rows, rateFactor: 1) { progress($0) }
    guard first.check.outcome == .failed, version.hasAssumedRate else { return first.check }
    // What no one chose is not to be blamed: a rate for small networks may be far too high for a large one.
    let second = try byHeart(rows, rateFactor: 0.1) { progress($0) }
    guard second.isNoticed else { return first.check }
    var check = first.check
    check.outcome = .open
    check.message =
      "at the rate \(Figures.short(first.rate)), which nothing states, the network does not learn a batch by heart; "
      + "at a tenth of it, \(second.summary)"
    return check
  }

  private func byHeart(
    _ rows: Rows,
    rateFactor: Double,
    progress: (Double) -> Void
  ) throws(Interruption) -> BatchByHeart {
    let trainee = try start()
    let optimizer = try optimizer(of: trainee)
    let indices = (0..<version.batch).map { Int32($0 % max(rows.count, 1)) }
    let rate = peakRate(of: trainee) * rateFactor
    let steps = plan.exploration.stepsByHeart
    var losses: [Double] = []
    for step in 1...max(steps, 1) {
      try gate.check()
      let loss = try self.step(trainee, optimizer, rows: rows, indices, rate: rate)
      losses.append(loss)
      guard loss.isFinite else { break }
      progress(Double(step) / Double(steps))
    }
    let baseline = try computing { () throws(KernelError) in
      try Baseline(version.heads, training: rows.targets, heldOut: rows.targets)
    }
    return BatchByHeart(
      losses: losses,
      // Dropout and the like keep the loss in training from falling all the way, and moving statistics that in prediction: either will do.
      predicted: try trainee.score(on: rows, gate: gate),
      baseline: baseline.loss,
      rows: rows.count,
      rate: rate,
      obstacle: obstacle(to: trainee, rows)
    )
  }

  /// Why the network cannot learn rows by heart, however well it is trained; nil where it may.
  private func obstacle(to trainee: Trainee, _ rows: Rows) -> String? {
    if version.experiment.isLinear(upTo: version.heads.map(\.layer)) {
      return "the model is linear, and what it is to learn need not be"
    }
    let parameters = trainee.network.learntParameters.reduce(0) { $0 + $1.value.count }
    let numbers = rows.targets.reduce(0) { $0 + $1.count }
    guard parameters < numbers else { return nil }
    return "the network has \(Figures.count(parameters, "parameter")) for \(numbers) numbers"
  }

  // MARK: - Learning rates

  /// A loss of so many times the first is explosion, whatever becomes of it later.
  private static let explosion = 3.0

  /// Goes up with the rate until the loss explodes.
  func sweep(progress: (Double) -> Void) throws(Interruption) -> ExperimentCheck {
    var tried: [CurvePoint] = [], stated = 0.0, exploded: CurvePoint?
    for (place, exponent) in plan.exploration.exponents.enumerated() where exploded == nil {
      let trainee = try start()
      stated = peakRate(of: trainee)
      let rate = stated * Self.factor(exponent)
      let losses = try losses(of: trainee, rate: rate)
      let end = losses.suffix(5).reduce(0, +) / Double(min(losses.count, 5))
      let point = CurvePoint(rate, end)
      // Written so that no number explodes too.
      if !(end <= Self.explosion * (losses.first ?? 0)) { exploded = point } else { tried.append(point) }
      progress(Double(place + 1) / Double(plan.exploration.exponents.count))
    }
    return check(stated: stated, tried: tried, exploded: exploded)
  }

  private func check(stated: Double, tried: [CurvePoint], exploded: CurvePoint?) -> ExperimentCheck {
    let curve = tried + (exploded.map { [$0] } ?? [])
    func check(_ outcome: ExperimentCheck.Outcome, _ message: String) -> ExperimentCheck {
      ExperimentCheck(.learningRateSweep, outcome, message, curve: curve)
    }
    let rate = Figures.short(stated)
    guard let largest = tried.last else {
      let lowest = Figures.short(exploded?.x ?? stated)
      return check(
        .failed,
        "the loss explodes even at \(lowest), and the rate is \(rate): look at the scale of inputs, targets and weights"
      )
    }
    let best = tried.min { $0.y < $1.y } ?? largest
    let advice = "after \(plan.exploration.stepsForRate) steps the loss is lowest at \(Figures.short(best.x))"
    guard let exploded else {
      return check(.passed, "no rate up to \(Figures.short(largest.x)) explodes; \(advice), and the rate is \(rate)")
    }
    let limit = "the largest rate that does not explode is \(Figures.short(largest.x))"
    if exploded.x <= stated * 1.01 {
      return check(
        version.hasAssumedRate ? .open : .failed,
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
    for _ in 1...max(plan.exploration.stepsForRate, 1) {
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
