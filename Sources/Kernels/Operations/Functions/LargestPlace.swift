internal import CKernels

extension ProcessorBackend {
  /// The place of the largest number of each row, the last axis, which goes away: `keras.ops.argmax`.
  ///
  /// It has no gradient: nothing behind it learns.
  package func largestPlace(_ input: Signal) throws(KernelError) -> any Operation {
    try LargestPlace(input)
  }
}

final class LargestPlace: Operation {
  let name = "argmax"
  let inputs: [Signal]
  let outputs: [Signal]
  private let width: Int

  init(_ input: Signal) throws(KernelError) {
    guard let width = input.shape.last, width > 0, input.shape.count > 1 else {
      throw .shapes(operation: name, shapes: [input.shape], reason: "there is no last axis to look along")
    }
    self.width = width
    inputs = [input]
    outputs = [try Signal(input.shape.dropLast(), hasGradient: input.gradient != nil)]
  }

  func forward(isTraining: Bool) {
    ck_largest_places(inputs[0].value.pointer, output.value.pointer, output.value.count, width)
  }

  func backward() {}
}
