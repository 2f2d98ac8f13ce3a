import SourceText

extension ProtoTextParser {
  // MARK: - Names

  /// Reads the name of a field at the offset; nil where none begins there.
  mutating func readName() -> Int32? {
    let start = offset
    guard bytes[start].isNameByte else { return nil }
    while offset < bytes.count, bytes[offset].isNameByte { offset += 1 }
    if bytes[start].isDigit {
      noteInvalid("a field's name begins with a letter", TextRange(start: start, end: offset))
    }
    return addPlain(from: start, to: offset)
  }

  /// Reads the name of an extension or the address of a type, brackets included.
  mutating func readBracketedName() -> Int32 {
    let start = offset
    offset += 1
    while offset < bytes.count, bytes[offset] != Ascii.closeBracket, !bytes[offset].isLineEnd { offset += 1 }
    if offset < bytes.count, bytes[offset] == Ascii.closeBracket {
      offset += 1
    } else {
      noteInvalid("\"]\" is missing after this name", TextRange(start: start, end: start + 1))
    }
    return addPlain(from: start, to: offset)
  }

  // MARK: - Values

  /// Reads the number, word or text at the offset, or what stands in its place.
  mutating func readScalar() -> Int32 {
    let start = offset
    if bytes[start] == Ascii.quote || bytes[start] == Ascii.apostrophe { return readText() }
    if bytes[start] == Ascii.minus {
      offset += 1
      skipTrivia()
    }
    let word = offset
    if offset < bytes.count, bytes[offset].isDigit || bytes[offset] == Ascii.dot {
      while offset < bytes.count, isNumberByte(offset, since: word) { offset += 1 }
    } else {
      while offset < bytes.count, bytes[offset].isNameByte || bytes[offset] >= 0x80 { offset += 1 }
    }
    guard offset > word else { return readUnknownValue(from: start) }
    let wordEnd = offset
    // A path without quotes is one value.
    while offset < bytes.count, !endsValue(bytes[offset]) { offset += 1 }
    let range = TextRange(start: start, end: offset)
    let text = builder.source.text(in: range)
    if case .text = ScalarGrammar.protoText(text), start < word || wordEnd < offset || !bytes[word].isNameStart {
      noteInvalid("\"\(text.prefix(40))\" is neither a number nor a word; text must stand in quotes", range)
    }
    return addPlain(from: start, to: offset)
  }

  /// Digits, letters of hexadecimal numbers and suffixes, the point, and a sign behind an exponent's mark.
  private func isNumberByte(_ offset: Int, since start: Int) -> Bool {
    let byte = bytes[offset]
    if byte.isNameByte || byte == Ascii.dot { return true }
    guard byte == Ascii.plus || byte == Ascii.minus, offset > start else { return false }
    let isHexadecimal = offset > start + 1 && bytes[start] == Ascii.zero && bytes[start + 1] | 0x20 == UInt8(ascii: "x")
    return bytes[offset - 1] | 0x20 == UInt8(ascii: "e") && !isHexadecimal
  }

  /// Notes what can be no value, up to the end of the word.
  private mutating func readUnknownValue(from start: Int) -> Int32 {
    while offset < bytes.count, !endsValue(bytes[offset]) { offset += 1 }
    let range = TextRange(start: start, end: offset)
    let text = builder.source.text(in: range).prefix(40)
    noteInvalid("\"\(text)\" is no value; text must stand in quotes", range)
    return builder.add(.unreadable(start: Int32(start), end: Int32(offset)))
  }

  private func endsValue(_ byte: UInt8) -> Bool {
    switch byte {
    case Ascii.comma, Ascii.semicolon, Ascii.colon, Ascii.hash, Ascii.openBrace, Ascii.closeBrace, Ascii.openAngle,
      Ascii.closeAngle, Ascii.openBracket, Ascii.closeBracket:
      true
    default: byte.isProtoSpace
    }
  }

  private mutating func addPlain(from start: Int, to end: Int) -> Int32 {
    builder.add(.scalar(start: Int32(start), end: Int32(end), contentStart: Int32(start), contentEnd: Int32(end)))
  }

  // MARK: - Text

