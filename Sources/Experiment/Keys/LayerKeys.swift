/// The facts of a layer.
///
/// Sizes are in elements; shapes leave out the batch axis; rates are shares from 0 to 1.
package enum LayerKeys {
  // MARK: - What it is

  /// The class as the file names it, such as `Conv2D`.
  package static let className = FactKey<String>("class_name")
  /// Whether its weights are trained; absent in most files, and then true.
  package static let trainable = FactKey<Bool>("trainable")
  /// Whether its weights come from an earlier training.
  package static let pretrained = FactKey<Bool>("pretrained")
  /// Whether it is applied to each step of a sequence by itself.
  package static let timeDistributed = FactKey<Bool>("time_distributed")
  /// Whether it runs over the sequence in both directions.
  package static let bidirectional = FactKey<Bool>("bidirectional")
  /// How the two directions are joined: `concat`, `sum`, `mul`, `ave`, or `none` for two outputs.
  package static let mergeMode = FactKey<String>("merge_mode")
  /// The part of the network it belongs to, where the dialect tells: `encoder`, `combiner`, `decoder`.
  package static let role = FactKey<String>("role")

  // MARK: - Size

  /// The number of units of a dense or recurrent layer.
  package static let units = FactKey<Int>("units")
  /// The number of filters of a convolution.
  package static let filters = FactKey<Int>("filters")
  /// The kernel's size along each spatial axis.
  package static let kernelSize = FactKey<[Int]>("kernel_size")
  /// The step along each spatial axis.
  package static let strides = FactKey<[Int]>("strides")
  /// The dilation along each spatial axis.
  package static let dilationRate = FactKey<[Int]>("dilation_rate")
  /// `valid`, `same`, or `causal`.
  package static let padding = FactKey<String>("padding")
  /// What a transposed convolution adds to its output along each spatial axis.
  package static let outputPadding = FactKey<[Int]>("output_padding")
  /// The number of groups of a convolution or a group normalisation.
  package static let groups = FactKey<Int>("groups")
  /// How many filters a depthwise convolution has for each input channel.
  package static let depthMultiplier = FactKey<Int>("depth_multiplier")
  /// The window of a pooling layer along each spatial axis.
  package static let poolSize = FactKey<[Int]>("pool_size")
  /// Whether a pooling window that reaches over the end of an axis counts, as in Caffe: the number of windows is rounded up.
  package static let ceilMode = FactKey<Bool>("ceil_mode")
  /// `channels_last` or `channels_first`.
  package static let dataFormat = FactKey<String>("data_format")
  /// Whether global pooling keeps the spatial axes with size 1.
  package static let keepDimensions = FactKey<Bool>("keepdims")
  /// The axis of a concatenation, or the axes of a normalisation; counted with the batch axis as 0, as in Keras.
  package static let axes = FactKey<[Int]>("axes")
  /// The target of a reshape, without the batch axis; one -1 stands for the rest.
  package static let targetShape = FactKey<[Int]>("target_shape")
  /// The order of a permutation, counted from 1 without the batch axis.
  package static let dimensions = FactKey<[Int]>("dims")
  /// How often a vector is repeated, or a spatial axis is up-sampled.
  package static let factors = FactKey<[Int]>("factors")
  /// What padding adds or cropping takes: before and after each spatial axis in turn.
  package static let amounts = FactKey<[Int]>("amounts")
  /// The output's height and width of a resizing or crop.
  package static let size = FactKey<[Int]>("size")
  /// The number of distinct ids an embedding or encoding takes.
  package static let vocabularySize = FactKey<Int>("vocabulary_size")
  /// The width of an embedding.
  package static let outputDimension = FactKey<Int>("output_dim")
  /// The number of query heads.
  package static let headCount = FactKey<Int>("num_heads")
  /// The number of key and value heads.
  package static let keyValueHeadCount = FactKey<Int>("num_key_value_heads")
  /// The width of one head's keys.
  package static let keyDimension = FactKey<Int>("key_dim")
  /// The width of one head's values.
  package static let valueDimension = FactKey<Int>("value_dim")
  /// The equation of an einsum.
  package static let equation = FactKey<String>("equation")
  /// The letters of an einsum's output that its bias has.
  package static let biasAxes = FactKey<String>("bias_axes")
  /// The axes along which a learned slope is shared; counted with the batch axis as 0.
  package static let sharedAxes = FactKey<[Int]>("shared_axes")
  /// How an attention layer compares queries with keys: `dot` or `concat`.
  package static let scoreMode = FactKey<String>("score_mode")
  /// How an encoding or lookup gives its ids: `int`, `one_hot`, `multi_hot`, `count`, `tf_idf`.
  package static let outputMode = FactKey<String>("output_mode")
  /// The number of tokens to which a text is cut or padded.
  package static let outputLength = FactKey<Int>("output_length")
  /// The output shape that the file states, without the batch axis; -1 is unknown.
  package static let statedOutputShape = FactKey<[Int]>("stated_output_shape")
  /// Whether a recurrent layer gives its output at every step.
  package static let returnSequences = FactKey<Bool>("return_sequences")
  /// Whether a recurrent layer also gives its last states.
  package static let returnState = FactKey<Bool>("return_state")
  /// Whether a GRU applies its reset gate after the matrix product, which takes a second bias.
  package static let resetAfter = FactKey<Bool>("reset_after")
  /// Whether a recurrent layer has one bias for its input and one for its state, as in cuDNN.
  package static let doubleBias = FactKey<Bool>("double_bias")
  /// The shape of one example of an input, without the batch axis; unknown axes are unknown.
  package static let inputShapeStated = FactKey<Shape>("shape")

  // MARK: - What it does

  /// The activation built into the layer, by its standard name; `linear` for none.
  package static let activation = FactKey<String>("activation")
  /// What an operation on tensors does, named as in `keras.ops`: `argmax`, `clip`, `round`, ...
  ///
  /// `cast_to_integer` is a cast to a type of whole numbers or truth values.
  package static let operation = FactKey<String>("operation")
  /// The number that an operation on one tensor adds, takes away, multiplies by or divides by.
  package static let operand = FactKey<Double>("operand")
  /// The lower bound of a clipping operation.
  package static let minimum = FactKey<Double>("min_value")
  /// The upper bound of a clipping operation, or of a clipped activation such as ReLU6.
  package static let maximum = FactKey<Double>("max_value")
  /// What a sum must exceed to pass a thresholded activation.
  package static let threshold = FactKey<Double>("threshold")
  /// The slope of a leaky activation for negative inputs.
  package static let negativeSlope = FactKey<Double>("negative_slope")
  /// The activation of the gates.
  package static let recurrentActivation = FactKey<String>("recurrent_activation")
  /// Whether there is a bias.
  package static let useBias = FactKey<Bool>("use_bias")
  /// Whether an attention layer learns a scale for its scores.
  package static let useScale = FactKey<Bool>("use_scale")
  /// Whether an attention layer learns a gate for its output.
  package static let useGate = FactKey<Bool>("use_gate")
  /// Whether the kernel is divided by its largest singular value, for which a vector is kept.
  package static let spectralNormalization = FactKey<Bool>("spectral_normalization")
  /// Whether an operation works on each element by itself, so that its inputs' shapes tell its output's.
  package static let elementwise = FactKey<Bool>("elementwise")
  /// Whether the file holds the mean and variance of a normalisation, which then has no weights for them.
  package static let statisticsStated = FactKey<Bool>("statistics_stated")
  /// The mean of each channel that a `normalization` layer takes away.
  package static let featureMeans = FactKey<[Double]>("mean")
  /// The variance of each channel that a `normalization` layer divides by the root of.
  package static let featureVariances = FactKey<[Double]>("variance")
  /// The type of an input's numbers, as in NumPy: `float32`, `uint8`, `int64`, `string`.
  package static let dataType = FactKey<String>("dtype")
  /// How the kernel starts: keys in ``InitializerKeys``.
  package static let kernelInitializer = FactKey<Record>("kernel_initializer")
  /// How the recurrent kernel starts.
  package static let recurrentInitializer = FactKey<Record>("recurrent_initializer")
  /// How the bias starts.
  package static let biasInitializer = FactKey<Record>("bias_initializer")
  /// Whether an LSTM's forget gate starts with bias 1.
  package static let unitForgetBias = FactKey<Bool>("unit_forget_bias")
  /// The L1 factor on the kernel.
  package static let kernelL1 = FactKey<Double>("kernel_l1")
  /// The L2 factor on the kernel.
  package static let kernelL2 = FactKey<Double>("kernel_l2")
  /// The L1 factor on the recurrent kernel.
  package static let recurrentL1 = FactKey<Double>("recurrent_l1")
  /// The L2 factor on the recurrent kernel.
  package static let recurrentL2 = FactKey<Double>("recurrent_l2")
  /// The L1 factor on the bias.
  package static let biasL1 = FactKey<Double>("bias_l1")
  /// The L2 factor on the bias.
  package static let biasL2 = FactKey<Double>("bias_l2")
  /// The L1 factor on what the layer gives.
  package static let activityL1 = FactKey<Double>("activity_l1")
  /// The L2 factor on what the layer gives.
  package static let activityL2 = FactKey<Double>("activity_l2")
  /// Whether the layer has a penalty of a kind whose strength is not known.
  package static let otherPenalty = FactKey<Bool>("other_penalty")
  /// The share of values that is *dropped*, in every dialect.
  package static let rate = FactKey<Double>("rate")
  /// The share of recurrent state that is dropped.
  package static let recurrentDropRate = FactKey<Double>("recurrent_rate")
  /// The standard deviation of added noise.
  package static let noiseStandardDeviation = FactKey<Double>("noise_stddev")
  /// What is added to a variance.
  package static let epsilon = FactKey<Double>("epsilon")
  /// The momentum of a batch normalisation's running statistics.
  package static let momentum = FactKey<Double>("momentum")
  /// Whether a normalisation learns a scale.
  package static let scale = FactKey<Bool>("scale")
  /// Whether a normalisation learns an offset.
  package static let center = FactKey<Bool>("center")
  /// What an input is multiplied by.
  package static let inputScale = FactKey<Double>("input_scale")
  /// What is added to an input after scaling.
  package static let inputOffset = FactKey<Double>("input_offset")

  // MARK: - What follows (set by `Experiment.derive()`)

  /// The shape of the first input without the batch axis.
  package static let inputShape = FactKey<Shape>("input_shape")
  /// The output's shape without the batch axis.
  package static let outputShape = FactKey<Shape>("output_shape")
  /// The number of parameters, 0 for shared weights counted before.
  package static let parameters = FactKey<Int>("parameters")
  /// How many inputs one unit of the kernel sums over.
  package static let fanIn = FactKey<Int>("fan_in")
  /// How many units one input of the kernel feeds.
  package static let fanOut = FactKey<Int>("fan_out")
  /// The number of weight layers on the longest path from an input to here, this one counted; layers of unknown classes are not.
  package static let weightDepth = FactKey<Int>("weight_depth")
  /// Whether a skip connection passes this layer by.
  package static let bypassed = FactKey<Bool>("bypassed")
  /// Whether the layer is the last weight layer before an output.
  package static let isHead = FactKey<Bool>("head")
  /// The activation that meets this layer's sums: its own, or that of the activation layer behind it.
  package static let effectiveActivation = FactKey<String>("effective_activation")
  /// The standard deviation that the kernel starts with.
  package static let initialStandardDeviation = FactKey<Double>("initial_stddev")
  /// The kernel's initial standard deviation, divided by the one that keeps the signal's variance.
  ///
  /// That is sqrt(gain / fan_in), with gain 2 for the ReLU family (He et al. 2015) and 1 otherwise (LeCun et al. 1998).
  package static let initialGain = FactKey<Double>("initial_gain")
}

/// The facts of an initialiser.
package enum InitializerKeys {
  /// The standard name: `glorot_uniform`, `he_normal`, `lecun_normal`, `zeros`, `ones`, `constant`, `random_normal`,
  /// `random_uniform`, `truncated_normal`, `variance_scaling`, `orthogonal`, `identity`; else the file's own word.
  package static let name = FactKey<String>("name")
  package static let mean = FactKey<Double>("mean")
  package static let standardDeviation = FactKey<Double>("stddev")
  package static let minimum = FactKey<Double>("min")
  package static let maximum = FactKey<Double>("max")
  package static let value = FactKey<Double>("value")
  package static let gain = FactKey<Double>("gain")
  /// The scale of `variance_scaling`.
  package static let scale = FactKey<Double>("scale")
  /// `fan_in`, `fan_out` or `fan_avg`.
  package static let mode = FactKey<String>("mode")
  /// `uniform`, `truncated_normal` or `untruncated_normal`.
  package static let distribution = FactKey<String>("distribution")
}
