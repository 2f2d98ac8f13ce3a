/// Turns libyaml's marks, which count code points, into byte offsets.
///
/// A text of ASCII only needs no table. Otherwise every 32nd code point has its offset noted, so that a lookup takes a
/// few steps wherever it falls; lines do not help, for libyaml ends them at U+0085, U+2028 and U+2029 too.
struct YAMLOffsets {
  private static let stride = 32

  private let bytes: UnsafeRawBufferPointer
  /// Where the text begins, behind a byte-order mark, which libyaml does not count.
  private let start: Int
  private var checkpoints: [Int32] = []

  init(bytes: UnsafeRawBufferPointer, start: Int) {
    self.bytes = bytes
    self.start = start
    guard TextEncoding.endOfAscii(in: bytes, from: start) < bytes.count else { return }
    checkpoints.reserveCapacity(bytes.count / Self.stride + 1)
    var index = 0
    for offset in start..<bytes.count where bytes[offset] & 0xC0 != 0x80 {
      if index.isMultiple(of: Self.stride) { checkpoints.append(Int32(offset)) }
      index += 1
    }
  }

  /// Returns the offset of a code point; behind the last one the end of the text.
  func offset(ofCodePoint index: Int) -> Int {
    guard !checkpoints.isEmpty else { return min(start + max(index, 0), bytes.count) }
    guard index >= 0 else { return start }
    guard index / Self.stride < checkpoints.count else { return bytes.count }
    var offset = Int(checkpoints[index / Self.stride])
    var left = index % Self.stride
    while offset < bytes.count {
      if bytes[offset] & 0xC0 != 0x80 {
        if left == 0 { return offset }
        left -= 1
      }
      offset += 1
    }
    return bytes.count
  }

  /// Returns how many code points stand before an offset.
  func codePoint(atOffset offset: Int) -> Int {
    guard !checkpoints.isEmpty else { return offset - start }
    var low = 0
    var high = checkpoints.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(checkpoints[middle]) <= offset { low = middle } else { high = middle }
    }
    var index = low * Self.stride
    for position in Int(checkpoints[low])..<max(offset, Int(checkpoints[low])) where bytes[position] & 0xC0 != 0x80 {
      index += 1
    }
    return index
  }
}
