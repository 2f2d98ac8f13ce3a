/// The edges of a model's graph in both directions, with what cannot be an edge left out.
struct LayerGraph {
  /// The layers that each layer takes from, in argument order.
  let inputs: [[Int]]
  /// The layers that take from each layer lie between `consumerStarts[i]` and `consumerStarts[i + 1]`.
  private let consumerStarts: [Int]
  private let allConsumers: [Int]

  /// - Complexity: O(layers + edges).
  init(_ layers: [Layer]) {
    inputs = layers.indices.map { index in
      let inputs = layers[index].inputs
      return inputs.allSatisfy { $0 >= 0 && $0 < index } ? inputs : inputs.filter { $0 >= 0 && $0 < index }
    }
    var starts = Array(repeating: 0, count: layers.count + 1)
    for inputs in inputs {
      for input in inputs { starts[input + 1] += 1 }
    }
    for index in 0..<layers.count { starts[index + 1] += starts[index] }
    var next = starts
    var consumers = Array(repeating: 0, count: starts[layers.count])
    for (index, inputs) in inputs.enumerated() {
      for input in inputs {
        consumers[next[input]] = index
        next[input] += 1
      }
    }
    consumerStarts = starts
    allConsumers = consumers
  }

  var count: Int { inputs.count }

  /// The layers that take from a layer, in order; one that takes twice stands twice.
  func consumers(of index: Int) -> ArraySlice<Int> {
    allConsumers[consumerStarts[index]..<consumerStarts[index + 1]]
  }
}
