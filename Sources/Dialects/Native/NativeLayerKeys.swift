import ConfigSyntax
import Experiment

extension KeyReader {
  /// Reads the keys that a layer of the kind can have, and adds what holds when they are absent.
  ///
  /// The names are those of ``LayerKeys``, with `init`, `bias_init`, `l1` and `l2` as short forms.
  mutating func setLayerFacts(of kind: LayerKind, in facts: inout Record) {
    set(LayerKeys.trainable, from: "trainable", in: &facts)
    set(LayerKeys.pretrained, from: "pretrained", in: &facts)
    set(LayerKeys.timeDistributed, from: "time_distributed", in: &facts)
    switch kind {
    case .input: set(LayerKeys.inputShapeStated, from: "shape", in: &facts)
    case .dense: setUnits(&facts); setKernel(&facts)
    case .einsumDense:
      set(LayerKeys.equation, from: "equation", in: &facts)
      set(LayerKeys.biasAxes, from: "bias_axes", in: &facts)
      setAxes(LayerKeys.statedOutputShape, from: "output_shape", count: 1, in: &facts)
      setKernel(&facts)
    case .conv1d, .conv2d, .conv3d, .convTranspose1d, .convTranspose2d, .convTranspose3d, .depthwiseConv1d,
      .depthwiseConv2d, .separableConv1d, .separableConv2d:
      setConvolution(kind, &facts)
    case .embedding:
      set(LayerKeys.vocabularySize, from: "vocabulary_size", "input_dim", in: .atLeast(1), of: &facts)
      set(LayerKeys.outputDimension, from: "output_dim", in: .atLeast(1), of: &facts)
      setInitializer(LayerKeys.kernelInitializer, from: "init", "kernel_initializer", in: &facts)
    case .simpleRNN, .gru, .lstm: setUnits(&facts); setRecurrence(kind, &facts); setKernel(&facts)
    case .convLSTM1d, .convLSTM2d, .convLSTM3d: setRecurrence(kind, &facts); setConvolution(kind, &facts)
    case .attention, .additiveAttention:
      set(LayerKeys.useScale, from: "use_scale", in: &facts)
      setRate(&facts)
    case .multiHeadAttention, .groupedQueryAttention: setHeads(&facts)
    case .batchNormalization, .layerNormalization, .groupNormalization, .rmsNormalization, .unitNormalization,
      .localResponseNormalization, .normalization:
      setNormalization(&facts)
    case .activation: setActivation(&facts, isAbsent: nil)
    case .dropout, .spatialDropout, .alphaDropout, .gaussianDropout, .stochasticDepth: setRate(&facts)
    case .gaussianNoise:
      set(LayerKeys.noiseStandardDeviation, from: "noise_stddev", in: .notNegative, of: &facts)
    case .activityRegularization:
      set(LayerKeys.activityL1, from: "l1", "activity_l1", in: .notNegative, of: &facts)
      set(LayerKeys.activityL2, from: "l2", "activity_l2", in: .notNegative, of: &facts)
    case .maxPooling1d, .averagePooling1d: setPooling(rank: 1, &facts)
    case .maxPooling2d, .averagePooling2d: setPooling(rank: 2, &facts)
    case .maxPooling3d, .averagePooling3d: setPooling(rank: 3, &facts)
    case .globalMaxPooling, .globalAveragePooling:
      setDataFormat(&facts)
      set(LayerKeys.keepDimensions, from: "keepdims", in: &facts)
    case .adaptivePooling, .resizing, .centerCrop:
      setDataFormat(&facts)
      setAxes(LayerKeys.size, from: "size", count: 2, in: &facts)
    case .reshape: setAxes(LayerKeys.targetShape, from: "target_shape", count: 1, in: &facts)
    case .permute: setAxes(LayerKeys.dimensions, from: "dims", count: 1, in: &facts)
    case .repeatVector: setAxes(LayerKeys.factors, from: "factors", count: 1, in: &facts)
    case .upSampling: setDataFormat(&facts); setAxes(LayerKeys.factors, from: "factors", count: 1, in: &facts)
    case .cropping, .zeroPadding: setDataFormat(&facts); set(LayerKeys.amounts, from: "amounts", in: &facts)
    case .concatenate, .dot: setAxes(LayerKeys.axes, from: "axes", count: 1, in: &facts)
    case .rescaling:
      set(LayerKeys.inputScale, from: "input_scale", "scale", in: .finite, of: &facts)
      set(LayerKeys.inputOffset, from: "input_offset", "offset", in: .finite, of: &facts)
    case .categoryEncoding, .discretization, .hashing, .stringLookup, .integerLookup, .textVectorization:
      set(LayerKeys.vocabularySize, from: "vocabulary_size", in: .atLeast(1), of: &facts)
      set(LayerKeys.outputMode, from: "output_mode", in: &facts)
      set(LayerKeys.outputLength, from: "output_length", in: .atLeast(1), of: &facts)
    case .flatten: setDataFormat(&facts)
    case .operation, .backbone, .unknown, .augmentation:
      // What such a layer takes is its own affair.
      passOver(node.members.map(\.name))
      if kind == .operation {
        set(LayerKeys.operation, from: "operation", in: &facts)
        if let name = facts[LayerKeys.operation], KerasOperation(name.value).isElementwise {
          facts[LayerKeys.elementwise] = Fact(true, .inferred(from: "the operation", at: name.origin.location))
        }
        set(LayerKeys.minimum, from: "min_value", in: .finite, of: &facts)
        set(LayerKeys.maximum, from: "max_value", in: .finite, of: &facts)
      }
      setAxes(LayerKeys.statedOutputShape, from: "output_shape", count: 1, in: &facts)
    case .sequencePooling, .add, .subtract, .multiply, .average, .maximum, .minimum, .masking, .identity, .layerScale:
      break
    }
  }

