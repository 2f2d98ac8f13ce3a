extension LudwigKeys {
  /// The keys of each decoder but those of its fully connected stack, `type` left out.
  ///
  /// A decoder that is not here may have any key.
  static let decoders: LudwigTable = [
    "category_extractor": """
    fallback_label match max_new_tokens pretrained_model_name_or_path str2idx tokenizer vocab_file
    """,
    "classifier": """
    activity_regularizer bias_initializer bias_regularizer calibration mc_dropout_samples num_classes use_bias
    weights_initializer weights_regularizer
    """,
    "generator": """
    activity_regularizer attention beam_width bias_initializer bias_regularizer cell_type embedding_size
    is_timeseries max_sequence_length num_classes num_layers reduce_input state_size tied_embeddings use_bias
    vocab_size weights_initializer weights_regularizer
    """,
    "mlp_classifier": """
    activation bias_initializer calibration dropout mc_dropout_samples num_classes output_size use_bias
    weights_initializer
    """,
    "passthrough": "",
    "projector": """
    activation activity_regularizer bias_initializer bias_regularizer clip kernel_initializer kernel_regularizer
    multiplier output_size use_bias vector_size weights_initializer
    """,
    "regressor": """
    activation activity_regularizer bias_initializer bias_regularizer kernel_initializer kernel_regularizer
    use_bias weights_initializer
    """,
    "tagger": """
    activity_regularizer attention attention_embedding_size attention_num_heads bias_initializer bias_regularizer
    is_timeseries max_sequence_length num_classes use_attention use_bias vocab_size weights_initializer
    weights_regularizer
    """,
    "text_extractor": "max_new_tokens pretrained_model_name_or_path tokenizer vocab_file",
    "unet": "conv_norm height num_channels num_classes width",
  ]

  /// The keys of the fully connected stack that every decoder begins with.
  static let decoderStack = keys(
    """
    fc_activation fc_bias_initializer fc_dropout fc_layers fc_norm fc_norm_params fc_output_size fc_use_bias
    fc_weights_initializer input_size num_fc_layers
    """
  )

  /// Keys that some decoder has had since 0.2, when they stood on the feature itself.
  static let flatDecoder = keys(
    """
    activation activity_regularizer attention attention_embedding_size attention_mechanism attention_num_heads
    beam_width bias_initializer bias_regularizer cell_type clip conv_norm dropout embedding_size fallback_label
    fc_activation fc_bias_initializer fc_dropout fc_layers fc_norm fc_norm_params fc_output_size fc_size fc_use_bias
    fc_weights_initializer height hidden_size initializer input_size is_timeseries kernel_initializer
    kernel_regularizer match max_new_tokens max_sequence_length multiplier norm norm_params num_channels num_classes
    num_fc_layers num_layers output_size pretrained_model_name_or_path reduce_input regularize state_size str2idx
    tied_embeddings tokenizer use_attention use_bias vector_size vocab_file vocab_size weights_initializer
    weights_regularizer width
    """
  )
}
