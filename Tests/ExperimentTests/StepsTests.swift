import Experiment
import Testing

struct StepsTests {
  /// What is stated, and the steps per epoch and in all that follow.
  struct Case: Sendable {
    var samples: Int?
    var batchSize: Int?
    var split: Double?
    var epochs: Int?
    var steps: Int?
    var perEpoch: Int?
    var total: Int?
  }

  @Test(arguments: [
    Case(samples: 1000, batchSize: 32, split: 0.2, epochs: 10, perEpoch: 25, total: 250),
    Case(samples: 1000, batchSize: 32, perEpoch: 32),
    Case(samples: 1000, batchSize: 2000, epochs: 3, perEpoch: 1, total: 3),
    Case(batchSize: 32, epochs: 3),
    Case(steps: 700, total: 700),
    Case(samples: 1000, batchSize: 10, epochs: 5, steps: 700, perEpoch: 100, total: 700),
    Case(samples: 1000, batchSize: 0, epochs: 5),
    Case(samples: 1000, batchSize: 10, split: 1, epochs: 5),
    Case(samples: .max, batchSize: 1, epochs: .max, perEpoch: .max),
  ])
  func `counts optimizer steps`(run: Case) {
    var sketch = Sketch()
    sketch.change { experiment in
      experiment.data.setIfUnknown(DataKeys.samples, run.samples, Sketch.stated)
      experiment.training.setIfUnknown(TrainingKeys.batchSize, run.batchSize, Sketch.stated)
      experiment.training.setIfUnknown(TrainingKeys.epochs, run.epochs, Sketch.stated)
      experiment.training.setIfUnknown(TrainingKeys.steps, run.steps, Sketch.stated)
      experiment.training.setIfUnknown(TrainingKeys.validationSplit, run.split, Sketch.stated)
    }
    let about = sketch.derived.about
    #expect(about.value(ExperimentKeys.stepsPerEpoch) == run.perEpoch)
    #expect(about.value(ExperimentKeys.totalSteps) == run.total)
  }

  /// A warm-up as it is stated, and the share of the run that it takes.
  struct Warmup: Sendable {
    var steps: Int?
    var epochs: Double?
    var fraction: Double?
    var runSteps: Int?
    var runEpochs: Int?
    var share: Double?
  }

  @Test(arguments: [
    Warmup(steps: 50, runSteps: 200, share: 0.25),
    Warmup(epochs: 3, runEpochs: 12, share: 0.25),
    Warmup(epochs: 3, runSteps: 50, runEpochs: 12),
    Warmup(steps: 50, fraction: 0.5, runSteps: 200, share: 0.5),
    Warmup(steps: 50),
    Warmup(steps: 50, runSteps: 0),
  ])
  func `finds the share of a warm-up`(warmup: Warmup) {
    var sketch = Sketch()
    sketch.change { experiment in
      var schedule = Record()
      schedule.setIfUnknown(ScheduleKeys.warmupSteps, warmup.steps, Sketch.stated)
      schedule.setIfUnknown(ScheduleKeys.warmupEpochs, warmup.epochs, Sketch.stated)
      schedule.setIfUnknown(ScheduleKeys.warmupFraction, warmup.fraction, Sketch.stated)
      experiment.training[TrainingKeys.schedule] = Fact(schedule, Sketch.stated)
      experiment.training.setIfUnknown(TrainingKeys.steps, warmup.runSteps, Sketch.stated)
      experiment.training.setIfUnknown(TrainingKeys.epochs, warmup.runEpochs, Sketch.stated)
    }
    let schedule = sketch.derived.training.value(TrainingKeys.schedule)
    #expect(schedule?.value(ScheduleKeys.warmupFraction) == warmup.share)
  }
}
