internal import CKernels

extension ProcessorBackend {
  /// e^x in terms of the sum of its row, which is one axis; that counts the batch as 0.
  package func softmax(_ input: Signal, axis: Int) throws(KernelError) -> any Operation {
    guard input.shape.indices.contains(axis), input.value.count > 0 else {
      throw .shapes(operation: "softmax", shapes: [input.shape], reason: "there is no axis \(axis)")
    }
    let last = input.shape.count - 1
    guard axis != last else { return try Softmax("softmax", input) }
    guard axis > 0 else {
      throw .unsupported(operation: "softmax", reason: "it does not run over the batch")
    }
    // An exchange of two axes is its own way back.
    var axes = Array(input.shape.indices)
    axes.swapAt(axis, last)
    let there = try permute(input, axes: axes)
    let rows = try Softmax("softmax", there.output)
    let back = try permute(rows.output, axes: axes)
    return Network("softmax", operations: [there, rows, back], inputs: [input], outputs: back.outputs)
  }
}

/// Softmax of rows, the last axis.
final class Softmax: Operation {
  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  private let rows: Int64
  private let columns: Int64
  private let period: Int64

  /// `isCausal`: row r of the last but one axis sees columns up to r only.
  init(_ name: String, _ input: Signal, isCausal: Bool = false) throws(KernelError) {
    let columns = input.shape[input.shape.count - 1]
    self.columns = Int64(columns)
    rows = Int64(input.value.count / columns)
    period = isCausal ? Int64(input.shape[input.shape.count - 2]) : 0
    self.name = name
    inputs = [input]
    outputs = [try Signal(input.shape, hasGradient: input.gradient != nil)]
  }

  func forward(isTraining: Bool) throws(KernelError) {
    ck_softmax(rows, columns, period, inputs[0].value.pointer, output.value.pointer)
  }

  func backward() throws(KernelError) {
    guard let target = inputs[0].gradient, let gradient = output.gradient?.sum else { return }
    try target.overwrite { (tensor) throws(KernelError) in
      ck_softmax_backward(rows, columns, output.value.pointer, gradient.pointer, tensor.pointer)
    }
  }
}
