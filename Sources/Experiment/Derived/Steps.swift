extension Experiment {
  /// Adds the number of optimizer steps in an epoch and in the whole run.
  mutating func deriveSteps() {
    let batchSize = training[TrainingKeys.batchSize]
    if let batchSize, batchSize.value > 0, let samples = samplesInTraining() {
      about.setIfUnknown(
        ExperimentKeys.stepsPerEpoch,
        samples / batchSize.value + (samples % batchSize.value == 0 ? 0 : 1),
        .inferred(from: "samples, validation split and batch size", at: batchSize.origin.location)
      )
    }
    if let steps = training[TrainingKeys.steps] {
      about.setIfUnknown(
        ExperimentKeys.totalSteps,
        steps.value,
        .inferred(from: "the stated steps", at: steps.origin.location)
      )
    } else if let epochs = training[TrainingKeys.epochs],
      let perEpoch = about.value(ExperimentKeys.stepsPerEpoch)
    {
      let (total, overflow) = perEpoch.multipliedReportingOverflow(by: epochs.value)
      guard !overflow else { return }
      about.setIfUnknown(
        ExperimentKeys.totalSteps,
        total,
        .inferred(from: "steps per epoch and epochs", at: epochs.origin.location)
      )
    }
  }

  /// Adds the share of the run that a warm-up takes, which is stated in steps or epochs.
  mutating func deriveWarmup() {
    guard var schedule = training[TrainingKeys.schedule], schedule.value[ScheduleKeys.warmupFraction] == nil else {
      return
    }
    if let steps = schedule.value[ScheduleKeys.warmupSteps], let total = about.value(ExperimentKeys.totalSteps),
      total > 0
    {
      schedule.value[ScheduleKeys.warmupFraction] = Fact(
        Double(steps.value) / Double(total),
        .inferred(from: "the steps of warm-up and run", at: steps.origin.location)
      )
    } else if let epochs = schedule.value[ScheduleKeys.warmupEpochs], training[TrainingKeys.steps] == nil,
      let total = training.value(TrainingKeys.epochs), total > 0
    {
      schedule.value[ScheduleKeys.warmupFraction] = Fact(
        epochs.value / Double(total),
        .inferred(from: "the epochs of warm-up and run", at: epochs.origin.location)
      )
    } else {
      return
    }
    training[TrainingKeys.schedule] = schedule
  }

  /// The examples that are trained on: those that are not held out.
  ///
  /// Without a stated split none are.
  private func samplesInTraining() -> Int? {
    guard let samples = data.value(DataKeys.samples), samples > 0 else { return nil }
    let split =
      (training.value(TrainingKeys.validationSplit) ?? 0) + (training.value(TrainingKeys.testSplit) ?? 0)
    let ratio = data.value(DataKeys.sampleRatio) ?? 1
    guard split >= 0, split < 1, ratio > 0, ratio <= 1 else { return nil }
    let used = min(
      data.value(DataKeys.sampleSize) ?? samples,
      Int(exactly: (Double(samples) * ratio).rounded(.down)) ?? samples
    )
    // As Keras splits (`train_validation_split` in `keras/src/trainers/data_adapters/data_adapter_utils.py`).
    return max(Int(exactly: (Double(used) * (1 - split)).rounded(.down)) ?? used, 1)
  }
}
