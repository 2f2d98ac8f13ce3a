import Experiment
import Testing

struct NativeDataTests {
  @Test func `reads what is known of single columns`() throws {
    let experiment = lowerNative(
      """
      epochzero: 1
      data:
        columns:
          heading: {kind: angle, encoding: sin_cos}
          zip: {kind: categorical, classes: 900}
          speed: {mean: 12.5, std: 4, range: [0, 31], normalization: standardize}
      """
    )
    #expect(experiment.problems.isEmpty)
    let columns = try #require(experiment.data.value(DataKeys.columns))
    #expect(columns.entries.map(\.name) == ["heading", "zip", "speed"])
    let heading = try #require(columns[FactKey<Record>("heading")]?.value)
    #expect(heading.value(TargetKeys.kind) == "angle")
    #expect(heading.value(TargetKeys.encoding) == "sin_cos")
    #expect(text(at: heading.location, in: experiment) == "heading")
    let zip = try #require(columns[FactKey<Record>("zip")]?.value)
    #expect(zip.value(TargetKeys.kind) == "category")
    #expect(zip.value(TargetKeys.classes) == 900)
    let speed = try #require(columns[FactKey<Record>("speed")]?.value)
    #expect(speed.value(TargetKeys.maximum) == 31)
    #expect(speed.value(TargetKeys.normalization) == "zscore")
  }

  @Test func `reads what inputs and targets stand for`() {
    let experiment = lowerNative(
      """
      epochzero: 1
      task: binary
      model: {layers: [{kind: dense, units: 1}]}
      data:
        inputs: {features: 6, kind: tokens, normalization: none}
        targets: {class_shares: [0.97, 0.03]}
      training: {class_weights: [1, 30]}
      """
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.inputs[0].value(InputKeys.type) == "tokens")
    #expect(experiment.inputs[0].value(InputKeys.normalization) == "none")
    #expect(experiment.outputs[0].facts.value(OutputKeys.target)?.value(TargetKeys.classShares) == [0.97, 0.03])
    #expect(experiment.outputs[0].facts.value(OutputKeys.classWeights) == [1, 30])
  }

  @Test func `reads what is held out and monitored`() {
    let experiment = lowerNative(
      """
      epochzero: 1
      data: {samples: 1000}
      training:
        batch_size: 10
        epochs: 2
        validation_split: 0.1
        test_split: 0.2
        validation_samples: 50
        monitor: val_auc
        monitor_mode: maximize
      """
    )
    #expect(experiment.problems.isEmpty)
    #expect(experiment.training.value(TrainingKeys.testSplit) == 0.2)
    #expect(experiment.training.value(TrainingKeys.validationSamples) == 50)
    #expect(experiment.training.value(TrainingKeys.monitorMode) == "max")
    // Both parts that are held out are not trained on.
    #expect(experiment.about.value(ExperimentKeys.totalSteps) == 140)
  }

  @Test(arguments: [
    ("data: {columns: [heading]}", "\"columns\" in \"data\" must be a mapping, not a list"),
    (
      "data: {columns: {a: {kind: angel}}}",
      "\"angel\" is not a known value of \"kind\" in column \"a\""
    ),
    (
      "data: {targets: {class_shares: [0.5, 1.5]}}",
      "\"class_shares\" in \"targets\" must be a list of shares from 0 to 1, not [0.5, 1.5]"
    ),
    ("data: {columns: {a: {shape: [2]}}}", "unknown key \"shape\" in column \"a\""),
  ])
  func `says what is wrong`(section: String, message: String) {
    #expect(lowerNative("epochzero: 1\n" + section).problems.map(\.message) == [message])
  }
}
