import Experiment

/// What a layer class of Keras, or a known one of a library on top of it, is here.
struct KerasClass {
  /// What its config looks like beyond the keys of all layers.
  enum Form {
    case plain
    /// A layer with a kernel: units or filters, activation, initialisers.
    case weights
    /// A recurrent layer, or the cell of one.
    case recurrent
    /// An activation as a layer of its own; the name where the class tells it.
    case activation(String?)
    /// A layer that holds another one in `layer`, or cells in `cell`.
    case timeDistributed, bidirectional, spectralNormalization, recurrentWrapper
    /// The merge layer of Keras 1, whose `mode` says how.
    case merge
    /// A `Lambda`, or an operation on tensors.
    case operation
  }

  var kind: LayerKind
  var form: Form = .plain
  /// The number of spatial axes, where settings are given for each.
  var rank = 0
  /// Whether its initialisers mean what those of Keras do: weights of quantised layers are drawn for another arithmetic.
  var hasKerasInitializers = true

  /// Returns what the class with the name is, or nil when it is not known here.
  static func named(_ name: String) -> KerasClass? {
    all[name]
  }

  private static let all: [String: KerasClass] = {
    var classes: [String: KerasClass] = [
      "InputLayer": KerasClass(kind: .input),
      "Dense": KerasClass(kind: .dense, form: .weights),
      // Keras 0 and 1: a dense layer on each step, which every dense layer does since.
      "TimeDistributedDense": KerasClass(kind: .dense, form: .weights),
      "EinsumDense": KerasClass(kind: .einsumDense, form: .weights),
      "Embedding": KerasClass(kind: .embedding, form: .weights),
      "ReversibleEmbedding": KerasClass(kind: .embedding, form: .weights),
      "TimeDistributed": KerasClass(kind: .unknown, form: .timeDistributed),
      "Bidirectional": KerasClass(kind: .unknown, form: .bidirectional),
      "SpectralNormalization": KerasClass(kind: .unknown, form: .spectralNormalization),
      "RNN": KerasClass(kind: .unknown, form: .recurrentWrapper),
      "Merge": KerasClass(kind: .unknown, form: .merge),
      "Activation": KerasClass(kind: .activation, form: .activation(nil)),
      "ReLU": KerasClass(kind: .activation, form: .activation("relu")),
      "LeakyReLU": KerasClass(kind: .activation, form: .activation("leaky_relu")),
      "PReLU": KerasClass(kind: .activation, form: .activation("prelu")),
      "ELU": KerasClass(kind: .activation, form: .activation("elu")),
      "Softmax": KerasClass(kind: .activation, form: .activation("softmax")),
      "ThresholdedReLU": KerasClass(kind: .activation, form: .activation("threshold")),
      "QActivation": KerasClass(kind: .activation, form: .activation(nil)),
      "Lambda": KerasClass(kind: .operation, form: .operation),
      "TFOpLambda": KerasClass(kind: .operation, form: .operation),
      "SlicingOpLambda": KerasClass(kind: .operation, form: .operation),
      "TensorFlowOpLayer": KerasClass(kind: .operation, form: .operation),
      "ClassMethod": KerasClass(kind: .operation, form: .operation),
      "InstanceMethod": KerasClass(kind: .operation, form: .operation),
      "InstanceProperty": KerasClass(kind: .operation, form: .operation),
      "Attention": KerasClass(kind: .attention),
      "AdditiveAttention": KerasClass(kind: .additiveAttention),
      "MultiHeadAttention": KerasClass(kind: .multiHeadAttention, form: .weights),
      "GroupQueryAttention": KerasClass(kind: .groupedQueryAttention, form: .weights),
      "GroupedQueryAttention": KerasClass(kind: .groupedQueryAttention, form: .weights),
      "BatchNormalization": KerasClass(kind: .batchNormalization),
      "BatchNormalizationV1": KerasClass(kind: .batchNormalization),
      "BatchNormalizationV2": KerasClass(kind: .batchNormalization),
      "SyncBatchNormalization": KerasClass(kind: .batchNormalization),
      "QBatchNormalization": KerasClass(kind: .batchNormalization),
      "LayerNormalization": KerasClass(kind: .layerNormalization),
      "GroupNormalization": KerasClass(kind: .groupNormalization),
      "Addons>GroupNormalization": KerasClass(kind: .groupNormalization),
      "Addons>InstanceNormalization": KerasClass(kind: .groupNormalization),
      "RMSNormalization": KerasClass(kind: .rmsNormalization),
      "UnitNormalization": KerasClass(kind: .unitNormalization),
      "Normalization": KerasClass(kind: .normalization),
      "Rescaling": KerasClass(kind: .rescaling),
      "Resizing": KerasClass(kind: .resizing),
      "CenterCrop": KerasClass(kind: .centerCrop),
      "CategoryEncoding": KerasClass(kind: .categoryEncoding),
      "Discretization": KerasClass(kind: .discretization),
      "Hashing": KerasClass(kind: .hashing),
      "HashedCrossing": KerasClass(kind: .operation),
      "StringLookup": KerasClass(kind: .stringLookup),
      "IntegerLookup": KerasClass(kind: .integerLookup),
      "TextVectorization": KerasClass(kind: .textVectorization),
      "MelSpectrogram": KerasClass(kind: .operation),
      "STFTSpectrogram": KerasClass(kind: .operation),
      "Dropout": KerasClass(kind: .dropout),
      "AlphaDropout": KerasClass(kind: .alphaDropout),
      "GaussianDropout": KerasClass(kind: .gaussianDropout),
      "GaussianNoise": KerasClass(kind: .gaussianNoise),
      "ActivityRegularization": KerasClass(kind: .activityRegularization),
      "StochasticDepth": KerasClass(kind: .stochasticDepth),
      "LayerScale": KerasClass(kind: .layerScale),
      "Flatten": KerasClass(kind: .flatten),
      "Reshape": KerasClass(kind: .reshape),
      "Permute": KerasClass(kind: .permute),
      "RepeatVector": KerasClass(kind: .repeatVector),
      "Masking": KerasClass(kind: .masking),
      "Identity": KerasClass(kind: .identity),
      "Add": KerasClass(kind: .add),
      // Of the applications: the sum of a signal and a scaled residual.
      "CustomScaleLayer": KerasClass(kind: .add),
      "Subtract": KerasClass(kind: .subtract),
      "Multiply": KerasClass(kind: .multiply),
      "Average": KerasClass(kind: .average),
      "Maximum": KerasClass(kind: .maximum),
      "Minimum": KerasClass(kind: .minimum),
      "Concatenate": KerasClass(kind: .concatenate),
      "Dot": KerasClass(kind: .dot),
    ]
    addConvolutions(&classes)
    addPooling(&classes)
    addRecurrent(&classes)
    addQuantized(&classes)
    for name in augmentations { classes[name] = KerasClass(kind: .augmentation) }
    return classes
  }()

