extension Experiment {
  /// Adds to each output what its layers and its loss say: the final activation, the units, what the loss expects, the task.
  mutating func deriveOutputFacts() {
    let graph = LayerGraph(layers)
    let heads = singleHeads(graph)
    for index in outputs.indices {
      if let layer = outputs[index].layer, layers.indices.contains(layer) {
        if outputs[index].head == nil { outputs[index].head = heads[layer] }
        deriveFinalActivation(of: index, from: layer, graph)
        deriveUnits(of: index, from: layer)
      }
      deriveName(of: index)
      deriveLossFacts(of: index)
    }
  }

  // MARK: - Layers

  /// The last weight layer on the way to each layer; nil behind a merge and behind layers whose weights are not known.
  private func singleHeads(_ graph: LayerGraph) -> [Int?] {
    var heads: [Int?] = []
    heads.reserveCapacity(layers.count)
    for index in layers.indices {
      if layers[index].kind.isWeightLayer {
        heads.append(index)
      } else if !layers[index].kind.isOpaque, let input = graph.inputs[index].first, graph.inputs[index].count == 1 {
        heads.append(heads[input])
      } else {
        heads.append(nil)
      }
    }
    return heads
  }

  /// Walks back from an output's layer to its head and notes the activations on the way.
  private mutating func deriveFinalActivation(of output: Int, from layer: Int, _ graph: LayerGraph) {
    var trail = ActivationTrail()
    var current = layer
    // Nobody puts more layers behind a head; the bound keeps hostile graphs linear.
    for _ in 0..<64 {
      trail.pass(layers[current], at: current)
      guard !trail.isAtEnd, let input = graph.inputs[current].first, graph.inputs[current].count == 1 else { break }
      current = input
    }
    guard let final = trail.final else { return }
    let place = layers[final.layer].facts[LayerKeys.activation]?.origin.location ?? layers[final.layer].facts.location
    let origin = Origin.inferred(from: "layer \"\(layers[final.layer].name)\"", at: place)
    if outputs[output].activationLayer == nil, layers[final.layer].facts[LayerKeys.activation] != nil {
      outputs[output].activationLayer = final.layer
    }
    outputs[output].facts.setIfUnknown(OutputKeys.activation, final.activation, origin)
    if trail.isComplete {
      outputs[output].facts.setIfUnknown(OutputKeys.activations, Array(trail.activations.reversed()), origin)
    }
  }

  private mutating func deriveUnits(of output: Int, from layer: Int) {
    guard let shape = layers[layer].facts[LayerKeys.outputShape] else { return }
    // The last axis counts channels unless the head is a convolution that puts them first.
    let head = outputs[output].head.map { layers[$0].facts }
    let isChannelsFirst = shape.value.rank > 1 && head?.value(LayerKeys.dataFormat) == "channels_first"
    let axis = isChannelsFirst ? shape.value.axes.first : shape.value.axes.last
    outputs[output].facts.setIfUnknown(
      OutputKeys.units,
      axis ?? nil,
      .inferred(from: "the shape of layer \"\(layers[layer].name)\"", at: layers[layer].facts.location)
    )
  }

  /// An output that nothing names goes by its layer's name, so that messages can name it.
  private mutating func deriveName(of index: Int) {
    let layer = outputs[index].layer.flatMap { layers.indices.contains($0) ? layers[$0] : nil }
    outputs[index].facts.setIfUnknown(
      OutputKeys.name,
      layer?.name ?? "output",
      .inferred(from: layer == nil ? "there being an output" : "its layer", at: layer?.facts.location)
    )
  }

  // MARK: - Loss

  private mutating func deriveLossFacts(of index: Int) {
    let facts = outputs[index].facts
    guard let loss = facts[OutputKeys.loss], let traits = LossVocabulary.traits(of: loss.value) else { return }
    let origin = Origin.inferred(from: "the loss", at: loss.origin.location)
    outputs[index].facts.setIfUnknown(OutputKeys.lossExpects, expectation(of: traits, facts)?.rawValue, origin)
    outputs[index].facts.setIfUnknown(OutputKeys.task, task(of: traits, facts), origin)
  }

  /// What the loss wants; nil for one that takes logits or probabilities and does not say which.
  private func expectation(of loss: LossTraits, _ facts: Record) -> LossTraits.Expectation? {
    guard loss.logitsActivation != nil else { return loss.expects }
    return switch facts.value(OutputKeys.fromLogits) {
    case true: .logits
    case false: loss.expects
    case nil: nil
    }
  }

  /// The task that the loss implies; nil where it fits several.
  private func task(of loss: LossTraits, _ facts: Record) -> String? {
    if let task = loss.task { return task }
    guard loss.logitsActivation == "sigmoid", let units = facts.value(OutputKeys.units) else { return nil }
    // Two units under a softmax are one choice between two classes, written one-hot: neither independent labels nor one unit.
    if units == 2, facts.value(OutputKeys.activation) == "softmax" { return nil }
    return units == 1 ? "binary" : "multilabel"
  }
}

/// What is met on the way back from an output to its head.
private struct ActivationTrail {
  /// The activation that shapes the output, with its layer.
  var final: (activation: String, layer: Int)?
  /// The activations in a row, last to first, `linear` left out.
  var activations: [String] = []
  /// Whether the row is known to its end.
  var isComplete = false
  /// Whether there is nothing more to learn further back.
  var isAtEnd = false

  mutating func pass(_ layer: Layer, at index: Int) {
    let kind = layer.kind
    if kind == .activation || kind.isWeightLayer {
      let activation = layer.facts.value(LayerKeys.activation) ?? layer.implicitActivation
      guard let activation else { return end(isComplete: false) }
      if activation != "linear" {
        if final == nil { final = (activation, index) }
        activations.append(activation)
      }
      guard kind.isWeightLayer else { return }
      if final == nil { final = ("linear", index) }
      end(isComplete: true)
    } else if kind.isPooling {
      // The mean and the largest of bounded values keep the bounds, but two activations around a pooling are not in a row.
      if final != nil { end(isComplete: true) }
    } else if kind.isNormalization {
      // What a normalisation gives is shifted and scaled: it has no bounds, whatever it gets.
      if final == nil { final = ("linear", index) }
      end(isComplete: true)
    } else if !kind.isIdentityInPrediction && !kind.isRearrangement {
      end(isComplete: final != nil && (kind == .input || kind.isElementwiseMerge || kind == .concatenate))
    }
  }

  private mutating func end(isComplete: Bool) {
    self.isComplete = isComplete
    isAtEnd = true
  }
}

extension Layer {
  /// The activation of weight layers that have no place to state one.
  fileprivate var implicitActivation: String? {
    switch kind {
    case .embedding, .multiHeadAttention, .groupedQueryAttention: "linear"
    default: nil
    }
  }
}
