import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct NativeLoweringTests {
  private let whole = """
    epochzero: 1
    name: arm
    task: regression
    model:
      layers:
        - {kind: dense, name: hidden, units: 64, activation: ReLU, init: he_normal, l2: 0.001}
        - {kind: dropout, rate: 0.1}
        - kind: dense
          name: angles
          units: 6
          init: {name: random_normal, stddev: 0.5}
    data:
      samples: 1000
      inputs:  {features: 12, range: [0, 255], mean: 97.1, std: 55.0, normalization: none}
      targets: {range: [-3.1, 3.1], normalization: standardize}
    training:
      batch_size: 32
      epochs: 10
      validation_split: 0.2
      loss: mse
      optimizer: {name: AdamW, lr: 1e-3, weight_decay: 0.01, clip: {global_norm: 1.0}}
      schedule: {name: cosine, warmup_steps: 500}
      monitor: mae
    """

  @Test func `reads every section`() throws {
    let experiment = lowerNative(whole)
    #expect(experiment.problems.isEmpty)
    #expect(experiment.about.value(ExperimentKeys.name) == "arm")
    #expect(experiment.data.value(DataKeys.samples) == 1000)
    let inputs = try #require(experiment.data.value(DataKeys.inputs))
    #expect(inputs.value(TargetKeys.minimum) == 0)
    #expect(inputs.value(TargetKeys.maximum) == 255)
    #expect(inputs.value(TargetKeys.standardDeviation) == 55)
    let training = experiment.training
    #expect(training.value(TrainingKeys.batchSize) == 32)
    #expect(training.value(TrainingKeys.monitor) == ["mae"])
    let optimizer = try #require(training.value(TrainingKeys.optimizer))
    #expect(optimizer.value(OptimizerKeys.name) == "adamw")
    #expect(optimizer.value(OptimizerKeys.learningRate) == 0.001)
    #expect(optimizer.value(OptimizerKeys.decoupledDecay) == true)
    let clip = try #require(training.value(TrainingKeys.clip))
    #expect(clip.value(ClipKeys.kind) == "global_norm")
    #expect(clip.value(ClipKeys.threshold) == 1)
    #expect(training.value(TrainingKeys.schedule)?.value(ScheduleKeys.warmupSteps) == 500)
  }

  @Test func `builds the layers on the data's features`() {
    let experiment = lowerNative(whole)
    #expect(experiment.layers.map(\.kind) == [.input, .dense, .dropout, .dense])
    #expect(experiment.layers.map(\.name) == ["input", "hidden", "dropout_1", "angles"])
    #expect(experiment.layers[1].facts.value(LayerKeys.inputShape) == Shape([12]))
    #expect(experiment.layers[1].facts.value(LayerKeys.activation) == "relu")
    #expect(experiment.layers[1].facts.value(LayerKeys.kernelL2) == 0.001)
    #expect(experiment.layers[3].facts.value(LayerKeys.outputShape) == Shape([6]))
    #expect(experiment.about.value(ExperimentKeys.parameters) == 12 * 64 + 64 + 64 * 6 + 6)
  }

  @Test func `gives the output what is stated of it`() {
    let experiment = lowerNative(whole)
    let output = experiment.outputs[0].facts
    #expect(output.value(OutputKeys.name) == "angles")
    #expect(output.value(OutputKeys.task) == "regression")
    #expect(output.value(OutputKeys.loss) == "mean_squared_error")
    #expect(output.value(OutputKeys.activation) == "linear")
    #expect(output.value(OutputKeys.target)?.value(TargetKeys.minimum) == -3.1)
    #expect(output.value(OutputKeys.target)?.value(TargetKeys.normalization) == "zscore")
    #expect(experiment.inputs[0].value(InputKeys.normalization) == "none")
  }

  @Test func `knows where each fact stands`() {
    let experiment = lowerNative(whole)
    let optimizer = experiment.training.value(TrainingKeys.optimizer)
    #expect(text(at: optimizer?[OptimizerKeys.learningRate]?.origin.location, in: experiment) == "1e-3")
    let hidden = experiment.layers[1].facts
    #expect(text(at: hidden.location, in: experiment) == "dense")
    #expect(text(at: hidden[LayerKeys.activation]?.origin.location, in: experiment) == "ReLU")
    let target = experiment.outputs[0].facts.value(OutputKeys.target)
    #expect(text(at: target?[TargetKeys.minimum]?.origin.location, in: experiment) == "-3.1")
  }

  @Test func `reads JSON as it reads YAML`() {
    let experiment = lowerNative(
      #"""
      {"epochzero": 1, "model": {"layers": [{"kind": "dense", "units": 3, "activation": "softmax"}]},
       "training": {"loss": "categorical_crossentropy", "optimizer": "sgd"}}
      """#,
      as: .json
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.outputs[0].facts.value(OutputKeys.task) == "multiclass")
    #expect(experiment.outputs[0].facts.value(OutputKeys.lossExpects) == "probabilities")
    #expect(experiment.training.value(TrainingKeys.optimizer)?.value(OptimizerKeys.name) == "sgd")
  }

  @Test func `reads a graph with a skip connection`() {
    let experiment = lowerNative(
      """
      epochzero: 1
      model:
        layers:
          - {kind: input, name: x, shape: [8]}
          - {kind: dense, name: a, units: 8}
          - {kind: dense, name: b, units: 8}
          - {kind: add, from: [x, b]}
          - {kind: dense, units: 1, name: y}
      """
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.layers[3].inputs == [0, 2])
    #expect(experiment.layers.map { $0.facts.value(LayerKeys.bypassed) } == [nil, true, true, nil, false])
    #expect(experiment.about.value(ExperimentKeys.hasSkips) == true)
  }

  @Test func `takes a layer that is only a name, and one number for all axes`() {
    let experiment = lowerNative(
      """
      epochzero: 1
      data: {inputs: {shape: [28, 28, 1]}}
      model:
        layers:
          - {kind: Conv2D, filters: 4, kernel_size: 3}
          - max_pooling2d
          - flatten
          - {kind: dense, units: 10}
      """
    )
    #expect(experiment.problems.isEmpty)
    #expect(
      experiment.layers.map { $0.facts.value(LayerKeys.outputShape)?.description } == [
        "(28, 28, 1)", "(26, 26, 4)", "(13, 13, 4)", "(676,)", "(10,)",
      ]
    )
  }

  @Test func `reads several outputs by name`() {
    let experiment = lowerNative(
      """
      epochzero: 1
      model:
        layers:
          - {kind: dense, name: trunk, units: 8}
          - {kind: dense, name: price, units: 1}
          - {kind: dense, name: sort, units: 3, activation: softmax, from: trunk}
      outputs:
        price: {loss: mae, target: {range: [0, 9]}}
        sort: {loss: categorical_crossentropy, classes: 3, loss_weight: 0.5}
      """
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.outputs.map { $0.facts.value(OutputKeys.task) } == ["regression", "multiclass"])
    #expect(experiment.outputs[0].facts.value(OutputKeys.target)?.value(TargetKeys.maximum) == 9)
    #expect(experiment.outputs[1].facts.value(OutputKeys.lossWeight) == 0.5)
  }

  @Test(arguments: [
    ("bce_with_logits", "binary_crossentropy", true),
    ("BCELoss", "binary_crossentropy", false),
    ("CrossEntropyLoss", "sparse_categorical_crossentropy", true),
    ("categorical_crossentropy", "categorical_crossentropy", false),
  ])
  func `knows which losses take logits`(spelling: String, loss: String, fromLogits: Bool) {
    let facts = lowerNative("epochzero: 1\ntraining: {loss: \(spelling)}").outputs[0].facts
    #expect(facts.value(OutputKeys.loss) == loss)
    #expect(facts.value(OutputKeys.fromLogits) == fromLogits)
    #expect(facts.value(OutputKeys.lossExpects) == (fromLogits ? "logits" : "probabilities"))
  }

  @Test(arguments: ["off", "false", "none"])
  func `tells clipping that is off from clipping that is unknown`(word: String) {
    let training = lowerNative("epochzero: 1\ntraining: {clip: \(word)}").training
    #expect(training.value(TrainingKeys.clip)?.value(ClipKeys.kind) == "off")
    #expect(lowerNative("epochzero: 1\ntraining: {epochs: 1}").training.value(TrainingKeys.clip) == nil)
  }

  @Test func `multiplies micro-batches`() {
    let training = lowerNative("epochzero: 1\ntraining: {micro_batch_size: 4, accumulation_steps: 8}").training
    #expect(training.value(TrainingKeys.batchSize) == 32)
  }

  @Test func `counts steps`() {
    let about = lowerNative(whole).about
    #expect(about.value(ExperimentKeys.stepsPerEpoch) == 25)
    #expect(about.value(ExperimentKeys.totalSteps) == 250)
  }

  @Test func `reads schedules, optimizer settings and penalties`() throws {
    let experiment = lowerNative(
      """
      epochzero: 1
      model:
        layers:
          - {kind: input, shape: [4]}
          - {kind: dense, units: 3, l1: 0.1, bias_l2: 0.2, activity_l1: 0.3}
          - {kind: activity_regularization, l2: 0.4}
      data: {augmentation: true}
      training:
        steps_per_epoch: 20
        epochs: 10
        regularization_type: none
        optimizer: {name: rmsprop, rho: 0.9, centered: true, amsgrad: false}
        schedule: {name: cosine, warmup_epochs: 2, decay_steps: 80, end_learning_rate: 0.0001, restarts: true}
      """
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.layers[1].facts.value(LayerKeys.kernelL1) == 0.1)
    #expect(experiment.layers[1].facts.value(LayerKeys.biasL2) == 0.2)
    #expect(experiment.layers[1].facts.value(LayerKeys.activityL1) == 0.3)
    #expect(experiment.layers[2].facts.value(LayerKeys.activityL2) == 0.4)
    #expect(experiment.data.value(DataKeys.augmentation) == true)
    #expect(experiment.about.value(ExperimentKeys.totalSteps) == 200)
    #expect(experiment.training.value(TrainingKeys.regularizationType) == "none")
    let optimizer = try #require(experiment.training.value(TrainingKeys.optimizer))
    #expect(optimizer.value(OptimizerKeys.rho) == 0.9)
    #expect(optimizer.value(OptimizerKeys.centered) == true)
    #expect(optimizer.value(OptimizerKeys.amsgrad) == false)
    let schedule = try #require(experiment.training.value(TrainingKeys.schedule))
    #expect(schedule.value(ScheduleKeys.warmupFraction) == 0.2)
    #expect(schedule.value(ScheduleKeys.endRate) == 0.0001)
    #expect(schedule.value(ScheduleKeys.restarts) == true)
  }
}