  // MARK: - Groups of keys

  private mutating func setUnits(_ facts: inout Record) {
    set(LayerKeys.units, from: "units", in: .atLeast(1), of: &facts)
  }

  private mutating func setKernel(_ facts: inout Record) {
    setActivation(&facts, isAbsent: facts[LayerKeys.recurrentActivation] == nil ? "linear" : "tanh")
    set(LayerKeys.useBias, from: "use_bias", in: &facts)
    facts.setIfUnknown(LayerKeys.useBias, true, .nativeDefault)
    setInitializer(LayerKeys.kernelInitializer, from: "init", "kernel_initializer", in: &facts)
    setInitializer(LayerKeys.biasInitializer, from: "bias_init", "bias_initializer", in: &facts)
    setPenalties(&facts)
  }

  private mutating func setPenalties(_ facts: inout Record) {
    set(LayerKeys.kernelL1, from: "l1", "kernel_l1", in: .notNegative, of: &facts)
    set(LayerKeys.kernelL2, from: "l2", "kernel_l2", in: .notNegative, of: &facts)
    set(LayerKeys.biasL1, from: "bias_l1", in: .notNegative, of: &facts)
    set(LayerKeys.biasL2, from: "bias_l2", in: .notNegative, of: &facts)
    set(LayerKeys.activityL1, from: "activity_l1", in: .notNegative, of: &facts)
    set(LayerKeys.activityL2, from: "activity_l2", in: .notNegative, of: &facts)
  }

  private mutating func setRate(_ facts: inout Record) {
    set(LayerKeys.rate, from: "rate", in: .finite, of: &facts)
  }

  /// Reads the activation; a word that is nearly a known one is noted, other words are taken as they are.
  private mutating func setActivation(_ facts: inout Record, isAbsent absent: String?) {
    if let activation = readActivation("activation") {
      facts[LayerKeys.activation] = activation
    } else if member("activation").map({ $0.value.isNull }) ?? true {
      facts.setIfUnknown(LayerKeys.activation, absent, .nativeDefault)
    }
    set(LayerKeys.maximum, from: "max_value", in: .finite, of: &facts)
    set(LayerKeys.threshold, from: "threshold", in: .finite, of: &facts)
    set(LayerKeys.negativeSlope, from: "negative_slope", in: .finite, of: &facts)
  }

