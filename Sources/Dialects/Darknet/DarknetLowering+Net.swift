import ConfigSyntax
import Experiment
import SourceText

/// The options of `[net]` (`parse_net_options` in `src/parser.c`).
extension DarknetLowering {
  mutating func readNet(_ net: inout DarknetSection) {
    var training = net.record
    readBatch(&net, into: &training)
    let steps = net.integer("max_batches")
    if let steps, steps.value > 0 { training[TrainingKeys.steps] = steps }
    readOptimizer(&net, into: &training)
    let rate = training.value(TrainingKeys.optimizer)?.value(OptimizerKeys.learningRate) ?? 0.001
    readSchedule(&net, peak: rate, steps: steps, into: &training)
    let data = readAugmentation(&net)
    change {
      $0.training = training
      $0.data = data
    }
  }

  // MARK: - Private

  /// `batch` images make one step, in `subdivisions` parts.
  ///
  /// A config that is made for testing says 1 and 1 and nothing of training, mostly with the values for training in a comment beside it.
  private func readBatch(_ net: inout DarknetSection, into training: inout Record) {
    let isStated = net.option("batch") != nil
    let batch = net.integer("batch", default: 1)
    let parts = net.integer("subdivisions", default: 1)
    if isStated, batch.value == 1, parts.value == 1 { return }
    guard batch.value > 0, parts.value > 0 else {
      let wrong = batch.value > 0 ? "subdivisions" : "batch"
      net.note(.invalidValue, "\"\(wrong)\" of [\(net.name)] must be 1 or more", at: net.option(wrong)?.value)
      return
    }
    training[TrainingKeys.batchSize] = batch
    training[TrainingKeys.accumulationSteps] = parts
    let basis = "batch / subdivisions"
    training[TrainingKeys.microBatchSize] = Fact(
      max(batch.value / parts.value, 1),
      .inferred(from: basis, at: parts.origin.location ?? batch.origin.location)
    )
  }

  private func readOptimizer(_ net: inout DarknetSection, into training: inout Record) {
    var optimizer = net.record
    if net.isOn("adam"), let adam = net.text("adam") {
      optimizer[OptimizerKeys.name] = Fact("adam", adam.origin)
      optimizer[OptimizerKeys.beta1] = net.number("B1", default: 0.9)
      optimizer[OptimizerKeys.beta2] = net.number("B2", default: 0.999)
      optimizer[OptimizerKeys.epsilon] = net.number("eps", default: 0.000001)
    } else {
      optimizer[OptimizerKeys.name] = Fact("sgd", .darknetDefault)
      optimizer[OptimizerKeys.momentum] = net.number("momentum", default: 0.9)
    }
    optimizer[OptimizerKeys.learningRate] = net.number("learning_rate", default: 0.001)
    // update_convolutional_layer in src/convolutional_layer.c adds it to the gradient.
    optimizer[OptimizerKeys.weightDecay] = net.number("decay", default: 0.0001)
    optimizer[OptimizerKeys.decoupledDecay] = Fact(false, .darknetDefault)
    training[TrainingKeys.optimizer] = Fact(
      optimizer,
      .inferred(from: "the net's options", at: net.key.location(source: 0))
    )
  }

