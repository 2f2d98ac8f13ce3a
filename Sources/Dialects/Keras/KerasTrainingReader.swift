import ConfigSyntax
import Experiment
import SourceText

/// Reads what a model was compiled with: optimizer, losses and metrics.
struct KerasTrainingReader {
  private let node: SyntaxNode
  private let generation: KerasGeneration
  private let source: Int
  private let keras = Origin.default(DefaultSource(framework: "Keras"))

  init(_ node: SyntaxNode, generation: KerasGeneration, source: Int) {
    self.node = node
    self.generation = generation
    self.source = source
  }

  func read(into experiment: inout Experiment) {
    experiment.training.location = node.location(source: source)
    readOptimizer(into: &experiment)
    readLosses(into: &experiment)
    readMetrics(into: &experiment)
  }

  private func stated(_ node: SyntaxNode) -> Origin {
    .stated(node.location(source: source))
  }

  private func child(_ keys: String...) -> SyntaxNode? {
    for key in keys {
      if let value = node[key], !value.isNull { return value }
    }
    return nil
  }

  // MARK: - Optimizer

  private func readOptimizer(into experiment: inout Experiment) {
    guard var optimizer = child("optimizer", "optimizer_config", "optimizerConfig") else { return }
    // Mixed precision wraps the optimizer that does the work.
    while let inner = optimizer["config"]?["inner_optimizer"], inner.kind == .mapping { optimizer = inner }
    guard
      let word = optimizer.string ?? (optimizer["class_name"] ?? optimizer["className"] ?? optimizer["name"])?.string
    else { return }
    let config = optimizer["config"] ?? optimizer
    let name = OptimizerVocabulary.standardName(of: word) ?? KerasNames.snakeCase(word)
    let nameNode = optimizer["class_name"] ?? optimizer["className"] ?? optimizer["name"] ?? optimizer
    let container = config.kind == .mapping ? config.location(source: source) : nil
    var record = Record(location: nameNode.location(source: source), container: container)
    record[OptimizerKeys.name] = Fact(name, stated(nameNode))

    if let rate = config["learning_rate"] ?? config["lr"] ?? config["learningRate"] {
      if let value = rate.number {
        record[OptimizerKeys.learningRate] = Fact(KerasNumber.narrowed(value), stated(rate))
      } else if rate.kind == .mapping {
        readSchedule(rate, peak: &record, into: &experiment.training)
      }
    } else if let rate = KerasOptimizers.learningRate[name] {
      record[OptimizerKeys.learningRate] = Fact(rate, keras)
    }
    readLegacyDecay(config, into: &experiment)
    readNumbers(of: config, name: name, into: &record)
    experiment.training[TrainingKeys.optimizer] = Fact(record, stated(optimizer))
    experiment.training[TrainingKeys.clip] = clip(config, optimizer)
    if let steps = config["gradient_accumulation_steps"], let count = steps.integer {
      experiment.training[TrainingKeys.accumulationSteps] = Fact(count, stated(steps))
    }
  }

  private func readNumbers(of config: SyntaxNode, name: String, into record: inout Record) {
    func read(_ fact: FactKey<Double>, _ key: String, or value: Double? = nil) {
      if let node = config[key], let number = node.number {
        record[fact] = Fact(KerasNumber.narrowed(number), stated(node))
      } else if config[key] == nil, let value {
        record[fact] = Fact(value, keras)
      }
    }
    let usesMomentum = name == "sgd" || name == "rmsprop"
    read(OptimizerKeys.momentum, "momentum", or: usesMomentum ? 0 : nil)
    for (fact, key) in [
      (OptimizerKeys.nesterov, "nesterov"), (OptimizerKeys.amsgrad, "amsgrad"), (OptimizerKeys.centered, "centered"),
    ] {
      if let node = config[key], let value = node.boolean { record[fact] = Fact(value, stated(node)) }
    }
    read(OptimizerKeys.rho, "rho")
    read(OptimizerKeys.beta1, "beta_1")
    read(OptimizerKeys.beta2, "beta_2")
    read(OptimizerKeys.epsilon, "epsilon")
    read(OptimizerKeys.weightDecay, "weight_decay", or: KerasOptimizers.weightDecay[name])
    if record[OptimizerKeys.weightDecay] != nil, generation >= .two {
      let note = "Keras takes the decay from the weights themselves, whichever the optimizer"
      record[OptimizerKeys.decoupledDecay] = Fact(true, .default(DefaultSource(framework: "Keras", note: note)))
    }
  }

