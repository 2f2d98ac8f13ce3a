import Experiment
import Kernels

/// Builds the operations of one layer, on inputs whose batch comes first.
///
/// The kernels have channels last: where a layer has them first, its input is turned before it and its output behind it.
struct LayerBuilder {
  let layer: Layer
  /// One that hands out another layer's parameters where they are shared.
  let backend: any Backend
  /// What the layer's noise is drawn from.
  let noise: RandomStream
  /// Whether the layer's parameters and statistics stay as they are.
  let isFrozen: Bool
  /// Whether what nothing states is what PyTorch does, rather than Keras.
  let isTorch: Bool
  /// In the order in which they run.
  var operations: [any Operation] = []

  init(_ layer: Layer, backend: any Backend, noise: RandomStream, isFrozen: Bool, isTorch: Bool) {
    self.layer = layer
    self.backend = backend
    self.noise = noise
    self.isFrozen = isFrozen
    self.isTorch = isTorch
  }

  var facts: Record { layer.facts }

  /// Makes the operations and returns what the layer gives: one signal for each of its outputs.
  mutating func build(on inputs: [Signal]) throws(KernelError) -> [Signal] {
    if facts.value(LayerKeys.spectralNormalization) == true {
      throw .unsupported(operation: "spectral_normalization", reason: "there is no kernel for it")
    }
    guard facts.value(LayerKeys.timeDistributed) == true, let first = inputs.first, first.shape.count > 2 else {
      return try buildOriented(on: inputs)
    }
    // The steps of all examples are examples of their own.
    let head = Array(first.shape.prefix(2))
    var folded: [Signal] = []
    for input in inputs { folded.append(try reshaped(input, to: [head[0] * head[1]] + input.shape.dropFirst(2))) }
    var outputs: [Signal] = []
    for output in try buildOriented(on: folded) {
      outputs.append(try reshaped(output, to: head + output.shape.dropFirst()))
    }
    return outputs
  }

  private mutating func buildOriented(on inputs: [Signal]) throws(KernelError) -> [Signal] {
    guard facts.value(LayerKeys.dataFormat) == "channels_first", let rank = inputs.first?.shape.count, rank > 2 else {
      return try buildLayer(on: inputs)
    }
    var turned: [Signal] = []
    for input in inputs { turned.append(try moved(input, axis: 1, to: rank - 1)) }
    var outputs: [Signal] = []
    for output in try buildLayer(on: turned) {
      outputs.append(output.shape.count == rank ? try moved(output, axis: rank - 1, to: 1) : output)
    }
    return outputs
  }

  private mutating func buildLayer(on inputs: [Signal]) throws(KernelError) -> [Signal] {
    guard let input = inputs.first else {
      throw .unsupported(operation: layer.kind.rawValue, reason: "it has no input")
    }
    switch layer.kind {
    case .input, .identity, .masking, .augmentation, .activityRegularization: return [input]
    case .dense, .einsumDense, .embedding, .layerScale: return [try weighted(input)]
    case .conv1d, .conv2d, .conv3d, .convTranspose1d, .convTranspose2d, .convTranspose3d, .depthwiseConv1d,
      .depthwiseConv2d, .separableConv1d, .separableConv2d:
      return [try convolution(input)]
    case .simpleRNN, .gru, .lstm: return try recurrent(inputs)
    case .attention, .additiveAttention: return [try attention(inputs)]
    case .multiHeadAttention, .groupedQueryAttention: return [try multiHeadAttention(inputs)]
    case .batchNormalization, .layerNormalization, .groupNormalization, .rmsNormalization, .unitNormalization,
      .normalization:
      return [try normalization(input)]
    case .activation: return [try activation(input, facts.value(LayerKeys.activation))]
    case .dropout, .spatialDropout, .alphaDropout, .gaussianDropout, .gaussianNoise, .stochasticDepth:
      return [try noisy(input)]
    case .maxPooling1d, .maxPooling2d, .maxPooling3d, .averagePooling1d, .averagePooling2d, .averagePooling3d,
      .globalMaxPooling, .globalAveragePooling, .adaptivePooling, .sequencePooling:
      return [try pooling(input)]
    case .flatten, .reshape, .permute, .cropping, .repeatVector, .zeroPadding, .upSampling, .centerCrop, .resizing:
      return [try rearranged(input)]
    case .add, .subtract, .multiply, .average, .maximum, .minimum, .concatenate, .dot: return [try merged(inputs)]
    case .rescaling:
      return [
        try take(
          backend.rescaling(
            input,
            scale: Float(facts.value(LayerKeys.inputScale) ?? 1),
            offset: Float(facts.value(LayerKeys.inputOffset) ?? 0)
          )
        )
      ]
    case .categoryEncoding, .integerLookup, .stringLookup, .hashing: return [try encoded(input)]
    case .operation: return [try operated(inputs)]
    case .convLSTM1d, .convLSTM2d, .convLSTM3d, .localResponseNormalization, .discretization, .textVectorization,
      .backbone, .unknown:
      throw missing()
    }
  }

