internal import CKernels

/// l1 * sum |x| + l2 * sum x^2, added to the loss: Keras's `L1`, `L2` and `L1L2` regularizers.
package struct Penalty: Equatable, Sendable {
  package let l1: Float
  package let l2: Float

  package init(l1: Float = 0, l2: Float = 0) {
    self.l1 = l1
    self.l2 = l2
  }

  package func value(of tensor: Tensor) -> Double {
    var value = 0.0
    if l1 != 0 { value += Double(l1) * ck_sum_of_sizes(tensor.pointer, tensor.count) }
    if l2 != 0 { value += Double(l2) * ck_sum_of_squares(tensor.pointer, tensor.count) }
    return value
  }

  /// Contributes to the gradient of a parameter, and gives the penalty.
  package func apply(to parameter: Parameter) throws(KernelError) -> Double {
    try parameter.gradient?.add { (gradient) throws(KernelError) in addGradient(of: parameter.value, to: gradient) }
    return value(of: parameter.value)
  }

  /// Contributes to the gradient of a layer's output, and gives the penalty: Keras's `activity_regularizer`, which Keras 3 divides by the
  /// size of the batch.
  package func apply(to activity: Signal) throws(KernelError) -> Double {
    guard let batch = activity.shape.first, batch > 0 else { return 0 }
    let share = 1 / Float(batch)
    try activity.gradient?.add { (gradient) throws(KernelError) in
      addGradient(of: activity.value, to: gradient, share: share)
    }
    return value(of: activity.value) * Double(share)
  }

  private func addGradient(of tensor: Tensor, to gradient: Tensor, share: Float = 1) {
    ck_penalty_gradient(l1 * share, l2 * share, tensor.pointer, gradient.pointer, tensor.count)
  }
}
