/// Finds equal keys of one mapping in time linear in its size.
///
/// Keys are equal when their decoded bytes are, and when a YAML reader would not tell them apart by type: `1` and `"1"`
/// are two keys, `a` and `"a"` are one. Keys that are collections are not compared.
struct DuplicateKeyFinder {
  /// A key, and the latest key before it that equals it.
  typealias Pair = (key: NodeStorage, earlier: NodeStorage)

  /// Up to this many keys are compared pair by pair, which beats hashing.
  private static let pairwiseCount = 32

  /// The keys of the mapping in hand.
  private var keys: [NodeStorage] = []
  /// In step with `keys`: equal keys have equal ones, so that nearly all pairs are told apart by one comparison.
  private var fingerprints: [UInt64] = []
  /// Positions in `keys` plus 1, by hash; 0 is free.
  private var table: [Int32] = []

  /// Returns each key that an earlier key equals.
  mutating func find(
    in mapping: NodeStorage,
    nodes: [NodeStorage],
    children: [Int32],
    texts: [String],
    _ bytes: UnsafeRawBufferPointer
  ) -> [Pair] {
    let first = Int(mapping.firstChild)
    let isDecoded = takeFingerprints(from: first, to: first + Int(mapping.childCount), nodes, children, bytes)
    if fingerprints.count <= Self.pairwiseCount, !isDecoded, !hasEqualFingerprints { return [] }
    keys.removeAll(keepingCapacity: true)
    for position in stride(from: first, to: first + Int(mapping.childCount), by: 2) {
      let key = nodes[Int(children[position])]
      if key.kind == .scalar { keys.append(key) }
    }
    return keys.count <= Self.pairwiseCount ? findByPairs(texts, bytes) : findByHash(texts, bytes)
  }

  /// Whether a key is YAML's `<<`, which may stand several times.
  static func isMergeKey(_ key: NodeStorage, in bytes: UnsafeRawBufferPointer) -> Bool {
    key.kind == .scalar && key.style == .plain && key.contentEnd - key.contentStart == 2
      && bytes[Int(key.contentStart)] == 0x3C && bytes[Int(key.contentStart) + 1] == 0x3C
  }

  // MARK: - Private

  /// Takes the fingerprints of the keys at every other place, and returns whether some text is not as it is written.
  private mutating func takeFingerprints(
    from first: Int,
    to end: Int,
    _ nodes: [NodeStorage],
    _ children: [Int32],
    _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    fingerprints.removeAll(keepingCapacity: true)
    var isDecoded = false
    nodes.withUnsafeBufferPointer { nodes in
      children.withUnsafeBufferPointer { children in
        var position = first
        while position < end {
          let index = Int(children[position])
          position &+= 2
          guard nodes[index].kind == .scalar else { continue }
          fingerprints.append(
            Self.fingerprint(from: Int(nodes[index].contentStart), to: Int(nodes[index].contentEnd), bytes)
          )
          isDecoded = isDecoded || nodes[index].decodedText >= 0
        }
      }
    }
    return isDecoded
  }

  /// The length and the last eight bytes of a text: names that are counted differ at the end.
  private static func fingerprint(from start: Int, to end: Int, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = end &- start
    let length = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    if count >= 8 { return bytes.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self) ^ length }
    // The bytes before a short text are shifted out; in front of the very first bytes there are none to read.
    if end >= 8, count > 0 {
      let word = bytes.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self).littleEndian
      return word >> UInt64(truncatingIfNeeded: 64 &- 8 &* count) ^ length
    }
    var word: UInt64 = 0
    for offset in (start..<end).reversed() { word = word << 8 | UInt64(bytes[offset]) }
    return word ^ length
  }

  private var hasEqualFingerprints: Bool {
    fingerprints.withUnsafeBufferPointer { fingerprints in
      for later in fingerprints.indices.dropFirst() {
        for earlier in 0..<later where fingerprints[earlier] == fingerprints[later] { return true }
      }
      return false
    }
  }

  private func findByPairs(_ texts: [String], _ bytes: UnsafeRawBufferPointer) -> [Pair] {
    var found: [Pair] = []
    keys.withUnsafeBufferPointer { keys in
      for later in keys.indices.dropFirst() {
        for earlier in (0..<later).reversed() where Self.equal(keys[earlier], keys[later], texts, bytes) {
          found.append((keys[later], keys[earlier]))
          break
        }
      }
    }
    return found
  }

  private mutating func findByHash(_ texts: [String], _ bytes: UnsafeRawBufferPointer) -> [Pair] {
    var found: [Pair] = []
    var capacity = 64
    while capacity < keys.count * 2 { capacity *= 2 }
    table.removeAll(keepingCapacity: true)
    table.append(contentsOf: repeatElement(0, count: capacity))
    for (position, key) in keys.enumerated() {
      var hasher = Hasher()
      Self.withText(key, texts, bytes) { hasher.combine(bytes: $0) }
      var slot = hasher.finalize() & (capacity - 1)
      while table[slot] != 0, !Self.equal(keys[Int(table[slot]) - 1], key, texts, bytes) {
        slot = (slot + 1) & (capacity - 1)
      }
      if table[slot] != 0 { found.append((key, keys[Int(table[slot]) - 1])) }
      table[slot] = Int32(position + 1)
    }
    return found
  }

  private static func equal(
    _ left: NodeStorage,
    _ right: NodeStorage,
    _ texts: [String],
    _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    if left.decodedText < 0, right.decodedText < 0 {
      let count = Int(left.contentEnd - left.contentStart)
      guard count == Int(right.contentEnd - right.contentStart) else { return false }
      // From the end, where names that are counted differ.
      var offset = count - 1
      while offset >= 0, bytes[Int(left.contentStart) + offset] == bytes[Int(right.contentStart) + offset] {
        offset -= 1
      }
      guard offset < 0 else { return false }
    } else {
      let same = withText(left, texts, bytes) { left in
        withText(right, texts, bytes) { right in left.count == right.count && left.elementsEqual(right) }
      }
      guard same else { return false }
    }
    return sameType(left, right, texts, bytes) && !isMergeKey(left, in: bytes)
  }

  /// Whether two keys of equal text are of one type, too.
  private static func sameType(
    _ left: NodeStorage,
    _ right: NodeStorage,
    _ texts: [String],
    _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    if left.tag != right.tag { return false }
    guard (left.style == .plain) != (right.style == .plain) else { return true }
    let text = withText(left, texts, bytes) { String(decoding: $0, as: UTF8.self) }
    return ScalarGrammar.yaml12(text, style: .plain, tag: nil) == .text(text)
  }

  private static func withText<Result>(
    _ key: NodeStorage,
    _ texts: [String],
    _ bytes: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if key.decodedText >= 0 {
      var text = texts[Int(key.decodedText)]
      return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
    return body(UnsafeRawBufferPointer(rebasing: bytes[Int(key.contentStart)..<Int(key.contentEnd)]))
  }
}
