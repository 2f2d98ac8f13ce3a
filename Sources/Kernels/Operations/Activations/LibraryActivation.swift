internal import CKernels

extension ProcessorBackend {
  package func activation(_ input: Signal, _ activation: Activation) throws(KernelError) -> any Operation {
    switch activation {
    case .linear: try ReshapeOperation("linear", input, shape: input.shape)
    case .relu: try LibraryActivation("relu", input, CK_RELU_OF_OUTPUT)
    case .leakyReLU(let slope): try LibraryActivation("leaky_relu", input, CK_RELU, alpha: slope)
    case .tanh: try LibraryActivation("tanh", input, CK_TANH_OF_OUTPUT)
    case .sigmoid: try LibraryActivation("sigmoid", input, CK_SIGMOID_OF_OUTPUT)
    case .elu(let alpha): try LibraryActivation("elu", input, CK_ELU, alpha: alpha)
    case .softplus: try LibraryActivation("softplus", input, CK_SOFTPLUS)
    case .exponential: try LibraryActivation("exponential", input, CK_EXPONENTIAL)
    case .gelu(let isApproximate): try LibraryActivation("gelu", input, isApproximate ? CK_GELU_TANH : CK_GELU)
    case .swish: try LibraryActivation("swish", input, CK_SWISH, alpha: 1)
    case .mish: try LibraryActivation("mish", input, CK_MISH)
    }
  }
}

/// An activation that the library has a kernel for.
final class LibraryActivation: Operation {
  let name: String
  let inputs: [Signal]
  let outputs: [Signal]
  private let forward: Primitive
  private let backwards: Primitive

  init(_ name: String, _ input: Signal, _ kind: ck_activation, alpha: Float = 0, beta: Float = 0) throws(KernelError) {
    let output = try Signal(input.shape, hasGradient: input.gradient != nil)
    let layout = try Layout(name, sizes: [max(input.value.count, 1)], strides: [1])
    forward = try Primitive(name, [input.shape]) { made in
      ck_eltwise(CK_FORWARD_TRAINING, kind, alpha, beta, layout.handle, made)
    }
    backwards = try Primitive(name, [input.shape]) { made in
      ck_eltwise(CK_BACKWARD_DATA, kind, alpha, beta, layout.handle, made)
    }
    try forward.bind(.source, input.value)
    try forward.bind(.destination, output.value)
    let readsOutput = [CK_RELU_OF_OUTPUT, CK_TANH_OF_OUTPUT, CK_SIGMOID_OF_OUTPUT].contains(kind)
    try backwards.bind(readsOutput ? .destination : .source, readsOutput ? output.value : input.value)
    if let gradient = output.gradient { try backwards.bind(.destinationGradient, gradient.tensor) }
    self.name = name
    inputs = [input]
    outputs = [output]
  }

  func forward(isTraining: Bool) throws(KernelError) {
    try forward.run()
  }

  func backward() throws(KernelError) {
    guard let target = inputs[0].gradient, let gradient = output.gradient else { return }
    _ = gradient.sum
    try target.overwrite { (gradient) throws(KernelError) in
      try backwards.bind(.sourceGradient, gradient)
      try backwards.run()
    }
  }
}
