import Kernels
import Testing

struct CurveTests {
  @Test func `activations of our own agree with Keras and PyTorch`() throws {
    try compareFamily(
      "curves",
      [
        "relu with all options": { try $0.activation($1[0], .limitedReLU(slope: 0.1, most: 4, threshold: 0.5)) },
        "relu6": { try $0.activation($1[0], .limitedReLU(slope: 0, most: 6, threshold: 0)) },
        "selu": { try $0.activation($1[0], .selu) },
        "selu far out": { try $0.activation($1[0], .selu) },
        "celu": { try $0.activation($1[0], .celu(alpha: 0.7)) },
        "tanh_shrink": { try $0.activation($1[0], .tanhShrink) },
        "hard_sigmoid": { try $0.activation($1[0], .hardSigmoid(slope: 1 / 6, shift: 0.5)) },
        "hard_silu": { try $0.activation($1[0], .hardSwish) },
        "hard_tanh": { try $0.activation($1[0], .hardTanh) },
        "soft_shrink": { try $0.activation($1[0], .softShrink(threshold: 0.7)) },
        "hard_shrink": { try $0.activation($1[0], .hardShrink(threshold: 0.7)) },
        "softsign": { try $0.activation($1[0], .softsign) },
        "softsign far out": { try $0.activation($1[0], .softsign) },
        "sparse_plus": { try $0.activation($1[0], .sparsePlus) },
        "sparse_sigmoid": { try $0.activation($1[0], .sparseSigmoid) },
        "squareplus": { try $0.activation($1[0], .squareplus(b: 4)) },
        "squareplus far out": { try $0.activation($1[0], .squareplus(b: 4)) },
        "log_sigmoid": { try $0.activation($1[0], .logSigmoid) },
        "log_sigmoid far out": { try $0.activation($1[0], .logSigmoid) },
        "threshold": { try $0.activation($1[0], .threshold(0.5, value: -2)) },
        "glu": { try $0.gatedLinearUnit($1[0]) },
        "sparsemax": { try $0.sparsemax($1[0]) },
      ]
    )
  }

  @Test(arguments: [
    Activation.selu, .celu(alpha: 1), .tanhShrink, .hardTanh, .hardSwish, .logSigmoid, .squareplus(b: 4),
  ])
  func `NaN goes through`(activation: Activation) throws {
    #expect(try value(of: activation, at: .nan).isNaN)
  }

  @Test(arguments: [
    (Activation.limitedReLU(slope: 0, most: 6, threshold: 0), -Float.infinity, Float(0)),
    (.limitedReLU(slope: 0, most: 6, threshold: 0), .infinity, 6),
    (.selu, -.infinity, -1.7580993),
    (.logSigmoid, -.infinity, -.infinity),
    (.logSigmoid, .infinity, 0),
  ])
  func `infinite numbers have their limits`(activation: Activation, input: Float, expected: Float) throws {
    #expect(try value(of: activation, at: input) == expected)
  }

  @Test func `a gated linear unit needs an even width`() throws {
    let input = try Signal([2, 5])
    #expect(throws: KernelError.self) { try ProcessorBackend().gatedLinearUnit(input) }
  }

  private func value(of activation: Activation, at input: Float) throws -> Float {
    let signal = try Signal([1])
    let operation = try ProcessorBackend().activation(signal, activation)
    signal.value.fill(input)
    try operation.forward(isTraining: false)
    return operation.output.value.values[0]
  }
}
