import ConfigSyntax
import Experiment

/// The sections `data` and `training`.
extension NativeLowering {
  mutating func readData(_ reader: KeyReader) {
    var reader = reader
    experiment.data = reader.record()
    reader.set(DataKeys.samples, from: "samples", in: .atLeast(1), of: &experiment.data)
    reader.set(DataKeys.sample, from: "sample", in: &experiment.data)
    reader.set(DataKeys.augmentation, from: "augmentation", in: &experiment.data)
    if let inputs = reader.readInputs() { experiment.data[DataKeys.inputs] = inputs }
    if let columns = reader.readColumns() { experiment.data[DataKeys.columns] = columns }
    if let targets = reader.readTarget("targets") {
      experiment.data[DataKeys.targets] = targets
      outputs.shared[OutputKeys.target] = targets
      outputs.shared[OutputKeys.classes] = targets.value[TargetKeys.classes]
    }
    reader.finish(into: &experiment.problems)
  }

  mutating func readTraining(_ reader: KeyReader) {
    var reader = reader
    var training = reader.record()
    reader.set(TrainingKeys.microBatchSize, from: "micro_batch_size", in: .atLeast(1), of: &training)
    reader.set(TrainingKeys.accumulationSteps, from: "accumulation_steps", in: .atLeast(1), of: &training)
    // Numbers that rules judge, and can mend, pass as they are: batch sizes, rates, thresholds.
    reader.set(TrainingKeys.batchSize, from: "batch_size", in: &training)
    reader.set(TrainingKeys.epochs, from: "epochs", in: .atLeast(0), of: &training)
    reader.set(TrainingKeys.steps, from: "steps", in: .atLeast(0), of: &training)
    reader.set(ExperimentKeys.stepsPerEpoch, from: "steps_per_epoch", in: .atLeast(1), of: &experiment.about)
    reader.set(TrainingKeys.validationSplit, from: "validation_split", in: .share, of: &training)
    reader.set(TrainingKeys.testSplit, from: "test_split", in: .share, of: &training)
    reader.set(TrainingKeys.validationSamples, from: "validation_samples", in: .atLeast(0), of: &training)
    reader.set(TrainingKeys.earlyStopping, from: "early_stopping", in: &training)
    reader.setTexts(TrainingKeys.monitor, from: "monitor", in: &training)
    reader.setWord(TrainingKeys.monitorMode, from: "monitor_mode", among: NativeWords.directions, in: &training)
    reader.set(TrainingKeys.regularization, from: "regularization", in: .notNegative, of: &training)
    reader.setWord(
      TrainingKeys.regularizationType,
      from: "regularization_type",
      among: ["l1": "l1", "l2": "l2", "l1_l2": "l1_l2", "none": "none"],
      in: &training
    )
    reader.setOptimizer(in: &training)
    reader.setSchedule(in: &training)
    reader.setClip(in: &training)
    reader.setLoss(in: &outputs.shared)
    reader.setTexts(OutputKeys.metrics, from: "metrics", in: &outputs.shared)
    reader.set(OutputKeys.classWeights, from: "class_weights", in: .notNegative, of: &outputs.shared)
    if training[TrainingKeys.batchSize] == nil, let micro = training[TrainingKeys.microBatchSize] {
      let steps = training.value(TrainingKeys.accumulationSteps) ?? 1
      let (size, overflow) = micro.value.multipliedReportingOverflow(by: steps)
      if !overflow {
        training[TrainingKeys.batchSize] = Fact(
          size,
          .inferred(from: "micro-batch size and accumulation steps", at: micro.origin.location)
        )
      }
    }
    experiment.training = training
    reader.finish(into: &experiment.problems)
  }
}

extension KeyReader {
  // MARK: - Data

  fileprivate mutating func readInputs() -> Fact<Record>? {
    guard var reader = nested("inputs", subject: "\"data.inputs\"") else { return nil }
    var record = reader.record()
    reader.setStatistics(in: &record)
    reader.setMeaning(in: &record)
    reader.set(InputKeys.shape, from: "shape", in: &record)
    return close(reader, record)
  }

  /// Reads what is known of single columns, by their names.
  fileprivate mutating func readColumns() -> Fact<Record>? {
    guard var reader = nested("columns", subject: "\"data.columns\"") else { return nil }
    var columns = reader.record()
    for member in reader.node.members {
      reader.passOver(member.name)
      guard var column = reader.nested(member.name, subject: "column \"\(member.name)\"") else { continue }
      var record = Record(location: member.key.location(source: source), container: column.record().container)
      column.setStatistics(in: &record)
      column.setMeaning(in: &record)
      column.set(TargetKeys.classes, from: "classes", in: .atLeast(1), of: &record)
      columns[FactKey<Record>(member.name)] = reader.close(column, record)
    }
    return close(reader, columns)
  }

