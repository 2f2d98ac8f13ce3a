package import DryRunMessages
import Experiment

extension Plan {
  /// Fits a job's experiments into its budget, from shapes alone: nothing is allocated, and no time is measured.
  ///
  /// What does not fit as it is gets smaller in this order: vocabulary, batch, rows, image side, sequence length, depth repeats; the
  /// batch last where versions differ in it. Both versions get smaller alike.
  ///
  /// - Throws: Where something has no kernel or no known shape, or the least there is does not fit.
  package static func make(_ job: DryRunJob) throws(NotRunnable) -> Plan {
    try Planner(job).plan()
  }
}

/// How a version of a job is on its way to a plan.
struct Subject {
  /// With what only the data would tell filled in; not derived.
  let experiment: Experiment
  /// Examples for each step as stated, or assumed.
  let batch: Int
  var assumptions: [String]

  init(_ experiment: Experiment) {
    let completion = Completion(experiment)
    self.experiment = completion.experiment
    assumptions = completion.assumptions
    let stated = experiment.training.value(TrainingKeys.batchSize)
    batch = max(stated ?? 32, 1)
    // The default of Keras's `fit`.
    if stated == nil { assumptions.append("batch: 32, since none is stated") }
  }
}

/// A version at some scale.
struct Fitted {
  let experiment: Experiment
  let heads: [Head]
  let cost: NetworkCost
  let batch: Int
  let assumptions: [String]

  var memory: Int { cost.memory(batch: batch) }
  var work: Double { cost.work(batch: batch) }
}

struct Planner {
  let job: DryRunJob
  let written: Subject
  let changed: Subject?
  /// Runs of equal layers, which both versions must have at the same places to be shortened.
  let runs: [[Int]]

  /// The share of the wall-clock budget that runs are planned for: machines are slower than assumed, and the judge may ask for more
  /// pairs.
  static let plannedShare = 0.6
  /// How much of a run goes into looking at held-out rows and into probes.
  private static let measuring = 1.3
  /// The length of a run whose own is not known, or too long.
  static let typicalSteps = 300
  /// The fewest steps that show anything, unless the experiment's own run has fewer.
  static let wantedSteps = 250
  /// The same for a version whose batch is larger than the other's.
  private static let wantedLargeSteps = 12
  /// With fewer steps than this, even batches below 8 are better.
  private static let pressingSteps = 20
  /// The fewest steps that count as training.
  static let leastSteps = 3
  /// The share of the memory that rows may take.
  private static let rowShare = 0.25

  init(_ job: DryRunJob) {
    self.job = job
    written = Subject(job.written)
    changed = job.changed.map { Subject($0) }
    let all = ([written] + (changed.map { [$0] } ?? [])).map { subject in
      var experiment = subject.experiment
      experiment.derive()
      return experiment.runsOfEqualLayers()
    }
    runs = all.allSatisfy { $0 == all[0] } ? all[0] : []
  }

  func plan() throws(NotRunnable) -> Plan {
    var scale = Scale()
    guard var best = try fit(scale) else { throw NotRunnable("the layers do not fit together") }
    while !(isInMemory(best) && steps(of: best, at: scale) != nil) {
      // Tiny batches are another way of training: they are the last resort.
      let isPressing = !isInMemory(best) || mostSteps(of: best, isPressing: true) < Self.pressingSteps
      guard let next = try next(after: scale, tinyBatches: isPressing) else { break }
      (scale, best) = (next.scale, next.fitted)
    }
    guard isInMemory(best) else {
      throw NotRunnable(
        "needs \(Self.gigabytes(best.map(\.memory).max() ?? 0)) at the least, the limit is \(Self.gigabytes(job.budget.memory))"
      )
    }
    if let steps = steps(of: best, at: scale) { return finished(best, scale, steps: steps, .whole) }
    let own = ownSteps(batch: best[0].batch, at: scale)
    if isExploration {
      let (steps, exploration) = try fewestSteps(of: best[0], own: own)
      return finished(best, scale, steps: steps, exploration, isCutShort: steps < own ?? .max)
    }
    return finished(best, scale, steps: try fewestSteps(of: best), .whole, isCutShort: true)
  }

