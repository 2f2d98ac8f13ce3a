import SourceText

/// A comment that turns rules off, as it is written: `# epochzero: ignore[rule, group] reason`.
struct IgnoreComment: Hashable, Sendable {
  /// A word between the brackets.
  struct Selector: Hashable, Sendable {
    /// A rule's id, a group, or `all`.
    var word: String
    var range: TextRange

    /// Whether the word stands for the rule.
    func selects(_ rule: String) -> Bool {
      word == rule || word == IgnoreComment.all || rule.hasPrefix(word + "/")
    }

    /// Whether it is about the rules that judge these comments, which only their own names turn off.
    var isAboutSuppression: Bool {
      word == IgnoreComment.ownGroup || word.hasPrefix(IgnoreComment.ownGroup + "/")
    }
  }

  /// Stands for every rule, as no brackets do.
  static let all = "all"
  /// The group of the rules that judge these comments.
  static let ownGroup = "suppression"

  /// From its mark (`#`, `//` or `/*`) to its last byte that is no space; other text may stand before and behind it.
  var range: TextRange
  /// The whole comment that it stands in.
  var comment: TextRange
  /// Whether it is `ignore-file`, for the whole file.
  var isForFile: Bool
  /// What stands between the brackets; empty for all rules.
  var selectors: [Selector]
  /// The place of the closing bracket, where there are brackets.
  var closingBracket: Int?
  var reason: String?

  /// Whether it turns off every rule.
  var ignoresAll: Bool { selectors.isEmpty }
}

/// A comment that is meant to turn rules off and does not.
struct IgnoreMistake: Hashable, Sendable {
  /// What is wrong with it.
  enum Kind: Hashable, Sendable {
    case malformed
    case unknownRule
  }

  var kind: Kind
  var range: TextRange
  var message: String
  var help: String
  /// Mends it, where it is plain what was meant.
  var edits: [TextEdit] = []
}
