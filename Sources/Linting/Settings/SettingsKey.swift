/// A key of a settings file: all that reading, the schema, `epochzero init` and the documentation know of it.
package struct SettingsKey: Sendable {
  package let name: String
  package let type: SettingsType
  /// Whether the mapping that it stands in makes no sense without it.
  package let isRequired: Bool
  /// What it is for, in one or two sentences of Markdown.
  package let help: String
  /// What holds without it, in words; nil where that goes without saying.
  package let standard: String?
  /// A value in YAML, as it stands behind `key:` or, with several lines, below it.
  package let example: String

  init(
    _ name: String,
    _ type: SettingsType,
    isRequired: Bool = false,
    standard: String? = nil,
    help: String,
    example: String
  ) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
    self.help = help
    self.standard = standard
    self.example = example
  }
}

/// The type of a settings key's value.
package indirect enum SettingsType: Sendable {
  case text
  /// A path, relative to the folder of the settings file that names it.
  case path
  /// A pattern as in a `.gitignore`, relative to the folder of the settings file that was found.
  case glob
  /// A JSON pointer.
  case pointer
  /// A rule id, a group, or `all`.
  case rule
  /// One of some words.
  case word([String])
  /// A list; a single element may stand without brackets.
  case oneOrMore(SettingsType)
  /// A list of mappings.
  case records([SettingsKey])
  /// A mapping from rules and groups to what holds for them.
  case rules
}

extension SettingsType {
  /// The type in words, as in "must be a path".
  package var words: String {
    switch self {
    case .text: "text"
    case .path: "a path"
    case .glob: "a pattern"
    case .pointer: "a JSON pointer such as \"/config/layers/3\""
    case .rule: "a rule id, a group or \"all\""
    case .word(let words): Self.alternatives(words.map { "\"\($0)\"" })
    case .oneOrMore(let element): "\(element.words), or a list of them"
    case .records: "a list of mappings"
    case .rules: "a mapping from rules and groups to what holds for them"
    }
  }

  /// The type as the documentation's tables name it.
  package var documentation: String {
    switch self {
    case .text: "text"
    case .path: "path"
    case .glob: "pattern"
    case .pointer: "JSON pointer"
    case .rule: "rule id, group or `all`"
    case .word(let words): Self.alternatives(words.map { "`\($0)`" })
    case .oneOrMore(.rule): "list of rule ids, groups or `all`"
    case .oneOrMore(let element): "list of \(element.documentation)s"
    case .records: "list of mappings"
    case .rules: "mapping"
    }
  }

  private static func alternatives(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
