import ConfigSyntax
import Experiment

/// A mapped dialect as its definition says it; `docs/writing-dialects.md` has the format.
package struct DialectDefinition: Sendable {
  /// The version of the format that is read.
  static let formatVersion = 1

  package var name = ""
  /// The framework's name as its users write it.
  package var title = ""
  package var summary: String?
  /// Where defaults were read, by the name that they are cited under.
  package var sources: [Source] = []
  var recognition = MappedRecognition()
  /// Where the experiments are: the first path that leads anywhere counts, and without one the document is an experiment.
  var experiments: [MappedPath] = []
  /// Keys on the way to experiments that are none.
  var excepted: Set<String> = []
  var inherits: [Inheritance] = []
  var interpolations: Set<Interpolation> = []
  /// Whether the framework's own reader follows YAML 1.1, to which `1e-4` is text.
  var readsYAML11 = false
  /// The key that says the framework's version.
  var version: MappedPath?
  var keys: [MappedKey] = []
  /// The positions in `keys` by path, aliases included.
  var keyPositions: [MappedPath: Int] = [:]
  var facts: [FixedFact] = []
  var layers: [MappedLayer] = []
  var checks: [MappedCheck] = []
  /// The mappings of which `keys` names all keys.
  var complete: [MappedPath] = []

  /// A place where defaults were read.
  package struct Source: Hashable, Sendable {
    package var name: String
    /// What it is: a package with its version, or a repository with its commit.
    package var text: String
  }

  /// Where values come from that an experiment leaves out.
  enum Inheritance: Hashable, Sendable {
    case place(MappedPath)
    /// The file that a key of the document names.
    case file(MappedPath)
  }

  /// How a value refers to another.
  enum Interpolation: String, Hashable, Sendable, CaseIterable {
    /// `${a.b}`
    case dollar
    /// `!ref <a.b>`
    case ref
  }

  /// A fact that holds without a key.
  struct FixedFact: Sendable {
    var target: MappedTarget
    var values: [DefinedValue]
  }
}

/// A fact's place in an experiment.
struct MappedTarget: Hashable, Sendable {
  var record: RecordPath
  var key: String

  /// Reads `training.optimizer.name`, `input.normalization`, `output.target.classes`; nil for other words.
  init?(_ text: String) {
    var names = text.utf8.split(separator: UInt8(ascii: ".")).compactMap { String($0) }
    guard names.count > 1, let key = names.popLast() else { return nil }
    let root: RecordPath.Root
    switch names.removeFirst() {
    case "about": root = .about
    case "training": root = .training
    case "data": root = .data
    case "input": root = .input(0)
    case "output": root = .output(0)
    default: return nil
    }
    record = RecordPath(root, nested: names)
    self.key = key
  }

  init(record: RecordPath, key: String) {
    self.record = record
    self.key = key
  }

  /// The path as `epochzero facts` names it, such as `training.optimizer.learning_rate`.
  var path: String { "\(record).\(key)" }

  /// Whether it is a fact of clipping, which is off in a way of its own.
  var isOfClip: Bool { record == RecordPath(.training, nested: [TrainingKeys.clip.name]) }
}

/// A key of a mapped dialect.
struct MappedKey: Sendable {
  enum Vocabulary: String, CaseIterable, Sendable {
    case activations, optimizers, losses, initializers, schedules
  }

  /// A fact with the value that it gets.
  struct Setting: Hashable, Sendable {
    var target: MappedTarget
    var value: FactValue
  }

  var path: MappedPath
  var aliases: [MappedPath] = []
  var target: MappedTarget?
  var type = MappedType.any
  /// Whether the definition says the type itself: then every other one is a finding.
  var isTypeStated = false
  var summary: String?
  var unit: String?
  var words: [(word: String, standard: String)] = []
  var vocabulary: Vocabulary?
  var isKeepProbability = false
  var scale: Double?
  var prefixes: [(text: String, sets: [Setting])] = []
  /// What a value must be to switch it off; `unknown` is null.
  var off: [MappedCondition.Test] = []
  var deferred: [FactValue] = []
  var sets: [Setting] = []
  var isPython = false
  var defaults: [DefinedValue] = []
  var isRequired = false
  var needs: MappedCondition?
  var because: String?
  /// When the value is the fact; where it is not, it means something else.
  var condition: MappedCondition?
  var isDeprecated = false
  var replacement: String?

  init(_ path: MappedPath) {
    self.path = path
  }
}

/// What a value must be.
enum MappedType: String, CaseIterable, Sendable {
  case number, integer, boolean, text, list, mapping, any
}

/// A value that a definition gives, with when it holds and how it is known.
struct DefinedValue: Sendable {
  enum Content: Sendable {
    case constant(FactValue)
    /// That of a key.
    case value(of: MappedPath)
    case product([MappedCondition.Operand])
    /// How many elements or members stand at a path.
    case count(of: MappedPath)
  }

  var content: Content
  var condition: MappedCondition?
  var since: String?
  var until: String?
  /// Where it was read; nil for what follows from something else.
  var source: String?
  var note: String?
  var because: String?
}

/// A layer, or several alike, that keys describe.
struct MappedLayer: Sendable {
  enum Count: Hashable, Sendable {
    case value(of: MappedPath)
    case number(Int)
  }

  /// Where a fact of the layer comes from.
  enum FactSource: Sendable {
    case key(MappedPath, MappedCondition?)
    case value(DefinedValue)
  }

  var kind: LayerKind
  var name: String
  /// A list of which each element makes one layer, and is its size.
  var each: MappedPath?
  var times: Count?
  var condition: MappedCondition?
  /// The facts by their names; a name may lead into a nested record.
  var facts: [(path: [String], sources: [FactSource])] = []
  /// Layers that are repeated together, in place of one.
  var block: [MappedLayer] = []
  var isOutput = false
}

/// What the framework refuses or passes over, beyond single keys.
struct MappedCheck: Sendable {
  var condition: MappedCondition
  var place: MappedPath
  var kind: Problem.Kind
  /// With paths in braces, in whose place their values stand.
  var message: String
  var help: String?
}

/// How a document is known.
struct MappedRecognition: Sendable {
  enum NodeType: String, CaseIterable, Sendable {
    case mapping, list, number, integer, boolean, text
  }

  struct Mark: Sendable {
    var all: [MappedPath] = []
    var any: [MappedPath] = []
    var none: [MappedPath] = []
    var equal: [(path: MappedPath, values: [FactValue])] = []
    var kinds: [(path: MappedPath, type: NodeType)] = []
    var files: [String] = []
    var certainty = Recognition.certain
  }

  var formats: Set<ConfigFormat> = [.yaml, .json]
  var marks: [Mark] = []
}
