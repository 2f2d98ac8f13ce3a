internal import CKernels

/// An activation by a C loop, element by element.
final class CurveActivation: Operation {
  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  private let kind: ck_curve
  private let shape: (Float, Float, Float)

  /// What the numbers mean depends on the kind; see `curves.c`.
  init(
    _ name: String,
    _ input: Signal,
    _ kind: ck_curve,
    _ a: Float = 0,
    _ b: Float = 0,
    _ c: Float = 0
  )
    throws(KernelError)
  {
    self.name = name
    self.kind = kind
    shape = (a, b, c)
    inputs = [input]
    outputs = [try Signal(input.shape, hasGradient: input.gradient != nil)]
  }

  func forward(isTraining: Bool) {
    let (a, b, c) = shape
    ck_curve_forward(kind, a, b, c, inputs[0].value.pointer, output.value.pointer, output.value.count)
  }

  func backward() throws(KernelError) {
    guard let target = inputs[0].gradient, let gradient = output.gradient?.sum else { return }
    let (a, b, c) = shape
    try target.overwrite { (target) throws(KernelError) in
      ck_curve_backward(kind, a, b, c, inputs[0].value.pointer, gradient.pointer, target.pointer, target.count)
    }
  }
}
