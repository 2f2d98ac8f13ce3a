/// What to do about a layer that does not fit what it is given, as far as the layers before it tell.
struct MismatchHelp {
  /// The layers, with the shapes of those before the one that failed.
  let layers: [Layer]

  /// Returns what to do about the failure of the layer with the index; nil where nothing in particular follows.
  func text(for failure: LayerFailure, ofLayer index: Int) -> String? {
    guard failure.kind == .shapeMismatch, let input = layers[index].inputs.first, layers.indices.contains(input) else {
      return nil
    }
    if let axis = failure.shrunkAxis {
      return layers[index].facts.value(LayerKeys.timeDistributed) == true ? nil : shrinkage(ofAxis: axis, before: index)
    }
    if let wanted = failure.wantedRank, let given = layers[input].facts.value(LayerKeys.outputShape) {
      return rank(wanted, of: layers[index], given: given, by: producer(of: index))
    }
    if let position = failure.input, position > 0, layers[index].inputs.indices.contains(position) {
      return merge(layers[index], with: layers[index].inputs[position])
    }
    return nil
  }

  // MARK: - Merges

  /// What to do about two signals of different sizes.
  private func merge(_ layer: Layer, with other: Int) -> String? {
    guard layer.kind.isElementwiseMerge || layer.kind == .concatenate, layers.indices.contains(other),
      let left = layers[layer.inputs[0]].facts.value(LayerKeys.outputShape)?.axes,
      let right = layers[other].facts.value(LayerKeys.outputShape)?.axes, left.count == right.count
    else { return nil }
    let differences = zip(left, right).enumerated().compactMap { place, sizes -> (place: Int, by: Int)? in
      guard let left = sizes.0, let right = sizes.1, left != right else { return nil }
      return (place, abs(left - right))
    }
    if layer.kind.isElementwiseMerge, differences.map(\.place) == [left.count - 1] {
      return "bring both to one width, with a \(left.count > 1 ? "1x1 convolution" : "dense layer")"
    }
    let isOffByOne = left.count > 1 && differences.contains { $0.by == 1 }
    guard isOffByOne, differences.allSatisfy({ $0.by == 1 || $0.place == left.count - 1 }) else { return nil }
    return
      "an odd size that is halved and doubled is off by 1: use sizes that can be halved each time, or crop or pad one "
      + "of the two"
  }

  // MARK: - Ranks

  private func rank(_ wanted: Int, of layer: Layer, given: Shape, by producer: Layer?) -> String? {
    if given.rank < wanted {
      switch producer?.kind {
      case .flatten?, .globalAveragePooling?, .globalMaxPooling?:
        return "put \"\(producer?.name ?? "")\" behind \"\(layer.name)\", or leave it out"
      case .simpleRNN?, .gru?, .lstm?:
        guard wanted == 2, producer?.facts.value(LayerKeys.returnSequences) == false else { return nil }
        return "set \"return_sequences\" of \"\(producer?.name ?? "")\" to true, so that it gives every step"
      case .input?:
        guard given.rank == wanted - 1 else { return nil }
        let longer = Shape(
          layer.facts.value(LayerKeys.dataFormat) == "channels_first" ? [1] + given.axes : given.axes + [1]
        )
        return "give each example one axis more, as in \(longer)"
      default: return nil
      }
    }
    if wanted == 1 { return "put a flatten or a global pooling layer before it" }
    return layer.kind == .simpleRNN || layer.kind == .gru || layer.kind == .lstm
      ? "put a reshape before it that makes steps and features of the axes" : nil
  }

  /// The layer that a layer's input comes from, dropout and the like left out.
  private func producer(of index: Int) -> Layer? {
    var current = index
    for _ in 0..<Self.farthest {
      guard let input = layers[current].inputs.first, layers.indices.contains(input) else { return nil }
      let kind = layers[input].kind
      guard kind.isIdentityInPrediction || kind.isNormalization || kind == .activation else { return layers[input] }
      current = input
    }
    return nil
  }

  // MARK: - Sizes

  /// How a spatial axis became as small as it is.
  private func shrinkage(ofAxis axis: Int, before index: Int) -> String {
    var steps: [(size: Int, name: String)] = []
    var current = index
    let rank = layers[index].inputs.first.flatMap { layers[$0].facts.value(LayerKeys.outputShape)?.rank }
    let position = layers[index].facts.value(LayerKeys.dataFormat) == "channels_first" ? axis + 1 : axis
    for _ in 0..<Self.farthest {
      guard let input = layers[current].inputs.first, layers.indices.contains(input),
        let shape = layers[input].facts.value(LayerKeys.outputShape), shape.rank == rank,
        shape.axes.indices.contains(position), let size = shape.axes[position]
      else { break }
      // Of layers that keep the size the first is named, which is the one that made it.
      if steps.last?.size == size { steps.removeLast() }
      steps.append((size, layers[input].name))
      current = input
    }
    let advice = "use fewer or smaller windows and strides, padding \"same\", or larger inputs"
    guard steps.count > 1 else { return advice }
    let shown = steps.prefix(Self.mostShown).reversed().map { "\($0.size) behind \"\($0.name)\"" }
    return "the axis shrinks on the way: \(shown.joined(separator: ", ")); \(advice)"
  }

  private static let farthest = 100
  private static let mostShown = 8
}
