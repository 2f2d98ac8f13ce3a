import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct KerasEditTests {
  /// Changes of a model's text: the words before and after, in a file that holds them.
  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var edits: [ExperimentEdit]
    var before: String
    var after: String
    var testDescription: String { after }
  }

  private static func edit(_ root: RecordPath.Root, _ key: String, _ value: FactValue) -> ExperimentEdit {
    ExperimentEdit(record: RecordPath(root), key: key, value: value)
  }

  private static func edit(
    _ root: RecordPath.Root,
    _ nested: [String],
    _ key: String,
    _ value: FactValue
  ) -> ExperimentEdit {
    ExperimentEdit(record: RecordPath(root, nested: nested), key: key, value: value)
  }

  private static func dense(_ config: String) -> String {
    sequential(#"{"class_name": "Dense", "config": {"name": "d", "units": 3\#(config)}}"#)
  }

  private static func compiled(_ compile: String) -> String {
    #"{"module": "keras", "class_name": "Sequential", "registered_name": null, "config": {"name": "s", "layers": ["#
      + #"{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 4]}}, "#
      + #"{"module": "keras.layers", "class_name": "Dense", "config": {"units": 1}}]}, "compile_config": \#(compile)}"#
  }

  private static func old(_ layer: String) -> String {
    #"{"name": "Sequential", "class_mode": "binary", "loss": "mse", "optimizer": {"name": "SGD", "lr": 10.0}, "layers": "#
      + #"[{"name": "Dense", "input_dim": 4, "output_dim": 2}, \#(layer)]}"#
  }

  private static let clip = ["clip"]
  private static let optimizer = ["optimizer"]

  private static let cases = [
    // Layers: what is stated.
    Case(
      file: dense(#", "activation": "relu""#),
      edits: [edit(.layer(1), "activation", .text("linear"))],
      before: #""activation": "relu""#,
      after: #""activation": "linear""#
    ),
    Case(
      file: dense(#", "activation": null"#),
      edits: [edit(.layer(1), "activation", .text("relu"))],
      before: #""activation": null"#,
      after: #""activation": "relu""#
    ),
    Case(
      file: dense(#", "activation": {"class_name": "ReLU", "config": {"max_value": 6}}"#),
      edits: [edit(.layer(1), "activation", .text("linear"))],
      before: #"{"class_name": "ReLU", "config": {"max_value": 6}}"#,
      after: #""linear""#
    ),
    Case(
      file: dense(""),
      edits: [edit(.layer(1), "units", .integer(7))],
      before: #""units": 3"#,
      after: #""units": 7"#
    ),
    Case(
      file: dense(#", "use_bias": false"#),
      edits: [edit(.layer(1), "use_bias", .boolean(true))],
      before: #""use_bias": false"#,
      after: #""use_bias": true"#
    ),
    Case(
      file: sequential(#"{"class_name": "Dropout", "config": {"name": "o", "rate": 0.8}}"#),
      edits: [edit(.layer(1), "rate", .number(0.2))],
      before: #""rate": 0.8"#,
      after: #""rate": 0.2"#
    ),
    Case(
      file: old(#"{"name": "Dropout", "p": 0.8}"#),
      edits: [edit(.layer(2), "rate", .number(0.2))],
      before: #""p": 0.8"#,
      after: #""p": 0.2"#
    ),
    Case(
      file: sequential(#"{"class_name": "Activation", "config": {"name": "o", "activation": "relu"}}"#),
      edits: [edit(.layer(1), "activation", .text("softmax"))],
      before: #""activation": "relu""#,
      after: #""activation": "softmax""#
    ),
    // Initialisers: a word, a whole object, one of its numbers.
    Case(
      file: dense(#", "kernel_initializer": "zeros""#),
      edits: [edit(.layer(1), ["kernel_initializer"], "name", .text("he_normal"))],
      before: #""zeros""#,
      after: #""he_normal""#
    ),
    Case(
      file: dense(#", "kernel_initializer": {"class_name": "Zeros", "config": {}}"#),
      edits: [edit(.layer(1), "kernel_initializer", .text("glorot_uniform"))],
      before: #"{"class_name": "Zeros", "config": {}}"#,
      after: #""glorot_uniform""#
    ),
    Case(
      file: dense(#", "kernel_initializer": {"class_name": "RandomNormal", "config": {"mean": 0.0, "stddev": 9.0}}"#),
      edits: [edit(.layer(1), ["kernel_initializer"], "stddev", .number(0.1))],
      before: #""stddev": 9.0"#,
      after: #""stddev": 0.1"#
    ),
    Case(
      file: dense(#", "kernel_initializer": {"class_name": "RandomNormal", "config": {"mean": 0.0}}"#),
      edits: [edit(.layer(1), ["kernel_initializer"], "stddev", .number(0.1))],
      before: #""mean": 0.0"#,
      after: #""mean": 0.0, "stddev": 0.1"#
    ),
    // Layers: what is a default.
    Case(
      file: dense(""),
      edits: [edit(.layer(1), "activation", .text("relu"))],
      before: #""units": 3"#,
      after: #""units": 3, "activation": "relu""#
    ),
    Case(
      file: dense(""),
      edits: [edit(.layer(1), ["kernel_initializer"], "name", .text("he_normal"))],
      before: #""units": 3"#,
      after: #""units": 3, "kernel_initializer": "he_normal""#
    ),
    Case(
      file: old(#"{"name": "Dense", "output_dim": 1}"#),
      edits: [edit(.layer(2), ["kernel_initializer"], "name", .text("he_normal"))],
      before: #""output_dim": 1"#,
      after: #""output_dim": 1, "init": "he_normal""#
    ),
    // Training.
    Case(
      file: compiled(#"{"loss": "mse", "optimizer": {"class_name": "Adam", "config": {"learning_rate": 10.0}}}"#),
      edits: [edit(.training, optimizer, "learning_rate", .number(0.001))],
      before: #""learning_rate": 10.0"#,
      after: #""learning_rate": 0.001"#
    ),
    Case(
      file: compiled(#"{"loss": "mse", "optimizer": {"class_name": "Adam", "config": {"beta_1": 0.5}}}"#),
      edits: [edit(.training, optimizer, "learning_rate", .number(0.01))],
      before: #""beta_1": 0.5"#,
      after: #""beta_1": 0.5, "learning_rate": 0.01"#
    ),
    Case(
      file: old(#"{"name": "Dense", "output_dim": 1}"#),
      edits: [edit(.training, optimizer, "learning_rate", .number(0.01))],
      before: #""lr": 10.0"#,
      after: #""lr": 0.01"#
    ),
    Case(
      file: compiled(#"{"loss": "mse", "optimizer": {"class_name": "SGD", "config": {"clipnorm": 1e-05}}}"#),
      edits: [edit(.training, clip, "threshold", .number(1))],
      before: #""clipnorm": 1e-05"#,
      after: #""clipnorm": 1.0"#
    ),
    Case(
      file: compiled(#"{"loss": "mse", "optimizer": {"class_name": "SGD", "config": {"clipnorm": 1e-05}}}"#),
      edits: [edit(.training, "clip", .text("off"))],
      before: #""clipnorm": 1e-05"#,
      after: #""clipnorm": null"#
    ),
    Case(
      file: compiled(#"{"loss": "mse", "optimizer": {"class_name": "SGD", "config": {"clipvalue": 1e-05}}}"#),
      edits: [edit(.training, clip, "kind", .text("global_norm")), edit(.training, clip, "threshold", .number(1))],
      before: #""clipvalue": 1e-05"#,
      after: #""clipvalue": null, "global_clipnorm": 1.0"#
    ),
    // Losses.
    Case(
      file: compiled(#"{"loss": "mse", "optimizer": "adam"}"#),
      edits: [edit(.output(0), "loss", .text("binary_crossentropy"))],
      before: #""mse""#,
      after: #""binary_crossentropy""#
    ),
    Case(
      file: compiled(#"{"loss": {"class_name": "BinaryCrossentropy", "config": {"from_logits": true}}}"#),
      edits: [edit(.output(0), "from_logits", .boolean(false))],
      before: #""from_logits": true"#,
      after: #""from_logits": false"#
    ),
    Case(
      file: compiled(#"{"loss": "binary_crossentropy", "optimizer": "adam"}"#),
      edits: [edit(.output(0), "from_logits", .boolean(true))],
      before: #""binary_crossentropy""#,
      after:
        #"{"module": "keras.losses", "class_name": "BinaryCrossentropy", "config": {"from_logits": true}, "registered_name": null}"#
    ),
  ]

  @Test(arguments: cases)
  func `changes what states the fact, and nothing else`(change: Case) throws {
    let tree = kerasTree(change.file)
    let experiment = lowerKeras(change.file)
    #expect(change.file.contains(change.before))
    let edits = try #require(KerasDialect().textEdits(for: change.edits, in: experiment, trees: [tree]))
    let bytes = try #require(tree.source.applying(edits.map(\.edit)))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text == replacing(change.before, in: change.file, with: change.after))

    let again = lowerKeras(text)
    #expect(again.problems.isEmpty)
    for edit in change.edits {
      switch again.record(at: edit.record)?[name: edit.key]?.value {
      case .record(let record): #expect(record.entries.first?.fact.value == edit.value)
      case let fact: #expect(Self.isSame(fact, edit.value))
      }
    }
  }

  @Test(arguments: [
    // The activation is the class.
    (#"{"class_name": "ReLU", "config": {"name": "r"}}"#, edit(.layer(1), "activation", .text("linear"))),
    // What is inferred has no place.
    (#"{"class_name": "Dense", "config": {"units": 3}}"#, edit(.layer(1), "parameters", .integer(3))),
    // A list does not fit where a number stands.
    (
      #"{"class_name": "Dense", "config": {"units": 3}}"#, edit(.layer(1), "units", .list([.integer(3)]))
    ),
    // The class's name is no activation.
    (#"{"class_name": "Dense", "config": {"units": 3}}"#, edit(.layer(1), "class_name", .text("Conv2D"))),
    // No such layer, no such output.
    (#"{"class_name": "Dense", "config": {"units": 3}}"#, edit(.layer(9), "units", .integer(3))),
    (#"{"class_name": "Dense", "config": {"units": 3}}"#, edit(.output(0), "loss", .text("mse"))),
  ])
  func `changes nothing where that is not safe`(layer: String, edit: ExperimentEdit) {
    let text = sequential(layer)
    let made = KerasDialect().textEdits(for: [edit], in: lowerKeras(text), trees: [kerasTree(text)])
    #expect(made == nil)
  }

  @Test func `keeps the style of a file that gives each key a line`() throws {
    let text = """
      {
        "class_name": "Sequential",
        "config": {
          "layers": [
            {
              "class_name": "Dense",
              "config": {
                "batch_input_shape": [null, 4],
                "units": 3
              }
            }
          ]
        }
      }
      """
    let change = Self.edit(.layer(1), "activation", .text("relu"))
    let tree = kerasTree(text)
    let edits = try #require(KerasDialect().textEdits(for: [change], in: lowerKeras(text), trees: [tree]))
    let bytes = try #require(tree.source.applying(edits.map(\.edit)))
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == replacing("\"units\": 3", in: text, with: "\"units\": 3,\n          \"activation\": \"relu\"")
    )
  }

  private func replacing(_ before: String, in text: String, with after: String) -> String {
    guard let range = text.firstRange(of: before) else { return text }
    return text.replacingCharacters(in: range, with: after)
  }

  private static func isSame(_ left: FactValue?, _ right: FactValue) -> Bool {
    if let left, let a = Double(left), let b = Double(right) { return a == b }
    return left == right
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
