import Experiment
import Kernels

/// Pooling, and what only moves values.
extension LayerBuilder {
  mutating func pooling(_ input: Signal) throws(KernelError) -> Signal {
    let rank = input.shape.count - 2
    let isMaximum: Bool
    switch layer.kind {
    case .globalMaxPooling, .globalAveragePooling:
      let keeps = facts.value(LayerKeys.keepDimensions) ?? false
      return try global(input, layer.kind == .globalMaxPooling ? .maximum : .average, keepsAxes: keeps)
    case .sequencePooling: return try sequencePooling(input)
    case .adaptivePooling: return try adaptivePooling(input)
    case .maxPooling1d, .maxPooling2d, .maxPooling3d: isMaximum = true
    default: isMaximum = false
    }
    guard let window = sizes(LayerKeys.poolSize, rank) else {
      throw .unsupported(operation: layer.kind.rawValue, reason: "its \"pool_size\" is not known")
    }
    let options = PoolingOptions(
      isMaximum ? .maximum : .average,
      window: window,
      strides: sizes(LayerKeys.strides, rank),
      padding: try poolingPadding(input, window: window)
    )
    return try take(backend.pooling(input, options))
  }

  /// The padding of a pooling; where windows over the end count, padding to the same size is that if it adds to the end only.
  private func poolingPadding(_ input: Signal, window: [Int]) throws(KernelError) -> Padding {
    guard facts.value(LayerKeys.ceilMode) == true else { return try padding() }
    let spatial = Array(input.shape.dropFirst().dropLast())
    let strides = sizes(LayerKeys.strides, window.count) ?? window
    let rests = zip(zip(spatial, window), strides).map { max($0.0 - $0.1, 0) % max($1, 1) }
    if rests.allSatisfy({ $0 == 0 }) { return try padding() }
    let areSame = zip(zip(spatial, window), strides).allSatisfy { axis, stride in
      let (size, window) = axis
      let added = ((size - 1) / max(stride, 1)) * stride + window - size
      let windows = (max(size - window, 0) + stride - 1) / max(stride, 1) + 1
      return (0...1).contains(added) && windows == (size - 1) / max(stride, 1) + 1
    }
    if areSame { return .same }
    throw .unsupported(operation: layer.kind.rawValue, reason: "windows that reach over the end have no kernel")
  }

  /// Pools all axes between the batch and the channels, however many there are.
  private mutating func global(
    _ input: Signal,
    _ kind: PoolingOptions.Kind,
    keepsAxes: Bool
  ) throws(KernelError) -> Signal {
    guard let channels = input.shape.last, input.shape.count > 2 else {
      throw .shapes(operation: layer.kind.rawValue, shapes: [input.shape], reason: "there is no axis to pool over")
    }
    let places = input.shape.dropFirst().dropLast().reduce(1, *)
    let rows = try reshaped(input, to: [input.shape[0], places, channels])
    let pooled = try take(backend.globalPooling(rows, kind, keepsAxes: false))
    guard keepsAxes else { return pooled }
    let ones = Array(repeating: 1, count: input.shape.count - 2)
    return try reshaped(pooled, to: [input.shape[0]] + ones + [channels])
  }

  private mutating func adaptivePooling(_ input: Signal) throws(KernelError) -> Signal {
    let rank = input.shape.count - 2
    let spatial = Array(input.shape.dropFirst().dropLast())
    guard let size = sizes(LayerKeys.size, rank), size.count == rank,
      zip(spatial, size).allSatisfy({ $1 > 0 && $0 % $1 == 0 })
    else { throw missing("adaptive_pooling to a size that does not divide the input's") }
    let window = zip(spatial, size).map { $0 / $1 }
    let isMaximum = facts.value(LayerKeys.className)?.contains("Max") == true
    return try take(backend.pooling(input, PoolingOptions(isMaximum ? .maximum : .average, window: window)))
  }