  private static func addConvolutions(_ classes: inout [String: KerasClass]) {
    let convolutions: [LayerKind] = [.conv1d, .conv2d, .conv3d]
    let transposed: [LayerKind] = [.convTranspose1d, .convTranspose2d, .convTranspose3d]
    for rank in 1...3 {
      let convolution = KerasClass(kind: convolutions[rank - 1], form: .weights, rank: rank)
      let transpose = KerasClass(kind: transposed[rank - 1], form: .weights, rank: rank)
      for name in ["Conv\(rank)D", "Convolution\(rank)D", "AtrousConvolution\(rank)D", "AtrousConv\(rank)D"] {
        classes[name] = convolution
      }
      for name in ["Conv\(rank)DTranspose", "Convolution\(rank)DTranspose", "Deconvolution\(rank)D", "Deconv\(rank)D"] {
        classes[name] = transpose
      }
      classes["ZeroPadding\(rank)D"] = KerasClass(kind: .zeroPadding, rank: rank)
      classes["Cropping\(rank)D"] = KerasClass(kind: .cropping, rank: rank)
      classes["UpSampling\(rank)D"] = KerasClass(kind: .upSampling, rank: rank)
      classes["SpatialDropout\(rank)D"] = KerasClass(kind: .spatialDropout)
    }
    for name in ["DepthwiseConv1D", "DepthwiseConvolution1D"] {
      classes[name] = KerasClass(kind: .depthwiseConv1d, form: .weights, rank: 1)
    }
    for name in ["DepthwiseConv2D", "DepthwiseConvolution2D"] {
      classes[name] = KerasClass(kind: .depthwiseConv2d, form: .weights, rank: 2)
    }
    for name in ["SeparableConv1D", "SeparableConvolution1D"] {
      classes[name] = KerasClass(kind: .separableConv1d, form: .weights, rank: 1)
    }
    for name in ["SeparableConv2D", "SeparableConvolution2D"] {
      classes[name] = KerasClass(kind: .separableConv2d, form: .weights, rank: 2)
    }
  }

