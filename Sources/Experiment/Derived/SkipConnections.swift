/// Finds the layers that a skip connection passes by.
///
/// Where paths that part at one layer meet again in a merging layer, the layers between the two count as passed by
/// - if an element-wise merge (add, multiply, average, ...) joins branches of which one has fewer weight layers than another: residual
///   blocks, with projections too, and gates such as squeeze-and-excite;
/// - if a concatenation joins branches of which one has neither weight nor pooling layers: DenseNet and U-Net. Inception's
///   branches, each of which does some work, are parallel and no skips.
///
/// A layer of unknown class with several inputs counts as a concatenation.
///
/// The parting layer is the merge's immediate dominator: the last layer that every path from the inputs passes. With several inputs,
/// such as an image and a time step, it is looked for from each input by itself too, for the first 16 of them.
struct SkipConnections {
  /// For each layer, whether some skip connection passes it by.
  private(set) var isBypassed: [Bool]

  private let graph: LayerGraph
  private let kinds: [LayerKind]

  /// - Complexity: O((layers + edges) * log layers).
  init(_ graph: LayerGraph, kinds: [LayerKind]) {
    self.graph = graph
    self.kinds = kinds
    isBypassed = Array(repeating: false, count: graph.count)
    let sources = (0..<graph.count).filter { graph.inputs[$0].isEmpty }
    search(from: nil)
    if sources.count > 1 {
      for source in sources.prefix(16) { search(from: source) }
    }
  }

  /// Marks what is passed by on the paths from one layer, or from all that have no inputs.
  private mutating func search(from source: Int?) {
    var tree = DominatorTree(capacity: graph.count)
    // The most weight layers, and weight or pooling layers, on a path to each layer; nil for layers out of reach.
    var work: [Work?] = Array(repeating: nil, count: graph.count)
    // The layer that a skip to each layer starts at; `graph.count` for none.
    var skipStart = Array(repeating: graph.count, count: graph.count)

    for index in 0..<graph.count where source.map({ index >= $0 }) ?? true {
      var reached = Work()
      var dominator: Int?
      for input in graph.inputs[index] {
        guard let inputWork = work[input] else { continue }
        reached.formMaximum(inputWork)
        dominator = dominator.map { tree.commonDominator($0, DominatorTree.node(input)) } ?? DominatorTree.node(input)
      }
      if dominator == nil {
        guard source == nil || source == index else { continue }
        dominator = DominatorTree.root
      }
      let start = dominator ?? DominatorTree.root
      tree.add(index, under: start)
      if graph.inputs[index].count > 1, let layer = DominatorTree.layer(start), let startWork = work[layer],
        isSkipped(to: index, from: startWork, work: work)
      {
        skipStart[index] = layer
      }
      reached.pass(kinds[index])
      work[index] = reached
    }

    // A layer is between a skip's start and end when it reaches the end and stands behind the start.
    var earliestStart = Array(repeating: graph.count, count: graph.count)
    for index in (0..<graph.count).reversed() where work[index] != nil {
      for consumer in graph.consumers(of: index) where work[consumer] != nil {
        earliestStart[index] = min(earliestStart[index], earliestStart[consumer], skipStart[consumer])
      }
      if earliestStart[index] < index { isBypassed[index] = true }
    }
  }

  private func isSkipped(to merge: Int, from start: Work, work: [Work?]) -> Bool {
    let branches = graph.inputs[merge].compactMap { work[$0] }
    let most = branches.lazy.map(\.weights).max() ?? 0
    if kinds[merge].isElementwiseMerge {
      return branches.contains { $0.weights < most }
    }
    guard kinds[merge] == .concatenate || kinds[merge] == .operation || kinds[merge].isOpaque else { return false }
    return most > start.weights && branches.contains { $0.weightsAndPools == start.weightsAndPools }
  }

  /// What lies on the longest path to a layer, the layer counted.
  private struct Work {
    var weights = 0
    var weightsAndPools = 0

    mutating func formMaximum(_ other: Work) {
      weights = max(weights, other.weights)
      weightsAndPools = max(weightsAndPools, other.weightsAndPools)
    }

    mutating func pass(_ kind: LayerKind) {
      if kind.isWeightLayer { weights += 1 }
      if kind.isWeightLayer || kind.isPooling { weightsAndPools += 1 }
    }
  }
}

/// The dominator tree of a graph whose layers are added in topological order.
///
/// Each node has a pointer far up beside the one to its parent (Myers 1983, "An applicative random-access stack"), so that common
/// dominators are found in O(log layers).
private struct DominatorTree {
  /// What stands above all layers without inputs.
  static let root = 0

  private var parents: [Int32]
  private var jumps: [Int32]
  private var depths: [Int32]

  init(capacity: Int) {
    parents = Array(repeating: 0, count: capacity + 1)
    jumps = parents
    depths = parents
  }

  /// Returns the node of a layer.
  static func node(_ layer: Int) -> Int { layer + 1 }

  /// Returns the layer of a node, or nil for the root.
  static func layer(_ node: Int) -> Int? { node == root ? nil : node - 1 }

  mutating func add(_ layer: Int, under parent: Int) {
    let node = Self.node(layer)
    let jump = Int(jumps[parent])
    parents[node] = Int32(parent)
    depths[node] = depths[parent] + 1
    let isEvenlySpaced = depths[parent] - depths[jump] == depths[jump] - depths[Int(jumps[jump])]
    jumps[node] = isEvenlySpaced ? jumps[jump] : Int32(parent)
  }

  func commonDominator(_ left: Int, _ right: Int) -> Int {
    var (deep, shallow) = depths[left] >= depths[right] ? (left, right) : (right, left)
    while depths[deep] > depths[shallow] {
      let jump = Int(jumps[deep])
      deep = depths[jump] >= depths[shallow] ? jump : Int(parents[deep])
    }
    while deep != shallow {
      if jumps[deep] != jumps[shallow] {
        (deep, shallow) = (Int(jumps[deep]), Int(jumps[shallow]))
      } else {
        (deep, shallow) = (Int(parents[deep]), Int(parents[shallow]))
      }
    }
    return deep
  }
}
