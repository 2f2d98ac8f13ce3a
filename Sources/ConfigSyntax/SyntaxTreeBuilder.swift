import SourceText

/// The parts of a tree while a parser makes it.
struct SyntaxTreeBuilder: ~Copyable {
  let source: SourceText
  let format: ConfigFormat
  var nodes = GrowingBuffer<NodeStorage>()
  var children = GrowingBuffer<Int32>()
  var decodedTexts: [String] = []
  var labels: [String] = []
  var roots: [Int32] = []
  var comments: [TextRange] = []
  private(set) var problems: [SyntaxProblem] = []
  private var duplicates = DuplicateKeyFinder()

  init(source: SourceText, format: ConfigFormat) {
    self.source = source
    self.format = format
  }

  /// Hands all parts over to the parser that goes on with them, and is empty from then on.
  mutating func take() -> SyntaxTreeBuilder {
    var taken = SyntaxTreeBuilder(source: source, format: format)
    swap(&self, &taken)
    return taken
  }

  /// Appends a node and returns its index.
  @inline(__always)
  mutating func add(_ node: NodeStorage) -> Int32 {
    nodes.append(node)
    return Int32(truncatingIfNeeded: nodes.count &- 1)
  }

  /// Moves the children of a finished collection, in order, from the end of `pending` into the tree.
  mutating func moveChildren(of node: Int32, from pending: inout GrowingBuffer<Int32>, first: Int) {
    nodes[Int(node)].firstChild = Int32(children.count)
    nodes[Int(node)].childCount = Int32(pending.count - first)
    children.append(from: first, of: pending)
    pending.removeLast(pending.count - first)
  }

  /// Notes what is wrong; past ``SyntaxLimits/problems`` only that there is more.
  mutating func note(
    _ kind: SyntaxProblem.Kind,
    _ message: @autoclosure () -> String,
    _ range: TextRange,
    related: TextRange? = nil
  ) {
    guard problems.count <= SyntaxLimits.problems else { return }
    if problems.count == SyntaxLimits.problems {
      let message = "more than \(SyntaxLimits.problems) problems in this file; the rest is not listed"
      problems.append(SyntaxProblem(kind: .limit, message: message, range: range))
    } else {
      problems.append(SyntaxProblem(kind: kind, message: message(), range: range, related: related))
    }
  }

  /// Forgets problems that were noted last.
  mutating func dropProblems(after count: Int) {
    problems.removeSubrange(min(count, problems.count)...)
  }

  /// Marks a finished mapping that has equal keys, of which the last one counts, and says nothing of it.
  mutating func markEqualKeys(of mapping: Int32, in bytes: UnsafeRawBufferPointer) {
    let storage = nodes[Int(mapping)]
    guard storage.childCount >= 4 else { return }
    let pairs = duplicates.find(in: storage, nodes: nodes, children: children, texts: decodedTexts, bytes)
    if !pairs.isEmpty { nodes[Int(mapping)].needsMerging = true }
  }

  /// Notes the equal keys and the merge keys of a finished mapping.
  mutating func noteKeys(of mapping: Int32, in bytes: UnsafeRawBufferPointer) {
    let storage = nodes[Int(mapping)]
    if format == .yaml {
      let first = Int(storage.firstChild)
      for key in stride(from: first, to: first + Int(storage.childCount), by: 2)
      where DuplicateKeyFinder.isMergeKey(nodes[Int(children[key])], in: bytes) {
        nodes[Int(mapping)].needsMerging = true
      }
    }
    guard storage.childCount >= 4 else { return }
    for (key, earlier) in duplicates.find(in: storage, nodes: nodes, children: children, texts: decodedTexts, bytes) {
      nodes[Int(mapping)].needsMerging = true
      let range = TextRange(start: Int(key.start), end: Int(key.end))
      let first = TextRange(start: Int(earlier.start), end: Int(earlier.end))
      let content = TextRange(start: Int(key.contentStart), end: Int(key.contentEnd))
      let text = key.decodedText >= 0 ? decodedTexts[Int(key.decodedText)] : source.text(in: content)
      // Where a format has no comments, people write them as keys, as often as they have something to say.
      if text.hasPrefix("_comment") || text.hasPrefix("//") { continue }
      let name = text.prefix(80)
      note(
        .duplicateKey,
        "key \"\(name)\" is written twice in this mapping; the last one counts",
        range,
        related: first
      )
    }
  }
}
