/// Writes JSON text piece by piece, members in the order in which they are given.
package struct JSONWriter {
  /// What was written.
  package private(set) var text = ""
  /// Whether all stands on one line; else each member and element has its own, indented by two spaces.
  private let isCompact: Bool
  private var depth = 0
  private var needsComma = false
  private var followsKey = false

  package init(isCompact: Bool = false) {
    self.isCompact = isCompact
  }

  /// Writes an object whose members the closure writes.
  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    collection("{", "}", members)
  }

  /// Writes an array whose elements the closure writes.
  package mutating func array(_ elements: (inout JSONWriter) -> Void) {
    collection("[", "]", elements)
  }

  /// Writes an array with an element for each item.
  package mutating func array<Item>(of items: some Sequence<Item>, _ element: (inout JSONWriter, Item) -> Void) {
    array { writer in
      for item in items { element(&writer, item) }
    }
  }

  /// Writes a member's key; its value must follow.
  package mutating func key(_ key: String) {
    startValue()
    appendQuoted(key)
    text += isCompact ? ":" : ": "
    followsKey = true
  }

  /// Writes a text, or null.
  package mutating func value(_ value: String?) {
    startValue()
    if let value { appendQuoted(value) } else { text += "null" }
    needsComma = true
  }

  /// Writes an integer, or null.
  package mutating func value(_ value: Int?) {
    startValue()
    text += value.map(String.init) ?? "null"
    needsComma = true
  }

  /// Writes a truth value.
  package mutating func value(_ value: Bool) {
    startValue()
    text += value ? "true" : "false"
    needsComma = true
  }

  /// Writes a number; JSON has no word for infinities and NaN, which become texts.
  package mutating func value(_ value: Double) {
    guard value.isFinite else {
      self.value(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
      return
    }
    startValue()
    text += "\(value)"
    needsComma = true
  }

  /// Writes a value that is JSON text already, as it stands.
  package mutating func value(json: String) {
    startValue()
    text += json
    needsComma = true
  }

  // MARK: - Members

  /// Writes a member that is a text, or null.
  package mutating func member(_ key: String, _ value: String?) {
    self.key(key)
    self.value(value)
  }

  /// Writes a member that is an integer, or null.
  package mutating func member(_ key: String, _ value: Int?) {
    self.key(key)
    self.value(value)
  }

  /// Writes a member that is a truth value.
  package mutating func member(_ key: String, _ value: Bool) {
    self.key(key)
    self.value(value)
  }

  // MARK: - Private

  private mutating func collection(_ open: String, _ close: String, _ content: (inout JSONWriter) -> Void) {
    startValue()
    text += open
    depth += 1
    needsComma = false
    let count = text.utf8.count
    content(&self)
    depth -= 1
    if text.utf8.count > count { startLine() }
    text += close
    needsComma = true
  }

  private mutating func startValue() {
    if followsKey {
      followsKey = false
      return
    }
    if needsComma { text += "," }
    needsComma = false
    if depth > 0 { startLine() }
  }

  private mutating func startLine() {
    if isCompact { return }
    text += "\n"
    for _ in 0..<depth { text += "  " }
  }

  private mutating func appendQuoted(_ value: String) {
    text += "\""
    if Self.isPlain(value) { text += value } else { appendEscaped(value) }
    text += "\""
  }

  /// Whether a text stands in JSON as it is.
  private static func isPlain(_ value: String) -> Bool {
    value.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  }

  private mutating func appendEscaped(_ value: String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // Escaped too: line separators, which break readers that take a line for a record.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