  private mutating func readActivation(_ key: String) -> Fact<String>? {
    guard let word = read(String.self, key) else { return nil }
    if let name = ActivationVocabulary.standardName(of: word.value) { return Fact(name, word.origin) }
    noteNearMiss(word, among: ActivationVocabulary.names)
    return word
  }

  private mutating func setConvolution(_ kind: LayerKind, _ facts: inout Record) {
    let rank = kind.spatialRank
    set(LayerKeys.filters, from: "filters", in: .atLeast(1), of: &facts)
    setAxes(LayerKeys.kernelSize, from: "kernel_size", count: rank, in: &facts)
    setAxes(LayerKeys.dilationRate, from: "dilation_rate", count: rank, in: &facts)
    setAxes(LayerKeys.outputPadding, from: "output_padding", count: rank, in: &facts)
    set(LayerKeys.groups, from: "groups", in: .atLeast(1), of: &facts)
    set(LayerKeys.depthMultiplier, from: "depth_multiplier", in: .atLeast(1), of: &facts)
    setSteps(rank: rank, &facts)
    setKernel(&facts)
  }

  private mutating func setPooling(rank: Int, _ facts: inout Record) {
    setAxes(LayerKeys.poolSize, from: "pool_size", count: rank, in: &facts)
    facts.setIfUnknown(LayerKeys.poolSize, Array(repeating: 2, count: rank), .nativeDefault)
    if member("strides") == nil { facts[LayerKeys.strides] = facts[LayerKeys.poolSize] }
    setSteps(rank: rank, &facts)
  }

  /// Reads how a window moves over the spatial axes.
  private mutating func setSteps(rank: Int, _ facts: inout Record) {
    setAxes(LayerKeys.strides, from: "strides", count: rank, in: &facts)
    facts.setIfUnknown(LayerKeys.strides, Array(repeating: 1, count: rank), .nativeDefault)
    setWord(
      LayerKeys.padding,
      from: "padding",
      among: ["valid": "valid", "same": "same", "causal": "causal"],
      in: &facts
    )
    if member("padding") == nil { facts.setIfUnknown(LayerKeys.padding, "valid", .nativeDefault) }
    setDataFormat(&facts)
  }

  private mutating func setDataFormat(_ facts: inout Record) {
    setWord(
      LayerKeys.dataFormat,
      from: "data_format",
      among: ["channels_last": "channels_last", "channels_first": "channels_first"],
      in: &facts
    )
  }

  private mutating func setRecurrence(_ kind: LayerKind, _ facts: inout Record) {
    if let gates = readActivation("recurrent_activation") {
      facts[LayerKeys.recurrentActivation] = gates
    } else if kind != .simpleRNN {
      facts.setIfUnknown(LayerKeys.recurrentActivation, "sigmoid", .nativeDefault)
    }
    if member("activation") == nil { facts.setIfUnknown(LayerKeys.activation, "tanh", .nativeDefault) }
    setInitializer(LayerKeys.recurrentInitializer, from: "recurrent_init", "recurrent_initializer", in: &facts)
    set(LayerKeys.unitForgetBias, from: "unit_forget_bias", in: &facts)
    set(LayerKeys.recurrentDropRate, from: "recurrent_rate", in: .finite, of: &facts)
    setRate(&facts)
    set(LayerKeys.returnSequences, from: "return_sequences", in: &facts)
    set(LayerKeys.returnState, from: "return_state", in: &facts)
    set(LayerKeys.resetAfter, from: "reset_after", in: &facts)
    set(LayerKeys.bidirectional, from: "bidirectional", in: &facts)
    setWord(
      LayerKeys.mergeMode,
      from: "merge_mode",
      among: ["concat": "concat", "sum": "sum", "mul": "mul", "ave": "ave", "none": "none"],
      in: &facts
    )
    facts.setIfUnknown(LayerKeys.returnSequences, false, .nativeDefault)
    if kind == .gru { facts.setIfUnknown(LayerKeys.resetAfter, true, .nativeDefault) }
  }