  /// Reads `decay`, which divided the rate by 1 + decay x steps before Keras 3, and which Keras 3 ignores.
  private func readLegacyDecay(_ config: SyntaxNode, into experiment: inout Experiment) {
    guard let member = config.member("decay"), let value = member.value.number, value != 0 else { return }
    if generation == .three {
      experiment.problems.append(
        Problem(
          kind: .ignoredKey,
          message: "\"decay\" of the optimizer has no effect: Keras 3 ignores it",
          location: member.key.location(source: source),
          help: "give \"learning_rate\" a schedule such as InverseTimeDecay, or leave \"decay\" out"
        )
      )
    } else if experiment.training[TrainingKeys.schedule] == nil {
      let origin = Origin.inferred(from: "\"decay\"", at: member.value.location(source: source))
      var facts = Record(location: member.key.location(source: source))
      facts[ScheduleKeys.name] = Fact("inverse_time_decay", origin)
      facts[ScheduleKeys.decayRate] = Fact(KerasNumber.narrowed(value), stated(member.value))
      facts[ScheduleKeys.decaySteps] = Fact(1, origin)
      experiment.training[TrainingKeys.schedule] = Fact(facts, origin)
    }
  }

  /// Returns how gradients are clipped: not at all, unless a key says so.
  private func clip(_ config: SyntaxNode, _ optimizer: SyntaxNode) -> Fact<Record> {
    let container = config.kind == .mapping ? config.location(source: source) : nil
    var record = Record(location: optimizer.location(source: source), container: container)
    for (key, kind) in KerasOptimizers.clipKinds {
      guard let node = config[key], let value = node.number else { continue }
      let origin = stated(node)
      record[ClipKeys.kind] = Fact(kind, origin)
      record[ClipKeys.threshold] = Fact(KerasNumber.narrowed(value), origin)
      record.location = node.location(source: source)
      return Fact(record, origin)
    }
    let written = KerasOptimizers.clipKinds.lazy.compactMap { config[$0.key] }.first
    let origin = written.map(stated) ?? keras
    record[ClipKeys.kind] = Fact("off", origin)
    return Fact(record, origin)
  }

  private func readSchedule(_ schedule: SyntaxNode, peak record: inout Record, into training: inout Record) {
    guard let name = schedule["class_name"], let word = name.string, let config = schedule["config"] else { return }
    var facts = Record(location: name.location(source: source), container: config.location(source: source))
    facts[ScheduleKeys.name] = Fact(KerasNames.snakeCase(word), stated(name))
    func read(_ fact: FactKey<Int>, _ keys: String...) {
      for key in keys {
        guard let node = config[key], let value = node.integer else { continue }
        facts[fact] = Fact(value, stated(node))
        return
      }
    }
    read(ScheduleKeys.decaySteps, "decay_steps", "first_decay_steps")
    read(ScheduleKeys.warmupSteps, "warmup_steps")
    if let node = config["decay_rate"], let value = node.number {
      facts[ScheduleKeys.decayRate] = Fact(KerasNumber.narrowed(value), stated(node))
    }
    if word == "CosineDecayRestarts" {
      facts[ScheduleKeys.restarts] = Fact(true, .inferred(from: "the class", at: name.location(source: source)))
    } else if let node = config["cycle"], let value = node.boolean {
      facts[ScheduleKeys.restarts] = Fact(value, stated(node))
    }
    // The rate that a warm-up leads to, else the one that the decay starts from.
    let isWarming = config["warmup_target"]?.number != nil
    if let rate = isWarming ? config["warmup_target"] : config["initial_learning_rate"], let value = rate.number {
      record[OptimizerKeys.learningRate] = Fact(KerasNumber.narrowed(value), stated(rate))
    } else if let values = config["values"], let peak = values.elements.max(by: { $0.number ?? 0 < $1.number ?? 0 }),
      let value = peak.number
    {
      record[OptimizerKeys.learningRate] = Fact(KerasNumber.narrowed(value), stated(peak))
    }
    facts[ScheduleKeys.endRate] = endRate(of: word, config, peak: record.value(OptimizerKeys.learningRate))
    training[TrainingKeys.schedule] = Fact(facts, stated(schedule))
  }

  /// Returns the rate at the end of a decay that has one, from `optimizers/schedules/learning_rate_schedule.py` (3.15).
  private func endRate(of schedule: String, _ config: SyntaxNode, peak: Double?) -> Fact<Double>? {
    switch schedule {
    case "CosineDecay", "CosineDecayRestarts":
      guard let node = config["alpha"] else { return Fact(0, keras) }
      guard let share = node.number, let peak else { return nil }
      return Fact(KerasNumber.narrowed(share) * peak, .inferred(from: "\"alpha\"", at: node.location(source: source)))
    case "PolynomialDecay":
      guard let node = config["end_learning_rate"] else { return Fact(0.0001, keras) }
      return node.number.map { Fact(KerasNumber.narrowed($0), stated(node)) }
    default: return nil
    }
  }

  // MARK: - Losses

