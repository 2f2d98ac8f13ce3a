import SourceText

/// The parts of a tree while a parser makes it.
struct SyntaxTreeBuilder {
  let source: SourceText
  let format: ConfigFormat
  var nodes: [NodeStorage] = []
  var children: [Int32] = []
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

  /// Appends a node and returns its index.
  mutating func add(_ node: NodeStorage) -> Int32 {
    nodes.append(node)
    return Int32(truncatingIfNeeded: nodes.count &- 1)
  }

  /// Appends the children of a finished collection, in order, and notes where they lie.
  mutating func setChildren(_ members: some Collection<Int32>, of node: Int32) {
    nodes[Int(node)].firstChild = Int32(children.count)
    nodes[Int(node)].childCount = Int32(members.count)
    children.append(contentsOf: members)
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

  /// Notes the equal keys of a finished mapping.
  mutating func noteDuplicateKeys(of mapping: Int32, in bytes: UnsafeRawBufferPointer) {
    let storage = nodes[Int(mapping)]
    guard storage.childCount >= 4 else { return }
    for (key, earlier) in duplicates.find(in: storage, nodes: nodes, children: children, texts: decodedTexts, bytes) {
      let range = TextRange(start: Int(key.start), end: Int(key.end))
      let first = TextRange(start: Int(earlier.start), end: Int(earlier.end))
      let name = source.text(in: range).prefix(80)
      note(.duplicateKey, "key \(name) is written twice in this mapping; the last one counts", range, related: first)
    }
  }
}
