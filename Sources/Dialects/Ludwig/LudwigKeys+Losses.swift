extension LudwigKeys {
  /// The keys of each loss, `type` left out.
  ///
  /// A loss that is not here may have any key.
  static let losses: LudwigTable = [
    "binary_weighted_cross_entropy": "confidence_penalty positive_class_weight robust_lambda weight",
    "corn": "weight",
    "deep_sad": "eta weight",
    "deep_svdd": "nu weight",
    "drocc": "num_perturbation_steps perturbation_strength weight",
    "entropic_open_set": "background_class weight",
    "huber": "delta weight",
    "mean_absolute_error": "weight",
    "mean_absolute_percentage_error": "weight",
    "mean_squared_error": "weight",
    "next_token_softmax_cross_entropy": """
    class_similarities class_similarities_temperature class_weights confidence_penalty robust_lambda unique weight
    """,
    "objectosphere": "background_class weight xi zeta",
    "root_mean_squared_error": "weight",
    "root_mean_squared_percentage_error": "weight",
    "sequence_softmax_cross_entropy": """
    class_similarities class_similarities_temperature class_weights confidence_penalty robust_lambda unique weight
    """,
    "sigmoid_cross_entropy": "class_weights weight",
    "softmax_cross_entropy": """
    class_similarities class_similarities_temperature class_weights confidence_penalty robust_lambda weight
    """,
  ]

  /// Keys that losses had up to 0.5, whatever their type.
  static let flatLoss = keys(
    """
    class_similarities class_similarities_temperature class_weights confidence_penalty distortion labels_smoothing
    negative_samples positive_class_weight robust_lambda sampler unique weight
    """
  )
}