  private func readLosses(into experiment: inout Experiment) {
    guard let loss = child("loss") else { return }
    if experiment.outputs.isEmpty, experiment.layers.isEmpty {
      // A model of one's own: its layers are code, its loss is in the file.
      experiment.outputs.append(Output(facts: Record(location: loss.location(source: source)), layer: nil))
    }
    for (index, node) in perOutput(loss, experiment) {
      setLoss(node, of: &experiment.outputs[index])
      let name = experiment.outputs[index].facts.value(OutputKeys.loss)
      guard let name, LossVocabulary.traits(of: name) == nil, node.string != nil || isObject(node) else { continue }
      experiment.problems +=
        KerasMisspelling.problem(node, what: "loss", among: LossVocabulary.names, source: source).map { [$0] } ?? []
    }
    guard let weights = child("loss_weights", "lossWeights") else { return }
    for (index, node) in perOutput(weights, experiment) {
      guard let value = node.number else { continue }
      experiment.outputs[index].facts[OutputKeys.lossWeight] = Fact(KerasNumber.narrowed(value), stated(node))
    }
  }

  /// Returns what a loss, or weight, is for each output: one for all, a list in order, or a mapping by name.
  private func perOutput(_ node: SyntaxNode, _ experiment: Experiment) -> [(Int, SyntaxNode)] {
    let outputs = experiment.outputs
    if node.kind == .sequence { return Array(zip(outputs.indices, node.elements)) }
    guard node.kind == .mapping, !isObject(node) else { return outputs.indices.map { ($0, node) } }
    let members = node.members
    let found = outputs.indices.compactMap { index -> (Int, SyntaxNode)? in
      let layer = outputs[index].layer.map { experiment.layers[$0].name }
      let name = outputs[index].facts.value(OutputKeys.name)
      return members.first { $0.name == name || $0.name == layer }.map { (index, $0.value) }
    }
    return found.isEmpty && outputs.count == 1 && members.count == 1 ? [(0, members[0].value)] : found
  }

  private func isObject(_ node: SyntaxNode) -> Bool {
    node["class_name"] != nil || node["className"] != nil
  }

  private func setLoss(_ node: SyntaxNode, of output: inout Output) {
    let config = node["config"]
    let className = (node["class_name"] ?? node["className"])?.string
    guard let word = node.string ?? (className == "function" ? config?.string : className) else { return }
    let known = LossVocabulary.resolve(word)
    output.facts[OutputKeys.loss] = Fact(known?.name ?? word, stated(node))
    guard let known, LossVocabulary.traits(of: known.name)?.logitsActivation != nil else { return }
    if let flag = config?["from_logits"], let value = flag.boolean {
      output.facts[OutputKeys.fromLogits] = Fact(value, stated(flag))
    } else {
      output.facts[OutputKeys.fromLogits] = Fact(false, keras)
    }
  }

  // MARK: - Metrics

  private func readMetrics(into experiment: inout Experiment) {
    guard let metrics = child("metrics") else { return }
    let byOutput: [(Int, SyntaxNode)]
    // Of several outputs each has its own in Keras 3 (`compile_utils.py`); Keras 2 gave all of a plain list to each.
    let count = experiment.outputs.count
    let isByOutput = generation == .three && count > 1 && metrics.count == count
    if metrics.kind == .sequence, isByOutput || metrics.elements.contains(where: { $0.kind == .sequence }) {
      byOutput = Array(zip(experiment.outputs.indices, metrics.elements))
    } else if metrics.kind == .sequence {
      byOutput = experiment.outputs.indices.map { ($0, metrics) }
    } else {
      byOutput = perOutput(metrics, experiment)
    }
    for (index, node) in byOutput {
      if node.isNull { continue }
      let nodes = node.kind == .sequence ? node.elements : [node]
      let names = nodes.flatMap { $0.kind == .sequence ? $0.elements : [$0] }.compactMap(name(ofMetric:))
      if !names.isEmpty { experiment.outputs[index].facts[OutputKeys.metrics] = Fact(names, stated(node)) }
    }
  }

  private func name(ofMetric node: SyntaxNode) -> String? {
    node.string ?? node["config"]?["name"]?.string ?? node["config"]?.string ?? node["class_name"]?.string
  }
}

/// What Keras's optimizers do when a key is absent (`keras/src/optimizers`, version 3.15).
enum KerasOptimizers {
  static let learningRate: [String: Double] = [
    "sgd": 0.01, "adam": 0.001, "adamw": 0.001, "rmsprop": 0.001, "nadam": 0.001, "adagrad": 0.001, "adadelta": 0.001,
    "adamax": 0.001, "ftrl": 0.001, "lion": 0.001, "lamb": 0.001, "adafactor": 0.001, "muon": 0.001,
  ]
  static let weightDecay: [String: Double] = ["adamw": 0.004, "muon": 0.004]
  /// The keys that clip gradients, in the order in which they are looked for, with what they clip.
  static let clipKinds: [(key: String, kind: String)] = [
    ("clipnorm", "norm"), ("global_clipnorm", "global_norm"), ("clipvalue", "value"),
  ]
}
