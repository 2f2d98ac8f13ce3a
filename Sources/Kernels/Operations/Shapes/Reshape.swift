extension ProcessorBackend {
  /// The same numbers in another shape, the batch included.
  ///
  /// Costs nothing: it is the same memory.
  package func reshape(_ input: Signal, to shape: [Int]) throws(KernelError) -> any Operation {
    try ReshapeOperation("reshape", input, shape: shape)
  }
}

/// Gives its input's own memory, values and gradient, in another shape.
final class ReshapeOperation: Operation {
  let name: String
  let inputs: [Signal]
  let outputs: [Signal]

  init(_ name: String, _ input: Signal, shape: [Int]) throws(KernelError) {
    self.name = name
    inputs = [input]
    outputs = [try input.reshaped(shape)]
  }

  func forward(isTraining: Bool) throws(KernelError) {}

  func backward() throws(KernelError) {}
}
