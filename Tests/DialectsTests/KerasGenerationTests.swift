import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct KerasGenerationTests {
  /// The same network as each generation writes it.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var testDescription: String { name }
  }

  private static let cases = [
    Case(
      name: "Keras 0.3",
      text: """
        {"name": "Sequential", "class_mode": "binary", "loss": "binary_crossentropy",
         "optimizer": {"name": "Adam", "lr": 0.0010000000474974513, "beta_1": 0.9},
         "layers": [
          {"name": "Dense", "input_dim": 12, "output_dim": 64, "init": "glorot_uniform", "activation": "relu",
           "W_regularizer": {"name": "WeightRegularizer", "l1": 0.0, "l2": 0.01}},
          {"name": "Dropout", "p": 0.25},
          {"name": "Dense", "output_dim": 1, "init": "glorot_uniform", "activation": "linear"},
          {"name": "Activation", "activation": "sigmoid"}]}
        """
    ),
    Case(
      name: "Keras 1",
      text: """
        {"class_name": "Sequential", "keras_version": "1.2.2", "config": [
          {"class_name": "Dense", "config": {"batch_input_shape": [null, 12], "input_dim": 12, "output_dim": 64,
           "init": "glorot_uniform", "activation": "relu", "name": "dense_1", "bias": true,
           "W_regularizer": {"name": "WeightRegularizer", "l1": 0.0, "l2": 0.01}}},
          {"class_name": "Dropout", "config": {"p": 0.25, "name": "dropout_1"}},
          {"class_name": "Dense", "config": {"output_dim": 1, "init": "glorot_uniform", "activation": "linear"}},
          {"class_name": "Activation", "config": {"activation": "sigmoid"}}]}
        """
    ),
    Case(
      name: "Keras 2.0",
      text: """
        {"class_name": "Sequential", "keras_version": "2.0.8", "backend": "tensorflow", "config": [
          {"class_name": "Dense", "config": {"batch_input_shape": [null, 12], "units": 64, "activation": "relu",
           "kernel_initializer": {"class_name": "VarianceScaling",
             "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": null}},
           "kernel_regularizer": {"class_name": "L1L2", "config": {"l1": 0.0, "l2": 0.009999999776482582}}}},
          {"class_name": "Dropout", "config": {"rate": 0.25}},
          {"class_name": "Dense", "config": {"units": 1, "activation": "linear"}},
          {"class_name": "Activation", "config": {"activation": "sigmoid"}}]}
        """
    ),
    Case(
      name: "tf.keras",
      text: """
        {"class_name": "Sequential", "keras_version": "2.6.0", "config": {"name": "sequential", "layers": [
          {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 12], "name": "dense_input"}},
          {"class_name": "Dense", "config": {"units": 64, "activation": "relu",
           "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}},
           "kernel_regularizer": {"class_name": "L2", "config": {"l2": 0.01}}}},
          {"class_name": "Dropout", "config": {"rate": 0.25}},
          {"class_name": "Dense", "config": {"units": 1, "activation": "linear"}},
          {"class_name": "Activation", "config": {"activation": "sigmoid"}}]}}
        """
    ),
    Case(
      name: "Keras 3",
      text: """
        {"module": "keras", "class_name": "Sequential", "registered_name": null, "config": {"name": "s", "layers": [
          {"module": "keras.layers", "class_name": "Dense", "config": {"units": 64, "activation": "relu",
           "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}},
           "kernel_initializer": {"module": "keras.initializers", "class_name": "GlorotUniform",
             "config": {"seed": null, "input_axes": null, "output_axes": null}, "registered_name": null},
           "kernel_regularizer": {"module": "keras.regularizers", "class_name": "L2", "config": {"l2": 0.01}}}},
          {"module": "keras.layers", "class_name": "Dropout", "config": {"rate": 0.25}},
          {"module": "keras.layers", "class_name": "Dense", "config": {"units": 1, "activation": "linear"}},
          {"module": "keras.layers", "class_name": "Activation", "config": {"activation": "sigmoid"}}]},
         "build_config": {"input_shape": [null, 12]},
         "compile_config": {"optimizer": {"module": "keras.optimizers", "class_name": "Adam",
           "config": {"name": "adam", "learning_rate": 0.0010000000474974513, "clipnorm": null}},
           "loss": "binary_crossentropy", "metrics": ["accuracy"]}}
        """
    ),
    Case(
      name: "TensorFlow.js, converted",
      text: """
        {"format": "layers-model", "modelTopology": {"keras_version": "2.4.0", "model_config":
         {"class_name": "Sequential", "config": {"name": "s", "layers": [
          {"class_name": "Dense", "config": {"batch_input_shape": [null, 12], "units": 64, "activation": "relu",
           "kernel_initializer": {"class_name": "GlorotUniform", "config": {}},
           "kernel_regularizer": {"class_name": "L2", "config": {"l2": 0.01}}}},
          {"class_name": "Dropout", "config": {"rate": 0.25}},
          {"class_name": "Dense", "config": {"units": 1, "activation": "linear"}},
          {"class_name": "Activation", "config": {"activation": "sigmoid"}}]}},
         "training_config": {"loss": "binary_crossentropy", "metrics": ["accuracy"], "optimizer_config":
          {"class_name": "Adam", "config": {"learning_rate": 0.0010000000474974513}}}}, "weightsManifest": []}
        """
    ),
    Case(
      name: "TensorFlow.js, its own",
      text: """
        {"modelTopology": {"class_name": "Sequential", "keras_version": "tfjs-layers 4.1.0", "config": {"name": "s",
         "layers": [
          {"class_name": "Dense", "config": {"batch_input_shape": [null, 12], "units": 64, "activation": "relu",
           "kernel_initializer": {"class_name": "VarianceScaling",
             "config": {"scale": 1, "mode": "fanAvg", "distribution": "uniform", "seed": null}},
           "kernel_regularizer": {"class_name": "L1L2", "config": {"l1": 0, "l2": 0.01}}}},
          {"class_name": "Dropout", "config": {"rate": 0.25}},
          {"class_name": "Dense", "config": {"units": 1, "activation": "linear"}},
          {"class_name": "Activation", "config": {"activation": "sigmoid"}}]}},
         "trainingConfig": {"loss": "binaryCrossentropy", "metrics": ["acc"], "optimizer_config":
          {"class_name": "Adam", "config": {"learning_rate": 0.001}}}, "weightsManifest": []}
        """
    ),
  ]

  @Test(arguments: cases)
  func `reads the same network from every generation`(written: Case) throws {
    #expect(KerasDialect().recognizes(kerasTree(written.text).documents[0]) == .certain)
    let experiment = lowerKeras(written.text)
    #expect(experiment.problems.isEmpty)
    #expect(experiment.layers.map(\.kind) == [.input, .dense, .dropout, .dense, .activation])
    try #require(experiment.layers.count == 5)
    #expect(experiment.inputs.first?.value(InputKeys.shape) == Shape([12]))
    let dense = experiment.layers[1].facts
    #expect(dense.value(LayerKeys.units) == 64)
    #expect(dense.value(LayerKeys.activation) == "relu")
    #expect(dense.value(LayerKeys.kernelInitializer)?.value(InitializerKeys.name) == "glorot_uniform")
    #expect(dense.value(LayerKeys.kernelL2) == 0.01)
    #expect(dense.value(LayerKeys.parameters) == 13 * 64)
    #expect(experiment.layers[2].facts.value(LayerKeys.rate) == 0.25)
    #expect(experiment.about.value(ExperimentKeys.parameters) == 13 * 64 + 65)
    #expect(experiment.outputs.count == 1)
    #expect(experiment.outputs.first?.facts.value(OutputKeys.activation) == "sigmoid")
  }

  @Test(arguments: cases.filter { $0.text.contains("loss") })
  func `reads what it was compiled with`(written: Case) throws {
    let experiment = lowerKeras(written.text)
    let output = try #require(experiment.outputs.first)
    #expect(output.facts.value(OutputKeys.loss) == "binary_crossentropy")
    #expect(output.facts.value(OutputKeys.fromLogits) == false)
    let optimizer = try #require(experiment.training.value(TrainingKeys.optimizer))
    #expect(optimizer.value(OptimizerKeys.name) == "adam")
    #expect(optimizer.value(OptimizerKeys.learningRate) == 0.001)
    #expect(experiment.training.value(TrainingKeys.clip)?.value(ClipKeys.kind) == "off")
    #expect(experiment.training.value(TrainingKeys.batchSize) == nil)
  }

  @Test(arguments: [
    #"{"layers": [{"name": "a", "type": "conv"}]}"#,
    #"{"class_name": "Dense", "config": {"units": 3}}"#,
    #"{"modelTopology": {"node": [], "library": {}}}"#,
    #"{"model_type": "bert", "hidden_size": 768}"#,
    #"{"config": {"layers": []}}"#,
    "[1, 2]",
    "3",
  ])
  func `leaves other documents alone`(text: String) {
    #expect(KerasDialect().recognizes(kerasTree(text).documents[0]) == .no)
    #expect(lowerKerasOnly(text) == nil)
  }
}
