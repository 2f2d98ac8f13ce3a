import SourceText

/// Finds the comments of a YAML text, which libyaml drops.
enum YAMLComments {
  /// Returns the ranges of all comments in order; none begins in `hashedTexts`, the scalars that contain `#`, in order.
  static func find(in bytes: UnsafeRawBufferPointer, outside hashedTexts: [TextRange]) -> [TextRange] {
    var comments: [TextRange] = []
    var texts = hashedTexts[...]
    var offset = 0
    while let next = bytes[offset...].firstIndex(of: Ascii.hash) {
      while let text = texts.first, text.end <= next { texts.removeFirst() }
      if let text = texts.first, text.start <= next {
        offset = text.end
        continue
      }
      offset = next + 1
      guard next == 0 || bytes[next - 1].isWhitespace || next == 3 && bytes[0] == 0xEF else { continue }
      while offset < bytes.count, !bytes[offset].isLineEnd { offset += 1 }
      comments.append(TextRange(start: next, end: offset))
    }
    return comments
  }
}
