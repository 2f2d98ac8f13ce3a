import SourceText

/// Words with a sentence on each, written one to a line as `word: sentence`.
///
/// The text is split when it is asked for: explanations are for people who look at one place, not for a run over files.
package struct Glossary: Sendable {
  private let table: TextTable

  package init(_ text: StaticString) {
    table = TextTable(text)
  }

  /// A word with what it means.
  package struct Entry: Hashable, Sendable {
    package var word: String
    package var summary: String
  }

  /// The words in the order in which they are written.
  package var entries: [Entry] {
    table.rows(separatedBy: ":", limit: 2).compactMap { row in
      row.count == 2 ? Entry(word: row[0], summary: row[1]) : nil
    }
  }

  package subscript(word: String) -> String? {
    entries.first { $0.word == word }?.summary
  }
}
