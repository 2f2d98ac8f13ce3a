internal import CKernels

extension Loss {
  /// What the loop is told; `classes` is the size of the last axis.
  func native(classes: Int) -> ck_loss {
    var loss = ck_loss()
    loss.target_scale = 1
    func smooth(_ share: Float, towards middle: Float) {
      loss.target_scale = 1 - share
      loss.target_offset = share * middle
    }
    func ignore(_ number: Int?) {
      loss.ignores = number != nil
      loss.ignored = Int32(truncatingIfNeeded: number ?? 0)
    }
    switch self {
    case .meanSquaredError: loss.kind = ck_loss_squared
    case .meanAbsoluteError: loss.kind = ck_loss_absolute
    case .meanAbsolutePercentageError: loss.kind = ck_loss_absolute_percentage
    case .meanSquaredLogarithmicError: loss.kind = ck_loss_squared_logarithmic
    case .huber(let delta):
      loss.kind = ck_loss_huber
      loss.a = delta
    case .logCosh: loss.kind = ck_loss_log_cosh
    case .binaryCrossentropy(let fromLogits, let smoothing):
      loss.kind = fromLogits ? ck_loss_binary_crossentropy_logits : ck_loss_binary_crossentropy
      smooth(smoothing, towards: 0.5)
    case .categoricalCrossentropy(let fromLogits, let smoothing):
      loss.kind = fromLogits ? ck_loss_crossentropy_logits : ck_loss_crossentropy
      smooth(smoothing, towards: 1 / Float(classes))
    case .sparseCategoricalCrossentropy(let fromLogits, let smoothing, let ignored):
      loss.kind = fromLogits ? ck_loss_sparse_crossentropy_logits : ck_loss_sparse_crossentropy
      smooth(smoothing, towards: 1 / Float(classes))
      ignore(ignored)
    case .negativeLogLikelihood(let ignored):
      loss.kind = ck_loss_sparse_log_probability
      ignore(ignored)
    case .hinge: loss.kind = ck_loss_hinge
    case .squaredHinge: loss.kind = ck_loss_squared_hinge
    case .categoricalHinge: loss.kind = ck_loss_categorical_hinge
    case .klDivergence: loss.kind = ck_loss_divergence
    case .divergenceOfLogarithms: loss.kind = ck_loss_divergence_of_logs
    case .poisson: loss.kind = ck_loss_poisson
    case .cosineSimilarity: loss.kind = ck_loss_cosine_similarity
    case .binaryFocalCrossentropy(let gamma, let alpha, let fromLogits, let smoothing):
      loss.kind = fromLogits ? ck_loss_binary_focal_logits : ck_loss_binary_focal
      loss.a = gamma
      loss.b = alpha ?? -1
      smooth(smoothing, towards: 0.5)
    case .categoricalFocalCrossentropy(let gamma, let alpha, let fromLogits, let smoothing):
      loss.kind = fromLogits ? ck_loss_categorical_focal_logits : ck_loss_categorical_focal
      loss.a = gamma
      loss.b = alpha
      smooth(smoothing, towards: 1 / Float(classes))
    }
    return loss
  }
}
