import DryRunMessages
import Experiment

/// How much smaller than written an experiment is trained: the same for all its versions.
struct Scale {
  /// What batches are divided by.
  var batchDivisor = 1
  /// The most distinct ids that a table of embeddings keeps; nil for all.
  var vocabulary: Int?
  /// The most that a side of an image keeps; nil for all.
  var imageSide: Int?
  /// The most steps that a sequence keeps; nil for all.
  var sequenceLength: Int?
  /// The most layers that a run of equal ones keeps; nil for all.
  var depthRepeats: Int?

  /// The experiment at this scale, derived; nil where its layers do not fit together any more.
  func apply(to experiment: Experiment, removing removed: Set<Int>) -> Experiment? {
    var scaled = experiment
    if let vocabulary { scaled.cutVocabularies(to: vocabulary) }
    if let imageSide { scaled.cutInputs(to: imageSide, .image) }
    if let sequenceLength { scaled.cutInputs(to: sequenceLength, .sequence) }
    if !removed.isEmpty { scaled.removeLayers(removed) }
    let known = scaled.problems.count
    scaled.derive()
    let isBroken = scaled.problems[known...].contains { $0.kind == .shapeMismatch || $0.kind == .invalidValue }
    return isBroken && !(imageSide == nil && sequenceLength == nil && removed.isEmpty) ? nil : scaled
  }
}

/// What an input's axes stand for.
enum ScaledAxes {
  case image
  case sequence
}

extension Experiment {
  /// The largest side or length among inputs of a form; nil where there are none.
  func largestInput(_ form: ScaledAxes) -> Int? {
    layers.indices.compactMap { index in axes(ofInput: index, form).compactMap(\.size).max() }.max()
  }

  fileprivate mutating func cutInputs(to limit: Int, _ form: ScaledAxes) {
    for index in layers.indices {
      let axes = axes(ofInput: index, form)
      guard !axes.isEmpty, var shape = layers[index].facts[LayerKeys.inputShapeStated] else { continue }
      for axis in axes where axis.size.map({ $0 > limit }) ?? false { shape.value.axes[axis.place] = limit }
      layers[index].facts[LayerKeys.inputShapeStated] = shape
      for input in inputs.indices
      where inputs[input].value(InputKeys.layer) == index && inputs[input][InputKeys.shape] != nil {
        inputs[input][InputKeys.shape] = shape
      }
    }
  }

  /// The axes of an input that may be cut, with their sizes.
  private func axes(ofInput index: Int, _ form: ScaledAxes) -> [(place: Int, size: Int?)] {
    guard layers[index].kind == .input, let shape = layers[index].facts.value(LayerKeys.inputShapeStated) else {
      return []
    }
    let isFirst = layers.contains { $0.facts.value(LayerKeys.dataFormat) == "channels_first" }
    switch (form, shape.rank) {
    case (.image, 3): return (isFirst ? 1..<3 : 0..<2).map { ($0, shape.axes[$0]) }
    case (.image, 4): return (isFirst ? 1..<4 : 0..<3).map { ($0, shape.axes[$0]) }
    case (.sequence, 2): return [(0, shape.axes[0])]
    case (.sequence, 1):
      let isIDs = layers.contains { $0.kind == .embedding && $0.inputs.contains(index) }
      return isIDs ? [(0, shape.axes[0])] : []
    default: return []
    }
  }

  // MARK: - Statistics

  /// Lets the moving statistics of batch normalisation go over the same share of a shortened run as of the whole one, though over a
  /// tenth at least.
  ///
  /// Behind a long run they are those of its last part. Behind a short one, with a momentum made for a long one, they would still be
  /// mostly what they started with, and held-out rows would be judged by them.
  ///
  /// - Parameters:
  ///   - steps: The steps of the dry run.
  ///   - whole: Those of the experiment's own run; nil where they are not known, and then many.
  /// - Returns: The highest momentum that came of it; nil where nothing changes.
  mutating func shortenStatistics(to steps: Int, of whole: Int?) -> Double? {
    let steps = Double(max(steps, 1))
    let least = max(1 - 10 / steps, 0.5)
    var highest: Double?
    for index in layers.indices where layers[index].kind == .batchNormalization {
      let stated = layers[index].facts[LayerKeys.momentum]
      // Keras's default, as the network has it.
      let momentum = stated?.value ?? 0.99
      let shortened = whole.map { 1 - (1 - momentum) * Double($0) / steps } ?? 0
      let result = max(shortened, least)
      guard result < momentum else { continue }
      let origin = stated?.origin ?? .inferred(from: "the length of the dry run", at: nil)
      layers[index].facts[LayerKeys.momentum] = Fact(result, origin)
      highest = max(highest ?? 0, result)
    }
    return highest
  }

