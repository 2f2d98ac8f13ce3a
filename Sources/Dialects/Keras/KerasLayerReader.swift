import ConfigSyntax
import Experiment
import SourceText

/// Turns the config of one layer into facts.
struct KerasLayerReader {
  let config: KerasConfig
  let layerClass: KerasClass
  let className: String
  let generation: KerasGeneration
  let source: Int
  /// What the layer is; the config may say more than the class.
  var kind: LayerKind
  var facts: Record
  var problems: [Problem] = []
  let name: String

  init(
    _ config: KerasConfig,
    _ layerClass: KerasClass,
    className: String,
    name: String,
    generation: KerasGeneration,
    source: Int,
    facts: Record
  ) {
    self.config = config
    self.layerClass = layerClass
    self.className = className
    self.name = name
    self.generation = generation
    self.source = source
    self.facts = facts
    kind = layerClass.kind
  }

  /// Reads what the class has, then what Keras does where the file is silent.
  mutating func read() {
    if let node = config.value(.trainable), node.boolean == false { set(LayerKeys.trainable, false, node) }
    switch layerClass.form {
    case .plain: readPlain()
    case .weights: readWeights()
    case .recurrent: readRecurrent()
    case .activation(let activation): readActivationLayer(activation)
    case .merge: readMerge()
    case .operation: readIntegers(LayerKeys.statedOutputShape, .outputShape, orNull: -1)
    case .timeDistributed, .bidirectional, .spectralNormalization, .recurrentWrapper: break
    }
    noteMisspelledKeys()
  }

  /// The shape that a first layer says it is fed with.
  var impliedInput: Fact<Shape>? {
    if let node = config.value(.batchInputShape, .batchShape) {
      return Fact(Shape(axes(node).dropFirst().map(\.self)), stated(node))
    }
    if let node = config.value(.inputShape, .shape) { return Fact(Shape(axes(node)), stated(node)) }
    let length = config.value(.inputLength)
    if kind == .embedding {
      return length.map { Fact(Shape([$0.integer]), stated($0)) }
    }
    guard let node = config.value(.inputDim), let size = node.integer else { return nil }
    let isSequence = layerClass.form.isRecurrent || layerClass.rank == 1
    return Fact(Shape(isSequence ? [length?.integer, size] : [size]), stated(node))
  }

  // MARK: - Families

  private mutating func readWeights() {
    readActivation(LayerKeys.activation, .activation)
    readSizes()
    readFlag(LayerKeys.useBias, .useBias, .bias)
    if kind == .embedding {
      readInteger(LayerKeys.vocabularySize, .inputDim)
      readInteger(LayerKeys.outputDimension, .outputDim)
      readInitializer(LayerKeys.kernelInitializer, .embeddingsInitializer, .initializer)
      readRegularizer(.embeddingsRegularizer, .wRegularizer)
      readRegularizer(.activityRegularizer, l1: LayerKeys.activityL1, l2: LayerKeys.activityL2)
      return addWeightDefaults()
    }
    if kind == .multiHeadAttention || kind == .groupedQueryAttention { readHeads() }
    if kind == .einsumDense {
      readText(LayerKeys.equation, .equation)
      readText(LayerKeys.biasAxes, .biasAxes)
      readIntegers(LayerKeys.statedOutputShape, .outputShape, orNull: -1)
    }
    readInteger(LayerKeys.units, .units, .outputDim)
    let first: KerasKey = kind.isSeparable ? .pointwiseInitializer : .kernelInitializer
    readInitializer(LayerKeys.kernelInitializer, first, kind.isDepthwise ? .depthwiseInitializer : nil, .initializer)
    readInitializer(LayerKeys.biasInitializer, .biasInitializer)
    readRegularizer(kind.isSeparable ? .pointwiseRegularizer : .kernelRegularizer, .depthwiseRegularizer, .wRegularizer)
    readSmallRegularizers()
    addWeightDefaults()
  }

