import SourceText

extension JSONParser {
  /// Reads the key at the offset; nil when there was only garbage, which is skipped.
  mutating func readKey() -> Int32? {
    let start = offset
    switch bytes[offset] {
    case Ascii.quote: return readString(Ascii.quote)
    case Ascii.apostrophe:
      noteInvalid("a key must stand in double quotes, not single ones", TextRange(start: start, end: start + 1))
      return readString(Ascii.apostrophe)
    default: break
    }
    while offset < bytes.count, !Self.endsWord(bytes[offset]), bytes[offset] != Ascii.colon, !bytes[offset].isBlank {
      offset += 1
    }
    let range = TextRange(start: start, end: offset)
    noteInvalid("a key must be text in double quotes", range)
    return builder.add(plain(range))
  }

  /// Reads the scalar at the offset; nil when there was only garbage, which is skipped.
  mutating func readScalar() -> Int32? {
    let start = offset
    switch bytes[start] {
    case Ascii.quote: return readString(Ascii.quote)
    case Ascii.apostrophe:
      noteInvalid("text must stand in double quotes, not single ones", TextRange(start: start, end: start + 1))
      return readString(Ascii.apostrophe)
    case Ascii.minus, 0x30...0x39: skipNumber()
    default: break
    }
    if offset > start, offset == bytes.count || endsLiteral(bytes[offset]) {
      return builder.add(plain(TextRange(start: start, end: offset)))
    }
    return readLiteral(from: start)
  }

  // MARK: - Literals

  /// Moves behind a number of the JSON grammar, or as far as the text follows it.
  private mutating func skipNumber() {
    let start = offset
    if bytes[offset] == Ascii.minus { offset += 1 }
    let whole = offset
    skipDigits()
    guard offset > whole, bytes[whole] != Ascii.zero || offset == whole + 1 else {
      offset = start
      return
    }
    if offset < bytes.count, bytes[offset] == Ascii.dot {
      offset += 1
      let fraction = offset
      skipDigits()
      guard offset > fraction else {
        offset = start
        return
      }
    }
    guard offset < bytes.count, bytes[offset] | 0x20 == 0x65 else { return }
    offset += 1
    if offset < bytes.count, bytes[offset] == Ascii.plus || bytes[offset] == Ascii.minus { offset += 1 }
    let exponent = offset
    skipDigits()
    if offset == exponent { offset = start }
  }

  private mutating func skipDigits() {
    while offset < bytes.count, bytes[offset].isDigit { offset += 1 }
  }

  private func endsLiteral(_ byte: UInt8) -> Bool {
    Self.endsWord(byte) || byte.isBlank || byte == Ascii.slash || byte == Ascii.hash
  }

  /// Reads a word: a literal of JSON or of Python, or text without quotes.
  private mutating func readLiteral(from start: Int) -> Int32? {
    offset = start
    while offset < bytes.count, bytes[offset].isLetter { offset += 1 }
    if isLiteral(start..<offset), offset == bytes.count || endsLiteral(bytes[offset]) {
      return builder.add(plain(TextRange(start: start, end: offset)))
    }
    offset = start
    while offset < bytes.count, !Self.endsWord(bytes[offset]), !startsComment(offset) {
      // A colon ends a key whose opening bracket is missing.
      if bytes[offset] == Ascii.colon, offset > start { break }
      offset += 1
    }
    if offset == start { offset += 1 }
    var end = offset
    while end > start + 1, bytes[end - 1].isBlank { end -= 1 }
    let range = TextRange(start: start, end: end)
    noteLiteral(builder.source.text(in: range), range)
    return builder.add(plain(range))
  }

  /// Whether a range of letters is `true`, `false` or `null`, by four bytes at once.
  private func isLiteral(_ word: Range<Int>) -> Bool {
    guard word.count == 4 || word.count == 5 else { return false }
    let start = bytes.loadUnaligned(fromByteOffset: word.lowerBound, as: UInt32.self).littleEndian
    return switch word.count {
    case 4: start == 0x6575_7274 || start == 0x6C6C_756E
    default: start == 0x736C_6166 && bytes[word.upperBound - 1] == UInt8(ascii: "e")
    }
  }

  private func startsComment(_ offset: Int) -> Bool {
    bytes[offset] == Ascii.slash && offset + 1 < bytes.count
      && (bytes[offset + 1] == Ascii.slash || bytes[offset + 1] == Ascii.asterisk)
  }

  private mutating func noteLiteral(_ text: String, _ range: TextRange) {
    switch text {
    case "NaN", "Infinity", "-Infinity":
      builder.note(.lenientSyntax, "\"\(text)\" is no JSON number, only some readers take it", range)
    case "True", "False", "None":
      let right = text == "None" ? "null" : text.lowercased()
      noteInvalid("\"\(text)\" is Python; JSON writes \"\(right)\"", range)
    default:
      let shown = text.count > 40 ? text.prefix(40) + "..." : text[...]
      if ScalarGrammar.decimal(text) != nil {
        noteInvalid("\"\(shown)\" is no number in JSON", range)
      } else {
        noteInvalid("\"\(shown)\" is no JSON value; text must stand in double quotes", range)
      }
    }
  }