  // MARK: - Vocabulary

  /// The most ids of a table that takes them right from an input; nil where there is none.
  ///
  /// What looks ids up in other layers, or predicts them, would not fit to a table that was cut.
  var largestVocabulary: Int? {
    guard !layers.contains(where: { $0.sharesWeightsWith != nil }) else { return nil }
    return layers.indices.compactMap { isInputTable($0) ? layers[$0].facts.value(LayerKeys.vocabularySize) : nil }.max()
  }

  fileprivate mutating func cutVocabularies(to limit: Int) {
    for index in layers.indices where isInputTable(index) {
      guard let size = layers[index].facts[LayerKeys.vocabularySize], size.value > limit else { continue }
      layers[index].facts[LayerKeys.vocabularySize] = Fact(limit, size.origin)
    }
  }

  private func isInputTable(_ index: Int) -> Bool {
    layers[index].kind == .embedding && layers[index].inputs.allSatisfy { layers[$0].kind == .input }
  }

  // MARK: - Depth

  /// Runs of layers that stand one behind the other and are equal but for their names: the indices of each run, in order.
  ///
  /// - Precondition: The experiment is derived, so that layers that change the shape are told from those that keep it.
  func runsOfEqualLayers() -> [[Int]] {
    var consumers = Array(repeating: 0, count: layers.count)
    for layer in layers { for input in layer.inputs { consumers[input] += 1 } }
    var runs: [[Int]] = []
    for index in layers.indices where layers[index].kind.isWeightLayer {
      guard let facts = repeatable(index) else { continue }
      if let last = runs.last?.last, layers[index].inputs == [last], consumers[last] == 1, repeatable(last) == facts {
        runs[runs.count - 1].append(index)
      } else {
        runs.append([index])
      }
    }
    return runs.filter { $0.count > 1 }
  }

  /// What must be equal in the layers of a run; nil for a layer that changes the shape or shares its weights.
  private func repeatable(_ index: Int) -> [String]? {
    let layer = layers[index]
    guard layer.sharesWeightsWith == nil, layer.inputs.count == 1,
      let output = layer.facts.value(LayerKeys.outputShape), layer.facts.value(LayerKeys.inputShape) == output,
      !outputs.contains(where: { $0.layer == index })
    else { return nil }
    let sizes = [LayerKeys.units, LayerKeys.filters, LayerKeys.groups].map {
      layer.facts.value($0).map(String.init) ?? ""
    }
    return [layer.kind.rawValue, layer.facts.value(LayerKeys.activation) ?? "", output.description] + sizes
  }

  /// Takes layers out that have one input, which then feeds what they fed.
  fileprivate mutating func removeLayers(_ removed: Set<Int>) {
    var places: [Int] = []
    var kept: [Layer] = []
    for index in layers.indices {
      if removed.contains(index), let input = layers[index].inputs.first {
        places.append(places[input])
        continue
      }
      places.append(kept.count)
      var layer = layers[index]
      layer.inputs = layer.inputs.map { places[$0] }
      layer.sharesWeightsWith = layer.sharesWeightsWith.map { places[$0] }
      kept.append(layer)
    }
    layers = kept
    for index in outputs.indices { outputs[index].layer = outputs[index].layer.map { places[$0] } }
    for index in inputs.indices {
      guard let layer = inputs[index][InputKeys.layer] else { continue }
      inputs[index][InputKeys.layer] = Fact(places[layer.value], layer.origin)
    }
  }
}
