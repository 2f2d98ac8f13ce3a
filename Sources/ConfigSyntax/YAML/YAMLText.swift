import SourceText

/// The bytes of a YAML file as libyaml takes them.
///
/// libyaml's reader stops for good at a byte that is not UTF-8 and at control characters, so these are replaced one byte
/// for one; offsets stay as they are. A healthy text is not copied.
struct YAMLText {
  private var repaired: [UInt8]?

  /// Looks at the bytes and notes what libyaml would not read.
  init(bytes: UnsafeRawBufferPointer, builder: inout SyntaxTreeBuilder) {
    let invalid = TextEncoding.invalidRanges(in: bytes)
    TextEncoding.note(invalid, in: &builder)
    for range in invalid { replace(range, in: bytes) }
    var offset = 0
    while offset < bytes.count {
      let count = Self.controlLength(in: bytes, at: offset)
      if count > 0, repaired?[offset] != Self.replacement {
        let range = TextRange(start: offset, end: offset + count)
        builder.note(.invalidSyntax, "a control character; YAML allows it only as an escape in double quotes", range)
        replace(range, in: bytes)
      }
      offset += max(count, 1)
    }
  }

  /// Calls the body with the bytes that libyaml may read.
  func withBytes(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    if let repaired { repaired.withUnsafeBytes(body) } else { body(bytes) }
  }

  private static let replacement = UInt8(ascii: "_")

  private mutating func replace(_ range: TextRange, in bytes: UnsafeRawBufferPointer) {
    var copy = repaired ?? Array(bytes)
    repaired = nil
    for offset in range.start..<range.end { copy[offset] = Self.replacement }
    repaired = copy
  }

  /// Returns the length of the character at an offset when libyaml's reader refuses it, else 0.
  private static func controlLength(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
    switch bytes[offset] {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E: 0
    case 0x00...0x1F, 0x7F: 1
    // U+0080 to U+009F but for U+0085, next line.
    case 0xC2:
      offset + 1 < bytes.count && (0x80...0x9F).contains(bytes[offset + 1]) && bytes[offset + 1] != 0x85 ? 2 : 0
    // U+FFFE and U+FFFF.
    case 0xEF: offset + 2 < bytes.count && bytes[offset + 1] == 0xBF && bytes[offset + 2] >= 0xBE ? 3 : 0
    default: 0
    }
  }
}