  // MARK: - Scales

  private var subjects: [Subject] { [written] + (changed.map { [$0] } ?? []) }

  /// The versions at a scale, as written first; nil where their layers do not fit together there.
  private func fit(_ scale: Scale) throws(NotRunnable) -> [Fitted]? {
    var fitted: [Fitted] = []
    for subject in subjects {
      guard let experiment = scale.apply(to: subject.experiment, removing: removed(scale)) else { return nil }
      try NetworkCost.checkLayers(of: experiment, upTo: experiment.outputs.compactMap(\.layer))
      let (heads, assumptions) = try Head.all(of: experiment)
      fitted.append(
        Fitted(
          experiment: experiment,
          heads: heads,
          cost: try NetworkCost(experiment, heads: heads),
          batch: max(subject.batch / scale.batchDivisor, 1),
          assumptions: assumptions
        )
      )
    }
    return fitted
  }

  private func next(
    after scale: Scale,
    tinyBatches: Bool
  ) throws(NotRunnable) -> (scale: Scale, fitted: [Fitted])? {
    for candidate in candidates(after: scale) {
      if let fitted = try fit(candidate) { return (candidate, fitted) }
    }
    // A batch of one has no statistics: what is normalised by them would be 0.
    let least = subjects.contains { $0.experiment.layers.contains { $0.kind == .batchNormalization } } ? 2 : 1
    guard tinyBatches, subjects.contains(where: { $0.batch / scale.batchDivisor >= 2 * least }) else { return nil }
    var smaller = scale
    smaller.batchDivisor *= 2
    return try fit(smaller).map { (smaller, $0) }
  }

  /// Smaller scales, the one to try first before the others.
  private func candidates(after scale: Scale) -> [Scale] {
    var found: [Scale] = []
    func add(_ change: (inout Scale) -> Void) {
      var next = scale
      change(&next)
      found.append(next)
    }
    let batches = subjects.map { $0.batch / scale.batchDivisor }
    let differ = Set(subjects.map(\.batch)).count > 1
    let halves = (batches.min() ?? 0) >= 2 * (differ ? 2 : 8)
    // Of a large vocabulary a short run sees little, and each step moves all of its table.
    if let entries = scale.vocabulary ?? subjects.compactMap(\.experiment.largestVocabulary).max(), entries >= 1000 {
      add { $0.vocabulary = entries / 2 }
    }
    if halves, !differ { add { $0.batchDivisor *= 2 } }
    if let side = scale.imageSide ?? written.experiment.largestInput(.image) {
      // The least that some networks take stand among them: 75 of Inception, 71 of Xception.
      for cut in [192, 160, 128, 112, 96, 80, 75, 71, 64, 48, 32, 24, 16] where cut < side {
        add { $0.imageSide = cut }
      }
    }
    if let length = scale.sequenceLength ?? written.experiment.largestInput(.sequence), length >= 16 {
      add { $0.sequenceLength = length / 2 }
    }
    if let repeats = scale.depthRepeats ?? runs.map(\.count).max(), repeats > 2 {
      add { $0.depthRepeats = max(repeats / 2, 2) }
    }
    // Where versions differ in their batches, rows get fewer with them, and few rows are learnt by heart.
    if halves, differ { add { $0.batchDivisor *= 2 } }
    return found
  }

  private func removed(_ scale: Scale) -> Set<Int> {
    guard let repeats = scale.depthRepeats else { return [] }
    return Set(runs.flatMap { $0.dropFirst(repeats) })
  }

  // MARK: - Length

  private func isInMemory(_ fitted: [Fitted]) -> Bool {
    fitted.allSatisfy { $0.memory <= job.budget.memory }
  }

  /// The work that both versions of a pair may take.
  private var workOfPair: Double {
    let runs = Double(max(job.budget.seeds.lowerBound, 1))
    return job.budget.seconds * Self.plannedShare * NetworkCost.speed / runs / Self.measuring
  }

