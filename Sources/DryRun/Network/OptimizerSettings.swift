import Experiment
package import Kernels

/// How the experiment's optimizer is made, with what the framework does where nothing is said.
struct OptimizerSettings {
  let rule: OptimizerRule
  let decay: WeightDecay
  let clipping: Clipping?
  /// The rate before any schedule.
  let rate: Double
  /// Whether nothing states it, nor what its framework takes.
  let isRateAssumed: Bool
  private(set) var assumptions: [String] = []

  /// - Throws: Where there is no kernel for the optimizer.
  init(_ experiment: Experiment) throws(NotRunnable) {
    let facts = experiment.training.value(TrainingKeys.optimizer) ?? Record()
    let isTorch = experiment.isTorch
    let stated = facts.value(OptimizerKeys.name)
    let name = stated ?? "adam"
    if stated == nil { assumptions.append("optimizer: adam, since none is stated") }
    rule = try Self.rule(name, facts, isTorch ? .torch : .keras)
    let statedRate = facts.value(OptimizerKeys.learningRate)
    isRateAssumed = statedRate == nil
    if let statedRate {
      rate = statedRate
    } else {
      rate = Self.defaultRate(name, isTorch: isTorch)
      assumptions.append("learning rate: \(rate), \(isTorch ? "PyTorch" : "Keras")'s default for \(name)")
    }
    let isDecoupled =
      facts.value(OptimizerKeys.decoupledDecay) ?? OptimizerVocabulary.traits(of: name)?.decouplesDecay ?? false
    let share = facts.value(OptimizerKeys.weightDecay) ?? (name == "adamw" ? (isTorch ? 0.01 : 0.004) : 0)
    decay = share == 0 ? .none : isDecoupled || !isTorch ? .decoupled(share) : .coupled(share)
    clipping = Self.clipping(experiment.training.value(TrainingKeys.clip))
  }

  // MARK: - Private

  private static func clipping(_ facts: Record?) -> Clipping? {
    guard let facts, let threshold = facts.value(ClipKeys.threshold), threshold > 0 else { return nil }
    switch facts.value(ClipKeys.kind) {
    case "value": return .value(threshold)
    case "norm": return .norm(threshold)
    case "global_norm": return .globalNorm(threshold)
    default: return nil
    }
  }

  /// From the classes' signatures in `keras/src/optimizers` (3.15) and `torch/optim` (2.13).
  private static func defaultRate(_ name: String, isTorch: Bool) -> Double {
    guard isTorch else { return name == "sgd" ? 0.01 : 0.001 }
    return switch name {
    case "adadelta": 1
    case "rmsprop", "adagrad", "adafactor": 0.01
    case "nadam", "nadamw", "adamax": 0.002
    case "lion": 0.0001
    default: 0.001
    }
  }

  private static func rule(
    _ name: String,
    _ facts: Record,
    _ convention: OptimizerRule.Convention
  ) throws(NotRunnable) -> OptimizerRule {
    let isTorch = convention == .torch
    let beta1 = facts.value(OptimizerKeys.beta1) ?? 0.9
    let beta2 = facts.value(OptimizerKeys.beta2) ?? 0.999
    let epsilon = facts.value(OptimizerKeys.epsilon)
    let small = epsilon ?? (isTorch ? 1e-8 : 1e-7)
    switch name {
    case "sgd", "sgdw":
      return .sgd(
        momentum: facts.value(OptimizerKeys.momentum) ?? 0,
        nesterov: facts.value(OptimizerKeys.nesterov) ?? false,
        dampening: 0,
        convention
      )
    case "rmsprop":
      return .rmsprop(
        decay: facts.value(OptimizerKeys.rho) ?? (isTorch ? 0.99 : 0.9),
        momentum: facts.value(OptimizerKeys.momentum) ?? 0,
        epsilon: small,
        isCentered: facts.value(OptimizerKeys.centered) ?? false,
        convention
      )
    case "adagrad":
      return .adagrad(initial: isTorch ? 0 : 0.1, epsilon: epsilon ?? (isTorch ? 1e-10 : 1e-7), convention)
    case "adadelta":
      return .adadelta(
        decay: facts.value(OptimizerKeys.rho) ?? (isTorch ? 0.9 : 0.95),
        epsilon: epsilon ?? (isTorch ? 1e-6 : 1e-7)
      )
    case "adam", "adamw":
      let isAMSGrad = facts.value(OptimizerKeys.amsgrad) ?? false
      return .adam(beta1: beta1, beta2: beta2, epsilon: small, isAMSGrad: isAMSGrad, convention)
    case "nadam", "nadamw":
      return .nadam(beta1: beta1, beta2: beta2, epsilon: small, momentumDecay: isTorch ? 0.004 : 1)
    case "adamax": return .adamax(beta1: beta1, beta2: beta2, epsilon: small, convention)
    case "radam": return .radam(beta1: beta1, beta2: beta2, epsilon: small)
    case "lamb": return .lamb(beta1: beta1, beta2: beta2, epsilon: epsilon ?? (isTorch ? 1e-6 : 1e-7))
    case "lion": return .lion(beta1: beta1, beta2: facts.value(OptimizerKeys.beta2) ?? 0.99)
    case "ftrl": return .ftrl(power: -0.5, initial: 0.1, l1: 0, l2: 0, shrinkage: 0, beta: 0)
    case "adafactor":
      return .adafactor(beta2Decay: -0.8, epsilon1: 1e-30, epsilon2: 1e-3, clipThreshold: 1, limitsRate: true)
    default: throw NotRunnable("there is no kernel for the optimizer \"\(name)\"")
    }
  }
}

extension TrainableNetwork {
  /// The experiment's optimizer, for the parameters that are not frozen.
  package func makeOptimizer() throws(NotRunnable) -> Optimizer {
    let settings = try OptimizerSettings(experiment)
    do {
      return try Optimizer(settings.rule, learntParameters, decay: settings.decay, clipping: settings.clipping)
    } catch {
      throw NotRunnable(error)
    }
  }

  /// The learning rate of a step, the first of which is step 0: the schedule's, with its warm-up.
  package func rate(at step: Int) -> Double {
    schedule.rate(at: step)
  }
}
