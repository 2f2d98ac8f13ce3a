import Dialects
import Experiment
import Testing

struct LudwigTrainingTests {
  private static let features = """
    input_features: [{name: a, type: number}]
    output_features: [{name: b, type: number}]

    """

  @Test func `says what Ludwig does when nothing is stated`() throws {
    let training = try LudwigSample(Self.features).experiment.training
    let optimizer = try #require(training.value(TrainingKeys.optimizer))
    let clip = try #require(training.value(TrainingKeys.clip))
    #expect(optimizer.value(OptimizerKeys.name) == "adam")
    #expect(optimizer[OptimizerKeys.learningRate]?.value == 0.001)
    #expect(optimizer[OptimizerKeys.learningRate]?.kind == "default")
    #expect(training[name: "batch_size"]?.value == .depending(onVersion: "128 before 0.8, auto since 0.8"))
    #expect(training.value(TrainingKeys.batchSize) == nil)
    #expect(training.value(TrainingKeys.epochs) == 100)
    #expect(training.value(TrainingKeys.earlyStopping) == 5)
    #expect(training.value(TrainingKeys.validationSplit) == 0.1)
    #expect(training.value(TrainingKeys.regularization) == 0)
    #expect(clip.value(ClipKeys.kind) == "global_norm")
    #expect(clip[ClipKeys.threshold]?.value == 0.5)
    #expect(clip[ClipKeys.threshold]?.kind == "default since 0.5")
  }

