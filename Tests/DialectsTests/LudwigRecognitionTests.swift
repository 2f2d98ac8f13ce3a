import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct LudwigRecognitionTests {
  @Test(arguments: [
    ("input_features: [{name: a, type: number}]\noutput_features: [{name: b, type: binary}]", Recognition.certain),
    ("model_type: llm\nbase_model: some/model", .certain),
    ("combiner: {type: tabnet}\ntrainer: {batch_size: auto}", .likely),
    ("output_features: [{name: b, type: binary}]\ntrainer: {epochs: 3}", .likely),
    (
      "datasets: [{name: x, config: {input_features: [{name: a, type: set}], output_features: [{name: b, type: set}]}}]",
      .certain
    ),
    ("input_features: 3\noutput_features: 4", .no),
    ("combiner: {type: and}\ntrainer: {epochs: 3}", .no),
    ("trainer: {max_epochs: 3}\nmodel: {name: x}", .no),
    ("- 1\n- 2", .no),
  ])
  func `recognises configs and fragments by their content`(text: String, expected: Recognition) throws {
    let tree = parse(SourceText(name: "config", text: text), as: .yaml)
    #expect(LudwigDialect().recognizes(try #require(tree.documents.first)) == expected)
  }

  @Test func `lowers each config of a list`() throws {
    let text = """
      datasets:
        - name: first
          config:
            input_features: [{name: a, type: number}]
            output_features: [{name: b, type: binary}]
            trainer: {epochs: 7}
        - name: second
          config:
            input_features: [{name: a, type: number}]
            output_features: [{name: c, type: number}]
            trainer: {epochs: 8}
      """
    let tree = parse(SourceText(name: "configs", text: text), as: .yaml)
    let experiments = LudwigDialect().lower(try #require(tree.documents.first), in: LoweringContext())
    #expect(experiments.map { $0.training.value(TrainingKeys.epochs) } == [7, 8])
    #expect(experiments.map { $0.outputs.first?.facts.value(OutputKeys.task) } == ["binary", "regression"])
  }

  @Test func `an edit of the second config of a list stays in it`() throws {
    let text = """
      - config:
          input_features: [{name: a, type: number}]
          output_features: [{name: b, type: binary}]
      - config:
          input_features: [{name: a, type: number}]
          output_features: [{name: c, type: number}]
      """
    let tree = parse(SourceText(name: "configs", text: text), as: .yaml)
    let experiments = LudwigDialect().lower(try #require(tree.documents.first), in: LoweringContext())
    let second = try #require(experiments.last)
    let edit = ExperimentEdit(record: RecordPath(.training), key: "epochs", value: .integer(9))
    let edits = try #require(LudwigDialect().textEdits(for: [edit], in: second, trees: [tree]))
    let edited = try #require(tree.source.applying(edits.map(\.edit)))
    #expect(String(decoding: edited, as: UTF8.self) == text + "\n    trainer:\n      epochs: 9")
  }

  @Test func `one side of the features is not enough`() throws {
    let sample = try LudwigSample("input_features: [{name: a, type: number}]\ntrainer: {epochs: 3}")
    #expect(sample.problems == ["missing-key: the config has \"input_features\" but no \"output_features\""])
  }

  @Test func `half-typed configs are read without a crash`() throws {
    let texts = [
      "input_features: [{name: a, type: number}]\noutput_features: [{name:, type: category, decoder:, loss:}]\ntrainer:",
      "input_features: [{name: a, type: number, encoder: [], preprocessing: 3}]\noutput_features: [{name: b, type: 4}]",
      "input_features: [{name: a, type: image}, 3, null]\noutput_features: [{name: b, type: text, dependencies: [b, c]}]",
      "input_features: [{name: a, type: text, encoder: {conv_layers: [3, {}], fc_layers: [null]}}]\n"
        + "output_features: [{name: b, type: vector, decoder: {fc_layers: {}}}]\ncombiner: 3\ntrainer: {optimizer: adam}",
      "input_features: [3]\noutput_features: [{name: y, type: anomaly}, {name: z, type: text}, {name: w, type: number}]",
    ]
    for text in texts {
      let sample = try LudwigSample(text)
      for (index, layer) in sample.experiment.layers.enumerated() {
        #expect(layer.inputs.allSatisfy { $0 < index })
      }
    }
  }
}
