extension Experiment {
  /// Adds the spread that kernels start with, and how it compares with the spread that keeps the signal's variance.
  ///
  /// Weights that come from an earlier training say nothing of the initialiser and get neither.
  mutating func deriveInitialGains() {
    guard about.value(ExperimentKeys.fineTuned) != true else { return }
    for index in layers.indices where layers[index].kind.isWeightLayer {
      let facts = layers[index].facts
      guard facts.value(LayerKeys.pretrained) != true, let initializer = facts[LayerKeys.kernelInitializer] else {
        continue
      }
      let fanIn = facts.value(LayerKeys.fanIn)
      let fans = InitializerVocabulary.Fans(
        input: fanIn,
        output: facts.value(LayerKeys.fanOut),
        units: facts.value(LayerKeys.units) ?? facts.value(LayerKeys.filters)
      )
      let deviation = InitializerVocabulary.standardDeviation(of: initializer.value, fans: fans)
      guard let deviation, deviation.isFinite else { continue }
      layers[index].facts.setIfUnknown(
        LayerKeys.initialStandardDeviation,
        deviation,
        .inferred(from: "the initialiser and the kernel's shape", at: initializer.origin.location)
      )
      guard let fanIn, fanIn > 0, layers[index].kind.sumsOverItsFanIn,
        let gain = varianceGain(after: facts.value(LayerKeys.effectiveActivation), facts)
      else { continue }
      layers[index].facts.setIfUnknown(
        LayerKeys.initialGain,
        deviation / (gain / Double(fanIn)).squareRoot(),
        .inferred(from: "the initialiser, the fan-in and the activation", at: initializer.origin.location)
      )
    }
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
