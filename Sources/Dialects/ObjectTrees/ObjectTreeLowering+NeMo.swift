import ConfigSyntax
import Experiment

/// NeMo's configs: a `model` with its data, optimizer and parts, and Lightning's trainer beside it.
extension ObjectTreeLowering {
  mutating func lowerNeMo() {
    let root = tree.root
    let model = root.value("model")
    lowerBeginning(root, model)
    var devices: Int?
    if let trainer = root.value("trainer") { devices = lowerTrainer(trainer) }
    if let model { lowerNeMoBatch(root, model, devices: devices) }
    lowerManager(root)
    if let optimizer = root.value(atFirst: ["model.optim", "model.optimizer", "optim"]) {
      // `MegatronOptimizerModule` keeps the settings of Megatron's optimizer under `config`, with a decay that is decoupled.
      let settings = optimizer.value("config")
      let word = optimizer.value("name") ?? settings?.value("optimizer")
      lowerOptimizer(optimizer, arguments: settings, word: word, in: settings == nil ? nil : "megatron")
      if let schedule = optimizer.value("sched", "lr_scheduler") ?? model?.value("lr_scheduler") {
        lowerSchedule(schedule, word: schedule.value("name"))
        lowerNoam(schedule)
      }
    }
    guard let model else { return }
    lowerNeMoModel(model)
  }

  // MARK: - Private

  /// Lowers whether training starts from weights of an earlier one.
  private mutating func lowerBeginning(_ root: TreeNode, _ model: TreeNode?) {
    let keys = ["init_from_nemo_model", "init_from_pretrained_model", "init_from_ptl_ckpt"]
    let beginnings = keys.map { root.value($0) } + ["restore_from_path", "restore_from_ckpt"].map { model?.value($0) }
    if let place = beginnings.compactMap({ $0 }).first?.location {
      experiment.about[ExperimentKeys.fineTuned] = Fact(
        true,
        .inferred(from: "the weights that it starts from", at: place)
      )
    } else if let peft = model?.value("peft") ?? root.value("peft"), peft.isMapping {
      experiment.about[ExperimentKeys.fineTuned] = Fact(true, .inferred(from: "its adapters", at: peft.location))
    }
    if let model, model["hidden_size"] != nil, model["max_position_embeddings"] != nil {
      experiment.about[ExperimentKeys.modelType] = Fact(
        "language_model",
        .inferred(from: "the model", at: model.location)
      )
    }
  }

  private mutating func lowerNeMoBatch(_ root: TreeNode, _ model: TreeNode, devices: Int?) {
    let data = root.value(atFirst: ["model.data.train_ds", "data.train_ds"])
    let holders = [model, data].compactMap(\.self)
    if let holder = holders.first(where: { $0["global_batch_size"] != nil }) {
      setTraining(TrainingKeys.batchSize, from: holder, ["global_batch_size"])
      setTraining(TrainingKeys.microBatchSize, from: holder, ["micro_batch_size"])
      return
    }
    let loaders = ["model.train_ds.dataloader_params", "model.train_ds", "data.train_ds", "model.train_ds.dataloader"]
    guard let holder = root.value(atFirst: loaders.filter { root.value(at: $0)?["batch_size"] != nil }) else { return }
    // Buckets of like lengths have batches of their own.
    if let buckets = holder["bucketing_batch_size"] ?? holder["use_bucketing"], !buckets.isNull,
      buckets.own?.node.boolean != false
    {
      return
    }
    lowerBatch(holder, ["batch_size"], factor: devices)
  }

  /// Lowers what the experiment manager watches.
  private mutating func lowerManager(_ root: TreeNode) {
    guard let manager = root.value("exp_manager") else { return }
    if let stopping = manager.value("early_stopping_callback_params"),
      read(Bool.self, manager["create_early_stopping_callback"])?.value == true
    {
      lowerMonitor(stopping)
      setTraining(TrainingKeys.earlyStopping, from: stopping, ["patience"])
    } else if let checkpoint = manager.value("checkpoint_callback_params"),
      read(Bool.self, manager["create_checkpoint_callback"])?.value != false
    {
      lowerMonitor(checkpoint)
    }
  }

  /// Puts the highest rate in the place of Noam's factor.
  ///
  /// The rate at step s is lr / sqrt(d_model) * min(s^-0.5, s * warmup^-1.5), highest at the end of the warm-up (`NoamAnnealing` in
  /// `nemo/core/optim/lr_scheduler.py`, NeMo 3.0.0).
  private mutating func lowerNoam(_ schedule: TreeNode) {
    guard let name = experiment.training.value(TrainingKeys.schedule)?.value(ScheduleKeys.name), name == "noam",
      var optimizer = experiment.training[TrainingKeys.optimizer]
    else { return }
    let factor = optimizer.value[OptimizerKeys.learningRate]
    optimizer.value[OptimizerKeys.learningRate] = nil
    slots?[TreeSlot.Place(record: Self.optimizerPath, key: OptimizerKeys.learningRate.name)] = nil
    if let factor, let width = read(Double.self, schedule["d_model"])?.value,
      let warmup = read(Double.self, schedule["warmup_steps"])?.value, width > 0, warmup > 0
    {
      optimizer.value[OptimizerKeys.learningRate] = Fact(
        factor.value / (width * warmup).squareRoot(),
        .inferred(from: "Noam's factor, the model's width and the warm-up", at: factor.origin.location)
      )
    }
    experiment.training[TrainingKeys.optimizer] = optimizer
  }

  private mutating func lowerNeMoModel(_ model: TreeNode) {
    var input = Record(location: model.value("preprocessor")?.location)
    if let normalize = model.value("preprocessor")?["normalize"], let place = normalize.location {
      let word = normalize.isNull ? "none" : read(String.self, normalize)?.value
      // `normalize_batch` in `asr/parts/preprocessing/features.py`: other words than these leave the features alone.
      let names = ["per_feature": "zscore", "all_features": "zscore", "none": "none", "NA": "none"]
      if let name = word.flatMap({ names[$0] }) { input[InputKeys.normalization] = Fact(name, .stated(place)) }
    }
    if let preprocessor = object(model.value("preprocessor")), preprocessor.name.hasPrefix("nemo.collections.asr") {
      input[InputKeys.type] = Fact("audio", .inferred(from: "the preprocessor", at: preprocessor.node.location))
      experiment.inputs = [input]
    }
    if let augmentation = model.value("spec_augment"), object(augmentation) != nil {
      experiment.data[DataKeys.augmentation] = Fact(true, .inferred(from: "masks at random", at: augmentation.location))
    }
    for part in ["encoder", "decoder"] {
      guard let node = model.value(part), object(node) != nil else { continue }
      appendNetwork(node, named: part, role: part)
    }
    if experiment.layers.isEmpty, model["hidden_dropout"] != nil { appendNetwork(model, named: "model") }
    var facts = Record(location: model.value("loss")?.location)
    if let loss = model.value("loss") { lowerLoss(loss, in: &facts, at: RecordPath(.output(0))) }
    if !facts.isEmpty || !experiment.layers.isEmpty {
      experiment.outputs = [Output(facts: facts, layer: experiment.layers.isEmpty ? nil : experiment.layers.count - 1)]
    }
  }
}
