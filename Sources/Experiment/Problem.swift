package import SourceText

/// Something in the files that could not be read, or in the model that could not be built.
///
/// Lowering and derivation never fail: they note a problem and go on. Rules turn problems into findings, most of
/// them in the groups `files`, `shape` and `suppression`.
package struct Problem: Hashable, Sendable {
  /// What kind of problem it is; one rule reports each kind.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The text breaks its format's grammar.
    case invalidSyntax = "invalid-syntax"
    /// A strict reader refuses the text: comments or trailing commas in JSON.
    case lenientSyntax = "lenient-syntax"
    /// A mapping says one key twice.
    case duplicateKey = "duplicate-key"
    /// A key that the dialect does not know.
    case unknownKey = "unknown-key"
    /// A key that the dialect knows and that has no effect where it stands.
    case ignoredKey = "ignored-key"
    /// The same, where the key would have clipped gradients.
    case ignoredClipping = "ignored-clipping"
    /// The same, where the key would have set the learning rate.
    case ignoredLearningRate = "ignored-learning-rate"
    /// A value that the dialect does not allow: a word it does not know, a number out of its domain.
    case invalidValue = "invalid-value"
    /// A value of the wrong type.
    case wrongType = "wrong-type"
    /// A number that the framework's reader takes for text, or for another number.
    case ambiguousNumber = "ambiguous-number"
    /// A key that the framework needs and that is absent.
    case missingKey = "missing-key"
    /// Two files, or two places, state different things of one fact.
    case contradiction = "contradiction"
    /// A file that another names is not there or cannot be read.
    case missingFile = "missing-file"
    /// A layer class that is not known here: its shape is unknown, the rest is still checked.
    case unknownLayer = "unknown-layer"
    /// A layer that cannot be built on the shape it is given.
    case shapeMismatch = "shape-mismatch"
    /// A graph that has a cycle, or names a layer that is not there.
    case brokenGraph = "broken-graph"
    /// A comment that was meant to ignore something and is written wrong.
    case malformedSuppression = "malformed-suppression"
    /// A comment that ignores a rule that there is not.
    case unknownSuppressedRule = "unknown-suppressed-rule"
    /// A comment that ignores what no rule finds.
    case unusedSuppression = "unused-suppression"

    /// Whether it is a key that has no effect.
    package var isIgnoredKey: Bool { [.ignoredKey, .ignoredClipping, .ignoredLearningRate].contains(self) }

    /// The kind of a key without effect that would state a fact.
    ///
    /// Those that people look for by what is lost have kinds, and so rules, of their own.
    fileprivate static func ignoredKey(stating fact: String?) -> Kind {
      switch fact {
      case "training.clip.threshold", "training.clip.kind": .ignoredClipping
      case "training.optimizer.learning_rate": .ignoredLearningRate
      default: .ignoredKey
      }
    }
  }

  /// What kind of problem it is.
  package var kind: Kind
  /// The path of the fact that the key would state, such as `training.clip.threshold`, where the problem is that it does not.
  package var fact: String?
  /// What is wrong: lower case, names in double quotes, no final period.
  package var message: String
  /// Where it is wrong.
  package var location: SourceLocation?
  /// What to do about it, such as `did you mean "units"?`.
  package var help: String?
  /// A second place that explains the first.
  package var related: [Related] = []
  /// The edits that mend it, where there is one safe way; all in the source of `location`.
  package var edits: [TextEdit] = []

  /// Makes a problem; an ignored key that would state a fact is of the kind that the fact has, where it has one.
  package init(
    kind: Kind,
    message: String,
    location: SourceLocation?,
    fact: String? = nil,
    help: String? = nil,
    related: [Related] = [],
    edits: [TextEdit] = []
  ) {
    self.kind = kind == .ignoredKey ? .ignoredKey(stating: fact) : kind
    self.fact = fact
    self.message = message
    self.location = location
    self.help = help
    self.related = related
    self.edits = edits
  }
}

/// A place that explains a finding or problem.
package struct Related: Hashable, Sendable {
  package var message: String
  package var location: SourceLocation

  package init(message: String, location: SourceLocation) {
    self.message = message
    self.location = location
  }
}
