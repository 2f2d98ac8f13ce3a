import ConfigSyntax

/// The keys that a layer's config may have in some version of Keras, under the names of all versions.
enum KerasKey: String, CaseIterable {
  // What it is.
  case name, trainable, dtype, weights, seed, noiseShape = "noise_shape"
  // The shape of what is fed to a first layer.
  case batchInputShape = "batch_input_shape"
  case batchShape = "batch_shape"
  case inputShape = "input_shape"
  case shape
  case inputDim = "input_dim"
  case inputLength = "input_length"
  case buildInputShape = "build_input_shape"
  // Sizes.
  case units
  case outputDim = "output_dim"
  case filters
  case nbFilter = "nb_filter"
  case kernelSize = "kernel_size"
  case nbRow = "nb_row"
  case nbCol = "nb_col"
  case filterLength = "filter_length"
  case kernelDim1 = "kernel_dim1"
  case kernelDim2 = "kernel_dim2"
  case kernelDim3 = "kernel_dim3"
  case strides, subsample, stride
  case subsampleLength = "subsample_length"
  case padding
  case borderMode = "border_mode"
  case outputPadding = "output_padding"
  case dilationRate = "dilation_rate"
  case atrousRate = "atrous_rate"
  case groups
  case depthMultiplier = "depth_multiplier"
  case dataFormat = "data_format"
  case dimOrdering = "dim_ordering"
  case poolSize = "pool_size"
  case poolLength = "pool_length"
  case outputSize = "output_size"
  case keepdims
  case size, length, n, dims, cropping
  case targetShape = "target_shape"
  case height, width
  case axis, axes, mode
  case concatAxis = "concat_axis"
  case dotAxes = "dot_axes"
  case sharedAxes = "shared_axes"
  case equation
  case biasAxes = "bias_axes"
  case outputShape = "output_shape"
  case numHeads = "num_heads"
  case numQueryHeads = "num_query_heads"
  case numKeyValueHeads = "num_key_value_heads"
  case keyDim = "key_dim"
  case valueDim = "value_dim"
  case headDim = "head_dim"
  case projectionDim = "projection_dim"
  case dropPathRate = "drop_path_rate"
  case numTokens = "num_tokens"
  case numBins = "num_bins"
  case maxTokens = "max_tokens"
  case padToMaxTokens = "pad_to_max_tokens"
  case binBoundaries = "bin_boundaries"
  case outputMode = "output_mode"
  case outputSequenceLength = "output_sequence_length"
  case layer, cell, cells, layers
  // What it does.
  case activation
  case recurrentActivation = "recurrent_activation"
  case innerActivation = "inner_activation"
  case useBias = "use_bias"
  case bias
  case kernelInitializer = "kernel_initializer"
  case depthwiseInitializer = "depthwise_initializer"
  case pointwiseInitializer = "pointwise_initializer"
  case embeddingsInitializer = "embeddings_initializer"
  case initializer = "init"
  case recurrentInitializer = "recurrent_initializer"
  case innerInit = "inner_init"
  case biasInitializer = "bias_initializer"
  case forgetBiasInit = "forget_bias_init"
  case unitForgetBias = "unit_forget_bias"
  case kernelRegularizer = "kernel_regularizer"
  case depthwiseRegularizer = "depthwise_regularizer"
  case pointwiseRegularizer = "pointwise_regularizer"
  case embeddingsRegularizer = "embeddings_regularizer"
  case wRegularizer = "W_regularizer"
  case rate, p, dropout, sigma, stddev
  case dropoutW = "dropout_W"
  case recurrentDropout = "recurrent_dropout"
  case dropoutU = "dropout_U"
  case momentum, epsilon, scale, center, offset
  case rmsScaling = "rms_scaling"
  case mean, variance
  case returnSequences = "return_sequences"
  case returnState = "return_state"
  case resetAfter = "reset_after"
  case mergeMode = "merge_mode"
  case maxValue = "max_value"
  case negativeSlope = "negative_slope"
  case threshold, alpha, theta
  case useScale = "use_scale"
  case scoreMode = "score_mode"
  case useGate = "use_gate"
  case function
  // Keys that say nothing here, but that are no spelling mistakes either.
  case sparse, ragged, optional, autocast, stateful, unroll, implementation, interpolation, invert, vocabulary, split
  case standardize, ngrams, encoding, salt, factor, method, synchronized, renorm, virtual, fused, arguments, module,
    mask
  case l1, l2, mu, sigmaValue = "value"
  case goBackwards = "go_backwards"
  case timeMajor = "time_major"
  case maskZero = "mask_zero"
  case maskValue = "mask_value"
  case consumeLess = "consume_less"
  case activityRegularizer = "activity_regularizer"
  case biasRegularizer = "bias_regularizer"
  case bRegularizer = "b_regularizer"
  case kernelConstraint = "kernel_constraint"
  case biasConstraint = "bias_constraint"
  case embeddingsConstraint = "embeddings_constraint"
  case recurrentConstraint = "recurrent_constraint"
  case recurrentRegularizer = "recurrent_regularizer"
  case wConstraint = "W_constraint"
  case bConstraint = "b_constraint"
  case quantizationConfig = "quantization_config"
  case loraRank = "lora_rank"
  case loraAlpha = "lora_alpha"
  case zeroOutputForMask = "zero_output_for_mask"

