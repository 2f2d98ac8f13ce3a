/// What is known of a loss.
package struct LossTraits: Hashable, Sendable {
  /// What a loss wants to be given.
  package enum Expectation: String, Hashable, Sendable {
    /// Unbounded scores: the loss applies the activation itself.
    case logits
    /// Values from 0 to 1.
    case probabilities
    /// Logarithms of probabilities.
    case logProbabilities = "log_probabilities"
    /// Values of any size and sign.
    case unbounded
    /// Values that are not negative.
    case positive
    /// It does not matter: the loss normalises what it gets.
    case any
  }

  /// The standard name.
  package var name: String
  /// What it wants unless it is told that it gets logits; nil where opinions differ.
  package var expects: Expectation?
  /// The activation that it applies when it takes logits; nil where it cannot take them.
  package var logitsActivation: String?
  /// The task that it is made for whatever the output's size; see ``OutputKeys/task``.
  package var task: String?
}

/// The losses that are known, by their standard names, which are those of Keras 3 (`keras/src/losses/losses.py`) where it has them.
package enum LossVocabulary {
  /// A loss as a spelling names it.
  package struct Spelling: Hashable, Sendable {
    /// The standard name.
    package var name: String
    /// What the spelling says of logits: `BCEWithLogitsLoss` takes them; nil when it says nothing.
    package var fromLogits: Bool?
  }

  /// Returns the loss that any framework spells so, or nil when it is not known.
  package static func resolve(_ spelling: String) -> Spelling? {
    let folded = FoldedSpelling(spelling)
    return index[folded] ?? folded.dropping(suffix: "loss").flatMap { index[$0] }
  }

  /// Returns what is known of the loss with the standard name.
  package static func traits(of name: String) -> LossTraits? {
    all.first { $0.name == name }
  }

  /// All standard names, sorted.
  package static let names: [String] = all.map(\.name).sorted()

  private static let all: [LossTraits] = [
    LossTraits(name: "mean_squared_error", expects: .unbounded, task: "regression"),
    LossTraits(name: "root_mean_squared_error", expects: .unbounded, task: "regression"),
    LossTraits(name: "mean_absolute_error", expects: .unbounded, task: "regression"),
    LossTraits(name: "mean_absolute_percentage_error", expects: .unbounded, task: "regression"),
    LossTraits(name: "root_mean_squared_percentage_error", expects: .unbounded, task: "regression"),
    // log(prediction + 1): Keras cuts negative predictions off, and their gradient with them.
    LossTraits(name: "mean_squared_logarithmic_error", expects: .positive, task: "regression"),
    LossTraits(name: "huber", expects: .unbounded, task: "regression"),
    LossTraits(name: "log_cosh", expects: .unbounded, task: "regression"),
    LossTraits(name: "quantile", expects: .unbounded, task: "regression"),
    // prediction - target * log(prediction).
    LossTraits(name: "poisson", expects: .positive, task: "regression"),
    // The task of these two depends on the number of units.
    LossTraits(name: "binary_crossentropy", expects: .probabilities, logitsActivation: "sigmoid"),
    LossTraits(name: "binary_focal_crossentropy", expects: .probabilities, logitsActivation: "sigmoid"),
    LossTraits(
      name: "categorical_crossentropy",
      expects: .probabilities,
      logitsActivation: "softmax",
      task: "multiclass"
    ),
    LossTraits(
      name: "sparse_categorical_crossentropy",
      expects: .probabilities,
      logitsActivation: "softmax",
      task: "multiclass"
    ),
    LossTraits(
      name: "categorical_focal_crossentropy",
      expects: .probabilities,
      logitsActivation: "softmax",
      task: "multiclass"
    ),
    LossTraits(name: "negative_log_likelihood", expects: .logProbabilities, task: "multiclass"),
    LossTraits(name: "kl_divergence", expects: .probabilities),
    LossTraits(name: "hinge", expects: .unbounded, task: "binary"),
    LossTraits(name: "squared_hinge", expects: .unbounded, task: "binary"),
    LossTraits(name: "categorical_hinge", expects: .unbounded, task: "multiclass"),
    LossTraits(name: "cosine_similarity", expects: .any),
    LossTraits(name: "dice", expects: .probabilities),
    LossTraits(name: "tversky", expects: .probabilities),
    LossTraits(name: "circle"),
    LossTraits(name: "ctc", task: "sequence"),
  ]

  /// Spellings beyond case, underscores and a final "loss", with what they say of logits.
  private static let aliases: [(spelling: String, name: String, fromLogits: Bool?)] = [
    ("mse", "mean_squared_error", nil), ("l2", "mean_squared_error", nil),
    ("rmse", "root_mean_squared_error", nil), ("rmspe", "root_mean_squared_percentage_error", nil),
    ("mae", "mean_absolute_error", nil), ("l1", "mean_absolute_error", nil),
    ("mape", "mean_absolute_percentage_error", nil), ("msle", "mean_squared_logarithmic_error", nil),
    ("smooth_l1", "huber", nil), ("pinball", "quantile", nil), ("ordinal_quantile", "quantile", nil),
    ("bce", "binary_crossentropy", nil), ("binary_cross_entropy", "binary_crossentropy", nil),
    ("bce_with_logits", "binary_crossentropy", true),
    ("binary_cross_entropy_with_logits", "binary_crossentropy", true),
    ("sigmoid_cross_entropy", "binary_crossentropy", true),
    ("binary_weighted_cross_entropy", "binary_crossentropy", true),
    // PyTorch's CrossEntropyLoss takes logits and class indices.
    ("cross_entropy", "sparse_categorical_crossentropy", true),
    ("softmax_cross_entropy", "sparse_categorical_crossentropy", true),
    ("sequence_softmax_cross_entropy", "sparse_categorical_crossentropy", true),
    ("next_token_softmax_cross_entropy", "sparse_categorical_crossentropy", true),
    ("nll", "negative_log_likelihood", nil),
    ("kld", "kl_divergence", nil), ("kl_div", "kl_divergence", nil),
    ("kullback_leibler_divergence", "kl_divergence", nil),
    ("cosine_proximity", "cosine_similarity", nil),
  ]

  private static let index: [FoldedSpelling: Spelling] = {
    var index: [FoldedSpelling: Spelling] = [:]
    for traits in all { index[FoldedSpelling(traits.name)] = Spelling(name: traits.name) }
    for alias in aliases {
      index[FoldedSpelling(alias.spelling)] = Spelling(name: alias.name, fromLogits: alias.fromLogits)
    }
    return index
  }()
}
