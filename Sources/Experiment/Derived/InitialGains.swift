extension Experiment {
  /// Adds the spread that kernels start with, and how it compares with the spread that keeps the signal's variance.
  ///
  /// Weights that come from an earlier training say nothing of the initialiser and get neither.
  mutating func deriveInitialGains() {
    guard about.value(ExperimentKeys.fineTuned) != true else { return }
    for index in layers.indices where layers[index].kind.isWeightLayer {
      guard let spread = initialSpread(of: layers[index]) else { continue }
      layers[index].facts.setIfUnknown(
        LayerKeys.initialStandardDeviation,
        spread.deviation,
        .inferred(from: "the initialiser and the kernel's shape", at: spread.place)
      )
      layers[index].facts.setIfUnknown(
        LayerKeys.initialGain,
        spread.gain,
        .inferred(from: "the initialiser, the fan-in and the activation", at: spread.place)
      )
    }
  }

  /// What a layer's kernel starts with; nil where the initialiser or the kernel's shape is not known.
  private func initialSpread(of layer: Layer) -> (deviation: Double, gain: Double?, place: SourceLocation?)? {
    guard layer.facts.value(LayerKeys.pretrained) != true, let initializer = layer.facts[LayerKeys.kernelInitializer]
    else { return nil }
    let fanIn = layer.facts.value(LayerKeys.fanIn)
    let fans = InitializerVocabulary.Fans(
      input: fanIn,
      output: layer.facts.value(LayerKeys.fanOut),
      units: layer.facts.value(LayerKeys.units) ?? layer.facts.value(LayerKeys.filters)
    )
    let deviation = InitializerVocabulary.standardDeviation(of: initializer.value, fans: fans)
    guard let deviation, deviation.isFinite else { return nil }
    var gain: Double?
    if let fanIn, fanIn > 0, layer.kind.sumsOverItsFanIn {
      gain = varianceGain(after: layer.facts.value(LayerKeys.effectiveActivation), layer.facts).map {
        deviation / ($0 / Double(fanIn)).squareRoot()
      }
    }
    return (deviation, gain, initializer.origin.location)
  }

  /// The factor by which a kernel's variance must exceed 1 / fan_in to keep the signal's variance.
  private func varianceGain(after activation: String?, _ facts: Record) -> Double? {
    guard let activation, let traits = ActivationVocabulary.traits(of: activation) else { return nil }
    guard traits.family == .rectifier else { return 1 }
    let slope = activation == "leaky_relu" ? facts.value(LayerKeys.negativeSlope) ?? 0 : 0
    return 2 / (1 + slope * slope)
  }
}

extension LayerKind {
  /// Whether the fan-in is what one unit sums over and what initialisers are given.
  ///
  /// Keras gives initialisers of depthwise and transposed kernels other fans than what a unit sums over, and an embedding looks up.
  fileprivate var sumsOverItsFanIn: Bool {
    switch self {
    case .dense, .einsumDense, .conv1d, .conv2d, .conv3d, .simpleRNN, .gru, .lstm: true
    default: false
    }
  }
}