  /// The policy (`get_current_rate` in `src/network.c`): the rate rises to its peak over `burn_in` steps first.
  private func readSchedule(_ net: inout DarknetSection, peak: Double, steps: Fact<Int>?, into training: inout Record) {
    var schedule = net.record
    let policy = net.text("policy") ?? Fact("constant", .darknetDefault)
    let policies = ["constant", "step", "steps", "exp", "poly", "random", "sigmoid", "sgdr"]
    if !policies.contains(policy.value), let option = net.option("policy") {
      let nearest = Spelling.nearest(to: policy.value, among: policies)
      net.note(
        .invalidValue,
        "Darknet knows no policy \"\(policy.value)\" and keeps the learning rate constant instead",
        at: option.value,
        help: nearest.map { "did you mean \"\($0)\"?" } ?? "write one of \(policies.joined(separator: ", "))"
      )
    }
    schedule[ScheduleKeys.name] = Fact(Self.standardPolicy(policy.value), policy.origin)
    if let warmup = net.integer("burn_in"), warmup.value > 0 { schedule[ScheduleKeys.warmupSteps] = warmup }
    let warmup = schedule.value(ScheduleKeys.warmupSteps) ?? 0
    switch policy.value {
    case "steps": readSteps(&net, peak: peak, last: steps?.value, into: &schedule)
    case "exp":
      schedule[ScheduleKeys.decayRate] = net.number("gamma", default: 1)
      schedule[ScheduleKeys.decaySteps] = Fact(1, .inferred(from: "the policy", at: policy.origin.location))
    case "step":
      schedule[ScheduleKeys.decaySteps] = net.integer("step", default: 1)
      schedule[ScheduleKeys.decayRate] = net.number("scale", default: 1)
    case "poly":
      guard let steps, steps.value > warmup else { break }
      let origin = Origin.inferred(from: "max_batches and burn_in", at: steps.origin.location)
      schedule[ScheduleKeys.decaySteps] = Fact(steps.value - warmup, origin)
      schedule[ScheduleKeys.endRate] = Fact(0, origin)
    case "sgdr":
      let cycle = net.integer("sgdr_cycle") ?? steps
      if let cycle, cycle.value > warmup {
        schedule[ScheduleKeys.decaySteps] = Fact(
          cycle.value - warmup,
          .inferred(from: "sgdr_cycle and burn_in", at: cycle.origin.location)
        )
        schedule[ScheduleKeys.restarts] = Fact(
          steps.map { cycle.value < $0.value } ?? true,
          .inferred(from: "sgdr_cycle and max_batches", at: cycle.origin.location)
        )
      }
      schedule[ScheduleKeys.endRate] = net.number("learning_rate_min", default: 0.00001)
    default: break
    }
    training[TrainingKeys.schedule] = Fact(schedule, policy.origin)
  }

  /// The rate is multiplied by one of `scales` at each of `steps`; both must be there.
  private func readSteps(_ net: inout DarknetSection, peak: Double, last: Int?, into schedule: inout Record) {
    for key in ["steps", "scales"] where net.option(key) == nil {
      net.note(.missingKey, "[\(net.name)] has policy=steps, which needs \"\(key)\"", at: net.option("policy")?.value)
    }
    guard let steps = net.integers("steps"), let scales = net.numbers("scales") else { return }
    if scales.value.count < steps.value.count, let option = net.option("scales") {
      net.note(
        .invalidValue,
        "\"scales\" has \(scales.value.count) of the \(steps.value.count) values that \"steps\" needs",
        at: option.value
      )
      return
    }
    var rate = peak
    for (step, scale) in zip(steps.value, scales.value) where step < last ?? .max { rate *= scale }
    guard rate.isFinite else { return }
    schedule[ScheduleKeys.endRate] = Fact(rate, .inferred(from: "learning_rate and scales", at: scales.origin.location))
  }

  private static func standardPolicy(_ policy: String) -> String {
    switch policy {
    case "constant", "step", "steps", "random", "sigmoid", "poly": policy
    case "exp": "exponential"
    case "sgdr": "cosine_restarts"
    // What Darknet falls back to.
    default: "constant"
    }
  }

  /// Whether images are varied: by what the net says, else since Darknet mirrors at random where `flip` is absent.
  private func readAugmentation(_ net: inout DarknetSection) -> Record {
    var data = net.record
    guard net.option("height") != nil || net.option("width") != nil else { return data }
    let neutral: [(key: String, value: Double)] = [
      ("mosaic", 0), ("mixup", 0), ("cutmix", 0), ("angle", 0), ("hue", 0), ("blur", 0), ("gaussian_noise", 0),
      ("saturation", 1), ("exposure", 1), ("aspect", 1),
    ]
    for (key, value) in neutral {
      guard let stated = net.number(key), stated.value != value else { continue }
      data[DataKeys.augmentation] = Fact(true, stated.origin)
      return data
    }
    if let flip = net.integer("flip") {
      if flip.value != 0 { data[DataKeys.augmentation] = Fact(true, flip.origin) }
    } else {
      data[DataKeys.augmentation] = Fact(true, .darknetDefault("flip is 1: it mirrors images at random"))
    }
    return data
  }
}
