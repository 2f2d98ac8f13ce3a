import Kernels
import Testing

struct ActivationTests {
  @Test func `activations agree with PyTorch`() throws {
    try compareFamily(
      "activations",
      [
        "linear": { try $0.activation($1[0], .linear) },
        "relu": { try $0.activation($1[0], .relu) },
        "leaky relu": { try $0.activation($1[0], .leakyReLU(slope: 0.2)) },
        "tanh": { try $0.activation($1[0], .tanh) },
        "sigmoid": { try $0.activation($1[0], .sigmoid) },
        "elu": { try $0.activation($1[0], .elu(alpha: 1.5)) },
        "softplus": { try $0.activation($1[0], .softplus) },
        "exponential": { try $0.activation($1[0], .exponential) },
        "gelu": { try $0.activation($1[0], .gelu(isApproximate: false)) },
        "gelu with tanh": { try $0.activation($1[0], .gelu(isApproximate: true)) },
        "swish": { try $0.activation($1[0], .swish) },
        "mish": { try $0.activation($1[0], .mish) },
      ]
    )
  }
}
