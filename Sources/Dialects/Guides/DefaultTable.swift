import SourceText

/// What a framework takes where a key is absent, by the type of the section.
///
/// A line begins with a section's type; its keys follow, each with its value where that is a constant. The text is split when it is
/// asked for.
struct DefaultTable: Sendable {
  private let table: TextTable

  init(_ text: StaticString) {
    table = TextTable(text)
  }

  /// The types that have a line.
  var types: [String] { words.compactMap(Self.type) }

  /// Returns the keys of a type, each with the value that the framework takes, nil where that is null or no constant; nil for a type
  /// that has no line.
  func keys(of type: String) -> [(name: String, value: String?)]? {
    var keys: [(String, String?)]?
    for word in words {
      if let begun = Self.type(word) {
        if keys != nil { return keys }
        if begun == type { keys = [] }
      } else if keys != nil {
        let parts = word.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1).compactMap { String($0) }
        keys?.append((parts[0], parts.count > 1 && parts[1] != "null" ? parts[1] : nil))
      }
    }
    return keys
  }

  private var words: [String] { table.rows(separatedBy: " ").flatMap(\.self) }

  private static func type(_ word: String) -> String? {
    word.utf8.last == UInt8(ascii: ":") ? String(word.dropLast()) : nil
  }
}
