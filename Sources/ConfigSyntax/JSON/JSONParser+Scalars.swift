import SourceText

extension JSONParser {
  /// Reads the key at the offset, or what stands in its place.
  mutating func readKey() -> Int32 {
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
    return addPlain(from: range.start, to: range.end)
  }

  /// Reads the scalar at the offset, or what stands in its place.
  mutating func readScalar() -> Int32 {
    let start = offset
    let end: Int
    switch bytes[start] {
    case Ascii.quote: return readString(Ascii.quote)
    case Ascii.apostrophe:
      noteInvalid("text must stand in double quotes, not single ones", TextRange(start: start, end: start + 1))
      return readString(Ascii.apostrophe)
    case Ascii.minus, 0x30...0x39: end = bytes.endOfNumber(from: start)
    default: end = bytes.endOfLiteral(from: start)
    }
    guard end > start, end == bytes.count || Self.endsLiteral(bytes[end]) else { return readWord() }
    offset = end
    return addPlain(from: start, to: end)
  }

  // MARK: - Literals

  @inline(__always)
  private static func endsLiteral(_ byte: UInt8) -> Bool {
    endsWord(byte) || byte.isBlank || byte == Ascii.slash || byte == Ascii.hash
  }

  /// Reads what is no value of JSON: a literal of Python, or text without quotes.
  @inline(never)
  private mutating func readWord() -> Int32 {
    let start = offset
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
    return addPlain(from: range.start, to: range.end)
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

  private mutating func addPlain(from start: Int, to end: Int) -> Int32 {
    builder.add(.scalar(start: Int32(start), end: Int32(end), contentStart: Int32(start), contentEnd: Int32(end)))
  }

  // MARK: - Strings

  /// Reads the text in quotes at the offset.
  @inline(__always)
  private mutating func readString(_ quote: UInt8) -> Int32 {
    let start = offset
    let end = bytes.endOfPlainText(from: start + 1, until: quote)
    guard end < bytes.count, bytes[end] == quote else { return readUnusualString(quote, plainEnd: end) }
    offset = end + 1
    return builder.add(
      .scalar(
        style: quote == Ascii.quote ? .doubleQuoted : .singleQuoted,
        start: Int32(start),
        end: Int32(end + 1),
        contentStart: Int32(start + 1),
        contentEnd: Int32(end)
      )
    )
  }

  /// Reads text with escapes or control bytes in it, or without an end.
  @inline(never)
  private mutating func readUnusualString(_ quote: UInt8, plainEnd: Int) -> Int32 {
    let start = offset
    let content = start + 1
    offset = plainEnd
    var decoded: Int32 = -1
    if offset < bytes.count {
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
      offset = bytes.endOfPlainText(from: start, until: quote)
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
    guard let unit = bytes.hexDigits(at: start + 2) else {
      noteInvalid("\"\\u\" needs four hexadecimal digits", TextRange(start: start, end: start + 2))
      return
    }
    offset = start + 6
    var value = unit
    if unit & 0xFC00 == 0xD800, offset + 1 < bytes.count, bytes[offset] == Ascii.backslash,
      bytes[offset + 1] == UInt8(ascii: "u"), let low = bytes.hexDigits(at: offset + 2), low & 0xFC00 == 0xDC00
    {
      value = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
      offset += 6
    }
    guard let scalar = Unicode.Scalar(value) else {
      // The grammar has it.
      let range = TextRange(start: start, end: offset)
      builder.note(.lenientSyntax, "half of a surrogate pair, which stands for no character", range)
      text.append(contentsOf: "\u{FFFD}".utf8)
      return
    }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
