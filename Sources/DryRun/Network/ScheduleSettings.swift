import Experiment
import Kernels

/// The experiment's learning-rate schedule, as far as its facts tell.
struct ScheduleSettings {
  let schedule: Schedule
  /// What is left out, for the report.
  private(set) var omissions: [String] = []

  init(_ experiment: Experiment, rate: Double) {
    guard let facts = experiment.training.value(TrainingKeys.schedule) else {
      schedule = .constant(rate)
      return
    }
    let total = experiment.about.value(ExperimentKeys.totalSteps)
    let perEpoch = experiment.about.value(ExperimentKeys.stepsPerEpoch)
    let warmup = Self.warmup(facts, total: total, perEpoch: perEpoch)
    let name = facts.value(ScheduleKeys.name) ?? "constant"
    let length = (facts.value(ScheduleKeys.decaySteps) ?? total.map { max($0 - warmup, 1) }).map { Double(max($0, 1)) }
    var next = Schedule.constant(rate)
    if let length, let decay = Self.decay(name, facts, rate: rate, steps: length) {
      next = decay
    } else if !Self.isConstant(name) {
      omissions.append("learning-rate schedule \"\(name)\"")
    }
    schedule = warmup > 0 ? .warmUp(start: 0, end: rate, steps: warmup, next: next) : next
  }

  // MARK: - Private

  private static func isConstant(_ name: String) -> Bool {
    ["constant", "constant_with_warmup", "none", "off", "null"].contains(name)
  }

  private static func warmup(_ facts: Record, total: Int?, perEpoch: Int?) -> Int {
    if let steps = facts.value(ScheduleKeys.warmupSteps) { return max(steps, 0) }
    if let epochs = facts.value(ScheduleKeys.warmupEpochs), let perEpoch {
      return max(Int(epochs * Double(perEpoch)), 0)
    }
    if let share = facts.value(ScheduleKeys.warmupFraction), let total { return max(Int(share * Double(total)), 0) }
    return 0
  }

  /// Nil for a schedule that is not known here, or that follows a figure of the run.
  private static func decay(_ name: String, _ facts: Record, rate: Double, steps: Double) -> Schedule? {
    let end = facts.value(ScheduleKeys.endRate) ?? 0
    let floor = rate > 0 ? end / rate : 0
    let share = facts.value(ScheduleKeys.decayRate) ?? 0.96
    switch name {
    case "cosine", "cosine_decay", "cosine_with_warmup", "cosine_decay_restarts", "cosine_annealing",
      "cosine_with_restarts":
      guard facts.value(ScheduleKeys.restarts) == true || name.hasSuffix("restarts") else {
        return .cosine(start: rate, steps: steps, floor: floor)
      }
      return .cosineRestarts(start: rate, steps: steps, stretch: 2, shrink: 1, floor: floor)
    case "linear": return .polynomial(start: rate, end: end, steps: steps, power: 1, isCyclic: false)
    case "polynomial", "polynomial_decay":
      return .polynomial(
        start: rate,
        end: end,
        steps: steps,
        power: 1,
        isCyclic: facts.value(ScheduleKeys.restarts) ?? false
      )
    case "exponential", "exponential_decay":
      return .exponential(start: rate, steps: steps, share: share, isStaircase: false)
    case "inverse_time", "inverse_time_decay":
      return .inverseTime(start: rate, steps: steps, share: share, isStaircase: false)
    default: return nil
    }
  }
}