  /// Reads what is known of targets.
  mutating func readTarget(_ key: String) -> Fact<Record>? {
    guard var reader = nested(key, subject: "\"\(key)\"") else { return nil }
    var record = reader.record()
    reader.setStatistics(in: &record)
    reader.set(TargetKeys.classes, from: "classes", in: .atLeast(1), of: &record)
    reader.set(TargetKeys.classShares, from: "class_shares", in: .shares, of: &record)
    reader.setMeaning(in: &record)
    return close(reader, record)
  }

  private mutating func setStatistics(in record: inout Record) {
    set(TargetKeys.features, from: "features", in: .atLeast(1), of: &record)
    setRange(in: &record)
    set(TargetKeys.mean, from: "mean", in: .finite, of: &record)
    set(TargetKeys.standardDeviation, from: "std", in: .notNegative, of: &record)
    setWord(TargetKeys.normalization, from: "normalization", among: NativeWords.normalizations, in: &record)
  }

  /// Sets what the numbers stand for, and how a value becomes numbers.
  private mutating func setMeaning(in record: inout Record) {
    setWord(TargetKeys.kind, from: "kind", among: NativeWords.kinds, in: &record)
    setWord(TargetKeys.encoding, from: "encoding", among: NativeWords.encodings, in: &record)
  }

  private mutating func setRange(in record: inout Record) {
    set(TargetKeys.minimum, from: "min", in: .finite, of: &record)
    set(TargetKeys.maximum, from: "max", in: .finite, of: &record)
    guard let member = member("range"), !member.value.isNull else { return }
    let bounds = member.value.elements
    guard bounds.count == 2, let low = bounds[0].number, let high = bounds[1].number, low.isFinite, high.isFinite else {
      return noteWrongType(member, wanted: "a list of two numbers, the lowest and the highest")
    }
    guard low <= high else {
      return note(.invalidValue, "the range starts at \(low), above its end \(high)", at: member.value)
    }
    record[TargetKeys.minimum] = Fact(low, .stated(bounds[0].location(source: source)))
    record[TargetKeys.maximum] = Fact(high, .stated(bounds[1].location(source: source)))
  }

  // MARK: - Outputs

  mutating func setTask(in record: inout Record) {
    setWord(OutputKeys.task, from: "task", among: NativeWords.tasks, in: &record)
  }

  mutating func setLoss(in record: inout Record) {
    let stated = read(Bool.self, "from_logits")
    if let loss = read(String.self, "loss") {
      let known = LossVocabulary.resolve(loss.value)
      if known == nil { noteNearMiss(loss, among: LossVocabulary.names) }
      record[OutputKeys.loss] = Fact(known?.name ?? loss.value, loss.origin)
      if let fromLogits = known?.fromLogits, stated == nil {
        record[OutputKeys.fromLogits] = Fact(
          fromLogits,
          .inferred(from: "the loss's name \"\(loss.value)\"", at: loss.origin.location)
        )
      }
    }
    if let stated { record[OutputKeys.fromLogits] = stated }
    if stated != nil, let loss = record.value(OutputKeys.loss), let traits = LossVocabulary.traits(of: loss),
      traits.logitsActivation == nil
    {
      noteIgnored("from_logits", "the loss \"\(loss)\" applies no activation")
    }
  }

  // MARK: - Training

  fileprivate mutating func setOptimizer(in training: inout Record) {
    guard let node = value("optimizer") else { return }
    if let name = node.string {
      var record = Record(location: node.location(source: source))
      record.setOptimizerName(Fact(name, .stated(node.location(source: source))), &self)
      training[TrainingKeys.optimizer] = Fact(record, .stated(node.location(source: source)))
      return
    }
    guard var reader = nested("optimizer", subject: "\"optimizer\"") else { return }
    var record = reader.record()
    if let name = reader.read(String.self, "name") { record.setOptimizerName(name, &reader) }
    reader.set(OptimizerKeys.learningRate, from: "learning_rate", "lr", in: .finite, of: &record)
    reader.set(OptimizerKeys.momentum, from: "momentum", in: .finite, of: &record)
    reader.set(OptimizerKeys.nesterov, from: "nesterov", in: &record)
    reader.set(OptimizerKeys.beta1, from: "beta_1", in: .finite, of: &record)
    reader.set(OptimizerKeys.beta2, from: "beta_2", in: .finite, of: &record)
    reader.set(OptimizerKeys.rho, from: "rho", in: .finite, of: &record)
    reader.set(OptimizerKeys.amsgrad, from: "amsgrad", in: &record)
    reader.set(OptimizerKeys.centered, from: "centered", in: &record)
    reader.set(OptimizerKeys.epsilon, from: "epsilon", in: .finite, of: &record)
    reader.set(OptimizerKeys.weightDecay, from: "weight_decay", in: .finite, of: &record)
    reader.set(OptimizerKeys.decoupledDecay, from: "decoupled", in: &record)
    reader.setClip(in: &training)
    training[TrainingKeys.optimizer] = close(reader, record)
  }

