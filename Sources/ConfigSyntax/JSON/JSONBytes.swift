/// The bytes of a JSON text, and where what begins at an offset ends.
///
/// Apart from the parser, for its state is large and would be copied for each question that changes nothing of it.
struct JSONBytes {
  let buffer: UnsafeRawBufferPointer
  let count: Int

  init(_ buffer: UnsafeRawBufferPointer) {
    self.buffer = buffer
    count = buffer.count
  }

  @inline(__always)
  subscript(offset: Int) -> UInt8 { buffer[offset] }

  subscript(range: Range<Int>) -> Slice<UnsafeRawBufferPointer> { buffer[range] }

  /// Returns the end of a number of the JSON grammar, or its start where the text does not follow it.
  func endOfNumber(from start: Int) -> Int {
    let whole = self[start] == Ascii.minus ? start + 1 : start
    var end = endOfDigits(from: whole)
    guard end > whole, self[whole] != Ascii.zero || end == whole + 1 else { return start }
    if end < count, self[end] == Ascii.dot {
      let fraction = end + 1
      end = endOfDigits(from: fraction)
      guard end > fraction else { return start }
    }
    guard end < count, self[end] | 0x20 == 0x65 else { return end }
    var exponent = end + 1
    if exponent < count, self[exponent] == Ascii.plus || self[exponent] == Ascii.minus { exponent += 1 }
    end = endOfDigits(from: exponent)
    return end > exponent ? end : start
  }

  /// Returns the end of `true`, `false` or `null`, or the start where none of them stands there.
  func endOfLiteral(from start: Int) -> Int {
    guard start + 4 <= count else { return start }
    switch buffer.loadUnaligned(fromByteOffset: start, as: UInt32.self).littleEndian {
    case 0x6575_7274, 0x6C6C_756E: return start + 4
    case 0x736C_6166: return start + 4 < count && self[start + 4] == UInt8(ascii: "e") ? start + 5 : start
    default: return start
    }
  }

  /// Returns the offset of the next quote, backslash or control byte, found by eight bytes a step.
  @inline(__always)
  func endOfPlainText(from start: Int, until quote: UInt8) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quotes = ones &* UInt64(quote)
    let backslashes = ones &* UInt64(Ascii.backslash)
    var position = start
    while position &+ 8 <= count {
      let word = buffer.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
      let quoted = word ^ quotes
      let escaped = word ^ backslashes
      // The highest bit of each byte that is the quote, the backslash or below 0x20; the lowest set bit is exact.
      let hits =
        ((quoted &- ones) & ~quoted | (escaped &- ones) & ~escaped | (word &- ones &* 0x20) & ~word) & highs
      if hits != 0 { return position &+ hits.trailingZeroBitCount / 8 }
      position &+= 8
    }
    while position < count, self[position] != quote, self[position] != Ascii.backslash, self[position] >= 0x20 {
      position += 1
    }
    return position
  }

  /// Returns the value of four hexadecimal digits.
  func hexDigits(at start: Int) -> UInt32? {
    guard start + 4 <= count else { return nil }
    var value: UInt32 = 0
    for position in start..<start + 4 {
      guard let digit = self[position].hexValue else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  @inline(__always)
  private func endOfDigits(from start: Int) -> Int {
    var end = start
    while end < count, self[end].isDigit { end += 1 }
    return end
  }
}
