internal import CKernels

extension ProcessorBackend {
  /// gamma * x, with one gamma for each channel, the last axis: ConvNeXt's `LayerScale`, whose gammas start at `initial`.
  package func learntScale(_ input: Signal, initial: Float) throws(KernelError) -> any Operation {
    guard input.shape.count > 1, let channels = input.shape.last, channels > 0 else {
      throw .shapes(operation: "layer_scale", shapes: [input.shape], reason: "it wants a batch and channels")
    }
    return try LearntScale(input, scale: try parameter("gamma", [channels], initial: initial))
  }
}

final class LearntScale: Operation {
  let name = "layer_scale"
  let inputs: [Signal]
  let outputs: [Signal]
  let parameters: [Parameter]
  private let scale: Parameter
  private let sizes: [Int]

  init(_ input: Signal, scale: Parameter) throws(KernelError) {
    self.scale = scale
    sizes = [input.value.count / scale.value.count, scale.value.count]
    inputs = [input]
    outputs = [try Signal(input.shape)]
    parameters = [scale]
  }

  func forward(isTraining: Bool) throws(KernelError) {
    Strided.run(CK_PRODUCT, sizes: sizes, rows(inputs[0].value), repeated(scale.value), into: rows(output.value))
  }

  func backward() throws(KernelError) {
    guard let gradient = output.gradient?.sum else { return }
    try scale.gradient?.add { (sum) throws(KernelError) in
      Strided.run(CK_ADD_PRODUCT, sizes: sizes, rows(gradient), rows(inputs[0].value), into: repeated(sum))
    }
    try inputs[0].gradient?.overwrite { (target) throws(KernelError) in
      Strided.run(CK_PRODUCT, sizes: sizes, rows(gradient), repeated(scale.value), into: rows(target))
    }
  }

  private func rows(_ tensor: Tensor) -> StridedView {
    StridedView(tensor: tensor, strides: [sizes[1], 1])
  }

  /// The same numbers for each row.
  private func repeated(_ tensor: Tensor) -> StridedView {
    StridedView(tensor: tensor, strides: [0, 1])
  }
}