  @Test func `takes the defaults of the release that the form or the file says`() throws {
    let old = try LudwigSample(
      "input_features: [{name: a, type: numerical}]\noutput_features: [{name: b, type: numerical}]\ntraining: {epochs: 2}"
    ).experiment
    #expect(old.training[TrainingKeys.batchSize]?.value == 128)
    #expect(old.training[TrainingKeys.batchSize]?.kind == "default")
    #expect(old.inputs[0][InputKeys.normalization]?.value == "none")
    #expect(old.inputs[0].value(InputKeys.type) == "number")

    let saved = try LudwigSample(Self.features + "ludwig_version: 0.6.2\n").experiment
    #expect(saved.inputs[0].value(InputKeys.normalization) == "none")
    #expect(saved.training.value(TrainingKeys.batchSize) == 128)
    #expect(saved.about.value(ExperimentKeys.frameworkVersion) == "0.6.2")

    let older = try LudwigSample(Self.features + "ludwig_version: 0.4.1\n").experiment
    #expect(older.training.value(TrainingKeys.clip)?.value(ClipKeys.kind) == "off")

    let newest = try LudwigSample(Self.features + "ludwig_version: 0.10.4\n").experiment
    #expect(newest.inputs[0][InputKeys.normalization]?.value == "zscore")
    #expect(newest.inputs[0][InputKeys.normalization]?.kind == "default since 0.7")
    #expect(
      newest.training[name: "batch_size"]
        == Fact(.deferred("auto"), .default(DefaultSource(framework: "Ludwig", since: "0.8")))
    )
    #expect(newest.outputs[0].facts.value(OutputKeys.target)?.value(TargetKeys.normalization) == "none")
  }

  @Test func `a default that depends on a release that nobody names is none`() throws {
    let open = try LudwigSample(Self.features).experiment
    #expect(open.inputs[0].value(InputKeys.normalization) == nil)
    let value = try #require(open.inputs[0][name: InputKeys.normalization.name]?.value)
    #expect(value.dependsOnVersion)
    #expect(value.description == "depends on the version: none before 0.7, zscore since 0.7")
    // A stated value stays, and so does a default of all releases.
    let stated = try LudwigSample(
      "input_features: [{name: a, type: number, preprocessing: {normalization: null}}]\noutput_features: [{name: b, type: binary}]"
    )
    #expect(stated.experiment.inputs[0][InputKeys.normalization]?.kind == "stated")
    #expect(open.training.value(TrainingKeys.epochs) == 100)
  }

  @Test(arguments: [
    ("trainer: {use_mixed_precision: true}", "zscore", nil),
    ("trainer: {compile: true}", "zscore", FactValue.deferred("auto")),
    ("trainer: {effective_batch_size: 3}", "zscore", .deferred("auto")),
    ("trainer: {epochs: 3}", nil, nil),
  ])
  func `a key proves the release that it came with`(text: String, normalization: String?, batchSize: FactValue?) throws
  {
    let experiment = try LudwigSample(Self.features + text).experiment
    #expect(experiment.inputs[0].value(InputKeys.normalization) == normalization)
    let found = experiment.training[name: "batch_size"]?.value
    #expect(batchSize == nil ? found?.dependsOnVersion == true : found == batchSize)
  }

  @Test(arguments: [
    ("", "0.6", "none", "inferred"), ("", "0.7", "zscore", "inferred"), ("", "0.11.0", "zscore", "inferred"),
    ("ludwig_version: 0.6.1", "0.11", "none", "stated"), ("training: {epochs: 3}", "0.11", "zscore", "inferred"),
  ])
  func `takes the release that it is told, unless the file tells`(
    text: String,
    told: String,
    normalization: String,
    origin: String
  ) throws {
    let versions = FrameworkVersions(byDialect: ["ludwig": .init(told, from: "the settings")])
    let experiment = try LudwigSample(Self.features + text, versions: versions).experiment
    #expect(experiment.inputs[0].value(InputKeys.normalization) == normalization)
    #expect(experiment.about[ExperimentKeys.frameworkVersion]?.kind == origin)
  }

  @Test func `an edit is made for the release that the experiment was lowered for`() throws {
    let text = "input_features: [{name: a, type: sequence}]\noutput_features: [{name: b, type: binary}]\n"
    let versions = FrameworkVersions(common: .init("0.5.5", from: "--framework-version"))
    let old = try LudwigSample(text, versions: versions)
    let conv = try #require(old.experiment.layers.firstIndex { $0.kind == .conv1d })
    let edit = ExperimentEdit(record: RecordPath(.layer(conv)), key: "filters", value: .integer(9))
    #expect(old.edited(edit)?.contains("num_filters: 9") == true)
  }

  @Test(arguments: [
    ("trainer: {regularization_lambda: 1}", 1.0), ("ludwig_version: 0.5.2\ntraining: {regularization_lambda: 1}", 1),
    ("training: {regularization_lambda: 1}", nil), ("ludwig_version: 0.4.1\ntrainer: {regularization_lambda: 1}", nil),
  ])
  func `takes the factor of a penalty for one on all weights from 0.5 on only`(text: String, factor: Double?) throws {
    let training = try LudwigSample(Self.features + text).experiment.training
    #expect(training.value(TrainingKeys.regularization) == factor)
  }

  @Test func `encoder keys on the feature prove no release`() throws {
    let sample = try LudwigSample(
      """
      input_features: [{name: a, type: number, encoder: dense}]
      output_features: [{name: b, type: binary, fc_layers: [{output_size: 50}]}]
      """
    )
    #expect(sample.experiment.inputs[0][name: "normalization"]?.value.dependsOnVersion == true)
    #expect(sample.layer("b/fc1")?.facts.value(LayerKeys.units) == 50)
    let width = ExperimentEdit(record: try sample.path(of: "b/fc1"), key: "units", value: .integer(9))
    #expect(sample.edited(width)?.contains("{output_size: 9}") == true)
  }

  @Test func `an old form beside a new key proves nothing`() throws {
    let sample = try LudwigSample(
      """
      input_features: [{name: a, type: numerical}]
      output_features: [{name: b, type: category}]
      trainer: {learning_rate_scheduler: {decay: linear}}
      """
    )
    #expect(sample.experiment.training[name: "batch_size"]?.value.dependsOnVersion == true)
  }

  @Test(arguments: [
    ("gradient_clipping: {clipglobalnorm: 2.0}", "global_norm", 2.0, "stated"),
    ("gradient_clipping: {clipnorm: 3}", "norm", 3.0, "stated"),
    ("gradient_clipping: {clipglobalnorm: null, clipvalue: 0.1}", "value", 0.1, "stated"),
    ("gradient_clipping: {clipglobalnorm: null}", "off", nil, "stated"),
    ("gradient_clipping: null", "global_norm", 0.5, "default since 0.5"),
    ("gradient_clipping: {}", "global_norm", 0.5, "default since 0.5"),
  ])
  func `only a null threshold turns clipping off`(text: String, kind: String, threshold: Double?, origin: String) throws
  {
    let training = try LudwigSample(Self.features + "trainer: {\(text)}").experiment.training
    let clip = try #require(training.value(TrainingKeys.clip))
    #expect(clip.value(ClipKeys.kind) == kind)
    #expect(clip.value(ClipKeys.threshold) == threshold)
    #expect(clip[ClipKeys.kind]?.kind == origin)
  }

  @Test func `what is left to Ludwig or to a search is stated but not known`() throws {
    let training = try LudwigSample(
      Self.features + """
        trainer: {learning_rate: auto, batch_size: auto, epochs: 4}
        hyperopt:
          parameters:
            trainer.epochs: {space: randint, lower: 3, upper: 9}
            a.encoder.num_layers: {space: choice, categories: [1, 2]}
        """
    ).experiment.training
    #expect(training[name: "epochs"]?.value == .deferred("randint lower 3 upper 9"))
    #expect(training[name: "batch_size"]?.value == .deferred("auto"))
    #expect(training.value(TrainingKeys.optimizer)?[name: "learning_rate"]?.value == .deferred("auto"))
    #expect(training.value(TrainingKeys.optimizer)?.value(OptimizerKeys.learningRate) == nil)
  }

  @Test func `reads the optimizer, the schedule and the split in the new form`() throws {
    let training = try LudwigSample(
      Self.features + """
        preprocessing: {split: {type: random, probabilities: [0.6, 0.3, 0.1]}, sample_ratio: 0.5}
        trainer:
          batch_size: 4
          gradient_accumulation_steps: 8
          learning_rate: 0.02
          optimizer: {type: paged_adamw_8bit, weight_decay: 0.1, betas: [0.8, 0.95]}
          learning_rate_scheduler: {decay: exponential, decay_steps: 500, decay_rate: 0.5}
          regularization_lambda: 0.01
          regularization_type: l1
          validation_metric: r2
        """
    ).experiment.training
    let optimizer = try #require(training.value(TrainingKeys.optimizer))
    let schedule = try #require(training.value(TrainingKeys.schedule))
    #expect(training.value(TrainingKeys.batchSize) == 32)
    #expect(training.value(TrainingKeys.microBatchSize) == 4)
    #expect(training.value(TrainingKeys.validationSplit) == 0.3)
    #expect(training.value(TrainingKeys.monitor) == ["r2"])
    #expect(training.value(TrainingKeys.regularizationType) == "l1")
    #expect(optimizer.value(OptimizerKeys.name) == "adamw")
    #expect(optimizer.value(OptimizerKeys.weightDecay) == 0.1)
    #expect(optimizer.value(OptimizerKeys.beta2) == 0.95)
    #expect(schedule.value(ScheduleKeys.name) == "exponential")
    #expect(schedule.value(ScheduleKeys.decaySteps) == 500)
  }

  @Test func `reads the schedule and the split in the old form`() throws {
    let experiment = try LudwigSample(
      Self.features + """
        preprocessing: {force_split: true, split_probabilities: [0.8, 0.15, 0.05]}
        training: {decay: true, decay_rate: 0.9, optimizer: {type: gradient_descent}}
        """
    ).experiment
    #expect(experiment.training.value(TrainingKeys.validationSplit) == 0.15)
    #expect(experiment.training.value(TrainingKeys.schedule)?.value(ScheduleKeys.name) == "exponential")
    #expect(experiment.training.value(TrainingKeys.schedule)?.value(ScheduleKeys.decayRate) == 0.9)
    #expect(experiment.training.value(TrainingKeys.optimizer)?.value(OptimizerKeys.name) == "sgd")
  }

  @Test func `a type's preprocessing stood in the preprocessing section`() throws {
    let experiment = try LudwigSample(
      """
      input_features:
        - {name: a, type: numerical}
        - {name: b, type: numerical, preprocessing: {normalization: zscore}}
      output_features: [{name: c, type: numerical}]
      preprocessing: {numerical: {normalization: minmax}}
      """
    ).experiment
    #expect(experiment.inputs.map { $0.value(InputKeys.normalization) } == ["minmax", "zscore"])
    #expect(experiment.outputs[0].facts.value(OutputKeys.target)?.value(TargetKeys.normalization) == "minmax")
    #expect(experiment.problems.isEmpty)
  }

  @Test func `trees are not trained by gradient steps`() throws {
    let experiment = try LudwigSample(Self.features + "model_type: gbm\ntrainer: {learning_rate: 0.3}").experiment
    #expect(experiment.about.value(ExperimentKeys.modelType) == "trees")
    #expect(experiment.layers.isEmpty)
    #expect(experiment.training.value(TrainingKeys.optimizer) == nil)
    #expect(experiment.problems.isEmpty)
  }

  @Test func `a language model is one pretrained backbone`() throws {
    let sample = try LudwigSample(
      """
      model_type: llm
      base_model: some/model
      adapter: {type: lora, r: 16}
      input_features: [{name: prompt, type: text}]
      output_features: [{name: answer, type: text}]
      trainer: {type: finetune, learning_rate: 0.0002}
      """
    )
    #expect(sample.layers == ["input prompt", "backbone base_model"])
    #expect(sample.experiment.about.value(ExperimentKeys.modelType) == "language_model")
    #expect(sample.experiment.about.value(ExperimentKeys.fineTuned) == true)
    #expect(sample.experiment.outputs[0].facts.value(OutputKeys.task) == "sequence")
    #expect(sample.problems.isEmpty)
  }

  @Test(arguments: [
    ("{decay: linear, warmup_fraction: 0.1}", 0.1 as Double?, nil as Double?, "linear" as String?),
    ("{warmup_evaluations: 4}", nil, 4, nil),
    ("{decay: cosine, t_0: 50, eta_min: 0.001}", nil, nil, "cosine"),
  ])
  func `reads a warm-up with and without a decay`(text: String, share: Double?, epochs: Double?, name: String?) throws {
    let trainer = "trainer: {learning_rate_scheduler: \(text)}"
    let training = try LudwigSample(Self.features + trainer).experiment.training
    let schedule = try #require(training.value(TrainingKeys.schedule))
    #expect(schedule.value(ScheduleKeys.warmupFraction) == share)
    #expect(schedule.value(ScheduleKeys.warmupEpochs) == epochs)
    #expect(schedule.value(ScheduleKeys.name) == name)
    #expect(schedule.value(ScheduleKeys.decaySteps) == (name == "cosine" ? 50 : nil))
    #expect(schedule.value(ScheduleKeys.endRate) == (name == "cosine" ? 0.001 : nil))
    #expect(schedule.value(ScheduleKeys.restarts) == (name == "cosine" ? true : nil))
  }

  @Test func `an empty scheduler is no schedule`() throws {
    let training = try LudwigSample(Self.features + "trainer: {learning_rate_scheduler: {decay_rate: 0.5}}").experiment
      .training
    #expect(training.value(TrainingKeys.schedule) == nil)
  }

  @Test(arguments: [("", 1.0), ("checkpoints_per_epoch: 4", 4.0), ("steps_per_checkpoint: 100", nil)])
  func `reads how often held-out data are judged`(text: String, count: Double?) throws {
    let training = try LudwigSample(Self.features + "trainer: {\(text)}").experiment.training
    #expect(training.value(TrainingKeys.evaluationsPerEpoch) == count)
  }

  @Test(arguments: [
    ("adam", false), ("adamw", true), ("adam_8bit", true), ("paged_adam", true), ("sgd", false), ("rmsprop", false),
  ])
  func `knows which optimizers take the decay from the weights`(type: String, decouples: Bool) throws {
    let training = try LudwigSample(Self.features + "trainer: {optimizer: {type: \(type), weight_decay: 0.1}}")
      .experiment
      .training
    #expect(training.value(TrainingKeys.optimizer)?.value(OptimizerKeys.decoupledDecay) == decouples)
  }

  @Test func `a null regularisation type switches the penalty off`() throws {
    let training = try LudwigSample(Self.features + "trainer: {regularization_type: null}").experiment.training
    #expect(training[TrainingKeys.regularizationType]?.value == "none")
    #expect(training[TrainingKeys.regularizationType]?.kind == "stated")
  }

  @Test(arguments: [
    ("", false), (", augmentation: true", true), (", augmentation: [{type: random_rotate}]", true),
    (", augmentation: []", false),
  ])
  func `reads whether images are varied`(text: String, isVaried: Bool) throws {
    let image = "input_features: [{name: a, type: image\(text)}]\noutput_features: [{name: b, type: number}]\n"
    #expect(try LudwigSample(image).experiment.data.value(DataKeys.augmentation) == isVaried)
    #expect(try LudwigSample(Self.features).experiment.data.value(DataKeys.augmentation) == nil)
  }
}
