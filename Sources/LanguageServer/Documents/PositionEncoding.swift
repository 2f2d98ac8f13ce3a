import SourceText

/// What a position's `character` counts, from the start of its line.
enum PositionEncoding: String, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// How much the scalar that starts with a byte counts for; 0 for the bytes that go on with one.
  fileprivate func count(of byte: UInt8) -> Int {
    switch self {
    case .utf8: 1
    case .utf16: byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
    case .utf32: byte & 0xC0 == 0x80 ? 0 : 1
    }
  }
}

/// A place in a text as the protocol has it, both from 0.
struct Position: Hashable, Comparable, Sendable {
  var line: Int
  var character: Int

  static func < (left: Self, right: Self) -> Bool {
    (left.line, left.character) < (right.line, right.character)
  }
}

extension SourceText {
  /// Returns the position of a UTF-8 offset.
  func position(at offset: Int, _ encoding: PositionEncoding) -> Position {
    let line = line(at: offset)
    let start = lineStarts[line]
    let end = min(max(offset, start), bytes.count)
    if encoding == .utf8 { return Position(line: line, character: end - start) }
    return bytes.withUnsafeBufferPointer { bytes in
      var character = 0
      for index in start..<end { character += encoding.count(of: bytes[index]) }
      return Position(line: line, character: character)
    }
  }

  /// Returns the UTF-8 offset of a position; nil where the text has no such line.
  ///
  /// A character beyond the end of its line stands for that end, as the protocol has it, and one inside a pair of surrogates for the
  /// start of the pair.
  func offset(of position: Position, _ encoding: PositionEncoding) -> Int? {
    guard lineStarts.indices.contains(position.line) else { return nil }
    let line = lineRange(position.line)
    guard position.character > 0 else { return line.start }
    return bytes.withUnsafeBufferPointer { bytes in
      var offset = line.start
      var character = 0
      while offset < line.end {
        var next = offset + 1
        while next < line.end, bytes[next] & 0xC0 == 0x80 { next += 1 }
        switch encoding {
        case .utf8: character = next - line.start
        case .utf16, .utf32: character += encoding.count(of: bytes[offset])
        }
        if character > position.character { return offset }
        offset = next
        if character == position.character { return offset }
      }
      return line.end
    }
  }
}
