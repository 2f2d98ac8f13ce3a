/// What a framework takes where a key is absent, by the type of the section.
///
/// A line begins with a section's type; its keys follow, each with its value where that is a constant. The text is split when it is
/// asked for.
struct DefaultTable: Sendable {
  private let text: StaticString

  init(_ text: StaticString) {
    self.text = text
  }

  /// The types that have a line.
  var types: [String] { text.description.split(whereSeparator: \.isWhitespace).compactMap(Self.type) }

  /// Returns the keys of a type, each with the value that the framework takes, nil where that is null or no constant; nil for a type
  /// that has no line.
  func keys(of type: String) -> [(name: String, value: String?)]? {
    var keys: [(String, String?)]?
    for word in text.description.split(whereSeparator: \.isWhitespace) {
      if let begun = Self.type(word) {
        if keys != nil { return keys }
        if begun == type { keys = [] }
      } else if keys != nil {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        keys?.append((parts[0], parts.count > 1 && parts[1] != "null" ? parts[1] : nil))
      }
    }
    return keys
  }

  private static func type(_ word: Substring) -> String? {
    word.last == ":" ? String(word.dropLast()) : nil
  }
}
