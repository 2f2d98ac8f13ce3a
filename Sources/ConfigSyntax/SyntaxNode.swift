package import SourceText

/// A cursor on one node of a tree.
///
/// Reading never fails: asking a scalar for members gives none, and asking a mapping for a number gives nil. Aliases are
/// followed and merge keys are applied, within the bounds that the parser set.
package struct SyntaxNode: Hashable, Sendable {
  /// The tree that holds the node.
  package let tree: SyntaxTree
  let index: Int32

  init(tree: SyntaxTree, index: Int32) {
    self.tree = tree
    self.index = index
  }

  package static func == (left: SyntaxNode, right: SyntaxNode) -> Bool {
    left.tree === right.tree && left.index == right.index
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(tree))
    hasher.combine(index)
  }

  /// A key of a mapping with its value.
  package struct Member: Hashable, Sendable {
    package let key: SyntaxNode
    package let value: SyntaxNode

    /// The text of the key.
    package var name: String { key.text ?? "" }
    /// From the first byte of the key to the last byte of the value.
    package var range: TextRange {
      TextRange(start: key.range.start, end: max(key.range.end, value.range.end))
    }
  }

  // MARK: - Any node

  /// What the node is, once aliases are followed.
  package var kind: NodeKind { resolvedStorage.kind }

  /// The bytes of the node as it stands in the text; for an alias those of the alias.
  package var range: TextRange { TextRange(start: Int(storage.start), end: Int(storage.end)) }

  /// Whether the node is written as an alias, `*name`.
  package var isAlias: Bool { storage.kind == .alias }

  /// The node an alias stands for, or the node itself.
  package var resolved: SyntaxNode {
    let storage = storage
    return storage.kind == .alias && storage.target >= 0 ? SyntaxNode(tree: tree, index: storage.target) : self
  }

  /// The explicit tag as written, such as `!ref` or `!!float`.
  package var tag: String? { label(resolvedStorage.tag) }

  /// The anchor's name without `&`.
  package var anchor: String? { label(storage.anchor) }

  /// Whether a collection is written with brackets, as all JSON is.
  package var isFlow: Bool { resolvedStorage.isFlow }

  // MARK: - Collections

  /// The members of a mapping as written: in order, duplicates and merge keys included.
  package var writtenMembers: [Member] {
    let storage = resolvedStorage
    guard storage.kind == .mapping else { return [] }
    let first = Int(storage.firstChild)
    return stride(from: first, to: first + Int(storage.childCount) - 1, by: 2).map {
      Member(
        key: SyntaxNode(tree: tree, index: tree.children[$0]),
        value: SyntaxNode(tree: tree, index: tree.children[$0 + 1])
      )
    }
  }

  /// The members that count: the last of equal keys, merge keys (`<<`) replaced by what they bring in.
  package var members: [Member] {
    let written = writtenMembers
    guard resolvedStorage.needsMerging else { return written }
    var merged: [Member] = []
    var seen: Set<String> = []
    merge(into: &merged, seen: &seen)
    return merged
  }

  /// Returns the values of the members whose keys a closure takes, with what it makes of each key's bytes.
  ///
  /// As ``members``, without making a cursor or a string for what is not taken.
  package func members<Key>(keyedBy key: (UnsafeBufferPointer<UInt8>) -> Key?) -> [(key: Key, value: SyntaxNode)] {
    let storage = resolvedStorage
    guard storage.kind == .mapping else { return [] }
    guard !storage.needsMerging else {
      return members.compactMap { member in
        member.key.withTextBytes(key).flatMap(\.self).map { ($0, member.value) }
      }
    }
    var taken: [(key: Key, value: SyntaxNode)] = []
    let first = Int(storage.firstChild)
    for position in stride(from: first, to: first + Int(storage.childCount) - 1, by: 2) {
      let keyNode = tree.nodes[Int(tree.children[position])]
      let found: Key?
      if keyNode.kind == .scalar, keyNode.decodedText < 0 {
        found = tree.source.bytes.withUnsafeBufferPointer {
          key(UnsafeBufferPointer(rebasing: $0[Int(keyNode.contentStart)..<Int(keyNode.contentEnd)]))
        }
      } else {
        found = SyntaxNode(tree: tree, index: tree.children[position]).withTextBytes(key).flatMap(\.self)
      }
      guard let found else { continue }
      taken.append((found, SyntaxNode(tree: tree, index: tree.children[position + 1])))
    }
    return taken
  }

  /// Calls a closure with the text of each key and with its value, as ``members`` has them; no array is made.
  package func forEachMember(_ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: SyntaxNode) -> Void) {
    let storage = resolvedStorage
    guard storage.kind == .mapping else { return }
    guard !storage.needsMerging else {
      for member in members { member.key.withTextBytes { body($0, member.value) } }
      return
    }
    let first = Int(storage.firstChild)
    tree.source.bytes.withUnsafeBufferPointer { bytes in
      for position in stride(from: first, to: first + Int(storage.childCount) - 1, by: 2) {
        let value = SyntaxNode(tree: tree, index: tree.children[position + 1])
        let key = Int(tree.children[position])
        if tree.nodes[key].kind == .scalar, tree.nodes[key].decodedText < 0 {
          let text = Int(tree.nodes[key].contentStart)..<Int(tree.nodes[key].contentEnd)
          body(UnsafeBufferPointer(rebasing: bytes[text]), value)
        } else {
          SyntaxNode(tree: tree, index: tree.children[position]).withTextBytes { body($0, value) }
        }
      }
    }
  }

  /// The elements of a sequence.
  package var elements: [SyntaxNode] {
    let storage = resolvedStorage
    guard storage.kind == .sequence else { return [] }
    let first = Int(storage.firstChild)
    return (first..<first + Int(storage.childCount)).map { SyntaxNode(tree: tree, index: tree.children[$0]) }
  }

  /// The number of elements of a sequence, or of members of a mapping as written.
  package var count: Int {
    let storage = resolvedStorage
    return switch storage.kind {
    case .sequence: Int(storage.childCount)
    case .mapping: Int(storage.childCount) / 2
    default: 0
    }
  }

  /// Returns the member with the key: the last one written, else one that a merge key brings in.
  ///
  /// - Complexity: O(members).
  package func member(_ key: String) -> Member? {
    let storage = resolvedStorage
    guard storage.kind == .mapping else { return nil }
    var key = key
    let found = key.withUTF8 { place(of: $0, in: storage) }
    guard let found else { return storage.needsMerging ? members.first { $0.name == key } : nil }
    return Member(
      key: SyntaxNode(tree: tree, index: tree.children[found]),
      value: SyntaxNode(tree: tree, index: tree.children[found + 1])
    )
  }

  /// The value of a key of a mapping, or nil when there is no such key.
  package subscript(key: String) -> SyntaxNode? {
    let storage = resolvedStorage
    guard storage.kind == .mapping else { return nil }
    var key = key
    guard let found = key.withUTF8({ place(of: $0, in: storage) }) else {
      return storage.needsMerging ? member(key)?.value : nil
    }
    return SyntaxNode(tree: tree, index: tree.children[found + 1])
  }

  /// The values of a key that may be given several times, in order; the elements of lists are values too.
  ///
  /// So does the protobuf text format write repeated fields: `dim: 1 dim: 2` is `dim: [1, 2]`.
  package func values(of key: String) -> [SyntaxNode] {
    var key = key
    return key.withUTF8 { key in
      members(keyedBy: { name in name.count == key.count && name.elementsEqual(key) ? true : nil })
        .flatMap { $0.value.kind == .sequence ? $0.value.elements : [$0.value] }
    }
  }

  /// An element of a sequence, or nil when there is none.
  package subscript(position: Int) -> SyntaxNode? {
    let storage = resolvedStorage
    guard storage.kind == .sequence, position >= 0, position < storage.childCount else { return nil }
    return SyntaxNode(tree: tree, index: tree.children[Int(storage.firstChild) + position])
  }

  // MARK: - Scalars

  /// The text of a scalar with quotes and escapes resolved, whatever its type.
  package var text: String? {
    let storage = resolvedStorage
    guard storage.kind == .scalar else { return nil }
    if storage.decodedText >= 0 { return tree.decodedTexts[Int(storage.decodedText)] }
    return tree.source.text(in: TextRange(start: Int(storage.contentStart), end: Int(storage.contentEnd)))
  }

  /// How a scalar is written, or nil for other nodes.
  package var style: ScalarStyle? {
    let storage = resolvedStorage
    return storage.kind == .scalar ? storage.style : nil
  }

  /// Returns what a closure makes of the bytes of a scalar's text, or nil for other nodes; no string is made.
  package func withTextBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    let storage = resolvedStorage
    guard storage.kind == .scalar else { return nil }
    if storage.decodedText >= 0 {
      var text = tree.decodedTexts[Int(storage.decodedText)]
      return text.withUTF8(body)
    }
    return tree.source.bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[Int(storage.contentStart)..<Int(storage.contentEnd)]))
    }
  }

  /// Returns whether the node is a scalar with exactly this text.
  package func hasText(_ expected: String) -> Bool {
    var expected = expected
    return expected.withUTF8(hasText)
  }

  // MARK: - Private

  /// Always inlined, as is the next: callers need one or two fields, and copying all of them would cost more than the rest.
  @inline(__always)
  var storage: NodeStorage { tree.nodes[Int(index)] }

  @inline(__always)
  var resolvedStorage: NodeStorage {
    let storage = storage
    return storage.kind == .alias && storage.target >= 0 ? tree.nodes[Int(storage.target)] : storage
  }

  /// Adds the members whose keys are new: its own, the last of equal keys, then those of merge keys.
  private func merge(into merged: inout [Member], seen: inout Set<String>) {
    let written = writtenMembers
    let isYAML = tree.format == .yaml
    var last: [String: Member] = [:]
    var own: [String] = []
    for member in written where !isYAML || !member.key.isMergeKey {
      if last.updateValue(member, forKey: member.name) == nil { own.append(member.name) }
    }
    for name in own where seen.insert(name).inserted {
      if let member = last[name] { merged.append(member) }
    }
    for member in written where isYAML && member.key.isMergeKey {
      for mapping in member.value.kind == .sequence ? member.value.elements : [member.value] {
        mapping.merge(into: &merged, seen: &seen)
      }
    }
  }

  private var isMergeKey: Bool {
    storage.kind == .scalar && storage.style == .plain && hasText("<<")
  }

  private func hasText(_ expected: UnsafeBufferPointer<UInt8>) -> Bool {
    let storage = resolvedStorage
    guard storage.kind == .scalar else { return false }
    if storage.decodedText >= 0 { return tree.decodedTexts[Int(storage.decodedText)].utf8.elementsEqual(expected) }
    guard Int(storage.contentEnd - storage.contentStart) == expected.count else { return false }
    return tree.source.bytes[Int(storage.contentStart)..<Int(storage.contentEnd)].elementsEqual(expected)
  }

  /// The position in `children` of the last key of a mapping with this text.
  ///
  /// Storage is compared in place: making a cursor for each key would count references more often than compare bytes.
  private func place(of text: UnsafeBufferPointer<UInt8>, in mapping: NodeStorage) -> Int? {
    let first = Int(mapping.firstChild)
    return tree.source.bytes.withUnsafeBufferPointer { bytes in
      var position = first + Int(mapping.childCount) - 2
      while position >= first {
        let key = Int(tree.children[position])
        if tree.nodes[key].kind == .scalar, tree.nodes[key].decodedText < 0 {
          let start = Int(tree.nodes[key].contentStart)
          if Int(tree.nodes[key].contentEnd) - start == text.count {
            var offset = 0
            while offset < text.count, bytes[start + offset] == text[offset] { offset += 1 }
            if offset == text.count { return position }
          }
        } else if SyntaxNode(tree: tree, index: tree.children[position]).hasText(text) {
          return position
        }
        position -= 2
      }
      return nil
    }
  }

  private func label(_ index: Int32) -> String? {
    index >= 0 ? tree.labels[Int(index)] : nil
  }
}
