import ConfigSyntax
import Dialects
import Linting
import SourceText

/// What may be written at a place of a document.
struct Completions {
  /// What is offered, by the protocol's numbers of item kinds.
  enum Kind: Int, Sendable {
    case property = 10
    case value = 12
  }

  /// A word that may stand at the place.
  struct Item: Sendable {
    var label: String
    var kind: Kind
    var detail: String
    var documentation: Markup
    /// What replaces the word at the place.
    var text: String
  }

  /// The word at the place, which an item replaces.
  let word: TextRange
  let items: [Item]

  /// Finds what may be written at an offset; nil where nothing of ours may be.
  init?(at offset: Int, in analysis: Analysis, isMarkdown: Bool) {
    guard analysis.isConfig, let tree = analysis.read?.file.tree, let place = tree.placeToWrite(at: offset) else {
      return nil
    }
    let dialect = analysis.dialects.recognize(place.document) ?? analysis.facts?.experiments.first?.lowered.dialect
    guard let guide = dialect?.guide(at: place) else { return nil }
    word = place.word
    let surroundings = Surroundings(of: place.word, in: tree)
    var items: [Item] = []
    if place.side == .key || guide.key == nil {
      let known = Set(place.side == .key ? place.otherKeys : [])
      for key in guide.keys where !known.contains(key.name) {
        var documentation = Markup(isMarkdown: isMarkdown)
        documentation.add(key, in: guide.title)
        let detail = [key.typeWords, key.unit ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        items.append(
          Item(
            label: key.name,
            kind: .property,
            detail: detail,
            documentation: documentation,
            text: surroundings.key(key.name, opensBlock: key.valueTypes.allSatisfy { $0 == .mapping || $0 == .list })
          )
        )
      }
    }
    for value in place.side == .value ? guide.values : [] {
      var documentation = Markup(isMarkdown: isMarkdown)
      documentation.add(value)
      items.append(
        Item(
          label: value.word,
          kind: .value,
          detail: guide.key?.name ?? guide.title,
          documentation: documentation,
          text: surroundings.value(value.word)
        )
      )
    }
    self.items = items
  }
}

/// What stands around a word that is being typed, which tells how a key or a value is put there.
private struct Surroundings {
  private let isJSON: Bool
  private let isProtoText: Bool
  /// What stands between a key and its value.
  private let sign: String
  /// Whether the word stands behind an opening quote.
  private let isQuoted: Bool
  /// Whether that sign follows already.
  private let hasSign: Bool

  init(of word: TextRange, in tree: SyntaxTree) {
    let bytes = tree.source.bytes
    isJSON = tree.format == .json
    isProtoText = tree.format == .protoText
    let isINI = tree.format == .ini
    sign = isINI ? " = " : ": "
    isQuoted =
      word.start > 0 && (bytes[word.start - 1] == UInt8(ascii: "\"") || bytes[word.start - 1] == UInt8(ascii: "'"))
    let rest = bytes[word.end...].prefix { $0 != 0x0A && $0 != 0x0D }
    let next = rest.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
    hasSign = next == UInt8(ascii: ":") || isINI && next == UInt8(ascii: "=")
  }

  func key(_ name: String, opensBlock: Bool) -> String {
    if isQuoted { return name }
    let name = isJSON ? "\"\(name)\"" : name
    if isProtoText, opensBlock { return "\(name) {" }
    return hasSign ? name : opensBlock && !isJSON ? "\(name):" : name + sign
  }

  func value(_ word: String) -> String {
    let isWordOfJSON = ["true", "false", "null"].contains(word)
    return isJSON && !isQuoted && !isWordOfJSON ? "\"\(word)\"" : word
  }
}
