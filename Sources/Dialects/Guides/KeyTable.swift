import Experiment

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
  private let text: StaticString
  private let section: FactGuide.Section?

  /// - Parameters:
  ///   - section: The record that the facts are in.
  ///   - text: The lines.
  init(_ section: FactGuide.Section?, _ text: StaticString) {
    self.section = section
    self.text = text
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
    for line in text.description.split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(Self.trimmed)
      guard let head = cells.first, !head.isEmpty else { continue }
      let parts = head.split(separator: " ").map(String.init)
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

  // MARK: - Private

  private static func key(_ cells: [String], _ facts: [FactGuide], _ words: (String) -> [ValueGuide]) -> KeyGuide {
    let head = cells[0].split(separator: " ")
    let named = (head.first ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init
    )
    let name = named.first ?? ""
    let fact = facts.first { $0.name == (named.count > 1 ? named[1] : name) }
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

  private static func valueTypes(_ text: String) -> [ValueType] {
    var types: [ValueType] = []
    var rest = text[...]
    // Words in brackets, and lists of words, are texts.
    if let open = rest.firstIndex(of: "("), let close = rest.firstIndex(of: ")") {
      types.append(.text)
      rest.removeSubrange(open...close)
    }
    for word in rest.split(separator: " ") {
      let type = word.hasPrefix(":") ? ValueType.text : ValueType(rawValue: String(word))
      if let type, !types.contains(type) { types.append(type) }
    }
    return types
  }

  private static func values(_ text: String, _ words: (String) -> [ValueGuide]) -> [ValueGuide] {
    var values: [ValueGuide] = []
    if let open = text.firstIndex(of: "("), let close = text.firstIndex(of: ")") {
      values += text[text.index(after: open)..<close].split(separator: " ").map { ValueGuide(word: String($0)) }
    }
    for word in text.split(separator: " ") {
      if word.hasPrefix(":") { values += words(String(word.dropFirst())) }
      if word == "boolean" { values += [ValueGuide(word: "true"), ValueGuide(word: "false")] }
    }
    return values
  }

  private static func trimmed(_ cell: Substring) -> String {
    var cell = cell
    while cell.first == " " { cell.removeFirst() }
    while cell.last == " " { cell.removeLast() }
    return String(cell)
  }
}
