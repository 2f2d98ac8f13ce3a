extension ProcessorBackend {
  /// Keras's `Dot`: for each sample, the sum over one axis of each input; axes count the batch as 0.
  ///
  /// [batch, i, k] and [batch, j, k] along their last axes give [batch, i, j]; inputs are vectors or matrices, and two vectors give [batch, 1].
  package func dot(_ left: Signal, _ right: Signal, axes: (Int, Int)) throws(KernelError) -> any Operation {
    let (a, b) = (left.shape, right.shape)
    guard (2...3).contains(a.count), (2...3).contains(b.count), a[0] == b[0], (1..<a.count).contains(axes.0),
      (1..<b.count).contains(axes.1), a[axes.0] == b[axes.1]
    else {
      throw .shapes(
        operation: "dot",
        shapes: [a, b],
        reason: "axes \(axes.0) and \(axes.1) of vectors or matrices want one size"
      )
    }
    // [batch, kept, summed], with a kept axis of size 1 for a vector.
    func operand(_ shape: [Int], _ axis: Int) -> MatrixProduct.Operand {
      let strides = shape.contiguousStrides
      let kept = shape.count == 3 ? 3 - axis : nil
      return MatrixProduct.Operand(
        sizes: [shape[0], kept.map { shape[$0] } ?? 1, shape[axis]],
        strides: [strides[0], kept.map { strides[$0] } ?? shape[axis], strides[axis]]
      )
    }
    let first = operand(a, axes.0)
    let second = operand(b, axes.1)
    let sizes = [a[0], first.sizes[1], second.sizes[1]]
    let shape = [a[0]] + (a.count == 3 ? [sizes[1]] : []) + (b.count == 3 ? [sizes[2]] : [])
    return try MatrixProduct(
      "dot",
      (left, first),
      (right, second.transposed),
      shape: shape.count == 1 ? [a[0], 1] : shape,
      destination: MatrixProduct.Operand(sizes: sizes, strides: sizes.contiguousStrides)
    )
  }

  /// Products of the last two axes, [batch, ..., i, k] times [batch, ..., k, j]; all axes before them must agree.
  package func matmul(_ left: Signal, _ right: Signal) throws(KernelError) -> any Operation {
    let (a, b) = (left.shape, right.shape)
    guard a.count == b.count, a.count > 2, a.dropLast(2) == b.dropLast(2), a[a.count - 1] == b[b.count - 2] else {
      throw .shapes(operation: "matmul", shapes: [a, b], reason: "the inner sizes or the batches differ")
    }
    let batches = a.dropLast(2).reduce(1, *)
    func operand(_ shape: [Int]) -> MatrixProduct.Operand {
      let sizes = [batches] + shape.suffix(2)
      return MatrixProduct.Operand(sizes: sizes, strides: sizes.contiguousStrides)
    }
    let shape = a.dropLast() + [b[b.count - 1]]
    return try MatrixProduct(
      "matmul",
      (left, operand(a)),
      (right, operand(b)),
      shape: Array(shape),
      destination: operand(Array(shape))
    )
  }
}
