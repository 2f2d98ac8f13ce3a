import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct MappedEditTests {
  private static let definition = """
    dialect: 1
    name: house
    title: Trainer
    recognize: [{all: [opt]}]
    keys:
      opt.lr: {fact: training.optimizer.learning_rate, default: 0.01, summary: how far a step goes}
      opt.algo: {fact: training.optimizer.name, words: {sgd_plain: sgd, adamw_torch: adamw}}
      opt.clip: {fact: training.clip.threshold, sets: {training.clip.kind: global_norm}, off: [0]}
      keep: {type: number, keep: true}
      sizes: {type: list}
      act: {type: text, vocabulary: activations, default: tanh}
    layers:
      - {kind: dense, name: fc, each: sizes, facts: {activation: act}}
      - {kind: dropout, name: drop, facts: {rate: keep}}
    """
  private static let text = """
    opt:
      lr: 0.3   # high
      algo: sgd_plain
    keep: 0.1
    sizes: [64, 32]

    """

  private func edited(_ record: RecordPath, _ key: String, _ value: FactValue) throws -> String? {
    try MappedSample(Self.definition, Self.text).edited(ExperimentEdit(record: record, key: key, value: value))
  }

  @Test func `replaces what is stated, in the dialect's words and polarity`() throws {
    let optimizer = RecordPath(.training, nested: ["optimizer"])
    #expect(
      try edited(optimizer, "learning_rate", .number(0.001)) == Self.text.replacing("lr: 0.3 ", with: "lr: 0.001 ")
    )
    #expect(try edited(optimizer, "name", .text("adamw")) == Self.text.replacing("sgd_plain", with: "adamw_torch"))
    #expect(try edited(optimizer, "name", .text("lion")) == nil)
    #expect(
      try edited(RecordPath(.layer(3)), "rate", .number(0.25)) == Self.text.replacing("keep: 0.1", with: "keep: 0.75")
    )
  }

  @Test func `adds what is absent where it belongs`() throws {
    #expect(
      try edited(RecordPath(.training, nested: ["clip"]), "threshold", .number(1))
        == Self.text.replacing("algo: sgd_plain", with: "algo: sgd_plain\n  clip: 1.0")
    )
    #expect(
      try edited(RecordPath(.layer(1)), "activation", .text("relu")) == Self.text + "act: relu\n"
        || edited(RecordPath(.layer(1)), "activation", .text("relu"))
          == Self.text.replacing("sizes: [64, 32]", with: "sizes: [64, 32]\nact: relu")
    )
  }

  @Test func `tells at a key what it is and what its absence means`() throws {
    let document = try #require(parse(SourceText(name: "d.yaml", text: Self.definition), as: .yaml).documents.first)
    let dialect = MappedDialect(DialectDefinition.read(document).definition)
    let tree = parse(SourceText(name: "x.yaml", text: Self.text), as: .yaml)
    let place = try #require(tree.place(at: 8))
    let guide = try #require(dialect.guide(at: place))
    #expect(guide.key?.name == "lr")
    #expect(guide.key?.summary == "how far a step goes")
    #expect(guide.key?.absent == "Trainer takes 0.01")
    #expect(guide.keys.map(\.name) == ["lr", "algo", "clip"])
  }
}
