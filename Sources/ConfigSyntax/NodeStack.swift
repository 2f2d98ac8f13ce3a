/// The children of all open collections, outermost first.
///
/// Its memory never shrinks: a file opens and closes a collection every few bytes.
struct NodeStack {
  private var nodes: [Int32] = []
  /// How many nodes lie on it.
  private(set) var count = 0

  init(capacity: Int = 64) {
    nodes.reserveCapacity(capacity)
  }

  var last: Int32? { count > 0 ? nodes[count - 1] : nil }

  mutating func append(_ node: Int32) {
    if count < nodes.count { nodes[count] = node } else { nodes.append(node) }
    count += 1
  }

  mutating func append(contentsOf more: some Sequence<Int32>) {
    for node in more { append(node) }
  }

  mutating func removeLast(_ number: Int = 1) {
    count = max(0, count - number)
  }

  mutating func removeAll() {
    count = 0
  }

  /// Calls the closure with the nodes from a place on.
  func withNodes(from first: Int, _ body: (UnsafeBufferPointer<Int32>) -> Void) {
    nodes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[first..<count])) }
  }
}
