import ConfigSyntax
import Experiment

extension LudwigLowering {
  /// Lowers `trainer`, or `training` of releases before 0.5.
  mutating func lowerTraining(_ root: LudwigSection, isTrees: Bool) {
    var section = root.child("trainer")
    if section.node == nil, config["training"] != nil { section = root.child("training") }
    section.searchPaths = ["trainer", "training"]
    var training = record(of: section)
    let path = RecordPath(.training)
    set(
      TrainingKeys.earlyStopping,
      in: &training,
      at: path,
      from: [section.key("early_stop")],
      default: isLanguageModel ? nil : 5
    )
    lowerEvaluations(section, in: &training)
    lowerMonitor(section, in: &training, at: path)
    lowerSplit(root, in: &training)
    training[TrainingKeys.search] = lowerSearch(root, at: path.appending(TrainingKeys.search.name))
    guard !isTrees else {
      experiment.training = training
      return
    }
    lowerBatches(section, in: &training, at: path)
    // The schema of 0.8 and later gives a language model 1 or 3 epochs, by release and trainer.
    set(
      TrainingKeys.epochs,
      in: &training,
      at: path,
      from: [section.key("epochs")],
      default: isLanguageModel || section.member(["train_steps"]) != nil ? nil : 100
    )
    set(TrainingKeys.steps, in: &training, at: path, from: [section.key("train_steps")])
    let optimizer = lowerOptimizer(section, at: path.appending("optimizer"))
    training[TrainingKeys.optimizer] = Fact(optimizer, optimizer.location.map { .stated($0) } ?? Self.default())
    training[TrainingKeys.clip] = lowerClipping(section, at: path.appending("clip"))
    training[TrainingKeys.schedule] = lowerSchedule(section, at: path.appending("schedule"))
    lowerPenalty(section, in: &training, at: path)
    experiment.training = training
  }

  /// Lowers what is said of the data as a whole.
  mutating func lowerData(_ root: LudwigSection) {
    let section = root.child("preprocessing")
    var data = record(of: section.node == nil ? nil : section)
    set(DataKeys.sampleRatio, in: &data, at: RecordPath(.data), from: [section.key("sample_ratio")], default: 1)
    set(DataKeys.sampleSize, in: &data, at: RecordPath(.data), from: [section.key("sample_size")])
    lowerAugmentation(in: &data)
    experiment.data = data
  }

  /// Lowers whether images are varied: by a list of ways, or `true` for Ludwig's own.
  private func lowerAugmentation(in data: inout Record) {
    let images = (config["input_features"]?.elements ?? []).filter { $0["type"]?.string == "image" }
    guard !images.isEmpty else { return }
    let places = images + [config["defaults"]?["image"]].compactMap(\.self)
    let stated = places.compactMap { $0["augmentation"] }
    if let node = stated.first(where: { $0.boolean == true || !$0.elements.isEmpty }) {
      data[DataKeys.augmentation] = Fact(true, self.stated(node))
    } else {
      data[DataKeys.augmentation] = Fact(false, Self.default())
    }
  }

  /// Lowers the penalty on all weights.
  ///
  /// It was one from 0.5 on (`reg_loss` in `torch_utils.py`). Before, the factor multiplied what single layers asked for,
  /// which was nothing by default (`train_loss` in 0.4's `ecd.py`): configs of that time say 1 and train well.
  private mutating func lowerPenalty(_ section: LudwigSection, in training: inout Record, at path: RecordPath) {
    if version.mayBeBeforeTorch, section.member(["regularization_lambda"]) != nil { return }
    set(
      TrainingKeys.regularization,
      in: &training,
      at: path,
      from: [section.key("regularization_lambda")],
      default: 0
    )
    set(
      TrainingKeys.regularizationType,
      in: &training,
      at: path,
      from: [section.key("regularization_type")],
      words: ["l1": "l1", "l2": "l2", "l1_l2": "l1_l2"],
      null: "none",
      default: "l2"
    )
  }

  private var isLanguageModel: Bool {
    experiment.about.value(ExperimentKeys.modelType) == "language_model"
  }

  // MARK: - Batches, optimizer

