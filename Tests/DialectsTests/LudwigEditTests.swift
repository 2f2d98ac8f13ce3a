import ConfigSyntax
import Dialects
import Experiment
import Testing

struct LudwigEditTests {
  private static let block = """
    input_features:
      - name: a   # the only one
        type: number
    output_features:
      - name: y
        type: number
        decoder:
          num_fc_layers: 1
          fc_dropout: 0.9
    trainer:
      learning_rate: 0.1  # high
      batch_size: 4

    """

  private static func edit(_ record: RecordPath, _ key: String, _ value: FactValue) -> ExperimentEdit {
    ExperimentEdit(record: record, key: key, value: value)
  }

  @Test func `replaces stated values and keeps the rest`() throws {
    let sample = try LudwigSample(Self.block)
    let rate = Self.edit(RecordPath(.training, nested: ["optimizer"]), "learning_rate", .number(0.001))
    #expect(sample.edited(rate) == Self.block.replacing("learning_rate: 0.1 ", with: "learning_rate: 0.001 "))
    let batch = Self.edit(RecordPath(.training), "batch_size", .integer(16))
    #expect(
      sample.edited(rate, batch)
        == Self.block.replacing("rate: 0.1 ", with: "rate: 0.001 ").replacing("size: 4", with: "size: 16")
    )
    let drop = Self.edit(try sample.path(of: "y/fc1_dropout"), "rate", .number(0.1))
    #expect(sample.edited(drop) == Self.block.replacing("fc_dropout: 0.9", with: "fc_dropout: 0.1"))
  }

  @Test func `puts missing keys and sections where they belong`() throws {
    let sample = try LudwigSample(Self.block)
    let clip = Self.edit(RecordPath(.training, nested: ["clip"]), "threshold", .number(2))
    #expect(
      sample.edited(clip)
        == Self.block.replacing(
          "batch_size: 4",
          with: "batch_size: 4\n  gradient_clipping:\n    clipglobalnorm: 2.0"
        )
    )
    let off = Self.edit(RecordPath(.training, nested: ["clip"]), "kind", .text("off"))
    #expect(
      sample.edited(off)
        == Self.block.replacing(
          "batch_size: 4",
          with: "batch_size: 4\n  gradient_clipping:\n    clipglobalnorm: null"
        )
    )
    let target = Self.edit(RecordPath(.output(0), nested: ["target"]), "normalization", .text("zscore"))
    #expect(
      sample.edited(target)
        == Self.block.replacing(
          "fc_dropout: 0.9",
          with: "fc_dropout: 0.9\n    preprocessing:\n      normalization: zscore"
        )
    )
    let initializer = Self.edit(
      try sample.path(of: "y/fc1").appending("kernel_initializer"),
      "name",
      .text("he_normal")
    )
    #expect(
      sample.edited(initializer)
        == Self.block.replacing(
          "fc_dropout: 0.9",
          with: "fc_dropout: 0.9\n      fc_weights_initializer: kaiming_normal"
        )
    )
    let input = Self.edit(RecordPath(.input(0)), "normalization", .text("none"))
    #expect(
      sample.edited(input)
        == Self.block.replacing(
          "type: number\noutput",
          with: "type: number\n    preprocessing:\n      normalization: null\noutput"
        )
    )
  }

  @Test func `writes flow mappings and JSON in their style`() throws {
    let flow =
      "input_features: [{name: a, type: number}]\noutput_features: [{name: y, type: number}]\ntrainer: {epochs: 2}"
    let epochs = Self.edit(RecordPath(.training), "batch_size", .integer(8))
    #expect(try LudwigSample(flow).edited(epochs) == flow.replacing("{epochs: 2}", with: "{epochs: 2, batch_size: 8}"))
    let target = Self.edit(RecordPath(.output(0), nested: ["target"]), "normalization", .text("zscore"))
    #expect(
      try LudwigSample(flow).edited(target)
        == flow.replacing(
          "{name: y, type: number}",
          with: "{name: y, type: number, preprocessing: {normalization: zscore}}"
        )
    )
    let json = """
      {
        "input_features": [{"name": "a", "type": "number"}],
        "output_features": [{"name": "y", "type": "number"}],
        "trainer": {
          "epochs": 2
        }
      }
      """
    #expect(
      try LudwigSample(json, as: .json).edited(epochs)
        == json.replacing("\"epochs\": 2", with: "\"epochs\": 2,\n    \"batch_size\": 8")
    )
    let clip = Self.edit(RecordPath(.training, nested: ["clip"]), "threshold", .number(1.5))
    #expect(
      try LudwigSample(json, as: .json).edited(clip)
        == json.replacing("\"epochs\": 2", with: "\"epochs\": 2,\n    \"gradient_clipping\": {\"clipglobalnorm\": 1.5}")
    )
  }

  @Test func `uses the keys of the file's form`() throws {
    let old = """
      input_features: [{name: a, type: numerical, encoder: dense}]
      output_features: [{name: y, type: numerical, num_fc_layers: 1}]
      training: {epochs: 2}
      """
    let sample = try LudwigSample(old)
    let width = Self.edit(try sample.path(of: "a/fc1"), "units", .integer(12))
    #expect(sample.edited(width) == old.replacing("encoder: dense", with: "encoder: dense, output_size: 12"))
    let head = Self.edit(try sample.path(of: "y/fc1"), "activation", .text("leaky_relu"))
    #expect(sample.edited(head) == old.replacing("num_fc_layers: 1", with: "num_fc_layers: 1, activation: leakyRelu"))
    let batch = Self.edit(RecordPath(.training), "batch_size", .integer(8))
    #expect(sample.edited(batch) == old.replacing("{epochs: 2}", with: "{epochs: 2, batch_size: 8}"))
  }

  @Test func `makes a section that the file has not`() throws {
    let text = "input_features: [{name: a, type: number}]\noutput_features: [{name: y, type: number}]\n"
    let sample = try LudwigSample(text)
    let optimizer = Self.edit(RecordPath(.training, nested: ["optimizer"]), "name", .text("adamw"))
    #expect(sample.edited(optimizer) == text + "trainer:\n  optimizer:\n    type: adamw\n")
  }

  @Test func `linear is null, and a rate of 0 takes the layer away`() throws {
    let text = """
      input_features: [{name: a, type: number}]
      combiner: {type: concat, num_fc_layers: 1, dropout: 0.5}
      output_features: [{name: v, type: vector, decoder: {activation: relu}}]
      """
    let sample = try LudwigSample(text)
    let activation = Self.edit(try sample.path(of: "v"), "activation", .text("linear"))
    let rate = Self.edit(try sample.path(of: "combiner/fc1_dropout"), "rate", .integer(0))
    #expect(sample.edited(activation) == text.replacing("activation: relu", with: "activation: null"))
    #expect(
      sample.edited(rate, activation)
        == text.replacing("activation: relu", with: "activation: null").replacing("dropout: 0.5", with: "dropout: 0")
    )
  }

  @Test func `a record is a change of each of its facts`() throws {
    let sample = try LudwigSample(Self.block)
    var clip = Record()
    clip[ClipKeys.kind] = Fact("global_norm", .inferred(from: "a fix", at: nil))
    clip[ClipKeys.threshold] = Fact(5, .inferred(from: "a fix", at: nil))
    #expect(
      sample.edited(Self.edit(RecordPath(.training), "clip", .record(clip)))
        == Self.block.replacing(
          "batch_size: 4",
          with: "batch_size: 4\n  gradient_clipping:\n    clipglobalnorm: 5.0"
        )
    )
  }

  @Test func `gives nothing where the file cannot say it`() throws {
    let text = """
      defaults: {number: &shared {encoder: {type: dense}}}
      input_features: [{name: a, type: number}]
      output_features: [{name: y, type: number, decoder: &d {num_fc_layers: 1}}, {name: z, type: number, decoder: *d}]
      trainer: {epochs: &e 3, early_stop: *e}
      """
    let sample = try LudwigSample(text)
    let edits = [
      Self.edit(try sample.path(of: "y"), "units", .integer(3)),
      Self.edit(try sample.path(of: "y"), "activation", .text("relu")),
      Self.edit(RecordPath(.output(0)), "task", .text("binary")),
      Self.edit(RecordPath(.training), "early_stopping", .integer(9)),
      Self.edit(try sample.path(of: "y/fc1"), "activation", .text("some_activation")),
      Self.edit(RecordPath(.layer(99)), "units", .integer(3)),
    ]
    for edit in edits { #expect(sample.edited(edit) == nil, "\(edit)") }
  }
}
