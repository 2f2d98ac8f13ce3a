extension Experiment {
  /// Adds depth, skips, heads and effective activations to the layers, and what follows for the whole experiment.
  ///
  /// - Complexity: O((layers + edges) * log layers).
  mutating func deriveGraphFacts() {
    guard !layers.isEmpty else { return }
    let graph = LayerGraph(layers)
    let kinds = layers.map(\.kind)
    let depths = weightDepths(graph, kinds)
    let isBypassed = SkipConnections(graph, kinds: kinds).isBypassed
    let isHead = heads(graph, kinds)
    let activations = effectiveActivations(graph, kinds)

    let origin = Origin.inferred(from: "the graph", at: nil)
    for index in layers.indices {
      layers[index].facts.setIfUnknown(LayerKeys.weightDepth, depths[index], origin)
      guard kinds[index].isWeightLayer else { continue }
      layers[index].facts.setIfUnknown(LayerKeys.bypassed, isBypassed[index], origin)
      layers[index].facts.setIfUnknown(LayerKeys.isHead, isHead[index], origin)
      layers[index].facts.setIfUnknown(LayerKeys.effectiveActivation, activations[index], origin)
    }

    let hasOpaqueLayers = kinds.contains(where: \.isOpaque)
    let hasSkips = layers.indices.contains { isBypassed[$0] && kinds[$0].isWeightLayer }
    let hasNormalization = hasNormalizationBetweenWeights(graph, kinds, depths: depths)
    if !kinds.contains(.backbone) {
      about.setIfUnknown(ExperimentKeys.weightDepth, depths.lazy.compactMap(\.self).max(), origin)
    }
    about.setIfUnknown(ExperimentKeys.hasSkips, hasSkips ? true : hasOpaqueLayers ? nil : false, origin)
    about.setIfUnknown(
      ExperimentKeys.hasNormalization,
      hasNormalization ? true : hasOpaqueLayers ? nil : false,
      origin
    )
    about.setIfUnknown(ExperimentKeys.isPlain, isPlain(kinds), origin)
  }

  // MARK: - Private

  /// Whether nothing holds the signal's scale but the initialisers, as far as can be seen, and all can be seen.
  private func isPlain(_ kinds: [LayerKind]) -> Bool {
    about.value(ExperimentKeys.hasSkips) == false && about.value(ExperimentKeys.hasNormalization) == false
      && about.value(ExperimentKeys.fineTuned) != true && !kinds.contains { $0.isOpaque || $0 == .operation }
      && !layers.contains { $0.facts.value(LayerKeys.pretrained) == true }
  }

  /// The most weight layers on a path to each layer; nil behind a backbone, whose own depth is not in the file.
  private func weightDepths(_ graph: LayerGraph, _ kinds: [LayerKind]) -> [Int?] {
    var depths: [Int?] = []
    depths.reserveCapacity(kinds.count)
    for index in kinds.indices {
      var depth: Int? = 0
      for input in graph.inputs[index] {
        guard let before = depths[input], let sofar = depth else {
          depth = nil
          break
        }
        depth = max(sofar, before)
      }
      if kinds[index] == .backbone { depth = nil }
      depths.append(depth.map { $0 + (kinds[index].isWeightLayer ? 1 : 0) })
    }
    return depths
  }

  /// Whether each layer is a weight layer from which an output is reached without another weight layer.
  private func heads(_ graph: LayerGraph, _ kinds: [LayerKind]) -> [Bool] {
    let outputLayers = Set(outputs.compactMap(\.layer))
    var isAtOutput = Array(repeating: false, count: graph.count)
    for index in kinds.indices.reversed() {
      let consumers = graph.consumers(of: index)
      isAtOutput[index] =
        (outputLayers.isEmpty ? consumers.isEmpty : outputLayers.contains(index))
        || consumers.contains { isAtOutput[$0] && !kinds[$0].isWeightLayer && !kinds[$0].isOpaque }
    }
    return kinds.indices.map { isAtOutput[$0] && kinds[$0].isWeightLayer }
  }

  /// The activation that each weight layer's sums meet; nil where it is not known or not one.
  private func effectiveActivations(_ graph: LayerGraph, _ kinds: [LayerKind]) -> [String?] {
    let outputLayers = Set(outputs.compactMap(\.layer))
    // The activation that what comes out of each layer meets next.
    var next: [String?] = Array(repeating: nil, count: graph.count)
    for index in kinds.indices.reversed() {
      var found: String?
      var isAgreed = true
      func meet(_ activation: String?) {
        guard isAgreed else { return }
        if let activation, found == nil || found == activation { found = activation } else { isAgreed = false }
      }
      let consumers = graph.consumers(of: index)
      if consumers.isEmpty || outputLayers.contains(index) { meet("linear") }
      for consumer in consumers where isAgreed {
        let kind = kinds[consumer]
        if kind == .activation {
          let activation = layers[consumer].facts.value(LayerKeys.activation)
          meet(activation == "linear" ? next[consumer] : activation)
        } else if kind.isNormalization || kind.isIdentityInPrediction || kind.isRearrangement || kind.isPooling
          || kind == .layerScale
        {
          meet(next[consumer])
        } else {
          meet(kind.isWeightLayer ? "linear" : nil)
        }
      }
      next[index] = isAgreed ? found : nil
    }
    return kinds.indices.map { index in
      guard kinds[index].isWeightLayer, let own = layers[index].facts.value(LayerKeys.activation) else { return nil }
      return own == "linear" ? next[index] : own
    }
  }

  private func hasNormalizationBetweenWeights(_ graph: LayerGraph, _ kinds: [LayerKind], depths: [Int?]) -> Bool {
    var leadsToWeights = Array(repeating: false, count: graph.count)
    for index in kinds.indices.reversed() {
      leadsToWeights[index] = graph.consumers(of: index).contains { kinds[$0].isWeightLayer || leadsToWeights[$0] }
      if kinds[index].isNormalization, leadsToWeights[index], depths[index] != 0 { return true }
    }
    return false
  }
}