  /// Reads text in quotes, and more of it that follows: texts side by side are one.
  private mutating func readText() -> Int32 {
    let start = offset
    let style: ScalarStyle = bytes[start] == Ascii.quote ? .doubleQuoted : .singleQuoted
    var text: [UInt8] = []
    var contentEnd = bytes.endOfPlainText(from: start + 1, until: bytes[start])
    let isPlain = contentEnd < bytes.count && bytes[contentEnd] == bytes[start]
    if isPlain { offset = contentEnd + 1 } else { contentEnd = readPiece(into: &text) }
    var end = offset
    // What stands between two pieces is behind a lone one too: no comment is read twice.
    skipTrivia()
    let hasMore = offset < bytes.count && (bytes[offset] == Ascii.quote || bytes[offset] == Ascii.apostrophe)
    if isPlain, !hasMore {
      return builder.add(
        .scalar(
          style: style,
          start: Int32(start),
          end: Int32(end),
          contentStart: Int32(start + 1),
          contentEnd: Int32(contentEnd)
        )
      )
    }
    if isPlain { text = Array(bytes[start + 1..<contentEnd]) }
    while offset < bytes.count, bytes[offset] == Ascii.quote || bytes[offset] == Ascii.apostrophe {
      contentEnd = readPiece(into: &text)
      end = offset
      skipTrivia()
    }
    builder.decodedTexts.append(String(decoding: text, as: UTF8.self))
    return builder.add(
      .scalar(
        style: style,
        start: Int32(start),
        end: Int32(end),
        decodedText: Int32(builder.decodedTexts.count - 1),
        contentStart: Int32(start + 1),
        contentEnd: Int32(contentEnd)
      )
    )
  }

  /// Reads one piece of text in quotes and returns where its content ends; a line end stops it, for a quote is missing there.
  private mutating func readPiece(into text: inout [UInt8]) -> Int {
    let start = offset
    let quote = bytes[offset]
    offset += 1
    while offset < bytes.count, bytes[offset] != quote, !bytes[offset].isLineEnd {
      if bytes[offset] == Ascii.backslash {
        readEscape(into: &text)
      } else {
        text.append(bytes[offset])
        offset += 1
      }
    }
    let end = offset
    if offset < bytes.count, bytes[offset] == quote {
      offset += 1
    } else {
      noteInvalid("this text has no closing quote", TextRange(start: start, end: start + 1))
    }
    return end
  }

  private mutating func readEscape(into text: inout [UInt8]) {
    let start = offset
    offset += 1
    guard offset < bytes.count, !bytes[offset].isLineEnd else { return }
    let mark = bytes[offset]
    offset += 1
    switch mark {
    case UInt8(ascii: "a"): text.append(0x07)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(Ascii.lineFeed)
    case UInt8(ascii: "r"): text.append(Ascii.carriageReturn)
    case UInt8(ascii: "t"): text.append(Ascii.tab)
    case UInt8(ascii: "v"): text.append(0x0B)
    case Ascii.quote, Ascii.apostrophe, Ascii.backslash, UInt8(ascii: "?"): text.append(mark)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      guard let value = readDigits(upTo: 2, radix: 16) else { return noteUnknownEscape(from: start) }
      text.append(UInt8(truncatingIfNeeded: value))
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      offset -= 1
      text.append(UInt8(truncatingIfNeeded: readDigits(upTo: 3, radix: 8) ?? 0))
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = mark == UInt8(ascii: "u") ? 4 : 8
      let first = offset
      guard let value = readDigits(upTo: count, radix: 16), offset == first + count, let scalar = Unicode.Scalar(value)
      else { return noteUnknownEscape(from: start) }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default:
      text.append(mark)
      noteUnknownEscape(from: start)
    }
  }

  private mutating func noteUnknownEscape(from start: Int) {
    noteInvalid("an unknown escape in text", TextRange(start: start, end: offset))
  }

  /// Reads as many digits as there are, up to a count; nil where there is none.
  private mutating func readDigits(upTo count: Int, radix: UInt32) -> UInt32? {
    var value: UInt32 = 0
    var read = 0
    while read < count, offset < bytes.count, let digit = bytes[offset].hexValue, digit < radix {
      value = value &* radix &+ digit
      offset += 1
      read += 1
    }
    return read > 0 ? value : nil
  }
}

extension UInt8 {
  var isNameStart: Bool { isLetter || self == UInt8(ascii: "_") }
  var isNameByte: Bool { isNameStart || isDigit }
  /// What stands between tokens: form feeds and vertical tabs too.
  var isProtoSpace: Bool { isWhitespace || self == 0x0B || self == 0x0C }
}