  /// The work of a pair for each step of the version as written.
  private func workOfStep(_ fitted: [Fitted]) -> Double {
    guard let written = fitted.first else { return 0 }
    return fitted.reduce(0) { $0 + $1.work * Double(written.batch) / Double($1.batch) }
  }

  /// The steps of the version as written; nil where too few fit.
  private func steps(of fitted: [Fitted], at scale: Scale) -> Int? {
    let most = mostSteps(of: fitted)
    let own = ownSteps(batch: fitted[0].batch, at: scale)
    let steps = own.flatMap { $0 <= most ? $0 : nil } ?? min(own ?? .max, most, Self.typicalSteps)
    let isLarger = fitted.contains { $0.batch < fitted[0].batch }
    let wanted = min(isLarger ? Self.wantedLargeSteps : Self.wantedSteps, own ?? .max)
    return steps >= wanted ? steps : nil
  }

  /// With `isPressing` all is left out that can be.
  private func mostSteps(of fitted: [Fitted], isPressing: Bool = false) -> Int {
    if isExploration { return mostSteps(of: fitted[0], isPressing ? .least : .whole) }
    return Int(min(max(workOfPair - setUp(fitted), 0) / max(workOfStep(fitted), 1), 1e9))
  }

  /// The work of making the networks of a pair, the mean over the fewest seeds.
  private func setUp(_ fitted: [Fitted]) -> Double {
    let runs = Double(max(job.budget.seeds.lowerBound, 1))
    return fitted.reduce(0) { $0 + ($1.cost.setUp + (runs - 1) * $1.cost.nextSetUp) / runs }
  }

  private func fewestSteps(of fitted: [Fitted]) throws(NotRunnable) -> Int {
    let steps = max(mostSteps(of: fitted), Self.leastSteps)
    let pair = workOfStep(fitted) * Double(steps) + setUp(fitted)
    try checkTime(of: pair * Double(max(job.budget.seeds.lowerBound, 1)))
    return steps
  }

  /// - Throws: Where so much work takes longer than the budget allows.
  func checkTime(of work: Double) throws(NotRunnable) {
    let seconds = work / NetworkCost.speed
    guard seconds <= job.budget.seconds else {
      throw NotRunnable(
        "needs about \(Int(seconds.rounded(.up))) s at the least, the limit is \(Int(job.budget.seconds)) s"
      )
    }
  }

  /// The rows that the experiment is trained on by its own account, made fewer with the batch where versions differ in it.
  private func ownRows(_ scale: Scale) -> Int? {
    guard let samples = written.experiment.data.value(DataKeys.samples), samples > 0 else { return nil }
    let training = written.experiment.training
    let heldOut = (training.value(TrainingKeys.validationSplit) ?? 0) + (training.value(TrainingKeys.testSplit) ?? 0)
    let rows = max(Int((Double(samples) * (1 - min(max(heldOut, 0), 0.9))).rounded()), 1)
    return Set(subjects.map(\.batch)).count > 1 ? max(rows / scale.batchDivisor, 1) : rows
  }

  private func ownSteps(batch: Int, at scale: Scale) -> Int? {
    if let steps = written.experiment.training.value(TrainingKeys.steps), steps > 0 { return steps }
    guard let epochs = written.experiment.training.value(TrainingKeys.epochs), epochs > 0, let rows = ownRows(scale)
    else { return nil }
    let (steps, overflow) = epochs.multipliedReportingOverflow(by: (rows + batch - 1) / batch)
    return overflow ? nil : steps
  }

  // MARK: - Plan

  /// The rows to train on, those that are held out, and how many examples are shown.
  func rows(of fitted: [Fitted], steps: Int, own: Int?) -> (training: Int, heldOut: Int, shown: Int) {
    let (examples, overflow) = steps.multipliedReportingOverflow(by: fitted[0].batch)
    let shown = overflow ? Int.max : examples
    let affordable = max(Int(Double(job.budget.memory) * Self.rowShare) / (8 * max(fitted[0].cost.row, 1)), 1)
    let rows = max(min(own ?? max(2048, 4 * fitted[0].batch), shown, affordable), fitted.map(\.batch).max() ?? 1)
    // To look at rows takes time too, which a few steps have better uses for.
    let isShort = isExploration && steps < Self.wantedSteps
    return (rows, min(max(rows / 4, isShort ? 16 : 64), isShort ? 64 : 512), shown)
  }

