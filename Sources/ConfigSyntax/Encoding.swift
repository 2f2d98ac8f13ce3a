import SourceText

/// What stands in the way of reading the bytes as UTF-8 text.
enum TextEncoding {
  /// Notes a wrong encoding or a file that is too large, and returns whether the text can be read at all.
  static func check(_ builder: inout SyntaxTreeBuilder) -> Bool {
    let source = builder.source
    guard source.bytes.count <= SyntaxLimits.fileSize else {
      let size = "\(source.bytes.count >> 20) MiB, more than the \(SyntaxLimits.fileSize >> 20) MiB that are read"
      builder.note(.limit, "the file has \(size)", TextRange(at: 0))
      return false
    }
    if let name = utf16Name(source.bytes) {
      builder.note(.invalidEncoding, "the file is \(name), not UTF-8; save it as UTF-8", TextRange(at: 0))
      return false
    }
    return true
  }

  /// Returns the ranges of bytes that are not valid UTF-8; an ASCII text costs one pass of eight bytes a step.
  static func invalidRanges(in bytes: UnsafeRawBufferPointer) -> [TextRange] {
    var ranges: [TextRange] = []
    var offset = 0
    while true {
      offset = endOfAscii(in: bytes, from: offset)
      guard offset < bytes.count else { return ranges }
      let count = scalarLength(in: bytes, at: offset)
      if count > 0 {
        offset += count
        continue
      }
      if let last = ranges.last, last.end == offset {
        ranges[ranges.count - 1].end = offset + 1
      } else {
        ranges.append(TextRange(start: offset, end: offset + 1))
      }
      offset += 1
    }
  }

  /// Notes the first run of invalid bytes, and how many more there are: a file in another encoding has one in every line.
  static func note(_ ranges: [TextRange], in builder: inout SyntaxTreeBuilder) {
    guard let first = ranges.first else { return }
    let what = first.count == 1 ? "this byte is" : "these \(first.count) bytes are"
    let more =
      switch ranges.count - 1 {
      case 0: ""
      case 1: ", nor is one more place"
      case let count: ", nor are \(count) more places"
      }
    builder.note(.invalidEncoding, "\(what) not valid UTF-8\(more)", first)
  }

  /// Returns the offset of the first byte from `start` on that is not ASCII.
  static func endOfAscii(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var offset = start
    while offset + 8 <= bytes.count,
      bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      offset += 8
    }
    while offset < bytes.count, bytes[offset] < 0x80 { offset += 1 }
    return offset
  }

  // MARK: - Private

  /// Returns the length of the scalar at a non-ASCII byte, or 0 where it is malformed (RFC 3629, section 4).
  private static func scalarLength(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
    func tail(_ distance: Int, from low: UInt8 = 0x80, to high: UInt8 = 0xBF) -> Bool {
      offset + distance < bytes.count && bytes[offset + distance] >= low && bytes[offset + distance] <= high
    }
    switch bytes[offset] {
    case 0xC2...0xDF: return tail(1) ? 2 : 0
    case 0xE0: return tail(1, from: 0xA0) && tail(2) ? 3 : 0
    case 0xED: return tail(1, to: 0x9F) && tail(2) ? 3 : 0
    case 0xE1...0xEF: return tail(1) && tail(2) ? 3 : 0
    case 0xF0: return tail(1, from: 0x90) && tail(2) && tail(3) ? 4 : 0
    case 0xF1...0xF3: return tail(1) && tail(2) && tail(3) ? 4 : 0
    case 0xF4: return tail(1, to: 0x8F) && tail(2) && tail(3) ? 4 : 0
    default: return 0
    }
  }

  /// A mark, or a first character whose other byte is zero, tells UTF-16 and UTF-32.
  private static func utf16Name(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 2 else { return nil }
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): return bytes.count >= 4 && bytes[2] == 0 && bytes[3] == 0 ? "UTF-32" : "UTF-16"
    case (0xFE, 0xFF): return "UTF-16"
    case (0x20...0x7E, 0x00), (0x00, 0x20...0x7E): return bytes.count.isMultiple(of: 2) ? "UTF-16" : nil
    case (0x00, 0x00): return bytes.starts(with: [0, 0, 0xFE, 0xFF]) ? "UTF-32" : nil
    default: return nil
    }
  }
}
