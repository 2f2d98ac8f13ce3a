/// What layers of one kind have in common, as far as graphs and signals care.
extension LayerKind {
  /// Whether it has a kernel that the signal passes: what depth counts.
  ///
  /// Dot-product and additive attention have none (or a single scale), and normalisation layers only shift and scale.
  package var isWeightLayer: Bool {
    switch self {
    case .dense, .einsumDense, .conv1d, .conv2d, .conv3d, .convTranspose1d, .convTranspose2d, .convTranspose3d,
      .depthwiseConv1d, .depthwiseConv2d, .separableConv1d, .separableConv2d, .embedding, .simpleRNN, .gru, .lstm,
      .convLSTM1d, .convLSTM2d, .convLSTM3d, .multiHeadAttention, .groupedQueryAttention:
      true
    default: false
    }
  }

  /// Whether it normalises the signal inside the network.
  package var isNormalization: Bool {
    switch self {
    case .batchNormalization, .layerNormalization, .groupNormalization, .rmsNormalization, .unitNormalization,
      .localResponseNormalization:
      true
    default: false
    }
  }

  /// Whether it passes values through as they are when the network predicts: dropout, noise, identity.
  package var isIdentityInPrediction: Bool {
    switch self {
    case .dropout, .spatialDropout, .alphaDropout, .gaussianDropout, .gaussianNoise, .stochasticDepth,
      .activityRegularization, .identity, .masking:
      true
    default: false
    }
  }

  /// Whether it only rearranges, pads, crops or repeats values.
  package var isRearrangement: Bool {
    switch self {
    case .flatten, .reshape, .permute, .cropping, .centerCrop, .repeatVector, .zeroPadding, .upSampling: true
    default: false
    }
  }

  /// Whether it takes the largest or the mean of several values.
  package var isPooling: Bool {
    switch self {
    case .maxPooling1d, .maxPooling2d, .maxPooling3d, .averagePooling1d, .averagePooling2d, .averagePooling3d,
      .globalMaxPooling, .globalAveragePooling, .adaptivePooling, .sequencePooling:
      true
    default: false
    }
  }

  /// Whether it joins several signals of one shape element by element.
  package var isElementwiseMerge: Bool {
    switch self {
    case .add, .subtract, .multiply, .average, .maximum, .minimum: true
    default: false
    }
  }

  /// Whether what it computes is not in the file.
  package var isOpaque: Bool {
    self == .unknown || self == .backbone
  }
}
