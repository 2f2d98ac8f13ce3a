import ConfigSyntax
import Experiment

/// What the families have in common: optimizers, schedules, Lightning's trainer, batches.
extension ObjectTreeLowering {
  static let optimizerPath = RecordPath(.training, nested: [TrainingKeys.optimizer.name])
  static let schedulePath = RecordPath(.training, nested: [TrainingKeys.schedule.name])
  static let clipPath = RecordPath(.training, nested: [TrainingKeys.clip.name])

  // MARK: - Optimizer

  /// Lowers an optimizer: an object, or a mapping that names it by a word.
  ///
  /// - Parameters:
  ///   - node: The mapping that names the optimizer.
  ///   - arguments: What holds its settings; nil for the mapping itself.
  ///   - word: The node that names it, where that is not the class's key.
  ///   - package: The package in which the name is looked for; nil for the family's.
  mutating func lowerOptimizer(
    _ node: TreeNode,
    arguments: TreeNode? = nil,
    word: TreeNode? = nil,
    in package: String? = nil
  ) {
    let arguments = arguments ?? object(node)?.arguments ?? node
    var optimizer = record(of: arguments)
    let path = Self.optimizerPath
    let named = word?.resolved ?? node[family.classKey]?.resolved
    var known: ClassNames.Optimizer?
    if let named, let name = named.text, let location = named.location {
      known = ClassNames.optimizer(name, in: package ?? family.package)
      if let known { optimizer[OptimizerKeys.name] = Fact(known.name, .stated(location)) }
    }
    let defaults = known?.defaults ?? [:]
    let origin = byDefault(known?.framework)
    func fallBack(_ key: FactKey<Double>, _ isAbsent: Bool, in record: inout Record) {
      if isAbsent, isComplete, let value = defaults[key.name] { record[key] = Fact(value, origin) }
    }
    fallBack(
      OptimizerKeys.learningRate,
      set(OptimizerKeys.learningRate, in: &optimizer, at: path, from: arguments, ["lr"]),
      in: &optimizer
    )
    let decay = set(OptimizerKeys.weightDecay, in: &optimizer, at: path, from: arguments, ["weight_decay"])
    fallBack(OptimizerKeys.weightDecay, decay, in: &optimizer)
    if let known {
      let decoupled = read(Bool.self, arguments["decoupled_weight_decay"])?.value ?? false
      let isDecoupled = decoupled || OptimizerVocabulary.traits(of: known.name)?.decouplesDecay ?? false
      optimizer[OptimizerKeys.decoupledDecay] = Fact(isDecoupled, .inferred(from: "the optimizer", at: nil))
    }
    let momentum = set(OptimizerKeys.momentum, in: &optimizer, at: path, from: arguments, ["momentum"])
    fallBack(OptimizerKeys.momentum, momentum, in: &optimizer)
    set(OptimizerKeys.nesterov, in: &optimizer, at: path, from: arguments, ["nesterov"])
    set(OptimizerKeys.amsgrad, in: &optimizer, at: path, from: arguments, ["amsgrad"])
    set(OptimizerKeys.centered, in: &optimizer, at: path, from: arguments, ["centered"])
    fallBack(
      OptimizerKeys.rho,
      set(OptimizerKeys.rho, in: &optimizer, at: path, from: arguments, ["rho", "alpha"]),
      in: &optimizer
    )
    fallBack(
      OptimizerKeys.epsilon,
      set(OptimizerKeys.epsilon, in: &optimizer, at: path, from: arguments, ["eps"]),
      in: &optimizer
    )
    lowerBetas(arguments, defaults: defaults, origin, in: &optimizer)
    experiment.training[TrainingKeys.optimizer] = Fact(optimizer, node.location.map { .stated($0) } ?? origin)
  }

  private mutating func lowerBetas(
    _ arguments: TreeNode,
    defaults: [String: Double],
    _ origin: Origin,
    in optimizer: inout Record
  ) {
    let keys = [OptimizerKeys.beta1, OptimizerKeys.beta2]
    guard let stated = arguments["betas"], !stated.isNull else {
      for key in keys where isComplete {
        optimizer[key] = defaults[key.name].map { Fact($0, origin) }
      }
      return
    }
    for (key, element) in zip(keys, stated.resolved?.elements ?? []) {
      optimizer[key] = read(Double.self, element)
      slots?[TreeSlot.Place(record: Self.optimizerPath, key: key.name)] = element.own.map {
        TreeSlot(stated: $0.node, source: $0.source, container: nil, containerSource: $0.source, names: [])
      }
    }
  }

