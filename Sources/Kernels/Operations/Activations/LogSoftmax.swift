internal import CKernels

extension ProcessorBackend {
  /// The logarithm of the softmax of each row, the last axis, without a detour over numbers that vanish.
  package func logSoftmax(_ input: Signal) throws(KernelError) -> any Operation {
    try LogSoftmax(input)
  }
}

final class LogSoftmax: Operation {
  let name = "log_softmax"
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
    ck_log_softmax(inputs[0].value.pointer, output.value.pointer, output.value.count / width, width)
  }

  func backward() throws(KernelError) {
    guard let target = inputs[0].gradient, let gradient = output.gradient?.sum else { return }
    try target.overwrite { (target) throws(KernelError) in
      ck_log_softmax_backward(output.value.pointer, gradient.pointer, target.pointer, gradient.count / width, width)
    }
  }
}
