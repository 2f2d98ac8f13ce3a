/// What is known of an activation function.
package struct ActivationTraits: Hashable, Sendable {
  /// What shape of function it is, as far as initialisation and gradients care.
  package enum Family: String, Hashable, Sendable {
    /// Passes the sums as they are.
    case linear
    /// About half of the sums pass, the rest is held near zero: kernels want the gain 2 of He et al. 2015.
    case rectifier
    /// Flat on both sides, so gradients vanish far from zero: kernels want the gain 1.
    case saturating
    /// Always positive without being a rectifier that dies.
    case positive
    /// Shares out one whole among the units of the last axis.
    case simplex
    /// Anything else; the gain 1 holds near zero.
    case other
  }

  /// The standard name.
  package var name: String
  package var family: Family
  /// The lower bound of the output; nil for none.
  package var minimum: Double?
  /// The upper bound of the output; nil for none.
  package var maximum: Double?
  /// Whether there is a whole stretch of inputs where the gradient is exactly zero.
  package var hasZeroGradient = false
  /// Whether each value can be read as a probability.
  package var isProbability = false
}

/// The activations that are known, by their standard names, which are those of Keras 3 (`keras/src/activations/activations.py`).
package enum ActivationVocabulary {
  /// Returns the standard name of an activation that any framework spells so, or nil when it is not known.
  package static func standardName(of spelling: String) -> String? {
    index[FoldedSpelling(spelling)]
  }

  /// Returns what is known of the activation with the standard name.
  package static func traits(of name: String) -> ActivationTraits? {
    all.first { $0.name == name }
  }

  /// All standard names, sorted.
  package static let names: [String] = all.map(\.name).sorted()

  private static let all: [ActivationTraits] = [
    ActivationTraits(name: "linear", family: .linear),
    // Rectifiers and their smooth relatives. Lower bounds of the smooth ones are their minima.
    ActivationTraits(name: "relu", family: .rectifier, minimum: 0, hasZeroGradient: true),
    ActivationTraits(name: "relu6", family: .rectifier, minimum: 0, maximum: 6, hasZeroGradient: true),
    ActivationTraits(name: "leaky_relu", family: .rectifier),
    ActivationTraits(name: "prelu", family: .rectifier),
    ActivationTraits(name: "elu", family: .rectifier, minimum: -1),
    ActivationTraits(name: "celu", family: .rectifier, minimum: -1),
    ActivationTraits(name: "gelu", family: .rectifier, minimum: -0.17),
    ActivationTraits(name: "silu", family: .rectifier, minimum: -0.2785),
    ActivationTraits(name: "mish", family: .rectifier, minimum: -0.3088),
    ActivationTraits(name: "hard_silu", family: .rectifier, minimum: -0.375, hasZeroGradient: true),
    ActivationTraits(name: "sparse_plus", family: .rectifier, minimum: 0, hasZeroGradient: true),
    // Self-normalising: Klambauer et al. 2017 derive it for LeCun's gain 1.
    ActivationTraits(name: "selu", family: .other, minimum: -1.7581),
    // Saturating.
    ActivationTraits(name: "tanh", family: .saturating, minimum: -1, maximum: 1),
    ActivationTraits(name: "hard_tanh", family: .saturating, minimum: -1, maximum: 1, hasZeroGradient: true),
    ActivationTraits(name: "softsign", family: .saturating, minimum: -1, maximum: 1),
    ActivationTraits(name: "sigmoid", family: .saturating, minimum: 0, maximum: 1, isProbability: true),
    ActivationTraits(
      name: "hard_sigmoid",
      family: .saturating,
      minimum: 0,
      maximum: 1,
      hasZeroGradient: true,
      isProbability: true
    ),
    ActivationTraits(
      name: "sparse_sigmoid",
      family: .saturating,
      minimum: 0,
      maximum: 1,
      hasZeroGradient: true,
      isProbability: true
    ),
    // Positive.
    ActivationTraits(name: "softplus", family: .positive, minimum: 0),
    ActivationTraits(name: "squareplus", family: .positive, minimum: 0),
    ActivationTraits(name: "exponential", family: .positive, minimum: 0),
    // Over the last axis.
    ActivationTraits(name: "softmax", family: .simplex, minimum: 0, maximum: 1, isProbability: true),
    ActivationTraits(
      name: "sparsemax",
      family: .simplex,
      minimum: 0,
      maximum: 1,
      hasZeroGradient: true,
      isProbability: true
    ),
    ActivationTraits(name: "log_softmax", family: .other, maximum: 0),
    ActivationTraits(name: "log_sigmoid", family: .other, maximum: 0),
    // Shrinking and gating.
    ActivationTraits(name: "glu", family: .other),
    ActivationTraits(name: "threshold", family: .other, hasZeroGradient: true),
    ActivationTraits(name: "tanh_shrink", family: .other),
    ActivationTraits(name: "soft_shrink", family: .other, hasZeroGradient: true),
    ActivationTraits(name: "hard_shrink", family: .other, hasZeroGradient: true),
  ]

  /// Spellings beyond case and underscores: PyTorch's, Darknet's, old Keras's and everyday ones.
  private static let aliases: [String: String] = [
    "identity": "linear", "none": "linear",
    "swish": "silu", "hard_swish": "hard_silu",
    "leaky": "leaky_relu", "lrelu": "leaky_relu", "parametric_relu": "prelu",
    "gelu_new": "gelu", "gelu_fast": "gelu", "quick_gelu": "gelu", "gelu_pytorch_tanh": "gelu",
    "logistic": "sigmoid", "hyperbolic_tangent": "tanh",
    "exp": "exponential", "softmax_v2": "softmax",
  ]

  private static let index: [FoldedSpelling: String] = {
    var index: [FoldedSpelling: String] = [:]
    for traits in all { index[FoldedSpelling(traits.name)] = traits.name }
    for (alias, name) in aliases { index[FoldedSpelling(alias)] = name }
    return index
  }()
}
