/// What training makes small.
///
/// Names and formulas are those of `keras.losses` in Keras 3, which has no other constant than epsilon = 1e-7:
/// probabilities are clipped to [epsilon, 1 - epsilon], and where they were clipped their gradient is 0.
///
/// A row is one entry of all axes but the last. Its loss is a mean over the last axis, or a sum where the formula is of
/// the whole row.
package enum Loss: Equatable, Sendable {
  case meanSquaredError
  case meanAbsoluteError
  /// In percent of the target, which counts as epsilon at least.
  case meanAbsolutePercentageError
  /// Of log(1 + x); what is below epsilon counts as epsilon.
  case meanSquaredLogarithmicError
  /// Half the square up to `delta`, linear beyond it. PyTorch's SmoothL1Loss is this divided by its beta.
  case huber(delta: Float)
  case logCosh
  case binaryCrossentropy(fromLogits: Bool, smoothing: Float)
  /// Without logits each row is divided by its sum first.
  case categoricalCrossentropy(fromLogits: Bool, smoothing: Float)
  /// The target is one class number for each row. Rows of the class `ignored` count for nothing, not even in a mean.
  case sparseCategoricalCrossentropy(fromLogits: Bool, smoothing: Float, ignored: Int?)
  /// Of log-probabilities: PyTorch's NLLLoss.
  case negativeLogLikelihood(ignored: Int?)
  /// Targets of 0 and 1, if there are no others in the batch, count as -1 and 1.
  case hinge
  case squaredHinge
  case categoricalHinge
  /// Of probabilities, both clipped to [epsilon, 1].
  case klDivergence
  /// Of log-probabilities: PyTorch's KLDivLoss, whose default reduction is a mean over elements.
  case divergenceOfLogarithms
  case poisson
  /// The negative cosine, -1 where the directions agree.
  case cosineSimilarity
  /// `alpha` is the weight of the positive class, 1 - alpha that of the other; nil weighs neither. Logits are turned into probabilities, which
  /// are clipped.
  case binaryFocalCrossentropy(gamma: Float, alpha: Float?, fromLogits: Bool, smoothing: Float)

  /// `alpha` weighs all classes alike. Logits are turned into probabilities, which are clipped.
  case categoricalFocalCrossentropy(gamma: Float, alpha: Float, fromLogits: Bool, smoothing: Float)

  /// How the losses of the rows become one number.
  package enum Reduction: Sendable {
    /// Their mean: the weighted losses over the number of rows, as Keras's `sum_over_batch_size`.
    case mean
    /// The weighted losses over the sum of the weights: what PyTorch does where classes have weights.
    case weightedMean
    case sum
  }

  package var name: String {
    switch self {
    case .meanSquaredError: "mean_squared_error"
    case .meanAbsoluteError: "mean_absolute_error"
    case .meanAbsolutePercentageError: "mean_absolute_percentage_error"
    case .meanSquaredLogarithmicError: "mean_squared_logarithmic_error"
    case .huber: "huber"
    case .logCosh: "log_cosh"
    case .binaryCrossentropy: "binary_crossentropy"
    case .categoricalCrossentropy: "categorical_crossentropy"
    case .sparseCategoricalCrossentropy: "sparse_categorical_crossentropy"
    case .negativeLogLikelihood: "negative_log_likelihood"
    case .hinge: "hinge"
    case .squaredHinge: "squared_hinge"
    case .categoricalHinge: "categorical_hinge"
    case .klDivergence: "kl_divergence"
    case .divergenceOfLogarithms: "divergence_of_logarithms"
    case .poisson: "poisson"
    case .cosineSimilarity: "cosine_similarity"
    case .binaryFocalCrossentropy: "binary_focal_crossentropy"
    case .categoricalFocalCrossentropy: "categorical_focal_crossentropy"
    }
  }

  /// Whether targets are class numbers, one for each row.
  package var isSparse: Bool {
    switch self {
    case .sparseCategoricalCrossentropy, .negativeLogLikelihood: true
    default: false
    }
  }
}
