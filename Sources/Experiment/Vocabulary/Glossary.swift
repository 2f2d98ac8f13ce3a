/// Words with a sentence on each, written one to a line as `word: sentence`.
///
/// The text is split when it is asked for: explanations are for people who look at one place, not for a run over files.
package struct Glossary: Sendable {
  private let text: StaticString

  package init(_ text: StaticString) {
    self.text = text
  }

  /// A word with what it means.
  package struct Entry: Hashable, Sendable {
    package var word: String
    package var summary: String
  }

  /// The words in the order in which they are written.
  package var entries: [Entry] {
    text.description.split(separator: "\n").compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return Entry(word: String(line[..<colon]), summary: String(line[line.index(after: colon)...].drop { $0 == " " }))
    }
  }

  package subscript(word: String) -> String? {
    entries.first { $0.word == word }?.summary
  }
}