  fileprivate mutating func setSchedule(in training: inout Record) {
    guard let node = value("schedule") else { return }
    let place = node.location(source: source)
    if let name = node.string {
      var record = Record(location: place)
      record[ScheduleKeys.name] = Fact(name, .stated(place))
      training[TrainingKeys.schedule] = Fact(record, .stated(place))
      return
    }
    guard var reader = nested("schedule", subject: "\"schedule\"") else { return }
    var record = reader.record()
    reader.set(ScheduleKeys.name, from: "name", in: &record)
    reader.set(ScheduleKeys.warmupSteps, from: "warmup_steps", in: .atLeast(0), of: &record)
    reader.set(ScheduleKeys.warmupEpochs, from: "warmup_epochs", in: .notNegative, of: &record)
    reader.set(ScheduleKeys.warmupFraction, from: "warmup_fraction", in: .notNegative, of: &record)
    reader.set(ScheduleKeys.endRate, from: "end_learning_rate", in: .finite, of: &record)
    reader.set(ScheduleKeys.restarts, from: "restarts", in: &record)
    reader.set(ScheduleKeys.decaySteps, from: "decay_steps", in: .atLeast(0), of: &record)
    reader.set(ScheduleKeys.decayRate, from: "decay_rate", in: .finite, of: &record)
    training[TrainingKeys.schedule] = close(reader, record)
  }

  /// Reads `clip`: one of the kinds with its threshold, or `off`.
  fileprivate mutating func setClip(in training: inout Record) {
    guard let member = member("clip"), !member.value.isNull else { return }
    let place = member.value.location(source: source)
    if member.value.string == "off" || member.value.string == "none" || member.value.boolean == false {
      var record = Record(location: place)
      record[ClipKeys.kind] = Fact("off", .stated(place))
      training[TrainingKeys.clip] = Fact(record, .stated(place))
      return
    }
    guard member.value.kind == .mapping else {
      return noteWrongType(member, wanted: "a mapping such as {global_norm: 1.0}, or off")
    }
    guard var reader = nested("clip", subject: "\"clip\"") else { return }
    var record = reader.record()
    for kind in ["norm", "global_norm", "value"] {
      guard let clip = reader.member(kind), record[ClipKeys.kind] == nil else { continue }
      reader.set(ClipKeys.threshold, from: kind, in: .finite, of: &record)
      record[ClipKeys.kind] = Fact(kind, .stated(clip.key.location(source: source)))
    }
    training[TrainingKeys.clip] = close(reader, record)
  }
}

extension Record {
  fileprivate mutating func setOptimizerName(_ name: Fact<String>, _ reader: inout KeyReader) {
    let known = OptimizerVocabulary.standardName(of: name.value)
    if known == nil { reader.noteNearMiss(name, among: OptimizerVocabulary.names) }
    self[OptimizerKeys.name] = Fact(known ?? name.value, name.origin)
    if known.flatMap(OptimizerVocabulary.traits)?.decouplesDecay == true {
      let origin = Origin.inferred(from: "the optimizer's name", at: name.origin.location)
      setIfUnknown(OptimizerKeys.decoupledDecay, true, origin)
    }
  }
}

/// The words of the native format that stand for one of several.
enum NativeWords {
  static let tasks = [
    "regression": "regression", "binary": "binary", "multiclass": "multiclass", "multilabel": "multilabel",
    "sequence": "sequence", "reinforcement": "reinforcement",
    "binary_classification": "binary", "multiclass_classification": "multiclass",
    "multilabel_classification": "multilabel", "generation": "generation", "other": "other",
  ]

  static let normalizations = [
    "none": "none", "zscore": "zscore", "minmax": "minmax", "log1p": "log1p", "rescaled": "rescaled",
    "standard": "zscore", "standardize": "zscore", "min_max": "minmax", "iq": "iq", "robust": "robust",
  ]

  /// What the numbers of a column stand for.
  static let kinds = [
    "number": "number", "numeric": "number", "count": "number", "binary": "binary", "flag": "binary",
    "ordinal": "ordinal", "category": "category", "categorical": "category", "id": "id", "angle": "angle",
    "cyclic": "cyclic", "timestamp": "timestamp", "date": "timestamp", "datetime": "timestamp", "text": "text",
    "tokens": "tokens", "image": "image", "audio": "audio",
  ]

  /// How a value becomes numbers.
  static let encodings = [
    "none": "none", "one_hot": "one_hot", "onehot": "one_hot", "multi_hot": "multi_hot", "embedding": "embedding",
    "sin_cos": "sin_cos", "hashed": "hashed", "binned": "binned", "target": "target", "ordinal": "ordinal",
    "tf_idf": "tf_idf", "bag_of_words": "bag_of_words",
  ]

  /// Which way a quantity is better.
  static let directions = [
    "min": "min", "minimize": "min", "max": "max", "maximize": "max",
  ]
}