  private mutating func readRecurrent() {
    readActivation(LayerKeys.activation, .activation)
    readActivation(LayerKeys.recurrentActivation, .recurrentActivation, .innerActivation)
    readInteger(LayerKeys.units, .units, .outputDim)
    readSizes()
    readFlag(LayerKeys.useBias, .useBias)
    readFlag(LayerKeys.returnSequences, .returnSequences)
    readFlag(LayerKeys.returnState, .returnState)
    readFlag(LayerKeys.resetAfter, .resetAfter)
    readFlag(LayerKeys.unitForgetBias, .unitForgetBias)
    readNumber(LayerKeys.rate, .dropout, .dropoutW)
    readNumber(LayerKeys.recurrentDropRate, .recurrentDropout, .dropoutU)
    readInitializer(LayerKeys.kernelInitializer, .kernelInitializer, .initializer)
    readInitializer(LayerKeys.recurrentInitializer, .recurrentInitializer, .innerInit)
    readInitializer(LayerKeys.biasInitializer, .biasInitializer)
    readRegularizer(.kernelRegularizer, .wRegularizer)
    readRegularizer(.recurrentRegularizer, .uRegularizer, l1: LayerKeys.recurrentL1, l2: LayerKeys.recurrentL2)
    readSmallRegularizers()
    if className.hasPrefix("CuDNN") {
      let origin = Origin.default(DefaultSource(framework: "Keras", note: "cuDNN's layers have two biases"))
      facts.setIfUnknown(LayerKeys.doubleBias, true, origin)
    }
    addRecurrentDefaults()
  }

  private mutating func readHeads() {
    readInteger(LayerKeys.headCount, .numHeads, .numQueryHeads)
    readInteger(LayerKeys.keyValueHeadCount, .numKeyValueHeads)
    readInteger(LayerKeys.keyDimension, .keyDim, .headDim)
    readInteger(LayerKeys.valueDimension, .valueDim)
    readFlag(LayerKeys.useGate, .useGate)
    readNumber(LayerKeys.rate, .dropout)
    readIntegers(LayerKeys.statedOutputShape, .outputShape)
  }

  private mutating func readActivationLayer(_ activation: String?) {
    guard let activation else { return readActivation(LayerKeys.activation, .activation) }
    let origin = facts[LayerKeys.className]?.origin ?? .inferred(from: "the class", at: facts.location)
    facts[LayerKeys.activation] = Fact(activation, origin)
    switch activation {
    case "relu":
      readNumber(LayerKeys.maximum, .maxValue)
      readNumber(LayerKeys.threshold, .threshold)
      if let slope = config.value(.negativeSlope), let value = slope.number, value != 0 {
        set(LayerKeys.negativeSlope, value, slope)
        facts[LayerKeys.activation] = Fact("leaky_relu", origin)
      }
    case "leaky_relu":
      readNumber(LayerKeys.negativeSlope, .negativeSlope, .alpha)
      // Keras has had 0.3 in every version (PyTorch has 0.01).
      facts.setIfUnknown(LayerKeys.negativeSlope, 0.3, keras)
    case "threshold":
      readNumber(LayerKeys.threshold, .theta)
      // `ThresholdedReLU` (Keras 2, `keras/src/layers/activation/thresholded_relu.py`).
      facts.setIfUnknown(LayerKeys.threshold, 1, keras)
    case "prelu": readIntegers(LayerKeys.sharedAxes, .sharedAxes)
    case "softmax": readIntegers(LayerKeys.axes, .axis)
    default: break
    }
  }

  private mutating func readMerge() {
    guard let mode = config.value(.mode) else { return }
    switch mode.string {
    case "sum": kind = .add
    case "mul": kind = .multiply
    case "ave": kind = .average
    case "max": kind = .maximum
    case "concat": kind = .concatenate
    case "dot", "cos": kind = .dot
    default: kind = .operation
    }
    readIntegers(LayerKeys.axes, kind == .dot ? .dotAxes : .concatAxis)
  }

