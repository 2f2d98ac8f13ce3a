/// Where a plugin's keys stand, for messages: found by a scan for `name =`, since Lua's tables do not know their lines.
struct PluginOutline {
  /// A `name =` in the source.
  struct Key {
    var name: String
    /// How many brackets are open around it; 1 in the table that the file returns.
    var depth: Int
    /// The offset of the name's first byte.
    var offset: Int
    /// The one-based line.
    var line: Int
    /// The line where the text of a string value starts; nil for other values.
    var textLine: Int?
  }

  private(set) var keys: [Key] = []
  /// The bytes between the brackets of the table that the file returns, where that is written as `return {`.
  private(set) var returnedTable: Range<Int>?

  /// Scans a plugin; text that is no Lua gives what keys it seems to have.
  init(_ bytes: [UInt8]) {
    var scanner = Scanner(bytes: bytes)
    scanner.scan()
    keys = scanner.keys
    if let start = scanner.tableStart, let end = scanner.tableEnd { returnedTable = start..<end }
  }

  /// Returns the bytes of a key of the returned table, its value and the comma behind it.
  func range(of name: String) -> Range<Int>? {
    guard let returnedTable else { return nil }
    let fields = keys.filter { $0.depth == 1 && returnedTable.contains($0.offset) }
    guard let index = fields.firstIndex(where: { $0.name == name }) else { return nil }
    let next = fields.dropFirst(index + 1).first
    return fields[index].offset..<(next?.offset ?? returnedTable.upperBound)
  }

  /// Returns the line of a key of the returned table.
  func line(of name: String) -> Int? {
    keys.first { $0.depth == 1 && $0.name == name }?.line
  }

  /// Returns the line of a key in a table under a key of the returned table, such as an option.
  func line(of name: String, in outer: String) -> Int? {
    keys(in: outer).first { $0.depth == 2 && $0.name == name }?.line
  }

  /// Returns the keys `bad` and `good`, in their order.
  var exampleKeys: [Key] {
    keys(in: "examples").filter { $0.depth == 3 && ($0.name == "bad" || $0.name == "good") }
  }

  private func keys(in outer: String) -> ArraySlice<Key> {
    guard let start = keys.firstIndex(where: { $0.depth == 1 && $0.name == outer }) else { return [] }
    return keys[(start + 1)...].prefix { $0.depth > 1 }
  }
}

private struct Scanner {
  let bytes: [UInt8]
  var keys: [PluginOutline.Key] = []
  /// Where the returned table's contents start and end.
  var tableStart: Int?
  var tableEnd: Int?
  private var offset = 0
  private var line = 1
  private var depth = 0
  /// How many functions and statements are open, in which `name =` is an assignment.
  private var blocks = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func scan() {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "-") where peek(1) == byte:
        advance(2)
        if !skipLongString() { skipLine() }
      case UInt8(ascii: "["):
        if !skipLongString() { advance() }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipQuoted(byte)
      case UInt8(ascii: "{"), UInt8(ascii: "("):
        depth += 1
        advance()
      case UInt8(ascii: "}"), UInt8(ascii: ")"):
        depth -= 1
        if depth == 0, tableStart != nil, tableEnd == nil { tableEnd = offset }
        advance()
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): scanWord()
      default: advance()
      }
    }
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count {
      if peek() == 0x0A { line += 1 }
      offset += 1
    }
  }

  private mutating func skipLine() {
    while let byte = peek(), byte != 0x0A { advance() }
  }

  private mutating func skipBlanks() {
    while let byte = peek(), byte == 0x20 || (0x09...0x0D).contains(byte) { advance() }
  }

  private mutating func skipQuoted(_ quote: UInt8) {
    advance()
    while let byte = peek(), byte != quote, byte != 0x0A { advance(byte == UInt8(ascii: "\\") ? 2 : 1) }
    advance()
  }

  /// The number of bytes of a long bracket's opening, such as `[==[`, here; nil when there is none.
  private func longBracket() -> Int? {
    guard peek() == UInt8(ascii: "[") else { return nil }
    var count = 1
    while peek(count) == UInt8(ascii: "=") { count += 1 }
    return peek(count) == UInt8(ascii: "[") ? count + 1 : nil
  }

  private mutating func skipLongString() -> Bool {
    guard let count = longBracket() else { return false }
    advance(count)
    let end = [UInt8(ascii: "]")] + [UInt8](repeating: UInt8(ascii: "="), count: count - 2) + [UInt8(ascii: "]")]
    while let byte = peek(), byte != end[0] || !bytes[offset...].starts(with: end) { advance() }
    advance(count)
    return true
  }

  private mutating func scanWord() {
    let start = offset
    let startLine = line
    while let byte = peek(), byte == UInt8(ascii: "_") || isLetterOrDigit(byte) { advance() }
    let name = String(decoding: bytes[start..<offset], as: UTF8.self)
    switch name {
    case "function", "if", "do", "repeat": blocks += 1
    case "end", "until": blocks -= 1
    default: break
    }
    skipBlanks()
    guard blocks == 0 else { return }
    if depth == 0, name == "return", peek() == UInt8(ascii: "{") { tableStart = offset + 1 }
    guard peek() == UInt8(ascii: "="), peek(1) != UInt8(ascii: "=") else { return }
    advance()
    skipBlanks()
    var textLine: Int?
    if let count = longBracket() {
      // Lua drops a line break right behind the bracket.
      textLine = peek(count) == 0x0A || peek(count) == 0x0D ? line + 1 : line
    } else if peek() == UInt8(ascii: "\"") || peek() == UInt8(ascii: "'") {
      textLine = line
    }
    keys.append(PluginOutline.Key(name: name, depth: depth, offset: start, line: startLine, textLine: textLine))
  }

  private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }
}