  private func plain(_ range: TextRange) -> NodeStorage {
    .scalar(
      start: Int32(range.start),
      end: Int32(range.end),
      contentStart: Int32(range.start),
      contentEnd: Int32(range.end)
    )
  }

  // MARK: - Strings

  private mutating func readString(_ quote: UInt8) -> Int32 {
    let start = offset
    offset += 1
    let content = offset
    skipPlainText(until: quote)
    var decoded: Int32 = -1
    if offset < bytes.count, bytes[offset] != quote {
      decoded = readTextWithEscapes(from: content, until: quote)
    }
    let contentEnd = offset
    if offset < bytes.count, bytes[offset] == quote {
      offset += 1
    } else {
      noteInvalid("this text has no closing quote", TextRange(start: start, end: start + 1))
    }
    return builder.add(
      .scalar(
        style: quote == Ascii.quote ? .doubleQuoted : .singleQuoted,
        start: Int32(start),
        end: Int32(offset),
        decodedText: decoded,
        contentStart: Int32(content),
        contentEnd: Int32(contentEnd)
      )
    )
  }

  /// Moves to the next quote, backslash or control byte, eight bytes a step.
  private mutating func skipPlainText(until quote: UInt8) {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quotes = ones &* UInt64(quote)
    let backslashes = ones &* UInt64(Ascii.backslash)
    var position = offset
    while position &+ 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
      let quoted = word ^ quotes
      let escaped = word ^ backslashes
      // The highest bit of each byte that is the quote, the backslash or below 0x20; the lowest set bit is exact.
      let hits =
        ((quoted &- ones) & ~quoted | (escaped &- ones) & ~escaped | (word &- ones &* 0x20) & ~word) & highs
      if hits != 0 {
        offset = position &+ hits.trailingZeroBitCount / 8
        return
      }
      position &+= 8
    }
    while position < bytes.count, bytes[position] != quote, bytes[position] != Ascii.backslash, bytes[position] >= 0x20
    {
      position += 1
    }
    offset = position
  }

  /// Decodes the rest of a string from its first escape or control byte on, and returns the index of the text.
  ///
  /// A line end stops it, for a quote is missing there far more often than a `\n`.
  private mutating func readTextWithEscapes(from content: Int, until quote: UInt8) -> Int32 {
    if bytes[offset].isLineEnd { return -1 }
    var text = Array(bytes[content..<offset])
    while offset < bytes.count, bytes[offset] != quote, !bytes[offset].isLineEnd {
      if bytes[offset] == Ascii.backslash {
        readEscape(into: &text)
        continue
      }
      if bytes[offset] < 0x20 {
        let range = TextRange(start: offset, end: offset + 1)
        builder.note(.lenientSyntax, "a control character in text must be written as an escape", range)
        text.append(bytes[offset])
        offset += 1
        continue
      }
      let start = offset
      skipPlainText(until: quote)
      text.append(contentsOf: bytes[start..<offset])
    }
    builder.decodedTexts.append(String(decoding: text, as: UTF8.self))
    return Int32(builder.decodedTexts.count - 1)
  }

  private mutating func readEscape(into text: inout [UInt8]) {
    let start = offset
    guard start + 1 < bytes.count else {
      offset = bytes.count
      return
    }
    offset += 2
    switch bytes[start + 1] {
    case Ascii.quote, Ascii.backslash, Ascii.slash: text.append(bytes[start + 1])
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(Ascii.lineFeed)
    case UInt8(ascii: "r"): text.append(Ascii.carriageReturn)
    case UInt8(ascii: "t"): text.append(Ascii.tab)
    case UInt8(ascii: "u"): readUnicodeEscape(from: start, into: &text)
    default:
      // The backslash is dropped and what follows is read as it stands; a line end ends the string.
      offset = start + 1
      if !bytes[offset].isLineEnd, bytes[offset] < 0x80 {
        text.append(bytes[offset])
        offset += 1
      }
      noteInvalid("an unknown escape in text", TextRange(start: start, end: offset))
    }
  }

  private mutating func readUnicodeEscape(from start: Int, into text: inout [UInt8]) {
    guard let unit = hexDigits(at: start + 2) else {
      noteInvalid("\"\\u\" needs four hexadecimal digits", TextRange(start: start, end: start + 2))
      return
    }
    offset = start + 6
    var value = unit
    if unit & 0xFC00 == 0xD800, offset + 1 < bytes.count, bytes[offset] == Ascii.backslash,
      bytes[offset + 1] == UInt8(ascii: "u"), let low = hexDigits(at: offset + 2), low & 0xFC00 == 0xDC00
    {
      value = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
      offset += 6
    }
    guard let scalar = Unicode.Scalar(value) else {
      noteInvalid("half of a surrogate pair stands for no character", TextRange(start: start, end: offset))
      text.append(contentsOf: "\u{FFFD}".utf8)
      return
    }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private func hexDigits(at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for position in start..<start + 4 {
      guard let digit = bytes[position].hexValue else { return nil }
      value = value << 4 | digit
    }
    return value
  }
}