  private mutating func readPlain() {
    switch kind {
    case .input:
      if let shape = impliedInput { facts[LayerKeys.inputShapeStated] = shape }
      if let node = config.node["dtype"], let type = node.string { set(LayerKeys.dataType, type, node) }
    case .dropout, .spatialDropout, .alphaDropout, .gaussianDropout, .stochasticDepth:
      readNumber(LayerKeys.rate, .rate, .p, .dropPathRate)
    case .activityRegularization:
      readNumber(LayerKeys.activityL1, .l1)
      readNumber(LayerKeys.activityL2, .l2)
    case .gaussianNoise: readNumber(LayerKeys.noiseStandardDeviation, .stddev, .sigma)
    case .batchNormalization, .layerNormalization, .groupNormalization, .rmsNormalization, .normalization,
      .unitNormalization:
      readNormalization()
    case .concatenate, .dot: readIntegers(LayerKeys.axes, .axis, .axes)
    case .attention, .additiveAttention:
      readFlag(LayerKeys.useScale, .useScale)
      readText(LayerKeys.scoreMode, .scoreMode)
      readNumber(LayerKeys.rate, .dropout)
    case .maxPooling1d, .maxPooling2d, .maxPooling3d, .averagePooling1d, .averagePooling2d, .averagePooling3d:
      readIntegers(LayerKeys.poolSize, .poolSize, .poolLength)
      if facts[LayerKeys.poolSize] == nil { facts[LayerKeys.poolSize] = Fact([2], keras) }
      readIntegers(LayerKeys.strides, .strides, .stride)
      readPadding()
      readDataFormat()
    case .globalMaxPooling, .globalAveragePooling:
      readFlag(LayerKeys.keepDimensions, .keepdims)
      readDataFormat()
    case .adaptivePooling:
      readIntegers(LayerKeys.size, .outputSize, repeated: layerClass.rank)
      readDataFormat()
    case .reshape: readIntegers(LayerKeys.targetShape, .targetShape, orNull: -1)
    case .permute: readIntegers(LayerKeys.dimensions, .dims)
    case .repeatVector: readIntegers(LayerKeys.factors, .n)
    case .upSampling:
      readIntegers(LayerKeys.factors, .size, .length, repeated: layerClass.rank)
      if facts[LayerKeys.factors] == nil {
        facts[LayerKeys.factors] = Fact(Array(repeating: 2, count: layerClass.rank), keras)
      }
      readDataFormat()
    case .zeroPadding, .cropping: readMargins()
    case .layerScale: readInteger(LayerKeys.units, .projectionDim)
    default: readPreprocessing()
    }
  }

  private mutating func readNormalization() {
    readIntegers(LayerKeys.axes, .axis)
    if facts[LayerKeys.axes] == nil, !config.has(.axis) { facts[LayerKeys.axes] = Fact([-1], keras) }
    // Normalization with `axis: null` has one mean for all.
    if kind == .normalization, config.has(.axis), config.value(.axis) == nil {
      facts[LayerKeys.axes] = Fact([], keras)
    }
    if kind == .normalization, let mean = config.value(.mean) {
      set(LayerKeys.statisticsStated, true, mean)
      readNumbers(LayerKeys.featureMeans, .mean)
      readNumbers(LayerKeys.featureVariances, .variance)
    }
    readInteger(LayerKeys.groups, .groups)
    if kind == .groupNormalization, className == "Addons>InstanceNormalization" {
      facts[LayerKeys.groups] = Fact(-1, keras)
    }
    readFlag(LayerKeys.center, .center)
    readFlag(LayerKeys.scale, .scale)
    readNumber(LayerKeys.epsilon, .epsilon)
    readNumber(LayerKeys.momentum, .momentum)
    if kind == .layerNormalization, config.value(.rmsScaling)?.boolean == true { kind = .rmsNormalization }
  }

  private mutating func readPreprocessing() {
    switch kind {
    case .rescaling:
      readNumber(LayerKeys.inputScale, .scale, listsAllowed: true)
      readNumber(LayerKeys.inputOffset, .offset, listsAllowed: true)
    case .resizing, .centerCrop, .augmentation:
      guard let height = config.value(.height), let width = config.value(.width), let rows = height.integer,
        let columns = width.integer
      else { return }
      set(LayerKeys.size, [rows, columns], height)
      readDataFormat()
    case .categoryEncoding, .hashing, .discretization, .stringLookup, .integerLookup, .textVectorization:
      readText(LayerKeys.outputMode, .outputMode)
      readInteger(LayerKeys.outputLength, .outputSequenceLength)
      readVocabularySize()
    default: break
    }
  }

