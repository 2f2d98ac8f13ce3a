/// How a gradient moves a parameter.
///
/// Keras and PyTorch mean different things by some names; `Convention` says whose formula it is.
///
/// Formulas: `update_step` of the classes in `keras/src/optimizers` (Keras 3) and the algorithms in the documentation
/// of `torch.optim`.
package enum OptimizerRule: Equatable, Sendable {
  package enum Convention: Sendable {
    case keras
    case torch
  }

  /// The two differ where the rate changes between steps: Keras keeps rate * gradient in the velocity, PyTorch the gradient. Dampening is
  /// PyTorch's.
  case sgd(momentum: Double, nesterov: Bool, dampening: Double, Convention)
  /// Keras has epsilon under the root, PyTorch beside it; and the rate is in Keras's velocity.
  case rmsprop(decay: Double, momentum: Double, epsilon: Double, isCentered: Bool, Convention)
  /// Keras has epsilon under the root, PyTorch beside it.
  case adagrad(initial: Double, epsilon: Double, Convention)
  case adadelta(decay: Double, epsilon: Double)
  /// Keras adds epsilon to the root of the uncorrected square ("epsilon hat" in Kingma and Ba), PyTorch to that of the corrected one. AdamW is
  /// this with decoupled decay.
  case adam(beta1: Double, beta2: Double, epsilon: Double, isAMSGrad: Bool, Convention)
  /// `momentumDecay` is 0.004 in PyTorch by default and 1 in Keras, always.
  case nadam(beta1: Double, beta2: Double, epsilon: Double, momentumDecay: Double)
  /// Keras adds epsilon to the norm that divides, PyTorch to the gradient's size before it is kept.
  case adamax(beta1: Double, beta2: Double, epsilon: Double, Convention)
  /// PyTorch's: the first steps do not divide by the root, and later ones are weighed by how much is known of it.
  case radam(beta1: Double, beta2: Double, epsilon: Double)
  /// Keras's: Adam's step scaled to the norm of the parameter.
  case lamb(beta1: Double, beta2: Double, epsilon: Double)
  case lion(beta1: Double, beta2: Double)
  case ftrl(power: Double, initial: Double, l1: Double, l2: Double, shrinkage: Double, beta: Double)
  /// Keras's. `limitsRate`: `relative_step`, with which the rate is at most 1 / sqrt(step).
  case adafactor(beta2Decay: Double, epsilon1: Double, epsilon2: Double, clipThreshold: Double, limitsRate: Bool)

  package var name: String {
    switch self {
    case .sgd: "sgd"
    case .rmsprop: "rmsprop"
    case .adagrad: "adagrad"
    case .adadelta: "adadelta"
    case .adam: "adam"
    case .nadam: "nadam"
    case .adamax: "adamax"
    case .radam: "radam"
    case .lamb: "lamb"
    case .lion: "lion"
    case .ftrl: "ftrl"
    case .adafactor: "adafactor"
    }
  }
}

/// What pulls parameters towards 0 at each step, beside the gradient.
package enum WeightDecay: Equatable, Sendable {
  case none
  /// Added to the gradient, and so seen by momentum and by adaptive rates: `weight_decay` of PyTorch's optimisers but AdamW. The gradient of
  /// share / 2 * w^2.
  case coupled(Double)
  /// Taken off the parameter by itself, share * rate of it: `weight_decay` of Keras's optimisers and of AdamW.
  case decoupled(Double)
}

/// A limit on gradients.
package enum Clipping: Equatable, Sendable {
  /// Each number by itself: Keras's `clipvalue`.
  case value(Double)
  /// The norm of each parameter's gradient: Keras's `clipnorm`.
  case norm(Double)
  /// The norm of all gradients together: Keras's `global_clipnorm`, PyTorch's `clip_grad_norm_`. Where it is not finite, nothing finite is left.
  case globalNorm(Double)
}
