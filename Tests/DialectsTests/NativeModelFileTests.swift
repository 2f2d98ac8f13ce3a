import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

/// Experiment files that name a model file of another dialect.
struct NativeModelFileTests {
  private let keras = #"""
    {
      "module": "keras", "class_name": "Sequential", "registered_name": null,
      "config": {"name": "arm", "layers": [
        {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "x", "batch_shape": [null, 24]}},
        {"module": "keras.layers", "class_name": "Dense", "config": {"name": "y", "units": 6, "activation": "relu"}}
      ]},
      "compile_config": {
        "optimizer": {
          "module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": 0.0010000000474974513}
        },
        "loss": "mse"
      }
    }
    """#

  private let ludwig = """
    input_features:
      - {name: area, type: number}
    output_features:
      - {name: price, type: number}
    trainer:
      learning_rate: 0.01
      batch_size: 64
    """

  @Test func `reads the model from its file and the rest from here`() throws {
    let experiment = lowerNative(
      """
      epochzero: 1
      model: model.json
      data: {targets: {range: [-3, 3]}, inputs: {normalization: minmax}}
      training: {batch_size: 32, optimizer: {weight_decay: 0.1}}
      """,
      files: ["model.json": keras]
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.dialect == "native")
    #expect(experiment.sources.map(\.name) == ["experiment.yaml", "model.json"])
    #expect(experiment.about.value(ExperimentKeys.framework) == "Keras")
    let head = try #require(experiment.layers.last?.facts)
    #expect(head[LayerKeys.units]?.origin.location?.source == 1)
    #expect(text(at: head[LayerKeys.units]?.origin.location, in: experiment) == "6")
    let output = experiment.outputs[0].facts
    #expect(output.value(OutputKeys.activation) == "relu")
    #expect(output.value(OutputKeys.loss) == "mean_squared_error")
    #expect(output.value(OutputKeys.target)?[TargetKeys.minimum]?.origin.location?.source == 0)
    #expect(experiment.inputs[0].value(InputKeys.normalization) == "minmax")
    // The optimizer's settings come from both files.
    let optimizer = try #require(experiment.training.value(TrainingKeys.optimizer))
    #expect(optimizer.value(OptimizerKeys.name) == "adam")
    #expect(optimizer.value(OptimizerKeys.weightDecay) == 0.1)
    #expect(optimizer[OptimizerKeys.learningRate]?.origin.location?.source == 1)
  }

  @Test func `takes what both say alike for agreement`() {
    let experiment = lowerNative(
      "epochzero: 1\nmodel: model.json\ntraining: {loss: mean_squared_error, optimizer: {name: Adam, lr: 1e-3}}",
      files: ["model.json": keras]
    )
    #expect(experiment.problems.isEmpty)
    #expect(
      experiment.training.value(TrainingKeys.optimizer)?[OptimizerKeys.learningRate]?.origin.location?.source == 0
    )
  }

  @Test(arguments: [
    ("training: {loss: huber}", "huber", "\"mse\""),
    ("training: {optimizer: {learning_rate: 0.5}}", "0.5", "0.0010000000474974513"),
    ("training: {optimizer: sgd}", "sgd", "\"Adam\""),
    ("data: {inputs: {features: 12}}", "12", "[null, 24]"),
    ("data: {inputs: {shape: [8, 24]}}", "[8, 24]", "[null, 24]"),
  ])
  func `names both places where the files disagree`(statement: String, here: String, there: String) throws {
    let experiment = lowerNative("epochzero: 1\nmodel: model.json\n\(statement)", files: ["model.json": keras])
    let problem = try #require(experiment.problems.first)
    #expect(experiment.problems.count == 1)
    #expect(problem.kind == .contradiction)
    #expect(text(at: problem.location, in: experiment) == here)
    #expect(problem.related.map { text(at: $0.location, in: experiment) } == [there])
    #expect(problem.related.map(\.location.source) == [1])
  }

  @Test(arguments: [
    (
      "[3, 32, 32]", "[32, 32, 3]",
      "the axes stand in another order: transpose the data, or build the model for their order"
    ),
    ("[28, 28, 3]", "[32, 32, 3]", "make the two agree"), ("[32, 32]", "[32, 32, 3]", "make the two agree"),
    // Keras adds and drops a last axis of 1.
    ("[28, 28]", "[28, 28, 1]", nil), ("[24, 1]", "[24]", nil), ("[null, 8]", "[20, 8]", nil),
  ])
  func `compares the data's shape with the model's`(data: String, model: String, help: String?) {
    let experiment = lowerNative(
      """
      epochzero: 1
      model: {layers: [{kind: input, shape: \(model)}, {kind: flatten}]}
      data: {inputs: {shape: \(data)}}
      """
    )
    #expect(experiment.problems.map(\.kind) == (help == nil ? [] : [.contradiction]))
    #expect(experiment.problems.first?.help == help)
  }

  @Test func `lets an experiment be called otherwise than its model, and run in another version than saved it`() {
    let experiment = lowerNative(
      "epochzero: 1\nmodel: model.json\nname: arm-without-camera\nframework_version: '3.4'",
      files: ["model.json": keras.replacing("\"registered_name\": null", with: "\"keras_version\": \"3.3.3\"")]
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.about.value(ExperimentKeys.name) == "arm-without-camera")
    #expect(experiment.about.value(ExperimentKeys.frameworkVersion) == "3.4")
  }

  @Test func `does not lend one optimizer the settings of another`() throws {
    let experiment = lowerNative(
      "epochzero: 1\nmodel: model.json\ntraining: {optimizer: sgd}",
      files: ["model.json": keras]
    )
    let optimizer = try #require(experiment.training.value(TrainingKeys.optimizer))
    #expect(optimizer.value(OptimizerKeys.name) == "sgd")
    #expect(optimizer.value(OptimizerKeys.learningRate) == nil)
  }

  @Test func `does not take a framework's default for a contradiction`() {
    let experiment = lowerNative(
      "epochzero: 1\nmodel: l.yaml\ntraining: {epochs: 3, clip: {global_norm: 7}}",
      files: ["l.yaml": ludwig]
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.training.value(TrainingKeys.clip)?.value(ClipKeys.threshold) == 7)
  }

  @Test func `keeps the places of a model file's problems`() throws {
    let experiment = lowerNative(
      "epochzero: 1\nmodel: l.yaml",
      files: ["l.yaml": ludwig + "\n  epohcs: 3"]
    )
    let problem = try #require(experiment.problems.first)
    #expect(problem.location?.source == 1)
    #expect(text(at: problem.location, in: experiment) == "epohcs")
  }

  @Test func `changes each fact in the file that states it`() throws {
    let own = "epochzero: 1\nmodel: l.yaml\ntraining:\n  epochs: 3\n"
    let trees = [
      parse(SourceText(name: "experiment.yaml", text: own), as: .yaml),
      parse(SourceText(name: "l.yaml", text: ludwig), as: .yaml),
    ]
    let experiment = lowerNative(own, files: ["l.yaml": ludwig])
    let optimizer = RecordPath(.training, nested: ["optimizer"])
    let edits = [
      ExperimentEdit(record: RecordPath(.training), key: "epochs", value: .integer(5)),
      ExperimentEdit(record: optimizer, key: "learning_rate", value: .number(0.001)),
    ]
    let written = try #require(NativeDialect().textEdits(for: edits, in: experiment, trees: trees))
    #expect(written.map(\.source) == [0, 1])
    let texts = try trees.indices.map { source in
      let bytes = try #require(trees[source].source.applying(written.filter { $0.source == source }.map(\.edit)))
      return String(decoding: bytes, as: UTF8.self)
    }
    let again = lowerNative(texts[0], files: ["l.yaml": texts[1]])
    #expect(again.problems.isEmpty)
    #expect(again.training.value(TrainingKeys.epochs) == 5)
    #expect(again.training.value(TrainingKeys.optimizer)?.value(OptimizerKeys.learningRate) == 0.001)
  }
}