  private static func addPooling(_ classes: inout [String: KerasClass]) {
    let largest: [LayerKind] = [.maxPooling1d, .maxPooling2d, .maxPooling3d]
    let mean: [LayerKind] = [.averagePooling1d, .averagePooling2d, .averagePooling3d]
    for rank in 1...3 {
      for name in ["MaxPooling\(rank)D", "MaxPool\(rank)D"] {
        classes[name] = KerasClass(kind: largest[rank - 1], rank: rank)
      }
      for name in ["AveragePooling\(rank)D", "AvgPool\(rank)D"] {
        classes[name] = KerasClass(kind: mean[rank - 1], rank: rank)
      }
      for name in ["GlobalMaxPooling\(rank)D", "GlobalMaxPool\(rank)D"] {
        classes[name] = KerasClass(kind: .globalMaxPooling, rank: rank)
      }
      for name in ["GlobalAveragePooling\(rank)D", "GlobalAvgPool\(rank)D"] {
        classes[name] = KerasClass(kind: .globalAveragePooling, rank: rank)
      }
      for name in ["AdaptiveMaxPooling\(rank)D", "AdaptiveAveragePooling\(rank)D"] {
        classes[name] = KerasClass(kind: .adaptivePooling, rank: rank)
      }
    }
  }

  private static func addRecurrent(_ classes: inout [String: KerasClass]) {
    let kinds: [(String, LayerKind)] = [("SimpleRNN", .simpleRNN), ("GRU", .gru), ("LSTM", .lstm)]
    for (name, kind) in kinds {
      for suffix in ["", "V1", "V2", "Cell", "CellV1", "CellV2"] {
        classes[name + suffix] = KerasClass(kind: kind, form: .recurrent)
      }
    }
    classes["CuDNNGRU"] = KerasClass(kind: .gru, form: .recurrent)
    classes["CuDNNLSTM"] = KerasClass(kind: .lstm, form: .recurrent)
    let convolutional: [LayerKind] = [.convLSTM1d, .convLSTM2d, .convLSTM3d]
    for rank in 1...3 {
      classes["ConvLSTM\(rank)D"] = KerasClass(kind: convolutional[rank - 1], form: .recurrent, rank: rank)
    }
  }

  private static func addQuantized(_ classes: inout [String: KerasClass]) {
    let bases = [
      "Dense", "Conv1D", "Conv2D", "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D", "Conv2DTranspose",
    ]
    for base in bases {
      guard var quantized = classes[base] else { continue }
      quantized.hasKerasInitializers = false
      classes["Q" + base] = quantized
    }
    for base in ["Dense", "Conv1D", "Conv2D"] {
      for prefix in ["Binary", "Ternary"] { classes[prefix + base] = classes["Q" + base] }
    }
  }

  private static let augmentations = [
    "AugMix", "AutoContrast", "ContrastLimitedAdaptiveHistogramEqualization", "CutMix", "Equalization",
    "MaxNumBoundingBoxes", "MixUp", "RandAugment", "RandomBrightness", "RandomColorDegeneration", "RandomColorJitter",
    "RandomContrast", "RandomCrop", "RandomElasticTransform", "RandomErasing", "RandomFlip", "RandomGaussianBlur",
    "RandomGrayscale", "RandomHeight", "RandomHue", "RandomInvert", "RandomPerspective", "RandomPosterization",
    "RandomRotation", "RandomSaturation", "RandomSharpness", "RandomShear", "RandomTranslation", "RandomWidth",
    "RandomZoom", "Solarization",
  ]
}
