extension LudwigKeys {
  /// The keys of each combiner, `type` left out, with those of the 0.4 form.
  ///
  /// A combiner that is not here may have any key.
  static let combiners: LudwigTable = [
    "comparator": """
    activation activity_regularizer bias_initializer bias_regularizer dropout entity_1 entity_2 fc_layers fc_size
    norm norm_params num_fc_layers output_size use_bias weights_initializer weights_regularizer
    """,
    "concat": """
    activation activity_regularizer batch_ensemble bias_initializer bias_regularizer dropout fc_layers fc_size
    flatten_inputs norm norm_params num_ensemble_members num_fc_layers output_size residual use_bias
    weights_initializer weights_regularizer
    """,
    "project_aggregate": """
    activation bias_initializer dropout fc_layers norm norm_params num_fc_layers output_size projection_size
    residual use_bias weights_initializer
    """,
    "sequence": "encoder main_sequence_feature reduce_output",
    "sequence_concat": "main_sequence_feature reduce_output",
    "tabnet": """
    bn_epsilon bn_momentum bn_virtual_bs dropout entmax_alpha entmax_mode num_shared_blocks num_steps
    num_total_blocks output_size relaxation_factor size sparsity
    """,
    "tabtransformer": """
    bias_initializer dropout embed_input_feature_name fc_activation fc_dropout fc_layers fc_residual hidden_size
    norm norm_params num_fc_layers num_heads num_layers output_size reduce_output transformer_output_size use_bias
    weights_initializer
    """,
    "transformer": """
    activity_regularizer bias_initializer bias_regularizer dropout fc_activation fc_dropout fc_layers fc_residual
    fc_size hidden_size norm norm_params num_fc_layers num_heads num_layers output_size reduce_output
    transformer_fc_size transformer_output_size use_bias weights_initializer weights_regularizer
    """,
  ]
}
