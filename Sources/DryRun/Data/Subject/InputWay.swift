import Experiment

/// What happens to an input before the first layer that weighs it or looks it up.
struct InputWay {
  /// The layer that looks ids up.
  private(set) var lookup: Layer?
  /// Whether something scales the values.
  private(set) var isScaled = false
  /// Whether something brings bytes to a range near 1.
  private(set) var isRescaledFromBytes = false
  /// The shape of an example that the input is given at once.
  private(set) var reshaped: [Int]?
  /// Whether the channels come first, where a layer says.
  private(set) var isChannelsFirst: Bool?
  private var means: [Double] = []
  private var variances: [Double] = []

  /// The number of ids that are looked up, where it is known.
  var vocabulary: Int? { lookup?.facts.value(LayerKeys.vocabularySize).flatMap { $0 > 0 ? $0 : nil } }

  init(from layer: Int?, in experiment: Experiment) {
    guard let layer else { return }
    var open = [layer]
    var isFirst = true
    // Nobody prepares an input in more steps; the bound keeps hostile graphs short.
    for _ in 0..<32 {
      guard let current = open.popLast() else { break }
      for layer in experiment.layers where layer.inputs.contains(current) {
        if let index = pass(layer, isFirst: isFirst, in: experiment) { open.append(index) }
      }
      isFirst = false
    }
  }

  /// What a `normalization` layer takes for the mean and the deviation of a channel.
  func statistics(of channel: Int) -> Statistics? {
    guard !means.isEmpty, means.count == variances.count else { return nil }
    let place = means.count == 1 ? 0 : channel
    guard means.indices.contains(place) else { return nil }
    return Statistics(mean: means[place], deviation: max(variances[place], 0).squareRoot())
  }

  /// Notes a layer; returns its index if the values go on behind it.
  private mutating func pass(_ layer: Layer, isFirst: Bool, in experiment: Experiment) -> Int? {
    switch layer.kind {
    case .embedding, .categoryEncoding, .integerLookup, .stringLookup, .hashing, .textVectorization:
      if lookup == nil { lookup = layer }
      return nil
    case .rescaling:
      isScaled = true
      let scale = abs(layer.facts.value(LayerKeys.inputScale) ?? 0)
      // 1 / 255 is 0.0039, 1 / 127.5 is 0.0078.
      if scale > 0.002, scale < 0.02 { isRescaledFromBytes = true }
    case .normalization:
      isScaled = true
      if means.isEmpty {
        means = layer.facts.value(LayerKeys.featureMeans) ?? []
        variances = layer.facts.value(LayerKeys.featureVariances) ?? []
      }
    case .reshape:
      if isFirst, reshaped == nil {
        reshaped = layer.facts.value(LayerKeys.outputShape)?.axes.compactMap(\.self)
      }
    default:
      if layer.kind.isWeightLayer || layer.kind.isPooling, isChannelsFirst == nil {
        isChannelsFirst = layer.facts.value(LayerKeys.dataFormat).map { $0 == "channels_first" }
      }
      guard
        layer.kind.isIdentityInPrediction || layer.kind.isRearrangement || layer.kind == .resizing
          || layer.kind == .augmentation
      else { return nil }
    }
    return experiment.layers.firstIndex { $0.name == layer.name && $0 == layer }
  }
}
