import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct MappedProblemTests {
  private static let definition = """
    dialect: 1
    name: house
    title: Trainer
    recognize: [{all: [opt]}]
    reader: yaml-1.1
    keys:
      opt.lr: {fact: training.optimizer.learning_rate, default: 0.01, needs: {opt.algo: {not: auto}}, because: it is chosen}
      opt.algo: {fact: training.optimizer.name, vocabulary: optimizers, default: auto, deferred: [auto]}
      opt.clip: {fact: training.clip.threshold, sets: {training.clip.kind: norm}, needs: {opt.truncate: true}}
      opt.truncate: {type: boolean, default: false}
      opt.width: {type: integer}
      opt.batch: training.batch_size
      opt.buffer: {type: integer}
    checks:
      - if: {opt.buffer: {below: opt.batch}}
        at: opt.buffer
        message: 'the buffer of {opt.buffer} holds no batch of {opt.batch}'
    complete: [opt]
    """

  private func problems(_ text: String) throws -> [String] {
    try MappedSample(Self.definition, text).problems
  }

  @Test func `tells keys without effect, and states no fact of them`() throws {
    let house = try MappedSample(Self.definition, "opt: {lr: 0.5, clip: 1}")
    #expect(
      house.problems == [
        "ignored-learning-rate at lr: \"lr\" has no effect: it is chosen",
        "ignored-clipping at clip: \"clip\" has no effect: it counts only where \"truncate\" is true",
      ]
    )
    #expect(house.fact("training.clip.threshold") == nil)
    #expect(house.fact("training.optimizer.learning_rate") == nil)
    #expect(try problems("opt: {lr: 0.5, algo: adam, clip: 1, truncate: true}") == [])
  }

  @Test func `a full dump says its defaults by nobody's choice`() throws {
    #expect(try problems("opt: {lr: 0.01, algo: auto}") == [])
  }

  @Test func `does not guess what a condition on an unknown value comes to`() throws {
    #expect(try problems("opt: {lr: 0.5, algo: \"${env:X}\", clip: 1, truncate: \"${env:Y}\"}") == [])
  }

  @Test func `tells wrong types, and passes over searches`() throws {
    #expect(
      try problems("opt: {batch: many}") == ["wrong-type at many: \"batch\" must be a number, not the text \"many\""]
        || problems("opt: {batch: many}") == ["wrong-type at many: \"batch\" must be an integer, not the text \"many\""]
    )
    #expect(try problems("opt: {batch: [8, 16]}") == [])
    #expect(try problems("opt: {width: [8]}") == ["wrong-type at [8]: \"width\" must be an integer, not a list"])
    #expect(try problems("opt: {width: 8.0, batch: 8.5}") == [])
  }

  @Test func `tells numbers that the framework takes for text`() throws {
    let found = try problems("opt: {lr: 1e-4, algo: adam}")
    #expect(found == ["ambiguous-number at 1e-4: Trainer takes \"lr: 1e-4\" for text, not for a number"])
    #expect(try problems("opt: {lr: 1.0e-4, algo: adam}") == [])
  }

  @Test func `checks values against each other`() throws {
    #expect(
      try problems("opt: {buffer: 10, batch: 100}")
        == ["invalid-value at 10: the buffer of 10 holds no batch of 100"]
    )
    #expect(try problems("opt: {buffer: 10}") == [])
  }

  @Test func `knows a misspelled key where the definition names all`() throws {
    let house = try MappedSample(Self.definition, "opt: {bach: 4}\nelse: 1")
    #expect(house.problems == ["unknown-key at bach: unknown key \"bach\" in \"opt\""])
    #expect(try house.only().problems.first?.help == "did you mean \"batch\"?")
  }

  @Test(arguments: [
    ("dialect: 2\nname: a\nrecognize: []", "version 2 of the format"),
    ("dialect: 1\nrecognize: []", "needs a \"name\""),
    ("dialect: 1\nname: a", "needs \"recognize\""),
    ("dialect: 1\nname: a b\nrecognize: []", "no name of a dialect"),
    ("dialect: 1\nname: a\nrecognize: [{al: [x]}]", "unknown key \"al\""),
    ("dialect: 1\nname: a\nrecognize: []\nkeys: {x: training.bach_size}", "no fact \"training.bach_size\""),
    ("dialect: 1\nname: a\nrecognize: []\nkeys: {x: weights.y}", "is no fact"),
    ("dialect: 1\nname: a\nrecognize: []\nkeys: {x..y: training.epochs}", "is no path"),
    (
      "dialect: 1\nname: a\nrecognize: []\nkeys: {x: {fact: training.epochs, vocabulary: loss}}",
      "\"loss\" is not known"
    ),
    ("dialect: 1\nname: a\nrecognize: []\nkeys: {x: {source: b c.py}}", "none of \"sources\""),
    ("dialect: 1\nname: a\nrecognize: []\nkeys: {x: {needs: {y: {abov: 1}}}}", "\"abov\" is not known"),
    ("dialect: 1\nname: a\nrecognize: []\nlayers: [{kind: dens}]", "\"dens\" is not known"),
    ("dialect: 1\nname: a\nrecognize: []\nlayers: [{kind: dense, facts: {unit: x}}]", "no fact \"unit\""),
    ("dialect: 1\nname: a\nrecognize: []\nfacts: {training.epochs: {}}", "needs \"value\""),
    ("dialect: 1\nname: a\nrecognize: []\nextends: nothing", "no bundled dialect \"nothing\""),
    ("[1, 2]", "must be a mapping"),
  ])
  func `says what is wrong with a definition, and where`(text: String, message: String) throws {
    let document = try #require(parse(SourceText(name: "d.yaml", text: text), as: .yaml).documents.first)
    let problems = DialectDefinition.read(document).problems
    #expect(problems.contains { $0.message.contains(message) }, "\(problems.map(\.message))")
    #expect(problems.allSatisfy { $0.location != nil })
  }
}
