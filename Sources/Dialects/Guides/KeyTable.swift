import Experiment
import SourceText

/// Keys with what they are, written one to a line.
///
///     name=fact | what it may be written as | unit | what it is | what happens when it is absent
///
/// - `=fact` is left out where the fact has the key's name, and is `=` alone where the key states none. Unit and sentence may be
///   left empty, and are those of the fact then.
/// - What it may be written as are names of ``ValueType``, and words: `one(of these)`, or `:name` for a list of words that
///   the dialect has.
/// - `name > other` is another spelling of a key of the table, and `name ! other` one that was given up for it; nothing but the
///   name stands behind `!` where nothing took its place, and a sentence may follow as above.
///
/// The text is split when it is asked for.
struct KeyTable: Sendable {
  private let table: TextTable
  private let section: FactGuide.Section?

  /// - Parameters:
  ///   - section: The record that the facts are in.
  ///   - text: The lines.
  init(_ section: FactGuide.Section?, _ text: StaticString) {
    self.section = section
    table = TextTable(text)
  }

  /// The keys of all lines.
  ///
  /// - Parameter words: Returns the list of words with a name.
  /// - Returns: The keys in the order of the lines.
  func keys(_ words: (String) -> [ValueGuide]) -> [KeyGuide] {
    let facts = section.map(FactGuide.all) ?? []
    var keys: [KeyGuide] = []
    // Many keys take the same words.
    var lists: [String: [ValueGuide]] = [:]
    func list(_ name: String) -> [ValueGuide] {
      if let known = lists[name] { return known }
      let list = words(name)
      lists[name] = list
      return list
    }
    for cells in table.rows(separatedBy: "|") {
      let parts = Self.words(cells[0])
      if parts.count > 1, let original = keys.first(where: { $0.name == parts.dropFirst(2).first }) {
        var other = original
        other.name = parts[0]
        other.replacement = original.name
        other.isDeprecated = parts[1] == "!"
        if cells.count > 3, !cells[3].isEmpty { other.summary = cells[3] }
        keys.append(other)
      } else {
        keys.append(Self.key(cells, facts, list))
      }
    }
    return keys
  }

  /// The names of the keys alone, without what is said of them.
  var names: [String] {
    table.rows(separatedBy: "|").compactMap { cells in
      Self.words(cells[0]).first.flatMap { String($0.utf8.prefix { $0 != UInt8(ascii: "=") }) }
    }
  }

  // MARK: - Private

  private static func key(_ cells: [String], _ facts: [FactGuide], _ words: (String) -> [ValueGuide]) -> KeyGuide {
    let head = Self.words(cells[0])
    let named = (head.first ?? "").utf8.split(separator: UInt8(ascii: "="), omittingEmptySubsequences: false)
    let name = named.first.flatMap { String($0) } ?? ""
    let stated = named.count > 1 ? String(named[1]) ?? "" : name
    let fact = facts.first { $0.name == stated }
    func cell(_ index: Int) -> String? { index < cells.count && !cells[index].isEmpty ? cells[index] : nil }
    let types = cell(1) ?? ""
    return KeyGuide(
      name: name,
      summary: cell(3) ?? fact?.summary ?? "",
      unit: cell(2) ?? fact?.unit,
      valueTypes: valueTypes(types),
      absent: cell(4),
      values: values(types, words),
      fact: fact?.name,
      isDeprecated: head.count > 1
    )
  }

  /// What a cell of types means: names of types, words in brackets, and names of lists of words.
  private static func valueTypes(_ cell: String) -> [ValueType] {
    var types: [ValueType] = []
    for word in words(cell) {
      let type = isWord(word) ? ValueType.text : ValueType(rawValue: word)
      if let type, !types.contains(type) { types.append(type) }
    }
    return types
  }

  private static func values(_ cell: String, _ list: (String) -> [ValueGuide]) -> [ValueGuide] {
    var values: [ValueGuide] = []
    for word in words(cell) {
      if word.utf8.first == UInt8(ascii: ":") {
        values += list(String(word.dropFirst()))
      } else if isWord(word) {
        values.append(ValueGuide(word: String(word.dropFirst())))
      } else if word == "boolean" {
        values += [ValueGuide(word: "true"), ValueGuide(word: "false")]
      }
    }
    return values
  }

  private static func isWord(_ word: String) -> Bool {
    word.utf8.first == UInt8(ascii: "(") || word.utf8.first == UInt8(ascii: ":")
  }

  /// The words of a cell; each of those in brackets begins with the opening one.
  private static func words(_ cell: String) -> [String] {
    var isInBrackets = false
    return cell.utf8.split(separator: UInt8(ascii: " ")).compactMap { part in
      var word = part
      var opens = isInBrackets
      if word.first == UInt8(ascii: "(") {
        (isInBrackets, opens) = (true, true)
        word = word.dropFirst()
      }
      if word.last == UInt8(ascii: ")") {
        isInBrackets = false
        word = word.dropLast()
      }
      return String(word).map { opens ? "(\($0)" : $0 }
    }
  }
}
