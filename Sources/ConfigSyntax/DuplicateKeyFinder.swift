/// Finds equal keys of one mapping in time linear in its size.
///
/// Keys are equal when their decoded bytes are, and when a YAML reader would not tell them apart by type: `1` and `"1"`
/// are two keys, `a` and `"a"` are one. Keys that are collections are not compared.
struct DuplicateKeyFinder {
  /// Up to this many keys are compared pair by pair, which beats hashing.
  private static let pairwiseCount = 8

  /// Positions in `children` plus 1, by hash; 0 is free.
  private var table: [Int32] = []

  /// Returns each key that an earlier key equals, with the latest such key.
  mutating func find(
    in mapping: NodeStorage,
    nodes: [NodeStorage],
    children: [Int32],
    texts: [String],
    _ bytes: UnsafeRawBufferPointer
  ) -> [(key: NodeStorage, earlier: NodeStorage)] {
    let keys = Keys(mapping: mapping, nodes: nodes, children: children, texts: texts, bytes: bytes)
    var found: [(key: NodeStorage, earlier: NodeStorage)] = []
    if keys.count <= Self.pairwiseCount {
      for later in 1..<keys.count {
        if let earlier = (0..<later).last(where: { keys.equal($0, later) }) {
          found.append((keys[later], keys[earlier]))
        }
      }
      return found
    }
    var capacity = 32
    while capacity < keys.count * 2 { capacity *= 2 }
    table.removeAll(keepingCapacity: true)
    table.append(contentsOf: repeatElement(0, count: capacity))
    for key in 0..<keys.count where keys[key].kind == .scalar {
      var slot = keys.hash(key) & (capacity - 1)
      while table[slot] != 0, !keys.equal(Int(table[slot]) - 1, key) { slot = (slot + 1) & (capacity - 1) }
      if table[slot] != 0 { found.append((keys[key], keys[Int(table[slot]) - 1])) }
      table[slot] = Int32(key + 1)
    }
    return found
  }

  /// Whether a key is YAML's `<<`, which may stand several times.
  static func isMergeKey(_ key: NodeStorage, in bytes: UnsafeRawBufferPointer) -> Bool {
    key.kind == .scalar && key.style == .plain && key.contentEnd - key.contentStart == 2
      && bytes[Int(key.contentStart)] == 0x3C && bytes[Int(key.contentStart) + 1] == 0x3C
  }

  private struct Keys {
    let mapping: NodeStorage
    let nodes: [NodeStorage]
    let children: [Int32]
    let texts: [String]
    let bytes: UnsafeRawBufferPointer

    var count: Int { Int(mapping.childCount) / 2 }

    subscript(key: Int) -> NodeStorage { nodes[Int(children[Int(mapping.firstChild) + key * 2])] }

    func equal(_ left: Int, _ right: Int) -> Bool {
      let left = self[left]
      let right = self[right]
      guard left.kind == .scalar, right.kind == .scalar else { return false }
      if left.decodedText < 0, right.decodedText < 0,
        left.contentEnd - left.contentStart != right.contentEnd - right.contentStart
      {
        return false
      }
      let same = withText(left) { left in
        withText(right) { right in left.count == right.count && left.elementsEqual(right) }
      }
      return same && sameType(left, right) && !DuplicateKeyFinder.isMergeKey(left, in: bytes)
    }

    func hash(_ key: Int) -> Int {
      var hasher = Hasher()
      withText(self[key]) { hasher.combine(bytes: $0) }
      return hasher.finalize()
    }

    private func withText<Result>(_ key: NodeStorage, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
      if key.decodedText >= 0 {
        var text = texts[Int(key.decodedText)]
        return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
      }
      return body(UnsafeRawBufferPointer(rebasing: bytes[Int(key.contentStart)..<Int(key.contentEnd)]))
    }

    /// Whether two keys of equal text are of one type, too.
    private func sameType(_ left: NodeStorage, _ right: NodeStorage) -> Bool {
      if left.tag != right.tag { return false }
      guard (left.style == .plain) != (right.style == .plain) else { return true }
      let plain = left.style == .plain ? left : right
      let text = withText(plain) { String(decoding: $0, as: UTF8.self) }
      return ScalarGrammar.yaml12(text, style: .plain, tag: nil) == .text(text)
    }
  }
}
