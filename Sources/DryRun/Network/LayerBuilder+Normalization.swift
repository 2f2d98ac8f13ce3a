import Experiment
import Kernels

/// Normalisations, and noise.
extension LayerBuilder {
  mutating func normalization(_ input: Signal) throws(KernelError) -> Signal {
    let hasScale = facts.value(LayerKeys.scale) ?? true
    let hasOffset = facts.value(LayerKeys.center) ?? true
    switch layer.kind {
    case .batchNormalization:
      let options = BatchNormalizationOptions(
        momentum: Float(facts.value(LayerKeys.momentum) ?? (isTorch ? 0.9 : 0.99)),
        epsilon: epsilon(keras: 0.001, torch: 1e-5),
        hasScale: hasScale,
        hasOffset: hasOffset,
        isFrozen: isFrozen
      )
      return try alongOneAxis(input) { (builder, turned) throws(KernelError) in
        try builder.backend.batchNormalization(turned, options)
      }
    case .normalization: return try featureNormalization(input)
    case .groupNormalization:
      let options = NormalizationOptions(
        epsilon: epsilon(keras: 0.001, torch: 1e-5),
        hasScale: hasScale,
        hasOffset: hasOffset
      )
      let groups = facts.value(LayerKeys.groups) ?? 32
      return try alongOneAxis(input) { (builder, turned) throws(KernelError) in
        try builder.backend.groupNormalization(turned, groups: groups == -1 ? turned.shape.last ?? 1 : groups, options)
      }
    case .unitNormalization:
      // x / |x| is x / sqrt(mean of squares) / sqrt(count).
      return try alongOneAxis(input) { (builder, turned) throws(KernelError) in
        let width = Float(max(turned.shape.last ?? 1, 1))
        let options = NormalizationOptions(epsilon: 1e-12 / width, hasScale: false, hasOffset: false)
        let rows = try builder.take(builder.backend.rmsNormalization(turned, axes: 1, options))
        return try builder.backend.rescaling(rows, scale: 1 / width.squareRoot(), offset: 0)
      }
    default: return try overTrailingAxes(input, hasScale: hasScale, hasOffset: hasOffset)
    }
  }

  private mutating func overTrailingAxes(
    _ input: Signal,
    hasScale: Bool,
    hasOffset: Bool
  ) throws(KernelError) -> Signal {
    let isRMS = layer.kind == .rmsNormalization
    let options = NormalizationOptions(
      epsilon: isRMS ? epsilon(keras: 1e-6, torch: 1e-6) : epsilon(keras: 0.001, torch: 1e-5),
      hasScale: hasScale,
      hasOffset: hasOffset
    )
    let axes = facts.value(LayerKeys.axes) ?? [-1]
    guard axes.count > 1 else {
      return try alongOneAxis(input) { (builder, turned) throws(KernelError) in
        isRMS
          ? try builder.backend.rmsNormalization(turned, axes: 1, options)
          : try builder.backend.layerNormalization(turned, axes: 1, options)
      }
    }
    var places: [Int] = []
    for axis in axes { places.append(try place(ofAxis: axis, in: input)) }
    guard places.sorted() == Array(input.shape.indices.suffix(axes.count)) else {
      throw missing("\(layer.kind.rawValue) over axes that are not the last ones")
    }
    return try take(
      isRMS
        ? backend.rmsNormalization(input, axes: axes.count, options)
        : backend.layerNormalization(input, axes: axes.count, options)
    )
  }

  /// (x - mean) / sqrt(variance) with the statistics of the file; they are 0 and 1 until the data give others.
  private mutating func featureNormalization(_ input: Signal) throws(KernelError) -> Signal {
    let options = BatchNormalizationOptions(
      momentum: 1,
      epsilon: 1e-14,
      hasScale: false,
      hasOffset: false,
      isFrozen: true
    )
    let means = facts.value(LayerKeys.featureMeans)?.map { Float($0) }
    let variances = facts.value(LayerKeys.featureVariances)?.map { Float($0) }
    let isWhole = facts.value(LayerKeys.axes) == []
    let shape = input.shape
    let source = isWhole ? try reshaped(input, to: [input.value.count, 1]) : input
    let output = try alongOneAxis(source) { (builder, turned) throws(KernelError) in
      let operation = try builder.backend.batchNormalization(turned, options)
      let width = turned.shape.last ?? 1
      for (name, values) in [("moving_mean", means), ("moving_variance", variances)] {
        guard let values, let parameter = operation.parameters.first(where: { $0.name == name }) else { continue }
        if values.count == width || values.count == 1 {
          try parameter.write(values.count == width ? values : Array(repeating: values[0], count: width))
        }
      }
      return operation
    }
    return try reshaped(output, to: shape)
  }

  /// Does something along the axis that the layer names, the last one where it names none.
  private mutating func alongOneAxis(
    _ input: Signal,
    _ make: (inout LayerBuilder, Signal) throws(KernelError) -> any Operation
  ) throws(KernelError) -> Signal {
    let axes = facts.value(LayerKeys.axes) ?? []
    guard axes.count <= 1 else { throw missing("\(layer.kind.rawValue) along several axes") }
    let last = input.shape.count - 1
    // A layer with channels first was turned already.
    let isTurned = facts.value(LayerKeys.dataFormat) == "channels_first"
    let place = isTurned || axes.isEmpty ? last : try place(ofAxis: axes[0], in: input)
    let turned = try moved(input, axis: place, to: last)
    let operation = try make(&self, turned)
    return try moved(take(operation), axis: last, to: place)
  }

  private func epsilon(keras: Double, torch: Double) -> Float {
    Float(facts.value(LayerKeys.epsilon) ?? (isTorch ? torch : keras))
  }

  // MARK: - Noise

  mutating func noisy(_ input: Signal) throws(KernelError) -> Signal {
    let rate = Float(facts.value(LayerKeys.rate) ?? 0)
    switch layer.kind {
    case .spatialDropout: return try take(backend.noise(input, .spatialDropout(rate: rate), noise))
    case .alphaDropout: return try take(backend.noise(input, .alphaDropout(rate: rate), noise))
    case .gaussianDropout: return try take(backend.noise(input, .gaussianDropout(rate: rate), noise))
    case .gaussianNoise:
      let deviation = Float(facts.value(LayerKeys.noiseStandardDeviation) ?? 0)
      return try take(backend.noise(input, .gaussianNoise(deviation: deviation), noise))
    case .stochasticDepth:
      // One draw for each example: a map with a single channel.
      let rows = try reshaped(input, to: [input.shape[0], input.value.count / input.shape[0], 1])
      return try reshaped(take(backend.noise(rows, .spatialDropout(rate: rate), noise)), to: input.shape)
    default: return try take(backend.noise(input, .dropout(rate: rate), noise))
    }
  }
}
