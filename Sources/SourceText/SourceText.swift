/// The bytes of one file, and where its lines start.
///
/// A class so that every node of a tree can share it; it never changes.
package final class SourceText: Sendable {
  /// The name shown to the user: a path relative to the working folder, or what standard input was called.
  package let name: String
  /// The bytes as they were read, a byte-order mark included.
  package let bytes: [UInt8]
  /// The UTF-8 offset of the first byte of each line; the first is 0.
  package let lineStarts: [Int]
  /// Whether every byte is a character, so that columns need not be counted: files of one long line are common.
  private let isASCII: Bool

  /// Makes a text from bytes.
  ///
  /// Lines end with LF, CR LF or a lone CR.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    self.lineStarts = Self.lineStarts(of: bytes)
    self.isASCII = bytes.withUnsafeBufferPointer { $0.reduce(0, |) } < 0x80
  }

  /// Makes a text from a string, for tests and generated text.
  package convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The range of all bytes.
  package var range: TextRange { TextRange(start: 0, end: bytes.count) }

  /// The number of bytes of a UTF-8 byte-order mark at the start: 3 or 0.
  package var byteOrderMarkCount: Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Returns the text of a range, with invalid UTF-8 repaired.
  package func text(in range: TextRange) -> String {
    String(decoding: bytes[clamped(range)], as: UTF8.self)
  }

  /// Returns the zero-based line that holds the offset.
  ///
  /// - Complexity: O(log lines).
  package func line(at utf8Offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= utf8Offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Returns the zero-based line and the zero-based column in bytes of an offset.
  package func position(at utf8Offset: Int) -> (line: Int, utf8Column: Int) {
    let line = line(at: utf8Offset)
    return (line, utf8Offset - lineStarts[line])
  }

  /// Returns the one-based line and the one-based column in Unicode scalars, as linters print them.
  ///
  /// A byte-order mark takes no column.
  package func displayPosition(at utf8Offset: Int) -> (line: Int, column: Int) {
    let line = line(at: utf8Offset)
    let before = bytesOfLine(line, before: utf8Offset)
    return (line + 1, 1 + (isASCII ? before.count : before.count { $0 & 0xC0 != 0x80 }))
  }

  /// Returns the one-based line and the one-based column in UTF-16 code units, as SARIF counts.
  ///
  /// A byte-order mark takes no column.
  package func utf16Position(at utf8Offset: Int) -> (line: Int, column: Int) {
    let line = line(at: utf8Offset)
    let before = bytesOfLine(line, before: utf8Offset)
    if isASCII { return (line + 1, 1 + before.count) }
    // A scalar of four bytes takes a pair of surrogates.
    return (line + 1, before.reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 2 : 1) })
  }

  /// Returns the range of a zero-based line, without its line end.
  package func lineRange(_ line: Int) -> TextRange {
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return TextRange(start: start, end: end)
  }

  /// Returns how a zero-based line ends: of the last line, which may have no end, how the one above does.
  package func lineEnd(ofLine line: Int) -> String {
    let range = lineRange(line)
    let next = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
    for end in ["\r\n", "\r", "\n"] where bytes[range.end..<next].starts(with: end.utf8) { return end }
    return line > 0 ? lineEnd(ofLine: line - 1) : "\n"
  }

  // MARK: - Private

  /// The bytes of a zero-based line that stand before an offset in it, without a byte-order mark.
  private func bytesOfLine(_ line: Int, before utf8Offset: Int) -> ArraySlice<UInt8> {
    let start = line == 0 ? min(byteOrderMarkCount, utf8Offset) : lineStarts[line]
    return bytes[start..<min(max(utf8Offset, start), bytes.count)]
  }

  private func clamped(_ range: TextRange) -> Range<Int> {
    let start = min(max(range.start, 0), bytes.count)
    return start..<min(max(range.end, start), bytes.count)
  }

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    var starts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      var offset = 0
      let raw = UnsafeRawBufferPointer(bytes)
      while offset < bytes.count {
        // Eight bytes a step where none of them is below 0x0E.
        while offset &+ 8 <= bytes.count {
          let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
          if (word &- 0x0E0E_0E0E_0E0E_0E0E) & ~word & 0x8080_8080_8080_8080 != 0 { break }
          offset &+= 8
        }
        guard offset < bytes.count else { break }
        let byte = bytes[offset]
        offset += 1
        if byte == 0x0A || (byte == 0x0D && (offset == bytes.count || bytes[offset] != 0x0A)) { starts.append(offset) }
      }
    }
    return starts
  }
}
