internal import DryRunMessages
internal import Kernels

/// One training of one version.
struct Run {
  let version: Plan.Version
  let data: Split
  /// What the network's draws and the order of the rows depend on.
  let seed: UInt64
  let yardstick: Yardstick
  let gate: Gate
  /// Whether a training whose time runs out is worth a report of the steps that it made.
  var keepsPart = false

  /// How often held-out rows are looked at beside the start, and how often a step is measured.
  static let looks = 8
  private static let measuredSteps = 20
  /// How many points of the training curve are kept.
  private static let points = 100

  /// Trains, and finds what a constant would get beside it.
  func withBaseline(progress: (Double) -> Void) throws(Interruption) -> (report: RunReport, baseline: Baseline) {
    var report = try report(progress: progress)
    let baseline = try computing { () throws(KernelError) in
      try Baseline(version.heads, training: data.training.targets, heldOut: data.heldOut.targets)
    }
    report.probes.expectedInitialLoss = baseline.loss
    report.probes.unreachableTargets = version.unreachableTargets(in: data.training)
    return (report, baseline)
  }

  /// Trains to the end, or until a loss is no number.
  ///
  /// `progress` is told the share that is done.
  func report(progress: (Double) -> Void) throws(Interruption) -> RunReport {
    let trainee: Trainee
    do { trainee = try Trainee(version, rows: data.training, seed: seed) } catch { throw .notRunnable(error) }
    let optimizer: Optimizer
    do { optimizer = try trainee.network.makeOptimizer() } catch { throw .notRunnable(error) }
    let prober = Prober(trainee, rows: data.training)
    let steps = version.steps, isClipping = optimizer.clipping != nil

    var losses: [Double] = []
    let first = try trainee.score(on: data.heldOut, gate: gate)
    var heldOut = [CurvePoint(0, first.loss)], last = first
    try computing { () throws(KernelError) in try prober.lookAtFirstValues() }
    var order = BatchOrder(rows: data.training.count, seed: seed)
    var isWhole = true
    for step in 1...max(steps, 1) {
      isWhole = try mayGoOn(after: losses.count)
      guard isWhole else { break }
      let isMeasured = step % max(1, steps / Self.measuredSteps) == 1 || step == steps || steps <= Self.measuredSteps
      let loss = try computing { () throws(KernelError) in
        try trainee.load(data.training, order.next(version.batch))
        let loss = try trainee.gradients()
        guard loss.isFinite else { return loss }
        if step == 1 || step == steps { prober.lookAtGradients(isFirst: step == 1) }
        if isMeasured { try prober.willStep() }
        let rate = trainee.network.rate(at: step - 1)
        prober.note(try optimizer.step(rate: rate, measuresNorm: isMeasured), isClipping: isClipping)
        if isMeasured { prober.didStep() }
        return loss
      }
      losses.append(loss)
      guard loss.isFinite else {
        prober.locateNonFinite(step: step)
        last = Score(loss: .infinity, figure: .infinity)
        break
      }
      if step == steps || step * Self.looks / steps != (step - 1) * Self.looks / steps {
        last = try trainee.score(on: data.heldOut, gate: gate)
        heldOut.append(CurvePoint(Double(step), last.loss))
        if !last.loss.isFinite {
          prober.locateNonFinite(step: step + 1)
          break
        }
      }
      progress(Double(step) / Double(steps))
    }
    var probes = try computing { () throws(KernelError) in
      if last.loss.isFinite, isWhole { try prober.lookAtLastValues() }
      return prober.finish()
    }
    probes.initialLoss = first.loss
    probes.stepsToHalf = Self.stepsToHalf(losses)
    if last.loss.isFinite, isWhole {
      let seen = try trainee.score(on: try data.training.prefix(data.heldOut.count), gate: gate)
      if seen.loss > 0 { probes.generalizationGap = last.loss / seen.loss }
    }
    return RunReport(
      seed: seed,
      steps: losses.count,
      training: Self.curve(losses),
      heldOut: heldOut,
      score: last.value(by: yardstick),
      probes: probes
    )
  }

  /// Whether there is time for another step, or none and the steps that were made are to be kept.
  private func mayGoOn(after steps: Int) throws(Interruption) -> Bool {
    do {
      try gate.check()
      return true
    } catch {
      guard case .outOfTime = error, keepsPart, steps > 0 else { throw error }
      return false
    }
  }

  /// Steps until the loss is half of the first; single batches may be easy, so it is the mean of five.
  static func stepsToHalf(_ losses: [Double]) -> Int? {
    let window = 5
    guard let first = losses.first, first > 0, losses.count >= window else { return nil }
    var sum = losses.prefix(window).reduce(0, +)
    for end in window...losses.count {
      if sum <= Double(window) * first / 2 { return end }
      if end < losses.count { sum += losses[end] - losses[end - window] }
    }
    return nil
  }

  /// Some of the losses, the first and the last among them; steps count from 1.
  private static func curve(_ losses: [Double]) -> [CurvePoint] {
    let stride = max(1, (losses.count + points - 1) / points)
    return losses.indices.filter { $0.isMultiple(of: stride) || $0 == losses.count - 1 }
      .map { CurvePoint(Double($0 + 1), losses[$0]) }
  }
}

extension Trainee {
  /// Forwards and backwards with the rows that are loaded: leaves the gradients, and gives the loss without penalties.
  ///
  /// There are no gradients where the loss, penalties and all, is no finite number: the result is infinite then.
  func gradients() throws(KernelError) -> Double {
    network.network.resetGradients()
    try network.network.forward(isTraining: true)
    let loss = try loss(isTraining: true)
    let penalty = try network.penalty()
    guard loss.isFinite, penalty.isFinite else { return .infinity }
    try network.network.backward()
    return loss
  }
}