  /// One vector of the steps of a sequence: the last one, their sum or their mean.
  mutating func sequencePooling(_ input: Signal) throws(KernelError) -> Signal {
    guard input.shape.count == 3 else {
      throw .shapes(operation: layer.kind.rawValue, shapes: [input.shape], reason: "it wants steps of features")
    }
    switch facts.value(LayerKeys.className) {
    case "sum":
      let mean = try global(input, .average, keepsAxes: false)
      return try take(backend.rescaling(mean, scale: Float(input.shape[1]), offset: 0))
    case "mean", "avg", "average": return try global(input, .average, keepsAxes: false)
    case "max": return try global(input, .maximum, keepsAxes: false)
    case "last", nil:
      let last = try take(backend.slice(input, axis: 1, range: input.shape[1] - 1..<input.shape[1]))
      return try reshaped(last, to: [input.shape[0], input.shape[2]])
    case let mode?: throw missing("sequence pooling by \"\(mode)\"")
    }
  }

  mutating func rearranged(_ input: Signal) throws(KernelError) -> Signal {
    let batch = input.shape[0]
    let rank = input.shape.count - 2
    switch layer.kind {
    case .flatten: return try reshaped(input, to: [batch, input.value.count / max(batch, 1)])
    case .reshape:
      let count = input.value.count / max(batch, 1)
      guard let target = facts.value(LayerKeys.targetShape) else { throw unknown(LayerKeys.targetShape.name) }
      let known = target.filter { $0 >= 0 }.reduce(1, *)
      return try reshaped(input, to: [batch] + target.map { $0 < 0 ? count / max(known, 1) : $0 })
    case .permute:
      guard let order = facts.value(LayerKeys.dimensions) else { throw unknown(LayerKeys.dimensions.name) }
      return try take(backend.permute(input, axes: [0] + order))
    case .repeatVector:
      guard let count = facts.value(LayerKeys.factors)?.first else { throw unknown(LayerKeys.factors.name) }
      return try take(backend.repeatVector(input, count: count))
    case .upSampling:
      guard let factors = sizes(LayerKeys.factors, rank) else { throw unknown(LayerKeys.factors.name) }
      return try take(backend.upsampling(input, factors: factors, .nearest))
    case .cropping, .zeroPadding:
      guard let amounts = facts.value(LayerKeys.amounts), amounts.count == 2 * rank else {
        throw unknown(LayerKeys.amounts.name)
      }
      let before = stride(from: 0, to: amounts.count, by: 2).map { amounts[$0] }
      let after = stride(from: 1, to: amounts.count, by: 2).map { amounts[$0] }
      return try take(
        layer.kind == .cropping
          ? backend.cropping(input, before: before, after: after)
          : backend.zeroPadding(input, before: before, after: after)
      )
    default: return try resized(input)
    }
  }

  /// Images of another size: cut from the middle, or each place repeated so often as it fits.
  private mutating func resized(_ input: Signal) throws(KernelError) -> Signal {
    guard input.shape.count == 4, let size = sizes(LayerKeys.size, 2) else { throw unknown(LayerKeys.size.name) }
    let spatial = [input.shape[1], input.shape[2]]
    guard size != spatial else { return input }
    if layer.kind == .centerCrop, zip(spatial, size).allSatisfy({ $0 >= $1 }) {
      let rest = zip(spatial, size).map { $0 - $1 }
      return try take(backend.cropping(input, before: rest.map { $0 / 2 }, after: rest.map { $0 - $0 / 2 }))
    }
    if layer.kind == .resizing, zip(spatial, size).allSatisfy({ $1 % $0 == 0 }) {
      return try take(backend.upsampling(input, factors: zip(spatial, size).map { $1 / $0 }, .linear))
    }
    if layer.kind == .resizing, zip(spatial, size).allSatisfy({ $0 % $1 == 0 }) {
      return try take(backend.pooling(input, PoolingOptions(.average, window: zip(spatial, size).map { $0 / $1 })))
    }
    throw missing("\(layer.kind.rawValue) from \(spatial) to \(size)")
  }

  func unknown(_ key: String) -> KernelError {
    .unsupported(operation: layer.kind.rawValue, reason: "its \"\(key)\" is not known")
  }
}
