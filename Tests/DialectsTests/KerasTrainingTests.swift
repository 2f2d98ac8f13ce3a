import Dialects
import Experiment
import SourceText
import Testing

struct KerasTrainingTests {
  /// A Keras 3 model with two outputs, "a" and "b", compiled as given.
  private func compiled(_ compile: String) -> Experiment {
    func tensor(_ name: String) -> String {
      #"{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["\#(name)", 0, 0]}}], "kwargs": {}}"#
    }
    return lowerKeras(
      """
      {"module": "keras", "class_name": "Functional", "registered_name": "Functional", "config": {"name": "m", "layers": [
        {"module": "keras.layers", "class_name": "InputLayer", "name": "x", "inbound_nodes": [],
         "config": {"name": "x", "batch_shape": [null, 4]}},
        {"module": "keras.layers", "class_name": "Dense", "name": "a", "inbound_nodes": [\(tensor("x"))],
         "config": {"name": "a", "units": 1}},
        {"module": "keras.layers", "class_name": "Dense", "name": "b", "inbound_nodes": [\(tensor("x"))],
         "config": {"name": "b", "units": 3}}],
       "input_layers": [["x", 0, 0]], "output_layers": [["a", 0, 0], ["b", 0, 0]]},
       "compile_config": \(compile)}
      """
    )
  }

  private func losses(_ experiment: Experiment) -> [String?] {
    experiment.outputs.map { $0.facts.value(OutputKeys.loss) }
  }

  @Test(arguments: [
    #"{"loss": "mse"}"#,
    #"{"loss": ["mse", "MeanSquaredError"]}"#,
    #"{"loss": {"b": "mean_squared_error", "a": "mse"}}"#,
    #"{"loss": {"class_name": "MeanSquaredError", "config": {"reduction": "sum"}}}"#,
    #"{"loss": {"module": "builtins", "class_name": "function", "config": "mean_squared_error"}}"#,
  ])
  func `reads a loss in each of its forms`(text: String) {
    #expect(losses(compiled(text)) == ["mean_squared_error", "mean_squared_error"])
  }

  @Test func `keeps the outputs' losses, weights and metrics apart`() {
    let experiment = compiled(
      """
      {"loss": {"a": "mae", "b": {"class_name": "CategoricalCrossentropy", "config": {"from_logits": true}}},
       "loss_weights": {"a": 0.10000000149011612, "b": 2}, "metrics": {"b": ["accuracy", {"class_name": "AUC", "config": {"name": "auc"}}]}}
      """
    )
    #expect(losses(experiment) == ["mean_absolute_error", "categorical_crossentropy"])
    #expect(experiment.outputs.map { $0.facts.value(OutputKeys.fromLogits) } == [nil, true])
    #expect(experiment.outputs.map { $0.facts.value(OutputKeys.lossWeight) } == [0.1, 2])
    #expect(experiment.outputs.map { $0.facts.value(OutputKeys.metrics) } == [nil, ["accuracy", "auc"]])
  }

  @Test func `a list of as many metrics as outputs has one for each`() {
    let metrics = compiled(#"{"loss": ["binary_crossentropy", "mae"], "metrics": ["accuracy", "mae"]}"#).outputs.map {
      $0.facts.value(OutputKeys.metrics)
    }
    #expect(metrics == [["accuracy"], ["mae"]])
    let none = compiled(#"{"loss": ["binary_crossentropy", "mae"], "metrics": [null, "mae"]}"#).outputs.map {
      $0.facts.value(OutputKeys.metrics)
    }
    #expect(none == [nil, ["mae"]])
  }

