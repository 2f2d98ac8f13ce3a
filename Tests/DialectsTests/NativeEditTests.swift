import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct NativeEditTests {
  /// An edit with the text that it turns one file into.
  struct Case: CustomTestStringConvertible, Sendable {
    var before: String
    var edits: [(path: RecordPath, key: String, value: FactValue)]
    var after: String
    var format = ConfigFormat.yaml

    var testDescription: String { after }
  }

  private static let optimizer = RecordPath(.training, nested: ["optimizer"])
  private static let clip = RecordPath(.training, nested: ["clip"])
  private static let initializer = RecordPath(.layer(1), nested: ["kernel_initializer"])

  private static let cases: [Case] = [
    // Stated facts.
    Case(
      before: "epochzero: 1\ntraining:\n  batch_size: 4096 # much\n",
      edits: [(RecordPath(.training), "batch_size", .integer(32))],
      after: "epochzero: 1\ntraining:\n  batch_size: 32 # much\n"
    ),
    Case(
      before: "epochzero: 1\ntraining: {optimizer: {name: adam, lr: 5}}",
      edits: [(optimizer, "learning_rate", .number(0.001))],
      after: "epochzero: 1\ntraining: {optimizer: {name: adam, lr: 0.001}}"
    ),
    Case(
      before: #"{"epochzero": 1, "training": {"loss": "mse", "epochs": 3}}"#,
      edits: [(RecordPath(.output(0)), "loss", .text("huber"))],
      after: #"{"epochzero": 1, "training": {"loss": "huber", "epochs": 3}}"#,
      format: .json
    ),
    Case(
      before: "epochzero: 1\nmodel: {layers: [{kind: dense, units: 6, activation: relu}]}",
      edits: [(RecordPath(.layer(1)), "activation", .text("linear")), (RecordPath(.layer(1)), "units", .integer(3))],
      after: "epochzero: 1\nmodel: {layers: [{kind: dense, units: 3, activation: linear}]}"
    ),
    Case(
      before: "epochzero: 1\nmodel: {layers: [{kind: conv2d, filters: 6, kernel_size: 3}]}",
      edits: [(RecordPath(.layer(1)), "kernel_size", .list([.integer(5), .integer(5)]))],
      after: "epochzero: 1\nmodel: {layers: [{kind: conv2d, filters: 6, kernel_size: [5, 5]}]}"
    ),
    Case(
      before: "epochzero: 1\ndata: {targets: {range: [-3, 3]}}\ntask: regression",
      edits: [(RecordPath(.output(0), nested: ["target"]), "min", .number(-4))],
      after: "epochzero: 1\ndata: {targets: {range: [-4.0, 3]}}\ntask: regression"
    ),
    // Initialisers: a name, a mapping, a short form that grows.
    Case(
      before: "epochzero: 1\nmodel: {layers: [{kind: dense, units: 6, init: zeros}]}",
      edits: [(initializer, "name", .text("he_normal"))],
      after: "epochzero: 1\nmodel: {layers: [{kind: dense, units: 6, init: he_normal}]}"
    ),
    Case(
      before: "epochzero: 1\nmodel: {layers: [{kind: dense, units: 6, init: {name: random_normal, stddev: 9}}]}",
      edits: [(RecordPath(.layer(1)), "kernel_initializer", .text("he_normal"))],
      after: "epochzero: 1\nmodel: {layers: [{kind: dense, units: 6, init: he_normal}]}"
    ),
    Case(
      before: "epochzero: 1\nmodel: {layers: [{kind: dense, units: 6, init: random_normal}]}",
      edits: [(initializer, "stddev", .number(0.05))],
      after: "epochzero: 1\nmodel: {layers: [{kind: dense, units: 6, init: {name: random_normal, stddev: 0.05}}]}"
    ),
    // Missing keys.
    Case(
      before: "epochzero: 1\nmodel:\n  layers:\n    - kind: dense\n      units: 6\n    - flatten\n",
      edits: [(RecordPath(.layer(1)), "activation", .text("relu"))],
      after:
        "epochzero: 1\nmodel:\n  layers:\n    - kind: dense\n      units: 6\n      activation: relu\n    - flatten\n"
    ),
    Case(
      before: "epochzero: 1\nmodel: {layers: [dropout]}",
      edits: [(RecordPath(.layer(1)), "rate", .number(0.1))],
      after: "epochzero: 1\nmodel: {layers: [{kind: dropout, rate: 0.1}]}"
    ),
    Case(
      before: "epochzero: 1\ntraining:\n  optimizer: adam\n",
      edits: [(optimizer, "learning_rate", .number(0.001)), (optimizer, "weight_decay", .number(0.01))],
      after: "epochzero: 1\ntraining:\n  optimizer: {name: adam, learning_rate: 0.001, weight_decay: 0.01}\n"
    ),
    Case(
      before: "epochzero: 1\ntask: binary\ntraining:\n  loss: bce\n",
      edits: [(RecordPath(.output(0)), "from_logits", .boolean(true))],
      after: "epochzero: 1\ntask: binary\ntraining:\n  loss: bce\n  from_logits: true\n"
    ),
    Case(
      before: "epochzero: 1\ntask: regression\n",
      edits: [(RecordPath(.output(0)), "loss", .text("huber")), (optimizer, "name", .text("adam"))],
      after: "epochzero: 1\ntask: regression\ntraining: {loss: huber, optimizer: {name: adam}}\n"
    ),
    Case(
      before: #"{"epochzero": 1, "data": {}, "task": "regression"}"#,
      edits: [(RecordPath(.output(0), nested: ["target"]), "normalization", .text("zscore"))],
      after: #"{"epochzero": 1, "data": {"targets": {"normalization": "zscore"}}, "task": "regression"}"#,
      format: .json
    ),
    Case(
      before:
        "epochzero: 1\nmodel: {layers: [{kind: dense, units: 1, name: a}]}\ndata: {samples: 3, inputs: {features: 2}}",
      edits: [(RecordPath(.input(0)), "normalization", .text("zscore"))],
      after:
        "epochzero: 1\nmodel: {layers: [{kind: dense, units: 1, name: a}]}\ndata: {samples: 3, inputs: {features: 2, normalization: zscore}}"
    ),
    Case(
      before: "epochzero: 1\noutputs:\n  a: {loss: mse}\n  b: {loss: mse}\n",
      edits: [(RecordPath(.output(1)), "task", .text("regression")), (RecordPath(.output(0)), "loss", .text("huber"))],
      after: "epochzero: 1\noutputs:\n  a: {loss: huber}\n  b: {loss: mse, task: regression}\n"
    ),
    // Clipping.
    Case(
      before: "epochzero: 1\ntraining: {optimizer: {name: adam, clip: {global_norm: 0.001}}}",
      edits: [(clip, "threshold", .number(1))],
      after: "epochzero: 1\ntraining: {optimizer: {name: adam, clip: {global_norm: 1.0}}}"
    ),
    Case(
      before: "epochzero: 1\ntraining:\n  clip: {value: 0.001}\n",
      edits: [(clip, "kind", .text("off"))],
      after: "epochzero: 1\ntraining:\n  clip: \"off\"\n"
    ),
    Case(
      before: "epochzero: 1\ntraining:\n  clip:\n    value: 0.001\n  epochs: 3\n",
      edits: [(clip, "kind", .text("global_norm")), (clip, "threshold", .number(1))],
      after: "epochzero: 1\ntraining:\n  clip:\n    {global_norm: 1.0}\n  epochs: 3\n"
    ),
    Case(
      before: "epochzero: 1\ntraining:\n  optimizer:\n    name: adam\n",
      edits: [(RecordPath(.training), "clip", .text("off"))],
      after: "epochzero: 1\ntraining:\n  optimizer:\n    name: adam\n    clip: \"off\"\n"
    ),
  ]

  @Test(arguments: cases)
  func `writes an edit where its author would have`(change: Case) throws {
    let tree = parse(SourceText(name: "a", text: change.before), as: change.format)
    let dialect = NativeDialect()
    let experiment = lowerNative(change.before, as: change.format)
    #expect(experiment.problems.isEmpty)
    let edits = change.edits.map { ExperimentEdit(record: $0.path, key: $0.key, value: $0.value) }
    let written = try #require(dialect.textEdits(for: edits, in: experiment, trees: [tree]))
    let bytes = try #require(tree.source.applying(written.map(\.edit)))
    #expect(String(decoding: bytes, as: UTF8.self) == change.after)

    let again = lowerNative(change.after, as: change.format)
    #expect(again.problems.isEmpty)
    for edit in edits {
      let fact = again.record(at: edit.record)?[name: edit.key]?.value
      switch fact {
      case .record(let record): #expect(record.entries.first?.fact.value == edit.value)
      default: #expect(Self.isSame(fact, edit.value))
      }
    }
  }

  @Test(arguments: [
    // An alias stands for its anchor's other users too.
    "epochzero: 1\ntraining: {epochs: &n 3, batch_size: *n}",
    // Nothing is there to replace.
    "epochzero: 1\ntraining:\n",
  ])
  func `writes nothing where that is not safe`(text: String) {
    let tree = parse(SourceText(name: "a", text: text), as: .yaml)
    let edit = ExperimentEdit(record: RecordPath(.training), key: "batch_size", value: .integer(32))
    let written = NativeDialect().textEdits(for: [edit], in: lowerNative(text), trees: [tree])
    #expect(written == nil)
  }

  private static func isSame(_ left: FactValue?, _ right: FactValue) -> Bool {
    if let left, let a = Double(left), let b = Double(right) { return a == b }
    return left == right
  }
}
