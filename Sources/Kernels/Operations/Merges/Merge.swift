internal import CKernels

/// How two or more inputs become one, entry by entry; the names are Keras's.
package enum Merge: Sendable {
  case add, subtract, multiply, average, maximum, minimum
}

extension ProcessorBackend {
  /// Merges inputs from left to right.
  ///
  /// Axes of size 1 are repeated; an input of lower rank gets axes of size 1 behind its batch, as in Keras.
  ///
  /// Where both are equally large, the gradient of a maximum or minimum goes to the left one, as in TensorFlow.
  package func merge(_ inputs: [Signal], _ merge: Merge) throws(KernelError) -> any Operation {
    guard inputs.count > 1, merge != .subtract || inputs.count == 2 else {
      throw .shapes(operation: "\(merge)", shapes: inputs.map(\.shape), reason: "there are too few or too many inputs")
    }
    var operations: [any Operation] = []
    var result = inputs[0]
    for input in inputs.dropFirst() {
      let next = try PairMerge("\(merge)", result, input, merge)
      operations.append(next)
      result = next.output
    }
    if merge == .average {
      let last = try rescaling(result, scale: 1 / Float(inputs.count))
      operations.append(last)
      result = last.output
    }
    return operations.count == 1
      ? operations[0] : Network("\(merge)", operations: operations, inputs: inputs, outputs: [result])
  }

  /// scale * x + offset.
  package func rescaling(_ input: Signal, scale: Float, offset: Float = 0) throws(KernelError) -> any Operation {
    try LibraryOperation("rescaling", input, CK_LINEAR, alpha: scale, beta: offset)
  }
}

private final class PairMerge: Operation {
  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  private let merge: Merge
  // Of the output's axes, for each input.
  private let strides: [[Int]]

  init(_ name: String, _ left: Signal, _ right: Signal, _ merge: Merge) throws(KernelError) {
    let rank = max(left.shape.count, right.shape.count)
    let shapes = [left, right].map { signal in
      signal.shape.prefix(1) + Array(repeating: 1, count: rank - signal.shape.count) + signal.shape.dropFirst()
    }
    let pairs = zip(shapes[0], shapes[1])
    guard rank <= Int(CK_MAX_AXES), pairs.allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else {
      throw .shapes(operation: name, shapes: [left.shape, right.shape], reason: "their sizes differ")
    }
    self.name = name
    self.merge = merge
    inputs = [left, right]
    strides = shapes.map { shape in
      zip(Array(shape), Array(shape).contiguousStrides).map { size, stride in size == 1 ? 0 : stride }
    }
    outputs = [try Signal(pairs.map { max($0, $1) }, hasGradient: left.gradient != nil || right.gradient != nil)]
  }

  func forward(isTraining: Bool) throws(KernelError) {
    let kind =
      switch merge {
      case .add, .average: CK_SUM
      case .subtract: CK_DIFFERENCE
      case .multiply: CK_PRODUCT
      case .maximum: CK_MAXIMUM
      case .minimum: CK_MINIMUM
      }
    Strided.run(kind, sizes: output.shape, view(0), view(1), into: whole(output.value))
  }

  func backward() throws(KernelError) {
    guard let gradient = output.gradient?.sum else { return }
    for side in 0...1 {
      guard let target = inputs[side].gradient else { continue }
      if (merge == .add || merge == .average) && inputs[side].shape == output.shape {
        try target.overwrite { (copy) throws(KernelError) in
          Strided.run(CK_COPY, sizes: output.shape, whole(gradient), into: whole(copy))
        }
      } else {
        try target.add { (sum) throws(KernelError) in
          contribute(whole(gradient), to: StridedView(tensor: sum, strides: strides[side]), side: side)
        }
      }
    }
  }

  private func contribute(_ gradient: StridedView, to sum: StridedView, side: Int) {
    let sizes = output.shape
    switch (merge, side) {
    case (.add, _), (.average, _), (.subtract, 0): Strided.run(CK_ADD_COPY, sizes: sizes, gradient, into: sum)
    case (.subtract, _): Strided.run(CK_ADD_NEGATIVE, sizes: sizes, gradient, into: sum)
    case (.multiply, _): Strided.run(CK_ADD_PRODUCT, sizes: sizes, gradient, view(1 - side), into: sum)
    case (.maximum, 0): Strided.run(CK_ADD_WHERE_NOT_LESS, sizes: sizes, view(0), view(1), gradient, into: sum)
    case (.maximum, _): Strided.run(CK_ADD_WHERE_LESS, sizes: sizes, view(0), view(1), gradient, into: sum)
    case (.minimum, 0): Strided.run(CK_ADD_WHERE_NOT_GREATER, sizes: sizes, view(0), view(1), gradient, into: sum)
    case (.minimum, _): Strided.run(CK_ADD_WHERE_GREATER, sizes: sizes, view(0), view(1), gradient, into: sum)
    }
  }

  private func view(_ side: Int) -> StridedView {
    StridedView(tensor: inputs[side].value, strides: strides[side])
  }

  private func whole(_ tensor: Tensor) -> StridedView {
    StridedView(tensor: tensor, strides: output.shape.contiguousStrides)
  }
}