  private mutating func lowerBatches(_ section: LudwigSection, in training: inout Record, at path: RecordPath) {
    var batch = Record()
    let isTuned = version.isSurelyAtLeast(0, 8)
    let fixed = isTuned == false ? 128 : nil
    set(TrainingKeys.batchSize, in: &batch, at: path, from: [section.key("batch_size")], default: fixed)
    if batch[name: TrainingKeys.batchSize.name] == nil, !isLanguageModel {
      if isTuned == true {
        batch[name: TrainingKeys.batchSize.name] = Fact(.deferred("auto"), Self.default(since: "0.8"))
      } else {
        noteDependence(TrainingKeys.batchSize.name, in: &batch, "128 before 0.8, auto since 0.8")
      }
    }
    guard let fact = batch[name: TrainingKeys.batchSize.name] else { return }
    set(TrainingKeys.accumulationSteps, in: &training, at: path, from: [section.key("gradient_accumulation_steps")])
    guard let steps = training[TrainingKeys.accumulationSteps], let micro = Int(fact.value) else {
      training[name: TrainingKeys.batchSize.name] = fact
      return
    }
    training[TrainingKeys.microBatchSize] = Fact(micro, fact.origin)
    training[TrainingKeys.batchSize] = Fact(
      micro.multipliedReportingOverflow(by: steps.value).partialValue,
      .inferred(from: "batch_size times gradient_accumulation_steps", at: fact.origin.location)
    )
    if steps.value != 1 { slots?[LudwigSlot.Place(record: path, key: TrainingKeys.batchSize.name)] = nil }
  }

  private mutating func lowerOptimizer(_ trainer: LudwigSection, at path: RecordPath) -> Record {
    let section = trainer.child("optimizer")
    var record = record(of: section.node == nil ? nil : section)
    var word = "adam"
    if let node = section.node?["type"], let text = node.string {
      word = text.lowercased()
      noteMisspelledWord(word, at: node.location(source: source), key: "optimizer", words: LudwigWords.optimizers.words)
      record[OptimizerKeys.name] = Fact(LudwigWords.optimizers[word] ?? word, stated(node))
    } else {
      record[OptimizerKeys.name] = Fact("adam", Self.default())
    }
    noteSlot(
      path,
      OptimizerKeys.name.name,
      reading: section.node?["type"].map { Reading<String>.stated(word, $0) } ?? .absent,
      keys: [section.key("type")],
      words: LudwigWords.optimizers
    )
    set(
      OptimizerKeys.learningRate,
      in: &record,
      at: path,
      from: [trainer.key("learning_rate")],
      default: isLanguageModel ? nil : 0.001
    )
    // bitsandbytes takes the decay from the weights in plain Adam too (`kOptimizer32bit2State` in `csrc/kernels.cu`).
    let isDecoupled =
      ["adamw", "lion", "lamb", "schedule_free_adamw", "soap"].contains(record.value(OptimizerKeys.name))
      || ["adam_8bit", "paged_adam", "paged_adam_8bit"].contains(word)
    let isTorch = version.isAtLeast(0, 5)
    set(
      OptimizerKeys.weightDecay,
      in: &record,
      at: path,
      from: [section.key("weight_decay")],
      default: isTorch && !["ftrl", "lbfgs", "soap", "muon", "adafactor"].contains(word) ? 0 : nil
    )
    record[OptimizerKeys.decoupledDecay] = Fact(isDecoupled, .inferred(from: "the optimizer", at: nil))
    let usual: Double? =
      word == "muon" ? 0.95 : ["sgd", "rmsprop"].contains(record.value(OptimizerKeys.name)) ? 0 : nil
    set(OptimizerKeys.momentum, in: &record, at: path, from: [section.key("momentum")], default: usual)
    set(OptimizerKeys.nesterov, in: &record, at: path, from: [section.key("nesterov")])
    if let betas = section.node?["betas"], betas.kind == .sequence, betas.count == 2 {
      record[OptimizerKeys.beta1] = betas[0]?.number.map { Fact($0, stated(betas)) }
      record[OptimizerKeys.beta2] = betas[1]?.number.map { Fact($0, stated(betas)) }
    } else {
      let usual = word.hasPrefix("adam") || word.contains("paged_adam") || word == "nadam" || word == "radam"
      set(OptimizerKeys.beta1, in: &record, at: path, from: [section.key("beta_1")], default: usual ? 0.9 : nil)
      set(OptimizerKeys.beta2, in: &record, at: path, from: [section.key("beta_2")], default: usual ? 0.999 : nil)
    }
    set(OptimizerKeys.rho, in: &record, at: path, from: [section.key("rho", "alpha", "decay")])
    set(OptimizerKeys.amsgrad, in: &record, at: path, from: [section.key("amsgrad")])
    set(OptimizerKeys.centered, in: &record, at: path, from: [section.key("centered")])
    set(OptimizerKeys.epsilon, in: &record, at: path, from: [section.key("eps", "epsilon")])
    return record
  }

  // MARK: - Clipping, schedule