  private mutating func readVocabularySize() {
    switch kind {
    case .categoryEncoding: readInteger(LayerKeys.vocabularySize, .numTokens, .maxTokens)
    case .hashing: readInteger(LayerKeys.vocabularySize, .numBins)
    case .discretization:
      if let boundaries = config.value(.binBoundaries), boundaries.kind == .sequence {
        set(LayerKeys.vocabularySize, boundaries.count + 1, boundaries)
      } else {
        readInteger(LayerKeys.vocabularySize, .numBins)
      }
    default:
      // Without padding the width is that of the vocabulary that was found in the data.
      if config.value(.padToMaxTokens)?.boolean == true { readInteger(LayerKeys.vocabularySize, .maxTokens) }
    }
  }

  // MARK: - Sizes

  private mutating func readSizes() {
    guard layerClass.rank > 0 else { return }
    readInteger(LayerKeys.filters, .filters, .nbFilter)
    readIntegers(LayerKeys.kernelSize, .kernelSize, .filterLength)
    if facts[LayerKeys.kernelSize] == nil {
      readKernelSize([.nbRow, .nbCol])
      readKernelSize([.kernelDim1, .kernelDim2, .kernelDim3])
    }
    readIntegers(LayerKeys.strides, .strides, .subsample, .subsampleLength)
    readIntegers(LayerKeys.dilationRate, .dilationRate, .atrousRate)
    readIntegers(LayerKeys.outputPadding, .outputPadding)
    readInteger(LayerKeys.groups, .groups)
    readInteger(LayerKeys.depthMultiplier, .depthMultiplier)
    readPadding()
    readDataFormat()
  }

  /// Reads a kernel size that Keras 1 writes as one key for each axis.
  private mutating func readKernelSize(_ keys: [KerasKey]) {
    guard keys.count == layerClass.rank, let first = config.value(keys[0]) else { return }
    let sizes = keys.compactMap { config.value($0)?.integer }
    if sizes.count == keys.count { set(LayerKeys.kernelSize, sizes, first) }
  }

  private mutating func readPadding() {
    guard let node = config.value(.padding, .borderMode) else {
      return facts.setIfUnknown(LayerKeys.padding, "valid", keras)
    }
    if let text = node.string { set(LayerKeys.padding.name, .text(text.lowercased()), node) }
  }

  private mutating func readDataFormat() {
    if let node = config.value(.dataFormat), let text = node.string {
      set(LayerKeys.dataFormat.name, .text(text), node)
    } else if let node = config.value(.dimOrdering), let text = node.string, text == "th" || text == "tf" {
      set(LayerKeys.dataFormat, text == "th" ? "channels_first" : "channels_last", node)
    }
  }

  /// Reads `padding` or `cropping`: one number, one for each axis, or two for each.
  private mutating func readMargins() {
    readDataFormat()
    let rank = layerClass.rank
    guard let node = config.value(kind == .cropping ? .cropping : .padding) else {
      // `Cropping2D` alone takes nothing away (`keras/src/layers/reshaping`, 3.15).
      facts[LayerKeys.amounts] = Fact(Array(repeating: kind == .cropping && rank == 2 ? 0 : 1, count: 2 * rank), keras)
      return
    }
    let parts = elements(node)
    let numbers = parts.compactMap(\.integer)
    let pairs = parts.map { elements($0).compactMap(\.integer) }
    if let number = node.integer {
      set(LayerKeys.amounts, Array(repeating: number, count: 2 * rank), node)
    } else if numbers.count == parts.count, parts.count == 2 * rank {
      set(LayerKeys.amounts, numbers, node)
    } else if numbers.count == parts.count, parts.count == rank {
      set(LayerKeys.amounts, numbers.flatMap { [$0, $0] }, node)
    } else if parts.count == rank, pairs.allSatisfy({ $0.count == 2 }) {
      set(LayerKeys.amounts, Array(pairs.joined()), node)
    }
  }
}

extension KerasClass.Form {
  /// Whether it is a recurrent layer.
  fileprivate var isRecurrent: Bool {
    if case .recurrent = self { true } else { false }
  }
}

extension LayerKind {
  fileprivate var isDepthwise: Bool { self == .depthwiseConv1d || self == .depthwiseConv2d }
  fileprivate var isSeparable: Bool { self == .separableConv1d || self == .separableConv2d }
}