  // MARK: - Steps

  /// Puts an operation behind those that there are, and returns what it gives.
  mutating func take(_ operation: any Operation) throws(KernelError) -> Signal {
    operations.append(operation)
    return operation.output
  }

  mutating func reshaped(_ input: Signal, to shape: [Int]) throws(KernelError) -> Signal {
    input.shape == shape ? input : try take(backend.reshape(input, to: shape))
  }

  /// Moves one axis to another place; the others keep their order.
  mutating func moved(_ input: Signal, axis: Int, to place: Int) throws(KernelError) -> Signal {
    guard axis != place else { return input }
    var axes = Array(input.shape.indices)
    axes.insert(axes.remove(at: axis), at: place)
    return try take(backend.permute(input, axes: axes))
  }

  /// Applies an activation by its standard name; nil and `linear` are none.
  mutating func activation(_ input: Signal, _ name: String?) throws(KernelError) -> Signal {
    guard let name, name != "linear" else { return input }
    switch try NamedActivation(name, facts) {
    case .single(let activation): return try take(backend.activation(input, activation))
    case .softmax: return try take(backend.softmax(input, axis: softmaxAxis(of: input)))
    case .logSoftmax: return try take(backend.logSoftmax(input))
    case .sparsemax: return try take(backend.sparsemax(input))
    case .gated: return try take(backend.gatedLinearUnit(input))
    case .learntSlope: return try learntSlope(input)
    }
  }

  // MARK: - Facts

  /// A size that the layer cannot do without.
  func size(_ key: FactKey<Int>) throws(KernelError) -> Int {
    guard let size = facts.value(key), size > 0 else {
      throw .unsupported(operation: layer.kind.rawValue, reason: "its \"\(key.name)\" is not known")
    }
    return size
  }

  /// One number for each of `count` axes; one that is stated stands for all.
  func sizes(_ key: FactKey<[Int]>, _ count: Int) -> [Int]? {
    guard let values = facts.value(key) else { return nil }
    return values.count == 1 ? Array(repeating: values[0], count: count) : values
  }

  func padding() throws(KernelError) -> Padding {
    switch facts.value(LayerKeys.padding) {
    case "valid", nil: .valid
    case "same": .same
    case "causal": .causal
    case let other?: throw .unsupported(operation: layer.kind.rawValue, reason: "there is no padding \"\(other)\"")
    }
  }

  /// The place of an axis in a signal's shape, from one that may be counted from the end.
  func place(ofAxis axis: Int, in input: Signal) throws(KernelError) -> Int {
    let place = axis < 0 ? input.shape.count + axis : axis
    guard place > 0, place < input.shape.count else {
      throw .shapes(operation: layer.kind.rawValue, shapes: [input.shape], reason: "there is no axis \(axis)")
    }
    return place
  }

  /// That no kernel does what the layer does.
  func missing(_ what: String? = nil) -> KernelError {
    .unsupported(operation: what ?? layer.kind.rawValue, reason: "there is no kernel for it")
  }

  // MARK: - Private

  private func softmaxAxis(of input: Signal) throws(KernelError) -> Int {
    guard layer.kind == .activation, let axes = facts.value(LayerKeys.axes) else { return input.shape.count - 1 }
    guard axes.count == 1 else { throw missing("softmax over several axes") }
    return try place(ofAxis: axes[0], in: input)
  }

  /// x where it is positive, a learnt slope times it elsewhere: max(x, 0) - slope * max(-x, 0).
  private mutating func learntSlope(_ input: Signal) throws(KernelError) -> Signal {
    let initial: Float = isTorch ? 0.25 : 0
    var shared: Set<Int> = []
    for axis in facts.value(LayerKeys.sharedAxes) ?? [] { shared.insert(try place(ofAxis: axis, in: input)) }
    let own = input.shape.indices.filter { $0 > 0 && !shared.contains($0) }
    let firstOwn = own.first ?? input.shape.count
    guard own == Array(firstOwn..<input.shape.count) else { throw missing("prelu with these shared axes") }
    let positive = try take(backend.activation(input, .relu))
    let turned = try take(backend.rescaling(input, scale: -1, offset: 0))
    let negative = try take(backend.activation(turned, .relu))
    let width = own.reduce(1) { $0 * input.shape[$1] }
    let rows = try reshaped(negative, to: [input.value.count / width, width])
    let scaled = try take(backend.learntScale(rows, initial: initial))
    let back = try reshaped(scaled, to: input.shape)
    return try take(backend.merge([positive, back], .subtract))
  }
}