  /// Lowers the gradient clipping.
  ///
  /// Since 0.5 the key is on when absent, and null takes the default too: `create_clipper` makes a default config of it. Only
  /// a null threshold is off.
  private mutating func lowerClipping(_ trainer: LudwigSection, at path: RecordPath) -> Fact<Record>? {
    let section = trainer.child("gradient_clipping")
    let kinds = [("clipglobalnorm", "global_norm"), ("clipnorm", "norm"), ("clipvalue", "value")]
    let standing = trainer.member(["gradient_clipping"])?.value
    var record = record(of: section.node == nil ? nil : section)
    let note = standing.map { $0.isNull ? "null is the default, not off" : nil } ?? nil
    let byDefault = Self.default(since: version.isAtLeast(0, 5) && version.number == nil ? "0.5" : nil, note: note)
    guard let mapping = section.node else {
      guard standing == nil || standing?.isNull == true else { return nil }
      guard version.isAtLeast(0, 5) else {
        record[ClipKeys.kind] = Fact("off", Self.default())
        return Fact(record, Self.default())
      }
      record[ClipKeys.kind] = Fact("global_norm", byDefault)
      record[ClipKeys.threshold] = Fact(0.5, byDefault)
      noteClipSlots(section, key: "clipglobalnorm", standing: nil, at: path)
      return Fact(record, byDefault)
    }
    for (key, kind) in kinds {
      guard let node = mapping[key], !node.isNull else { continue }
      set(ClipKeys.threshold, in: &record, at: path, from: [section.key(key)])
      record[ClipKeys.kind] = Fact(kind, stated(node))
      noteClipSlots(section, key: key, standing: node, at: path)
      return Fact(record, stated(mapping))
    }
    if let off = mapping["clipglobalnorm"] {
      record[ClipKeys.kind] = Fact("off", stated(off))
      return Fact(record, stated(mapping))
    }
    // A mapping without the key leaves the default on, even beside another key that is null.
    record[ClipKeys.kind] = Fact("global_norm", byDefault)
    record[ClipKeys.threshold] = Fact(0.5, byDefault)
    noteClipSlots(section, key: "clipglobalnorm", standing: nil, at: path)
    return Fact(record, byDefault)
  }

  private mutating func noteClipSlots(_ section: LudwigSection, key: String, standing: SyntaxNode?, at path: RecordPath)
  {
    let place = LudwigKey(section: section, names: [key])
    var slot = LudwigSlot(stated: standing, key: place)
    slots?[LudwigSlot.Place(record: path, key: ClipKeys.threshold.name)] = slot
    slot.null = "off"
    slot.words = ["off": ""]
    slots?[LudwigSlot.Place(record: path, key: ClipKeys.kind.name)] = slot
  }

  /// Lowers the learning-rate schedule, whose keys stood on the trainer before 0.7.
  private mutating func lowerSchedule(_ trainer: LudwigSection, at path: RecordPath) -> Fact<Record>? {
    let section = trainer.child("learning_rate_scheduler")
    var record = record(of: section.node == nil ? nil : section)
    let keys = [section.key("decay"), trainer.key("decay")]
    if case .stated(let isOn, let node) = read(
      Bool.self,
      keys.filter { $0.section.member($0.names)?.value.boolean != nil }
    ) {
      if isOn { record[ScheduleKeys.name] = Fact("exponential", stated(node)) }
    } else {
      set(
        ScheduleKeys.name,
        in: &record,
        at: path,
        from: keys.filter { $0.section.member($0.names)?.value.boolean == nil }
      )
    }
    set(ScheduleKeys.warmupFraction, in: &record, at: path, from: [section.key("warmup_fraction")])
    // An evaluation is an epoch unless the trainer says otherwise.
    if trainer.member(["steps_per_checkpoint"]) == nil, trainer.member(["checkpoints_per_epoch"]) == nil {
      let keys = [section.key("warmup_evaluations"), trainer.key("learning_rate_warmup_epochs")]
      set(ScheduleKeys.warmupEpochs, in: &record, at: path, from: keys)
    }
    switch record.value(ScheduleKeys.name) {
    case "exponential":
      let steps = [section.key("decay_steps"), trainer.key("decay_steps")]
      set(ScheduleKeys.decaySteps, in: &record, at: path, from: steps, default: 10000)
      let rate = [section.key("decay_rate"), trainer.key("decay_rate")]
      set(ScheduleKeys.decayRate, in: &record, at: path, from: rate, default: 0.96)
    case "cosine":
      // `init_cosine_decay` starts anew after `t_0` steps, and after each evaluation where that is not given.
      set(ScheduleKeys.decaySteps, in: &record, at: path, from: [section.key("t_0")])
      set(ScheduleKeys.endRate, in: &record, at: path, from: [section.key("eta_min")], default: 0)
      record[ScheduleKeys.restarts] = Fact(true, Self.default(note: "starts anew after \"t_0\" steps"))
    default: break
    }
    let name = record[name: ScheduleKeys.name.name]?.origin
    let warmup = record[name: ScheduleKeys.warmupFraction.name] ?? record[name: ScheduleKeys.warmupEpochs.name]
    return (name ?? warmup?.origin).map { Fact(record, $0) }
  }
}
