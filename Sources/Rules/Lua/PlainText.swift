/// Makes what a plugin says fit to print: one line, no control characters, not too long.
enum PlainText {
  /// The most Unicode scalars of a message, a help or a note.
  static let messageLimit = 600

  /// Returns the text as one line of at most `limit` scalars; runs of white space become one space.
  static func line(_ text: String, limit: Int) -> String {
    if isPlain(text, limit) { return text }
    var result = String.UnicodeScalarView()
    var count = 0
    var needsSpace = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || isInvisible(scalar) {
        needsSpace = count > 0
        continue
      }
      if count >= limit {
        result.append("…")
        break
      }
      if needsSpace {
        result.append(" ")
        count += 1
        needsSpace = false
      }
      result.append(scalar)
      count += 1
    }
    return String(result)
  }

  /// Whether the text is ASCII and fits as it is, as nearly all texts are.
  private static func isPlain(_ text: String, _ limit: Int) -> Bool {
    guard text.utf8.count <= limit else { return false }
    var last = UInt8(ascii: " ")
    for byte in text.utf8 {
      guard (0x20...0x7E).contains(byte), byte != 0x20 || last != 0x20 else { return false }
      last = byte
    }
    return last != 0x20
  }

  /// Control and format characters: they could move a terminal's cursor or turn the writing direction.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .surrogate, .lineSeparator, .paragraphSeparator: true
    case .format: !(scalar == "\u{200D}" || scalar == "\u{200C}")
    default: false
    }
  }
}
