internal import CKernels

extension ProcessorBackend {
  /// The first half of the last axis, times the sigmoid of the second.
  package func gatedLinearUnit(_ input: Signal) throws(KernelError) -> any Operation {
    try GatedLinearUnit(input)
  }

  /// The nearest point to each row among those that are non-negative and sum to 1 (Martins and Astudillo, 2016).
  ///
  /// Keras 3.15 sets out to compute this, but its rows do not sum to 1.
  package func sparsemax(_ input: Signal) throws(KernelError) -> any Operation {
    try Sparsemax(input)
  }
}

final class GatedLinearUnit: Operation {
  let name = "glu"
  let inputs: [Signal]
  let outputs: [Signal]
  private let half: Int

  init(_ input: Signal) throws(KernelError) {
    guard let width = input.shape.last, width > 0, width.isMultiple(of: 2) else {
      throw .shapes(operation: name, shapes: [input.shape], reason: "the last axis has no halves")
    }
    half = width / 2
    inputs = [input]
    outputs = [try Signal(input.shape.dropLast() + [half], hasGradient: input.gradient != nil)]
  }

  func forward(isTraining: Bool) {
    ck_glu_forward(inputs[0].value.pointer, output.value.pointer, output.value.count / half, half)
  }

  func backward() throws(KernelError) {
    guard let target = inputs[0].gradient, let gradient = output.gradient?.sum else { return }
    try target.overwrite { (target) throws(KernelError) in
      ck_glu_backward(inputs[0].value.pointer, gradient.pointer, target.pointer, gradient.count / half, half)
    }
  }
}

final class Sparsemax: Operation {
  let name = "sparsemax"
  let inputs: [Signal]
  let outputs: [Signal]
  private let width: Int

  init(_ input: Signal) throws(KernelError) {
    guard let width = input.shape.last, width > 0 else {
      throw .shapes(operation: name, shapes: [input.shape], reason: "there is no last axis to sum over")
    }
    self.width = width
    inputs = [input]
    outputs = [try Signal(input.shape, hasGradient: input.gradient != nil)]
  }

  func forward(isTraining: Bool) {
    ck_sparsemax_forward(inputs[0].value.pointer, output.value.pointer, output.value.count / width, width)
  }

  func backward() throws(KernelError) {
    guard let target = inputs[0].gradient, let gradient = output.gradient?.sum else { return }
    try target.overwrite { (target) throws(KernelError) in
      ck_sparsemax_backward(output.value.pointer, gradient.pointer, target.pointer, gradient.count / width, width)
    }
  }
}
