/// Finds equal keys of one mapping in time linear in its size.
///
/// Keys are equal when their decoded bytes are, and when a YAML reader would not tell them apart by type: `1` and `"1"`
/// are two keys, `a` and `"a"` are one. Keys that are collections are not compared.
struct DuplicateKeyFinder: ~Copyable {
  /// A key, and the latest key before it that equals it.
  typealias Pair = (key: NodeStorage, earlier: NodeStorage)

  /// Up to this many keys are compared pair by pair, which beats hashing.
  private static let pairwiseCount = 32

  /// The keys of the mapping in hand.
  private var keys: [NodeStorage] = []
  /// Of the keys of a small mapping: equal keys have equal ones, so that nearly all pairs are told apart by one comparison.
  private var fingerprints = GrowingBuffer<UInt64>()
  /// Positions in `keys` plus 1, by hash; 0 is free.
  private var table: [Int32] = []

  /// Returns each key that an earlier key equals.
  mutating func find(
    in mapping: NodeStorage,
    nodes: borrowing GrowingBuffer<NodeStorage>,
    children: borrowing GrowingBuffer<Int32>,
    texts: [String],
    _ bytes: UnsafeRawBufferPointer
  ) -> [Pair] {
    if mapping.childCount <= 2 * Self.pairwiseCount, areDistinct(keysOf: mapping, nodes, children, bytes) { return [] }
    let first = Int(mapping.firstChild)
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

  /// Whether fingerprints alone tell all keys of a mapping apart; false as well where one is not as it is written.
  private mutating func areDistinct(
    keysOf mapping: NodeStorage,
    _ nodes: borrowing GrowingBuffer<NodeStorage>,
    _ children: borrowing GrowingBuffer<Int32>,
    _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    fingerprints.removeAll()
    // One bit for each fingerprint: only one whose bit is taken has to be looked for among the others.
    var taken: UInt64 = 0
    var position = Int(mapping.firstChild)
    let end = position + Int(mapping.childCount)
    while position < end {
      let key = nodes[Int(children[position])]
      position &+= 2
      guard key.kind == .scalar else { continue }
      guard key.decodedText < 0 else { return false }
      let fingerprint = Self.fingerprint(from: Int(key.contentStart), to: Int(key.contentEnd), bytes)
      let bit: UInt64 = 1 &<< (fingerprint &* 0x9E37_79B9_7F4A_7C15 &>> 58)
      if taken & bit != 0, fingerprints.contains(where: { $0 == fingerprint }) { return false }
      taken |= bit
      fingerprints.append(fingerprint)
    }
    return true
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
