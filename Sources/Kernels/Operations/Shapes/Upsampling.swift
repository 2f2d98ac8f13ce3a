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
    case .linear: try LibraryOperation("up_sampling", input, interpolatingBy: factors)
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

extension LibraryOperation {
  /// Makes a linear interpolation between places.
  fileprivate convenience init(_ name: String, _ input: Signal, interpolatingBy factors: [Int]) throws(KernelError) {
    var shape = input.shape
    for (axis, factor) in factors.enumerated() { shape[axis + 1] *= factor }
    let source = try Layout(name, channelsLast: input.shape)
    let destination = try Layout(name, channelsLast: shape)
    try self.init(name, input, shape: shape, shapes: [input.shape, shape], remembering: .nothing) { pass, made in
      ck_resampling(pass, true, source.handle, destination.handle, made)
    }
  }
}
