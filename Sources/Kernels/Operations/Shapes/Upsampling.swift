internal import CKernels

package enum Interpolation: Sendable {
  /// Each place is repeated.
  case nearest
  /// Between the four nearest places, with centres at half pixels, as in Keras's `UpSampling2D`. For 1 to 3 spatial axes.
  case linear
}

extension ProcessorBackend {
  /// The spatial axes of [batch, axes ..., channels], `factors` times as long.
  package func upsampling(
    _ input: Signal,
    factors: [Int],
    _ interpolation: Interpolation = .nearest
  ) throws(KernelError) -> any Operation {
    guard input.shape.count == factors.count + 2, (1...3).contains(factors.count), factors.allSatisfy({ $0 > 0 }) else {
      throw .shapes(
        operation: "up_sampling",
        shapes: [input.shape, factors],
        reason: "it wants a factor for each of 1 to 3 spatial axes"
      )
    }
    return switch interpolation {
    case .nearest: try repeated(input, factors: factors)
    case .linear: try Resampling("up_sampling", input, factors: factors)
    }
  }

  /// Each spatial axis becomes two: its places, and the repetitions of each.
  private func repeated(_ input: Signal, factors: [Int]) throws(KernelError) -> any Operation {
    let strides = input.shape.contiguousStrides
    let last = input.shape.count - 1
    var sizes = [input.shape[0]]
    var inputStrides = [strides[0]]
    var shape = [input.shape[0]]
    for (axis, factor) in factors.enumerated() {
      sizes += [input.shape[axis + 1], factor]
      inputStrides += [strides[axis + 1], 0]
      shape.append(input.shape[axis + 1] * factor)
    }
    sizes.append(input.shape[last])
    inputStrides.append(1)
    shape.append(input.shape[last])
    let piece = Rearrangement.Piece(sizes: sizes, inputStrides: inputStrides, outputStrides: sizes.contiguousStrides)
    return try Rearrangement("up_sampling", [input], shape: shape, pieces: [piece])
  }
}

/// Linear interpolation between places, which the library has a kernel for.
private final class Resampling: Operation {
  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  private let forward: Primitive
  private let backwards: Primitive

  init(_ name: String, _ input: Signal, factors: [Int]) throws(KernelError) {
    var shape = input.shape
    for (axis, factor) in factors.enumerated() { shape[axis + 1] *= factor }
    let output = try Signal(shape, hasGradient: input.gradient != nil)
    let source = try Layout(name, channelsLast: input.shape)
    let destination = try Layout(name, channelsLast: shape)
    forward = try Primitive(name, [input.shape, shape]) { made in
      ck_resampling(CK_FORWARD_TRAINING, true, source.handle, destination.handle, made)
    }
    backwards = try Primitive(name, [input.shape, shape]) { made in
      ck_resampling(CK_BACKWARD_DATA, true, source.handle, destination.handle, made)
    }
    try forward.bind(.source, input.value)
    try forward.bind(.destination, output.value)
    if let gradient = output.gradient { try backwards.bind(.destinationGradient, gradient.tensor) }
    self.name = name
    inputs = [input]
    outputs = [output]
  }

  func forward(isTraining: Bool) throws(KernelError) {
    try forward.run()
  }

  func backward() throws(KernelError) {
    guard let target = inputs[0].gradient, let gradient = output.gradient else { return }
    _ = gradient.sum
    try target.overwrite { (gradient) throws(KernelError) in
      try backwards.bind(.sourceGradient, gradient)
      try backwards.run()
    }
  }
}