  case attentionAxes = "attention_axes"
  case slidingWindow = "sliding_window"
  case betaInitializer = "beta_initializer"
  case gammaInitializer = "gamma_initializer"
  case movingMeanInitializer = "moving_mean_initializer"
  case movingVarianceInitializer = "moving_variance_initializer"
  case alphaInitializer = "alpha_initializer"
  case betaRegularizer = "beta_regularizer"
  case gammaRegularizer = "gamma_regularizer"
  case alphaRegularizer = "alpha_regularizer"
  case betaConstraint = "beta_constraint"
  case gammaConstraint = "gamma_constraint"
  case alphaConstraint = "alpha_constraint"
  case depthwiseConstraint = "depthwise_constraint"
  case pointwiseConstraint = "pointwise_constraint"
  case uConstraint = "U_constraint"
  case uRegularizer = "U_regularizer"
  case renormClipping = "renorm_clipping"
  case renormMomentum = "renorm_momentum"
  case fillMode = "fill_mode"
  case fillValue = "fill_value"
  case valueRange = "value_range"
  case initValues = "init_values"
  case cropToAspectRatio = "crop_to_aspect_ratio"
  case padToAspectRatio = "pad_to_aspect_ratio"
  case antialias
  case inputDtype = "input_dtype"

  /// Returns the key that a mapping's key is, or nil when no version of Keras has it.
  init?(_ node: SyntaxNode) {
    guard let key = node.withTextBytes(Self.table.key), let key else { return nil }
    self = key
  }

  private static let table = Table()

  /// The keys by the hash of their bytes: a model has tens of thousands, and most strings would need an allocation.
  private struct Table {
    private var slots: [KerasKey?]
    private var names: [[UInt8]]

    init() {
      slots = Array(repeating: nil, count: 512)
      names = Array(repeating: [], count: 512)
      for key in KerasKey.allCases {
        let name = Array(key.rawValue.utf8)
        var slot = name.withUnsafeBufferPointer(Self.slot)
        while slots[slot] != nil { slot = (slot + 1) % slots.count }
        slots[slot] = key
        names[slot] = name
      }
    }

    func key(_ text: UnsafeBufferPointer<UInt8>) -> KerasKey? {
      var slot = Self.slot(text)
      while let key = slots[slot] {
        if names[slot].elementsEqual(text) { return key }
        slot = (slot + 1) % slots.count
      }
      return nil
    }

    /// FNV-1a, cut to the table's size.
    private static func slot(_ text: UnsafeBufferPointer<UInt8>) -> Int {
      var hash: UInt32 = 2_166_136_261
      for byte in text { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
      return Int((hash ^ (hash >> 16)) % 512)
    }
  }
}