  // MARK: - Schedule

  /// Lowers a schedule: an object, or a mapping that names it by a word.
  mutating func lowerSchedule(_ node: TreeNode, word: TreeNode? = nil) {
    let arguments = object(node)?.arguments ?? node
    var schedule = record(of: arguments)
    let path = Self.schedulePath
    let named = word?.resolved ?? node[family.classKey]?.resolved
    if let named, let text = named.text, let location = named.location, let name = ClassNames.schedule(text) {
      schedule[ScheduleKeys.name] = Fact(name, .stated(location))
      if name == "one_cycle", let peak = read(Double.self, arguments["max_lr"]),
        var optimizer = experiment.training[TrainingKeys.optimizer]
      {
        // It writes its own rates over the optimizer's (`OneCycleLR.__init__` in `torch/optim/lr_scheduler.py`).
        optimizer.value[OptimizerKeys.learningRate] = peak
        experiment.training[TrainingKeys.optimizer] = optimizer
        slots?[TreeSlot.Place(record: Self.optimizerPath, key: OptimizerKeys.learningRate.name)] = nil
      }
      if name == "cosine_restarts" {
        schedule[ScheduleKeys.restarts] = Fact(true, .inferred(from: "the schedule", at: location))
      }
    }
    // Steps of these are optimizer steps; those of `torch.optim.lr_scheduler` are whatever the loop makes them.
    if family == .nemo || family == .torchtune {
      set(ScheduleKeys.warmupSteps, in: &schedule, at: path, from: arguments, ["warmup_steps", "num_warmup_steps"])
      set(ScheduleKeys.warmupFraction, in: &schedule, at: path, from: arguments, ["warmup_ratio"])
      set(ScheduleKeys.endRate, in: &schedule, at: path, from: arguments, ["min_lr"])
    }
    guard !schedule.isEmpty else { return }
    experiment.training[TrainingKeys.schedule] = Fact(schedule, node.location.map { .stated($0) } ?? byDefault())
  }

  // MARK: - Lightning's trainer

  /// Lowers the arguments of Lightning's `Trainer` (`pytorch/trainer/trainer.py` of lightning 2.6.6).
  ///
  /// - Returns: The number of devices over all nodes; nil where it is not known.
  mutating func lowerTrainer(_ trainer: TreeNode) -> Int? {
    experiment.training.location = trainer.location
    experiment.training.container = trainer.location
    let hasNoEpochs = setTraining(TrainingKeys.epochs, from: trainer, ["max_epochs"])
    // -1 is no limit.
    if let epochs = experiment.training.value(TrainingKeys.epochs), epochs < 0 {
      experiment.training[TrainingKeys.epochs] = nil
    }
    let hasNoSteps = setTraining(TrainingKeys.steps, from: trainer, ["max_steps"])
    if let steps = experiment.training.value(TrainingKeys.steps), steps < 0 {
      experiment.training[TrainingKeys.steps] = nil
    }
    if hasNoEpochs, hasNoSteps, isComplete, trainer["max_time"] == nil {
      // `_parse_loop_limits` in `pytorch/loops/utilities.py`.
      experiment.training[TrainingKeys.epochs] = Fact(1000, byDefault("Lightning"))
    }
    if setTraining(
      TrainingKeys.accumulationSteps,
      from: trainer,
      ["accumulate_grad_batches"]
    ), isComplete {
      experiment.training[TrainingKeys.accumulationSteps] = Fact(1, byDefault("Lightning"))
    }
    lowerTrainerClip(trainer)
    if let limit = read(Double.self, trainer["limit_val_batches"]), limit.value == 0 {
      experiment.training[TrainingKeys.skipsEvaluation] = Fact(true, limit.origin)
    }
    lowerCallbacks(trainer)
    guard let devices = read(Int.self, trainer["devices"])?.value, devices > 0 else { return nil }
    let nodes = trainer["num_nodes"].map { read(Int.self, $0)?.value } ?? 1
    return nodes.flatMap { $0 > 0 ? devices.multipliedReportingOverflow(by: $0).partialValue : nil }
  }

