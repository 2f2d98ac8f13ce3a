/// What flows from one operation to others: values forwards, the gradient of the loss backwards.
package final class Signal {
  package let value: Tensor
  /// Absent where nothing behind the signal learns, as in the input of a network: operations then leave the work out.
  package let gradient: Gradient?

  package init(_ shape: [Int], hasGradient: Bool = true) throws(KernelError) {
    value = try Tensor(shape)
    gradient = hasGradient ? try Gradient(shape) : nil
  }

  private init(value: Tensor, gradient: Gradient?) {
    self.value = value
    self.gradient = gradient
  }

  /// The batch first.
  package var shape: [Int] { value.shape }

  /// The same memory, values and gradient, in another shape.
  func reshaped(_ shape: [Int]) throws(KernelError) -> Signal {
    Signal(value: try value.reshaped(shape), gradient: gradient)
  }
}
