/// A small table of words with their meanings, written as a dictionary literal.
///
/// A run looks up a handful of words, most of them once. Comparing them one by one is faster than to make a dictionary for that:
/// hashing the words of all tables took longer than everything else about a small file.
struct LudwigTable: ExpressibleByDictionaryLiteral, Sendable {
  /// Each word with its meaning.
  let entries: [(String, String)]

  init(entries: [(String, String)]) {
    self.entries = entries
  }

  init(dictionaryLiteral elements: (String, String)...) {
    entries = elements
  }

  var words: [String] { entries.map { word, _ in word } }

  var isEmpty: Bool { entries.isEmpty }

  subscript(word: String) -> String? {
    for (known, meaning) in entries where known == word { return meaning }
    return nil
  }

  /// The words as keys that a mapping may have.
  var wordSet: LudwigKeySet { LudwigKeySet(words.joined(separator: " ")) }

  /// Returns the keys that a word means, in a table of sections with their keys.
  func keys(of word: String) -> LudwigKeySet? {
    self[word].map { LudwigKeySet($0) }
  }

  /// The keys of all sections, in such a table.
  var allKeys: LudwigKeySet { LudwigKeySet(entries.map { _, keys in keys }.joined(separator: " ")) }
}

/// The keys that a mapping may have: the words of some texts.
///
/// The texts are searched as they stand, for the reason that ``LudwigTable`` gives.
struct LudwigKeySet: Sendable {
  private var texts: [String]
  private var excluded: [String] = []

  /// Makes a set of the words in a text, which are set apart by spaces and line feeds.
  init(_ text: String) {
    texts = [text]
  }

  /// The keys, one or more times each.
  var words: [String] {
    texts.flatMap { $0.split { $0 == " " || $0 == "\n" }.map(String.init) }.filter { !excluded.contains($0) }
  }

  func contains(_ key: String) -> Bool {
    !key.isEmpty && texts.contains { Self.holds($0, key) } && !excluded.contains(key)
  }

  /// Returns the keys of both sets; neither may be without a key.
  static func + (left: LudwigKeySet, right: LudwigKeySet) -> LudwigKeySet {
    var sum = left
    sum.texts += right.texts
    sum.excluded += right.excluded
    return sum
  }

  func without(_ key: String) -> LudwigKeySet {
    var rest = self
    rest.excluded.append(key)
    return rest
  }

  private static func holds(_ text: String, _ key: String) -> Bool {
    var text = text
    var key = key
    return text.withUTF8 { text in
      key.withUTF8 { key in
        var start = 0
        for end in 0...text.count where end == text.count || text[end] <= UInt8(ascii: " ") {
          if end - start == key.count, text[start..<end].elementsEqual(key) { return true }
          start = end + 1
        }
        return false
      }
    }
  }
}
