internal import CKernels

extension Tensor {
  /// The square root of the sum of squares, which is gathered in double precision: it is finite where all numbers are.
  package var norm: Double {
    ck_sum_of_squares(pointer, count).squareRoot()
  }

  /// Whether none of the numbers is infinite or no number.
  package var isFinite: Bool {
    norm.isFinite
  }

  /// The norm of the difference to a tensor of the same count.
  package func distance(to other: Tensor) -> Double {
    guard other.count == count else { return .nan }
    return ck_squared_distance(pointer, other.pointer, count).squareRoot()
  }

  /// Takes over the numbers of a tensor of the same count.
  package func copy(_ other: Tensor) throws(KernelError) {
    guard other.count == count else {
      throw .shapes(operation: "copy", shapes: [shape, other.shape], reason: "the number of values differs")
    }
    pointer.update(from: other.pointer, count: count)
  }

  /// Takes over entries of the first axis of another tensor, in the order of `rows`; what is left of this one stays as it is.
  package func gather(_ rows: some Collection<Int32>, of table: Tensor) throws(KernelError) {
    let height = table.shape.first ?? 0
    let width = height > 0 ? table.count / height : 0
    guard rows.count * width <= count, rows.allSatisfy({ $0 >= 0 && Int($0) < height }) else {
      throw .shapes(
        operation: "gather",
        shapes: [shape, table.shape],
        reason: "there are no such rows, or no room for them"
      )
    }
    for (place, row) in rows.enumerated() {
      (pointer + place * width).update(from: table.pointer + Int(row) * width, count: width)
    }
  }
}