  /// Lowers `gradient_clip_val`: none when absent, off at 0 and below (`Precision.clip_gradients`).
  private mutating func lowerTrainerClip(_ trainer: TreeNode) {
    var clip = record(of: trainer)
    let isAbsent = set(ClipKeys.threshold, in: &clip, at: Self.clipPath, from: trainer, ["gradient_clip_val"])
    let isByValue = trainer.value("gradient_clip_algorithm")?.text?.lowercased() == "value"
    if let threshold = clip[ClipKeys.threshold] {
      let kind = threshold.value <= 0 ? "off" : isByValue ? "value" : "global_norm"
      clip[ClipKeys.kind] = Fact(kind, threshold.origin)
      if kind == "off" { clip[ClipKeys.threshold] = nil }
      experiment.training[TrainingKeys.clip] = Fact(clip, threshold.origin)
    } else if isAbsent, isComplete {
      clip[ClipKeys.kind] = Fact("off", byDefault("Lightning"))
      experiment.training[TrainingKeys.clip] = Fact(clip, byDefault("Lightning"))
    }
  }

  /// Lowers what callbacks watch: a list, or a mapping by name.
  private mutating func lowerCallbacks(_ trainer: TreeNode) {
    let holders = [trainer.value("callbacks"), tree.root.value("callbacks")].compactMap(\.self)
    for callback in holders.flatMap({ $0.isSequence ? $0.elements : $0.members }) {
      guard let object = object(callback.resolved), let name = ClassNames.known(object.name) else { continue }
      if name == "EarlyStopping" {
        lowerMonitor(object.arguments)
        let isAbsent = setTraining(
          TrainingKeys.earlyStopping,
          from: object.arguments,
          ["patience"]
        )
        // `pytorch/callbacks/early_stopping.py`.
        if isAbsent { experiment.training[TrainingKeys.earlyStopping] = Fact(3, byDefault("Lightning")) }
      } else if name == "ModelCheckpoint", experiment.training[TrainingKeys.monitor] == nil {
        lowerMonitor(object.arguments)
      }
    }
  }

  /// Lowers what decides when to stop or what to keep.
  mutating func lowerMonitor(_ holder: TreeNode) {
    guard let monitor = read(String.self, holder["monitor"]) else { return }
    experiment.training[TrainingKeys.monitor] = Fact([monitor.value], monitor.origin)
    if let mode = read(String.self, holder["mode"]), ["min", "max"].contains(mode.value) {
      experiment.training[TrainingKeys.monitorMode] = mode
    }
  }

  // MARK: - Batches

  /// Sets the batch of a device and, where that is known, that of an optimizer step.
  ///
  /// - Parameters:
  ///   - holder: The mapping that states the batch.
  ///   - names: Its keys.
  ///   - factor: How many examples the network gets for one of the batch, over devices and crops; nil where that is not known.
  ///   - fallback: What the loader takes when no key states it.
  mutating func lowerBatch(_ holder: TreeNode, _ names: [String], factor: Int? = 1, byDefault fallback: Int? = nil) {
    var batch = Record()
    let isAbsent = set(TrainingKeys.microBatchSize, in: &batch, at: RecordPath(.training), from: holder, names)
    if isAbsent, isComplete, let fallback { batch[TrainingKeys.microBatchSize] = Fact(fallback, byDefault("PyTorch")) }
    guard let micro = batch[TrainingKeys.microBatchSize], micro.value > 0 else { return }
    let accumulation = experiment.training[TrainingKeys.accumulationSteps]
    // Steps that are not known may be any number; a family without them has one.
    guard let factor, let steps = accumulation?.value ?? (family == .monai ? 1 : nil) else {
      experiment.training[TrainingKeys.microBatchSize] = micro
      return
    }
    let (all, isTooMany) = micro.value.multipliedReportingOverflow(by: factor)
    let (total, overflows) = all.multipliedReportingOverflow(by: steps)
    guard !isTooMany, !overflows, total > 0 else { return }
    let slot = slots?[TreeSlot.Place(record: RecordPath(.training), key: TrainingKeys.microBatchSize.name)]
    if factor == 1, steps == 1 {
      experiment.training[TrainingKeys.batchSize] = micro
      slots?[TreeSlot.Place(record: RecordPath(.training), key: TrainingKeys.batchSize.name)] = slot
      return
    }
    experiment.training[TrainingKeys.microBatchSize] = micro
    var basis = "the batch of one pass"
    if steps != 1 { basis += " times \(steps) accumulated" }
    if factor != 1 { basis += " times \(factor) \(family == .monai ? "crops" : "devices")" }
    experiment.training[TrainingKeys.batchSize] = Fact(total, .inferred(from: basis, at: micro.origin.location))
  }
}