  @Test func `takes probabilities unless the loss says logits`() {
    let output = compiled(#"{"loss": ["mse", "binary_crossentropy"]}"#).outputs[1]
    #expect(output.facts[OutputKeys.fromLogits]?.value == false)
    #expect(output.facts[OutputKeys.fromLogits]?.origin == .default(DefaultSource(framework: "Keras")))
    #expect(output.facts.value(OutputKeys.lossExpects) == "probabilities")
  }

  @Test func `keeps a loss of one's own by its name`() {
    #expect(losses(compiled(#"{"loss": "dice_coef_loss"}"#)) == ["dice_coef_loss", "dice_coef_loss"])
  }

  /// An optimizer with one of its numbers.
  struct Number: CustomTestStringConvertible, Sendable {
    var config: String
    var key: FactKey<Double>
    var value: Double?
    var testDescription: String { config + " " + key.name }
  }

  @Test(arguments: [
    Number(config: #""learning_rate": 0.0010000000474974513"#, key: OptimizerKeys.learningRate, value: 0.001),
    Number(config: #""learning_rate": 9.999999747378752e-06"#, key: OptimizerKeys.learningRate, value: 1e-5),
    Number(config: #""learning_rate": 0.001"#, key: OptimizerKeys.learningRate, value: 0.001),
    Number(config: #""lr": 0.5"#, key: OptimizerKeys.learningRate, value: 0.5),
    Number(config: #""amsgrad": false"#, key: OptimizerKeys.learningRate, value: 0.001),
    Number(config: #""beta_1": 0.8999999761581421"#, key: OptimizerKeys.beta1, value: 0.9),
    Number(config: #""weight_decay": null"#, key: OptimizerKeys.weightDecay, value: nil),
    Number(config: #""weight_decay": 0.01"#, key: OptimizerKeys.weightDecay, value: 0.01),
  ])
  func `reads numbers that were kept in 32 bits`(number: Number) {
    let experiment = compiled(#"{"optimizer": {"class_name": "Adam", "config": {\#(number.config)}}}"#)
    #expect(experiment.training.value(TrainingKeys.optimizer)?.value(number.key) == number.value)
  }

  @Test func `knows what an optimizer that is only named does`() {
    let optimizer = compiled(#"{"optimizer": "sgd"}"#).training.value(TrainingKeys.optimizer)
    #expect(optimizer?.value(OptimizerKeys.name) == "sgd")
    #expect(optimizer?.value(OptimizerKeys.learningRate) == 0.01)
    #expect(optimizer?.value(OptimizerKeys.momentum) == 0)
  }

  @Test func `sees through the optimizer of mixed precision`() {
    let experiment = compiled(
      #"{"optimizer": {"class_name": "LossScaleOptimizer", "config": {"inner_optimizer": {"class_name": "RMSprop", "config": {"learning_rate": 0.02}}}}}"#
    )
    let optimizer = experiment.training.value(TrainingKeys.optimizer)
    #expect(optimizer?.value(OptimizerKeys.name) == "rmsprop")
    #expect(optimizer?.value(OptimizerKeys.learningRate) == 0.02)
  }

  @Test(arguments: [
    (#""clipnorm": 1.0, "clipvalue": null"#, "norm", 1.0),
    (#""clipnorm": null, "global_clipnorm": 5"#, "global_norm", 5.0),
    (#""clipvalue": 0.5"#, "value", 0.5),
  ])
  func `reads how gradients are clipped`(config: String, kind: String, threshold: Double) {
    let clip = compiled(#"{"optimizer": {"class_name": "SGD", "config": {\#(config)}}}"#)
      .training.value(TrainingKeys.clip)
    #expect(clip?.value(ClipKeys.kind) == kind)
    #expect(clip?.value(ClipKeys.threshold) == threshold)
  }

  @Test func `takes the peak of a schedule for the rate`() {
    let experiment = compiled(
      """
      {"optimizer": {"class_name": "AdamW", "config": {"learning_rate": {"module": "keras.optimizers.schedules",
        "class_name": "CosineDecay", "config": {"initial_learning_rate": 0.0, "decay_steps": 1000, "warmup_target": 0.002,
        "warmup_steps": 50}}}}}
      """
    )
    let schedule = experiment.training.value(TrainingKeys.schedule)
    #expect(schedule?.value(ScheduleKeys.name) == "cosine_decay")
    #expect(schedule?.value(ScheduleKeys.warmupSteps) == 50)
    #expect(schedule?.value(ScheduleKeys.decaySteps) == 1000)
    let optimizer = experiment.training.value(TrainingKeys.optimizer)
    #expect(optimizer?.value(OptimizerKeys.learningRate) == 0.002)
    #expect(optimizer?.value(OptimizerKeys.weightDecay) == 0.004)
    #expect(optimizer?.value(OptimizerKeys.decoupledDecay) == true)
  }

  @Test func `reads the training of a model whose layers are code`() throws {
    let experiment = lowerKeras(
      #"{"module": "own", "class_name": "Net", "config": {}, "registered_name": "Net", "compile_config": {"loss": "mse", "optimizer": "adam"}}"#
    )
    #expect(experiment.layers.isEmpty)
    #expect(losses(experiment) == ["mean_squared_error"])
    #expect(experiment.training.value(TrainingKeys.optimizer)?.value(OptimizerKeys.name) == "adam")
  }

  @Test func `reads how a schedule warms up, decays and ends`() throws {
    func schedule(_ name: String, _ config: String) throws -> Record {
      let rate = #"{"module": "keras.optimizers.schedules", "class_name": "\#(name)", "config": {\#(config)}}"#
      let experiment = compiled(#"{"optimizer": {"class_name": "Adam", "config": {"learning_rate": \#(rate)}}}"#)
      return try #require(experiment.training.value(TrainingKeys.schedule))
    }
    let cosine = try schedule("CosineDecay", #""initial_learning_rate": 0.02, "decay_steps": 900, "alpha": 0.5"#)
    #expect(cosine.value(ScheduleKeys.endRate) == 0.01)
    #expect(cosine.value(ScheduleKeys.restarts) == nil)
    let restarts = try schedule("CosineDecayRestarts", #""initial_learning_rate": 0.02, "first_decay_steps": 90"#)
    #expect(restarts.value(ScheduleKeys.endRate) == 0)
    #expect(restarts.value(ScheduleKeys.restarts) == true)
    #expect(restarts.value(ScheduleKeys.decaySteps) == 90)
    let polynomial = try schedule(
      "PolynomialDecay",
      #""initial_learning_rate": 0.02, "decay_steps": 900, "end_learning_rate": 1.9999999494757503e-05, "cycle": true"#
    )
    #expect(polynomial.value(ScheduleKeys.endRate) == 2e-5)
    #expect(polynomial.value(ScheduleKeys.restarts) == true)
    let exponential = try schedule("ExponentialDecay", #""initial_learning_rate": 0.02, "decay_rate": 0.5"#)
    #expect(exponential.value(ScheduleKeys.endRate) == nil)
  }

  @Test func `reads the settings of single optimizers`() {
    func optimizer(_ name: String, _ config: String) -> Record? {
      compiled(#"{"optimizer": {"class_name": "\#(name)", "config": {\#(config)}}}"#).training
        .value(TrainingKeys.optimizer)
    }
    let rmsprop = optimizer("RMSprop", #""rho": 0.8999999761581421, "centered": true"#)
    #expect(rmsprop?.value(OptimizerKeys.rho) == 0.9)
    #expect(rmsprop?.value(OptimizerKeys.centered) == true)
    #expect(optimizer("Adam", #""amsgrad": false"#)?.value(OptimizerKeys.amsgrad) == false)
    #expect(optimizer("SGD", #""nesterov": true"#)?.value(OptimizerKeys.nesterov) == true)
  }

  @Test func `reads the decay of optimizers before Keras 3`() throws {
    let optimizer = #"{"class_name": "SGD", "config": {"lr": 0.1, "decay": 9.999999974752427e-07}}"#
    let old = lowerKeras(
      """
      {"modelTopology": {"keras_version": "2.3.0", "model_config": {"class_name": "Sequential", "config": {"layers": [
       {"class_name": "Dense", "config": {"units": 1, "batch_input_shape": [null, 4]}}]}},
       "training_config": {"loss": "mse", "optimizer_config": \(optimizer)}}}
      """
    )
    let schedule = try #require(old.training.value(TrainingKeys.schedule))
    #expect(schedule.value(ScheduleKeys.name) == "inverse_time_decay")
    #expect(schedule.value(ScheduleKeys.decayRate) == 1e-6)
    #expect(schedule.value(ScheduleKeys.decaySteps) == 1)
    #expect(old.problems.isEmpty)

    let new = compiled(#"{"optimizer": \#(optimizer)}"#)
    #expect(new.training.value(TrainingKeys.schedule) == nil)
    #expect(new.problems.map(\.kind) == [.ignoredKey])
  }
}
