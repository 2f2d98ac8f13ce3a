extension LudwigKeys {
  /// The preprocessing keys of each feature type, with those of the 0.4 form.
  static let preprocessing: LudwigTable = [
    "anomaly": "computed_fill_value fill_value missing_value_strategy",
    "audio": """
    audio_feature audio_file_length_limit_in_s char_most_common char_sequence_length_limit char_tokenizer
    char_vocab_file computed_fill_value fill_value in_memory missing_value_strategy norm num_fft_points
    num_filter_bands padding_value sequence_length_limit type window_length_in_s window_shift_in_s window_type
    word_most_common word_sequence_length_limit word_tokenizer word_vocab_file
    """,
    "bag": "computed_fill_value fill_value lowercase missing_value_strategy most_common tokenizer",
    "binary": "computed_fill_value fallback_true_label fill_value missing_value_strategy",
    "category": """
    cache_encoder_embeddings computed_fill_value fallback_label fill_value lowercase missing_value_strategy
    most_common vocab
    """,
    "category_distribution": "missing_value_strategy vocab",
    "date": "computed_fill_value datetime_format fill_value missing_value_strategy",
    "h3": "computed_fill_value fill_value missing_value_strategy",
    "image": """
    computed_fill_value fill_value height in_memory infer_image_dimensions infer_image_max_height
    infer_image_max_width infer_image_num_channels infer_image_num_classes infer_image_sample_size
    missing_value_strategy num_channels num_classes num_processes requires_equal_dimensions resize_method scaling
    standardize_image width
    """,
    "number": """
    computed_fill_value computed_outlier_fill_value fill_value missing_value_strategy normalization
    outlier_strategy outlier_threshold
    """,
    "sequence": """
    cache_encoder_embeddings char_most_common char_sequence_length_limit char_tokenizer char_vocab_file
    computed_fill_value fill_value lowercase max_sequence_length missing_value_strategy most_common ngram_size
    padding padding_symbol sequence_length sequence_length_limit tokenizer unknown_symbol vocab_file
    word_most_common word_sequence_length_limit word_tokenizer word_vocab_file
    """,
    "set": "computed_fill_value fill_value lowercase missing_value_strategy most_common tokenizer",
    "text": """
    cache_encoder_embeddings char_most_common char_sequence_length_limit char_tokenizer char_vocab_file
    compute_idf computed_fill_value fill_value lowercase max_sequence_length missing_value_strategy most_common
    ngram_size padding padding_symbol pretrained_model_name_or_path prompt sequence_length sequence_length_limit
    tokenizer unknown_symbol vocab_file word_most_common word_sequence_length_limit word_tokenizer word_vocab_file
    """,
    "timeseries": """
    char_most_common char_sequence_length_limit char_tokenizer char_vocab_file computed_fill_value fill_value
    horizon missing_value_strategy padding padding_value sequence_length_limit timeseries_length_limit tokenizer
    window_size word_most_common word_sequence_length_limit word_tokenizer word_vocab_file
    """,
    "vector": "computed_fill_value fill_value missing_value_strategy vector_size",
  ]
}
