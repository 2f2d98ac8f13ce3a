internal import CKernels

extension ProcessorBackend {
  package func activation(_ input: Signal, _ activation: Activation) throws(KernelError) -> any Operation {
    switch activation {
    case .linear: try ReshapeOperation("linear", input, shape: input.shape)
    case .relu: try LibraryOperation("relu", input, CK_RELU_OF_OUTPUT)
    case .leakyReLU(let slope): try LibraryOperation("leaky_relu", input, CK_RELU, alpha: slope)
    case .tanh: try LibraryOperation("tanh", input, CK_TANH_OF_OUTPUT)
    case .sigmoid: try LibraryOperation("sigmoid", input, CK_SIGMOID_OF_OUTPUT)
    case .elu(let alpha): try LibraryOperation("elu", input, CK_ELU, alpha: alpha)
    case .softplus: try LibraryOperation("softplus", input, CK_SOFTPLUS)
    case .exponential: try LibraryOperation("exponential", input, CK_EXPONENTIAL)
    case .gelu(let isApproximate): try LibraryOperation("gelu", input, isApproximate ? CK_GELU_TANH : CK_GELU)
    case .swish: try LibraryOperation("swish", input, CK_SWISH, alpha: 1)
    case .mish: try LibraryOperation("mish", input, CK_MISH)
    case .limitedReLU(let slope, let most, let threshold):
      try CurveActivation("relu", input, ck_curve_relu, slope, most, threshold)
    case .selu: try CurveActivation("selu", input, ck_curve_selu)
    case .celu(let alpha): try CurveActivation("celu", input, ck_curve_celu, alpha)
    case .tanhShrink: try CurveActivation("tanh_shrink", input, ck_curve_tanh_shrink)
    case .hardSigmoid(let slope, let shift):
      try CurveActivation("hard_sigmoid", input, ck_curve_hard_sigmoid, slope, shift)
    case .hardSwish: try CurveActivation("hard_silu", input, ck_curve_hard_silu)
    case .hardTanh: try CurveActivation("hard_tanh", input, ck_curve_hard_tanh)
    case .softShrink(let threshold): try CurveActivation("soft_shrink", input, ck_curve_soft_shrink, threshold)
    case .hardShrink(let threshold): try CurveActivation("hard_shrink", input, ck_curve_hard_shrink, threshold)
    case .softsign: try CurveActivation("softsign", input, ck_curve_softsign)
    case .sparsePlus: try CurveActivation("sparse_plus", input, ck_curve_sparse_plus)
    case .sparseSigmoid: try CurveActivation("sparse_sigmoid", input, ck_curve_sparse_sigmoid)
    case .squareplus(let b): try CurveActivation("squareplus", input, ck_curve_squareplus, b)
    case .logSigmoid: try CurveActivation("log_sigmoid", input, ck_curve_log_sigmoid)
    case .threshold(let threshold, let value):
      try CurveActivation("threshold", input, ck_curve_threshold, threshold, value)
    }
  }
}

extension LibraryOperation {
  /// Makes an activation that the library has a kernel for.
  convenience init(
    _ name: String,
    _ input: Signal,
    _ kind: ck_activation,
    alpha: Float = 0,
    beta: Float = 0
  ) throws(KernelError) {
    let layout = try Layout(name, sizes: [max(input.value.count, 1)], strides: [1])
    let readsOutput = [CK_RELU_OF_OUTPUT, CK_TANH_OF_OUTPUT, CK_SIGMOID_OF_OUTPUT].contains(kind)
    try self.init(
      name,
      input,
      shape: input.shape,
      shapes: [input.shape],
      remembering: readsOutput ? .output : .input
    ) { pass, made in ck_eltwise(pass, kind, alpha, beta, layout.handle, made) }
  }
}
