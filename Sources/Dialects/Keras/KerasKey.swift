/// The keys that a layer's config may have in some version of Keras, under the names of all versions.
enum KerasKey: String, CaseIterable {
  // What it is.
  case name, trainable
  // The shape of what is fed to a first layer.
  case batchInputShape = "batch_input_shape"
  case batchShape = "batch_shape"
  case inputShape = "input_shape"
  case shape
  case inputDim = "input_dim"
  case inputLength = "input_length"
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
  case layer, cell
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
  case recurrentRegularizer = "recurrent_regularizer"
  case uRegularizer = "U_regularizer"
  case biasRegularizer = "bias_regularizer"
  case bRegularizer = "b_regularizer"
  case activityRegularizer = "activity_regularizer"
  case l1, l2
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

  /// What a key of a config is.
  enum Lookup {
    case key(KerasKey)
    /// A key of some version of Keras that says nothing here.
    case silent
    /// A key of no version of Keras: a misspelled one, or that of a subclass.
    case stranger
  }

  /// Returns what the key with the text is.
  static func look(up text: UnsafeBufferPointer<UInt8>) -> Lookup {
    table.look(up: text)
  }

  /// Keys of some version of Keras that say nothing here.
  static let silent = [
    "U_constraint", "W_constraint", "alpha_constraint", "alpha_initializer", "alpha_regularizer", "antialias",
    "arguments", "attention_axes", "autocast", "b_constraint", "beta_constraint", "beta_initializer",
    "beta_regularizer", "bias_constraint", "cells", "consume_less", "crop_to_aspect_ratio", "depthwise_constraint",
    "dtype", "embeddings_constraint", "encoding", "factor", "fill_mode", "fill_value", "fused", "gamma_constraint",
    "gamma_initializer", "gamma_regularizer", "go_backwards", "implementation", "init_values", "input_dtype",
    "interpolation", "invert", "kernel_constraint", "layers", "lora_alpha", "lora_rank", "mask", "mask_value",
    "mask_zero", "method", "module", "moving_mean_initializer", "moving_variance_initializer", "mu", "ngrams",
    "noise_shape", "optional", "pad_to_aspect_ratio", "pointwise_constraint", "quantization_config", "ragged",
    "recurrent_constraint", "renorm", "renorm_clipping", "renorm_momentum", "salt", "seed", "sliding_window", "sparse",
    "split", "standardize", "stateful", "synchronized", "time_major", "unroll", "value", "value_range", "virtual",
    "vocabulary", "weights", "zero_output_for_mask",
  ]

  private static let table = Table()

  /// The keys by the hash of their bytes: a model has tens of thousands, and most strings would need an allocation.
  private struct Table {
    private static let count = 512
    private var slots: [Lookup] = Array(repeating: .stranger, count: count)
    private var names: [[UInt8]] = Array(repeating: [], count: count)

    init() {
      for key in KerasKey.allCases { add(key.rawValue, .key(key)) }
      for name in silent { add(name, .silent) }
    }

    func look(up text: UnsafeBufferPointer<UInt8>) -> Lookup {
      var slot = Self.slot(of: text)
      while !names[slot].isEmpty {
        if names[slot].count == text.count, names[slot].elementsEqual(text) { return slots[slot] }
        slot = (slot + 1) % Self.count
      }
      return .stranger
    }

    private mutating func add(_ word: String, _ lookup: Lookup) {
      let name = Array(word.utf8)
      var slot = name.withUnsafeBufferPointer(Self.slot)
      while !names[slot].isEmpty { slot = (slot + 1) % Self.count }
      slots[slot] = lookup
      names[slot] = name
    }

    /// FNV-1a, cut to the table's size.
    private static func slot(of text: UnsafeBufferPointer<UInt8>) -> Int {
      var hash: UInt32 = 2_166_136_261
      for byte in text { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
      return Int((hash ^ (hash >> 16)) % UInt32(count))
    }
  }
}