  private mutating func setHeads(_ facts: inout Record) {
    set(LayerKeys.headCount, from: "num_heads", in: .atLeast(1), of: &facts)
    set(LayerKeys.keyValueHeadCount, from: "num_key_value_heads", in: .atLeast(1), of: &facts)
    set(LayerKeys.keyDimension, from: "key_dim", in: .atLeast(1), of: &facts)
    set(LayerKeys.valueDimension, from: "value_dim", in: .atLeast(1), of: &facts)
    set(LayerKeys.useBias, from: "use_bias", in: &facts)
    setInitializer(LayerKeys.kernelInitializer, from: "init", "kernel_initializer", in: &facts)
    setRate(&facts)
  }

  private mutating func setNormalization(_ facts: inout Record) {
    setAxes(LayerKeys.axes, from: "axes", count: 1, in: &facts)
    set(LayerKeys.groups, from: "groups", in: &facts)
    set(LayerKeys.epsilon, from: "epsilon", in: .notNegative, of: &facts)
    set(LayerKeys.momentum, from: "momentum", in: .share, of: &facts)
    set(LayerKeys.scale, from: "scale", in: &facts)
    set(LayerKeys.center, from: "center", in: &facts)
  }

  // MARK: - Initialisers

  /// Reads an initialiser: its name, or a mapping with the name and its settings.
  private mutating func setInitializer(
    _ key: FactKey<Record>,
    from short: String,
    _ long: String,
    in facts: inout Record
  ) {
    guard let node = value(short, long) else { return }
    let place = node.location(source: source)
    if let name = node.string {
      var record = Record(location: place)
      record[InitializerKeys.name] = initializerName(Fact(name, .stated(place)))
      facts[key] = Fact(record, .stated(place))
      return
    }
    guard var reader = nested(short, long) else { return }
    var record = reader.record()
    if let name = reader.read(String.self, "name") { record[InitializerKeys.name] = reader.initializerName(name) }
    reader.set(InitializerKeys.mean, from: "mean", in: .finite, of: &record)
    reader.set(InitializerKeys.standardDeviation, from: "stddev", "std", in: .notNegative, of: &record)
    reader.set(InitializerKeys.minimum, from: "min", in: .finite, of: &record)
    reader.set(InitializerKeys.maximum, from: "max", in: .finite, of: &record)
    reader.set(InitializerKeys.value, from: "value", in: .finite, of: &record)
    reader.set(InitializerKeys.gain, from: "gain", in: .finite, of: &record)
    reader.set(InitializerKeys.scale, from: "scale", in: .notNegative, of: &record)
    reader.setWord(InitializerKeys.mode, from: "mode", among: Self.modes, in: &record)
    reader.setWord(InitializerKeys.distribution, from: "distribution", among: Self.distributions, in: &record)
    facts[key] = close(reader, record)
  }

  private mutating func initializerName(_ word: Fact<String>) -> Fact<String> {
    if let name = InitializerVocabulary.standardName(of: word.value) { return Fact(name, word.origin) }
    noteNearMiss(word, among: InitializerVocabulary.names)
    return word
  }

  private static let modes = ["fan_in": "fan_in", "fan_out": "fan_out", "fan_avg": "fan_avg"]
  private static let distributions = [
    "uniform": "uniform", "truncated_normal": "truncated_normal", "untruncated_normal": "untruncated_normal",
    "normal": "truncated_normal",
  ]
}

extension LayerKind {
  /// The number of spatial axes of a convolution.
  fileprivate var spatialRank: Int {
    switch self {
    case .conv1d, .convTranspose1d, .depthwiseConv1d, .separableConv1d, .convLSTM1d: 1
    case .conv3d, .convTranspose3d, .convLSTM3d: 3
    default: 2
    }
  }
}
