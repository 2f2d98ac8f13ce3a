import Experiment
import Kernels

/// What the parameters of a layer start with.
struct InitialValues {
  let layer: Layer
  /// The layer's name, made unique among those of the experiment.
  let name: String
  let seed: UInt64
  /// Whether what nothing states is what PyTorch does, rather than Keras.
  let isTorch: Bool

  /// Writes the draws.
  ///
  /// A stream is told by the names of layer and parameter, wherever both stand.
  func write(to parameters: [Parameter]) throws(KernelError) {
    var seen: [String: Int] = [:]
    for parameter in parameters {
      let count = seen[parameter.name, default: 0]
      seen[parameter.name] = count + 1
      guard let initializer = try initializer(of: parameter) else { continue }
      let place = "\(name)/\(parameter.name)" + (count > 0 ? "#\(count)" : "")
      let stream = RandomStream(seed: seed, purpose: .weights, index: StableHash.of(place))
      try parameter.write(values(of: parameter, initializer, stream))
    }
  }

  // MARK: - Private

  private func values(
    of parameter: Parameter,
    _ initializer: Initializer,
    _ stream: RandomStream
  ) throws(KernelError) -> [Float] {
    var values = try initializer.values(parameter.shape, from: stream)
    if layer.kind == .lstm, parameter.name == "bias", layer.facts.value(LayerKeys.unitForgetBias) == true {
      // Gates stand in Keras's order, i, f, c, o.
      let units = values.count / 4
      for unit in units..<2 * units { values[unit] = 1 }
    }
    return values
  }

  /// Nil for what the operation itself starts as it should: scales at 1, offsets at 0.
  private func initializer(of parameter: Parameter) throws(KernelError) -> Initializer? {
    switch parameter.name {
    case "kernel", "embeddings":
      try stated(LayerKeys.kernelInitializer) ?? unstated(parameter)
    case "recurrent_kernel":
      try stated(LayerKeys.recurrentInitializer) ?? (isTorch ? torchRecurrent : .orthogonal(gain: 1))
    case "bias":
      try stated(LayerKeys.biasInitializer) ?? (isTorch && layer.kind.isRecurrent ? torchRecurrent : .zeros)
    default: nil
    }
  }

  private func unstated(_ parameter: Parameter) -> Initializer {
    if parameter.name == "embeddings" { return isTorch ? .randomUniform(-1..<1) : .randomUniform(-0.05..<0.05) }
    return isTorch && layer.kind.isRecurrent ? torchRecurrent : .glorotUniform
  }

  /// `reset_parameters` of PyTorch's `RNNBase`: uniform within 1 / sqrt(hidden size).
  private var torchRecurrent: Initializer {
    let limit = 1 / Float(max(layer.facts.value(LayerKeys.units) ?? 1, 1)).squareRoot()
    return .randomUniform(-limit..<limit)
  }

  private func stated(_ key: FactKey<Record>) throws(KernelError) -> Initializer? {
    guard let record = layer.facts.value(key), let name = record.value(InitializerKeys.name) else { return nil }
    func number(_ key: FactKey<Double>, _ otherwise: Double) -> Float { Float(record.value(key) ?? otherwise) }
    switch name {
    case "zeros": return .zeros
    case "ones": return .ones
    case "constant": return .constant(number(InitializerKeys.value, 0))
    case "glorot_uniform": return .glorotUniform
    case "glorot_normal": return .glorotNormal
    case "he_uniform": return .heUniform
    case "he_normal": return .heNormal
    case "lecun_uniform": return .lecunUniform
    case "lecun_normal": return .lecunNormal
    case "identity": return .identity(gain: number(InitializerKeys.gain, 1))
    case "orthogonal": return .orthogonal(gain: number(InitializerKeys.gain, 1))
    case "random_normal":
      return .randomNormal(
        mean: number(InitializerKeys.mean, 0),
        deviation: number(InitializerKeys.standardDeviation, 0.05)
      )
    case "truncated_normal":
      return .truncatedNormal(
        mean: number(InitializerKeys.mean, 0),
        deviation: number(InitializerKeys.standardDeviation, 0.05)
      )
    case "random_uniform":
      let low = number(InitializerKeys.minimum, -0.05), high = number(InitializerKeys.maximum, 0.05)
      return low < high ? .randomUniform(low..<high) : .constant(low)
    case "variance_scaling": return try varianceScaling(record)
    default:
      throw .unsupported(operation: name, reason: "there is no such initialiser here")
    }
  }

  private func varianceScaling(_ record: Record) throws(KernelError) -> Initializer {
    let mode: Initializer.Mode =
      switch record.value(InitializerKeys.mode) {
      case "fan_out": .fanOut
      case "fan_avg": .fanAverage
      default: .fanIn
      }
    let distribution: Initializer.Distribution =
      switch record.value(InitializerKeys.distribution) {
      case "uniform": .uniform
      case "untruncated_normal": .normal
      default: .truncatedNormal
      }
    return .varianceScaling(scale: record.value(InitializerKeys.scale) ?? 1, mode, distribution)
  }
}

extension LayerKind {
  /// Whether it is a recurrent layer with dense cells.
  var isRecurrent: Bool { self == .simpleRNN || self == .gru || self == .lstm }
}