  private func finished(
    _ fitted: [Fitted],
    _ scale: Scale,
    steps: Int,
    _ exploration: ExplorationPlan,
    isCutShort: Bool = false
  ) -> Plan {
    let own = ownRows(scale)
    let (rows, heldOut, shown) = rows(of: fitted, steps: steps, own: own)
    let ownSteps = ownSteps(batch: written.batch, at: Scale())
    var assumptions: [String] = []
    let versions = fitted.map { version in
      var experiment = version.experiment
      if let momentum = experiment.shortenStatistics(to: steps, of: ownSteps) {
        let rounded = (momentum * 1000).rounded() / 1000
        assumptions.append("momentum of batch normalisation: \(rounded), since the run is shorter")
      }
      return Plan.Version(
        experiment: experiment,
        heads: version.heads,
        batch: version.batch,
        steps: max(shown == Int.max ? steps : (shown + version.batch - 1) / version.batch, 1)
      )
    }
    var report = report(fitted, scale, rows: (own, rows), steps: (ownSteps, steps))
    report.assumptions += assumptions.withoutRepetitions()
    report.trainingRows = rows
    report.heldOutRows = heldOut
    report.writtenSteps = versions[0].steps
    report.changedSteps = versions.count > 1 ? versions[1].steps : 0
    if isExploration { report.estimatedWork = work(of: fitted[0], exploration, steps: steps) }
    return Plan(
      written: versions[0],
      changed: versions.count > 1 ? versions[1] : nil,
      trainingRows: rows,
      heldOutRows: report.heldOutRows,
      report: report,
      exploration: exploration,
      isCutShort: isCutShort
    )
  }

  private func report(
    _ fitted: [Fitted],
    _ scale: Scale,
    rows: (own: Int?, used: Int),
    steps: (own: Int?, used: Int)
  ) -> PlanReport {
    var report = PlanReport()
    func note(_ what: String, _ from: Int?, _ to: Int?) {
      guard let from, let to, to < from else { return }
      report.scalings.append(PlanReport.Scaling(what: what, from: from, to: to))
    }
    note("batch", written.batch, fitted[0].batch)
    note("rows", rows.own, rows.used)
    note("image side", written.experiment.largestInput(.image), scale.imageSide)
    note("sequence length", written.experiment.largestInput(.sequence), scale.sequenceLength)
    note("vocabulary", written.experiment.largestVocabulary, scale.vocabulary)
    note("depth repeats", runs.map(\.count).max(), scale.depthRepeats)
    note("steps", steps.own, steps.used)
    var assumptions = subjects.flatMap(\.assumptions) + fitted.flatMap(\.assumptions)
    if rows.own == nil { assumptions.append("rows to train on: \(rows.used), since their number is not stated") }
    var omissions: [String] = []
    for version in fitted {
      let unsaid = Unsaid(version.experiment)
      assumptions += unsaid.assumptions
      omissions += unsaid.omissions
    }
    report.assumptions = assumptions.withoutRepetitions()
    report.omissions = omissions.withoutRepetitions()
    report.estimatedMemory = (fitted.map(\.memory).max() ?? 0) + 8 * fitted[0].cost.row * rows.used
    report.estimatedWork = workOfStep(fitted) * Double(steps.used) * Double(max(job.budget.seeds.lowerBound, 1))
    report.writtenBatch = fitted[0].batch
    report.changedBatch = fitted.count > 1 ? fitted[1].batch : 0
    return report
  }

  /// As `1.5 GB`, of 2^30 bytes.
  private static func gigabytes(_ bytes: Int) -> String {
    let tenths = (Double(bytes) / Double(1 << 30) * 10).rounded(.up)
    return "\(tenths / 10) GB"
  }
}

extension [String] {
  /// Each once, where it first stands.
  fileprivate func withoutRepetitions() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
