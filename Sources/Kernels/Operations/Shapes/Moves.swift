extension ProcessorBackend {
  /// Other orders of axes: axis i of the output is axis `axes[i]` of the input, 0 the batch, which stays first.
  package func permute(_ input: Signal, axes: [Int]) throws(KernelError) -> any Operation {
    guard axes.sorted() == Array(input.shape.indices), axes.first == 0 else {
      throw .shapes(
        operation: "permute",
        shapes: [input.shape, axes],
        reason: "each axis is wanted once, the batch first"
      )
    }
    let shape = axes.map { input.shape[$0] }
    let strides = input.shape.contiguousStrides
    let piece = Rearrangement.Piece(
      sizes: shape,
      inputStrides: axes.map { strides[$0] },
      outputStrides: shape.contiguousStrides
    )
    return try Rearrangement("permute", [input], shape: shape, pieces: [piece])
  }

  /// Zeros around the spatial axes of [batch, axes ..., channels]: `before[i]` and `after[i]` at axis i + 1.
  package func zeroPadding(_ input: Signal, before: [Int], after: [Int]) throws(KernelError) -> any Operation {
    let frame = try Frame("zero_padding", input.shape, before, after)
    let shape = frame.enlarged
    let strides = shape.contiguousStrides
    let piece = Rearrangement.Piece(
      sizes: input.shape,
      inputStrides: input.shape.contiguousStrides,
      outputOffset: frame.offset(strides),
      outputStrides: strides
    )
    return try Rearrangement("zero_padding", [input], shape: shape, pieces: [piece])
  }

  /// Takes places away at both ends of the spatial axes.
  package func cropping(_ input: Signal, before: [Int], after: [Int]) throws(KernelError) -> any Operation {
    let frame = try Frame("cropping", input.shape, before, after)
    let shape = frame.reduced
    guard shape.allSatisfy({ $0 > 0 }) else {
      throw .shapes(operation: "cropping", shapes: [input.shape, before, after], reason: "nothing is left")
    }
    let strides = input.shape.contiguousStrides
    let piece = Rearrangement.Piece(
      sizes: shape,
      inputOffset: frame.offset(strides),
      inputStrides: strides,
      outputStrides: shape.contiguousStrides
    )
    return try Rearrangement("cropping", [input], shape: shape, pieces: [piece])
  }

  /// [batch, features] to [batch, count, features].
  package func repeatVector(_ input: Signal, count: Int) throws(KernelError) -> any Operation {
    guard input.shape.count == 2, count > 0 else {
      throw .shapes(operation: "repeat_vector", shapes: [input.shape, [count]], reason: "it repeats rows of features")
    }
    let shape = [input.shape[0], count, input.shape[1]]
    let piece = Rearrangement.Piece(
      sizes: shape,
      inputStrides: [input.shape[1], 0, 1],
      outputStrides: shape.contiguousStrides
    )
    return try Rearrangement("repeat_vector", [input], shape: shape, pieces: [piece])
  }

  /// The order along one axis turned round.
  package func reverse(_ input: Signal, axis: Int) throws(KernelError) -> any Operation {
    guard input.shape.indices.contains(axis) else {
      throw .shapes(operation: "reverse", shapes: [input.shape], reason: "there is no axis \(axis)")
    }
    var strides = input.shape.contiguousStrides
    let last = (input.shape[axis] - 1) * strides[axis]
    strides[axis] = -strides[axis]
    let piece = Rearrangement.Piece(
      sizes: input.shape,
      inputOffset: last,
      inputStrides: strides,
      outputStrides: input.shape.contiguousStrides
    )
    return try Rearrangement("reverse", [input], shape: input.shape, pieces: [piece])
  }

  /// The places `range` of one axis.
  package func slice(_ input: Signal, axis: Int, range: Range<Int>) throws(KernelError) -> any Operation {
    guard input.shape.indices.contains(axis), !range.isEmpty, range.lowerBound >= 0,
      range.upperBound <= input.shape[axis]
    else {
      throw .shapes(operation: "slice", shapes: [input.shape], reason: "axis \(axis) has no places \(range)")
    }
    var shape = input.shape
    shape[axis] = range.count
    let strides = input.shape.contiguousStrides
    let piece = Rearrangement.Piece(
      sizes: shape,
      inputOffset: range.lowerBound * strides[axis],
      inputStrides: strides,
      outputStrides: shape.contiguousStrides
    )
    return try Rearrangement("slice", [input], shape: shape, pieces: [piece])
  }

  /// Inputs one after another along an axis, which counts the batch as 0; all other sizes must agree.
  package func concatenate(_ inputs: [Signal], axis: Int) throws(KernelError) -> any Operation {
    let shapes = inputs.map(\.shape)
    var shape = shapes.first ?? []
    guard shape.indices.contains(axis), shapes.allSatisfy({ $0.differs(from: shape, onlyAt: axis) }) else {
      throw .shapes(operation: "concatenate", shapes: shapes, reason: "they differ at another axis than \(axis)")
    }
    shape[axis] = shapes.reduce(0) { $0 + $1[axis] }
    let strides = shape.contiguousStrides
    var place = 0
    var pieces: [Rearrangement.Piece] = []
    for (index, piece) in shapes.enumerated() {
      pieces.append(
        Rearrangement.Piece(
          input: index,
          sizes: piece,
          inputStrides: piece.contiguousStrides,
          outputOffset: place * strides[axis],
          outputStrides: strides
        )
      )
      place += piece[axis]
    }
    return try Rearrangement("concatenate", inputs, shape: shape, pieces: pieces)
  }
}

extension [Int] {
  fileprivate func differs(from other: [Int], onlyAt axis: Int) -> Bool {
    count == other.count && indices.allSatisfy { $0 == axis || self[$0] == other[$0] }
  }
}

/// Places before and after each spatial axis.
private struct Frame {
  let shape: [Int]
  let before: [Int]
  let after: [Int]

  init(_ operation: String, _ shape: [Int], _ before: [Int], _ after: [Int]) throws(KernelError) {
    let axes = shape.count - 2
    guard before.count == axes, after.count == axes, (before + after).allSatisfy({ $0 >= 0 }) else {
      throw .shapes(
        operation: operation,
        shapes: [shape, before, after],
        reason: "it wants 0 or more places for each spatial axis"
      )
    }
    self.shape = shape
    self.before = [0] + before + [0]
    self.after = [0] + after + [0]
  }

  var enlarged: [Int] { shape.indices.map { shape[$0] + before[$0] + after[$0] } }

  var reduced: [Int] { shape.indices.map { shape[$0] - before[$0] - after[$0] } }

  /// Where the inner part begins in the larger tensor.
  func offset(_ strides: [Int]) -> Int {
    zip(before, strides).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
