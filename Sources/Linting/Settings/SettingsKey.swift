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
  /// A number within bounds.
  case number(ClosedRange<Double>)
  case integer(ClosedRange<Int>)
  /// An amount of memory with its unit.
  case size
  /// A list; a single element may stand without brackets.
  case oneOrMore(SettingsType)
  /// A list of mappings.
  case records([SettingsKey])
  /// A mapping of keys.
  case record([SettingsKey])
  /// A mapping from rules and groups to what holds for them.
  case rules
  /// A mapping from dialects to versions of their frameworks.
  case versions
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
    case .number(let range): "a number from \(Self.short(range.lowerBound)) to \(Self.short(range.upperBound))"
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .size: "a size of 64 MiB at least, such as \"2 GB\""
    case .oneOrMore(let element): "\(element.words), or a list of them"
    case .records: "a list of mappings"
    case .record: "a mapping"
    case .rules: "a mapping from rules and groups to what holds for them"
    case .versions: "a mapping from dialects to versions"
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
    case .number(let range): "number from \(Self.short(range.lowerBound)) to \(Self.short(range.upperBound))"
    case .integer(let range): "whole number from \(range.lowerBound) to \(range.upperBound)"
    case .size: "size, as `2 GB`"
    case .oneOrMore(.rule): "list of rule ids, groups or `all`"
    case .oneOrMore(let element): "list of \(element.documentation)s"
    case .records: "list of mappings"
    case .record, .rules, .versions: "mapping"
    }
  }

  /// A number without a fraction that is zero.
  static func short(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  private static func alternatives(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
