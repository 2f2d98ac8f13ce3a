import Experiment
import Kernels

/// What an activation by its standard name is, with the settings of its layer.
enum NamedActivation {
  /// Of each number by itself, which some layers apply as they compute.
  case single(Activation)
  case softmax
  case logSoftmax
  case sparsemax
  case gated
  /// A learnt slope for what is negative.
  case learntSlope

  /// - Throws: Where there is none of the name here.
  init(_ name: String, _ facts: Record) throws(KernelError) {
    let slope = facts.value(LayerKeys.negativeSlope)
    let most = facts.value(LayerKeys.maximum)
    let threshold = facts.value(LayerKeys.threshold)
    self =
      switch name {
      case "linear": .single(.linear)
      case "relu" where most != nil || threshold != nil || slope != nil, "leaky_relu" where most != nil:
        .single(
          .limitedReLU(slope: Float(slope ?? 0), most: Float(most ?? .infinity), threshold: Float(threshold ?? 0))
        )
      case "relu": .single(.relu)
      case "relu6": .single(.limitedReLU(slope: 0, most: 6, threshold: 0))
      // Keras's function has 0.2 where its layer has 0.3, which the dialect states (`keras/src/activations`, 3.15).
      case "leaky_relu": .single(.leakyReLU(slope: Float(slope ?? 0.2)))
      case "elu": .single(.elu(alpha: 1))
      case "celu": .single(.celu(alpha: 1))
      case "selu": .single(.selu)
      // Keras and PyTorch use the exact form unless told otherwise.
      case "gelu": .single(.gelu(isApproximate: false))
      case "silu": .single(.swish)
      case "mish": .single(.mish)
      case "hard_silu": .single(.hardSwish)
      case "sparse_plus": .single(.sparsePlus)
      case "tanh": .single(.tanh)
      case "hard_tanh": .single(.hardTanh)
      case "softsign": .single(.softsign)
      case "sigmoid": .single(.sigmoid)
      case "hard_sigmoid": .single(.hardSigmoid(slope: 1.0 / 6, shift: 0.5))
      case "sparse_sigmoid": .single(.sparseSigmoid)
      case "softplus": .single(.softplus)
      case "squareplus": .single(.squareplus(b: 4))
      case "exponential": .single(.exponential)
      case "log_sigmoid": .single(.logSigmoid)
      case "threshold": .single(.threshold(Float(threshold ?? 1), value: 0))
      case "tanh_shrink": .single(.tanhShrink)
      case "soft_shrink": .single(.softShrink(threshold: Float(threshold ?? 0.5)))
      case "hard_shrink": .single(.hardShrink(threshold: Float(threshold ?? 0.5)))
      case "softmax": .softmax
      case "log_softmax": .logSoftmax
      case "sparsemax": .sparsemax
      case "glu": .gated
      case "prelu": .learntSlope
      default: throw .unsupported(operation: name, reason: "there is no kernel for this activation")
      }
  }
}
