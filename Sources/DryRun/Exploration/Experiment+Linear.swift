import Experiment

extension Experiment {
  /// Whether the numbers that go into the activations of some layers depend on the inputs in a linear way: no layer before does anything but to weigh and
  /// to sum up.
  func isLinear(upTo ends: [Int]) -> Bool {
    let isNeeded = layersLeading(to: ends)
    return layers.indices.allSatisfy { index in
      guard isNeeded[index] else { return true }
      let activation = layers[index].facts.value(LayerKeys.activation) ?? "linear"
      guard activation == "linear" || ends.contains(index) else { return false }
      return layers[index].kind.isLinear
    }
  }
}

extension LayerKind {
  /// Whether it is linear but for its activation, in prediction.
  fileprivate var isLinear: Bool {
    switch self {
    case .input, .dense, .einsumDense, .embedding, .activation, .layerScale: true
    case .conv1d, .conv2d, .conv3d, .convTranspose1d, .convTranspose2d, .convTranspose3d: true
    case .depthwiseConv1d, .depthwiseConv2d, .separableConv1d, .separableConv2d: true
    case .batchNormalization, .normalization, .rescaling, .categoryEncoding: true
    case .dropout, .spatialDropout, .alphaDropout, .gaussianDropout, .gaussianNoise, .activityRegularization: true
    case .averagePooling1d, .averagePooling2d, .averagePooling3d, .globalAveragePooling: true
    case .flatten, .reshape, .permute, .cropping, .repeatVector, .zeroPadding, .upSampling: true
    case .add, .subtract, .average, .concatenate, .masking, .identity: true
    default: false
    }
  }
}
