/// Products of matrices, batch by batch: destination = scale * left * right, each seen through strides of its own.
final class MatrixProduct: Operation {
  /// A matrix for each entry of the batch axes: [batch axes ..., rows, columns].
  ///
  /// Rows or columns lie side by side.
  struct Operand {
    var sizes: [Int]
    var strides: [Int]

    /// The last two axes exchanged.
    var transposed: Operand {
      var other = self
      let last = sizes.count - 1
      other.sizes.swapAt(last - 1, last)
      other.strides.swapAt(last - 1, last)
      return other
    }

    fileprivate var rows: Int { sizes[sizes.count - 2] }
    fileprivate var columns: Int { sizes[sizes.count - 1] }

    /// Whether columns rather than rows lie apart.
    fileprivate var isTransposed: Bool { strides[strides.count - 1] != 1 }

    /// Where each matrix begins.
    fileprivate var offsets: [Int] {
      var offsets = [0]
      for (size, stride) in zip(sizes, strides).dropLast(2) {
        offsets = offsets.flatMap { start in (0..<size).map { start + $0 * stride } }
      }
      return offsets
    }
  }

  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  private let left: Matrices
  private let right: Matrices
  private let destination: Matrices
  private let scale: Float

  init(
    _ name: String,
    _ left: (Signal, Operand),
    _ right: (Signal, Operand),
    shape: [Int],
    destination: Operand,
    scale: Float = 1
  ) throws(KernelError) {
    self.name = name
    self.left = Matrices(left.1)
    self.right = Matrices(right.1)
    self.destination = Matrices(destination)
    self.scale = scale
    inputs = [left.0, right.0]
    outputs = [try Signal(shape, hasGradient: left.0.gradient != nil || right.0.gradient != nil)]
  }

  func forward(isTraining: Bool) throws(KernelError) {
    try multiply((left, inputs[0].value), (right, inputs[1].value), into: (destination, output.value))
  }

  /// y = s a b gives da = s dy b^T and db = s a^T dy.
  func backward() throws(KernelError) {
    guard let gradient = output.gradient?.sum else { return }
    try inputs[0].gradient?.overwrite { (tensor) throws(KernelError) in
      try multiply((destination, gradient), (right.transposed, inputs[1].value), into: (left, tensor))
    }
    try inputs[1].gradient?.overwrite { (tensor) throws(KernelError) in
      try multiply((left.transposed, inputs[0].value), (destination, gradient), into: (right, tensor))
    }
  }

  private func multiply(
    _ a: (Matrices, Tensor),
    _ b: (Matrices, Tensor),
    into y: (Matrices, Tensor)
  ) throws(KernelError) {
    if y.0.operand.isTransposed {
      // y^T = b^T a^T
      try multiply((b.0.transposed, b.1), (a.0.transposed, a.1), into: (y.0.transposed, y.1))
      return
    }
    for index in y.0.offsets.indices {
      try product(
        a.0.view(a.1, index),
        b.0.view(b.1, index),
        scale: scale,
        add: false,
        y.0.view(y.1, index),
        m: y.0.operand.rows,
        n: y.0.operand.columns,
        k: a.0.operand.columns
      )
    }
  }
}

/// An operand with the places of its matrices worked out.
private struct Matrices {
  let operand: MatrixProduct.Operand
  let offsets: [Int]

  init(_ operand: MatrixProduct.Operand) {
    self.operand = operand
    offsets = operand.offsets
  }

  private init(_ operand: MatrixProduct.Operand, offsets: [Int]) {
    self.operand = operand
    self.offsets = offsets
  }

  var transposed: Matrices { Matrices(operand.transposed, offsets: offsets) }

  func view(_ tensor: Tensor, _ index: Int) -> MatrixView {
    let isTransposed = operand.isTransposed
    let step = operand.strides[operand.strides.count - (isTransposed ? 1 : 2)]
    // A single row may have any step, and the library wants one that is no shorter than the row.
    let width = isTransposed ? operand.rows : operand.columns
    return MatrixView(tensor.pointer + offsets[index], max(step, width), isTransposed: isTransposed)
  }
}
