/// What Ludwig takes where a key is absent, read in the schema of 0.11.0 (`ludwig/schema`).
enum LudwigDefaults {
  /// The release that was read.
  static let release = "0.11"

  /// The combiners.
  static let combiners = DefaultTable(
    """
    comparator: entity_1=null entity_2=null dropout=0 activation=relu use_bias=true bias_initializer=zeros
      weights_initializer=xavier_uniform num_fc_layers=1 output_size=256 norm=null norm_params=null fc_layers=null
    concat: dropout=0 activation=relu flatten_inputs=false residual=false use_bias=true bias_initializer=zeros
      weights_initializer=xavier_uniform num_fc_layers=0 output_size=256 norm=null norm_params=null fc_layers=null
    project_aggregate: projection_size=128 residual=true dropout=0 activation=relu num_fc_layers=2 output_size=128
      norm=layer norm_params=null fc_layers=null use_bias=true bias_initializer=zeros
      weights_initializer=xavier_uniform
    sequence: main_sequence_feature=null encoder=parallel_cnn reduce_output=null
    sequence_concat: main_sequence_feature=null reduce_output=null
    tabnet: size=32 dropout=0.05 output_size=128 num_steps=3 num_total_blocks=4 num_shared_blocks=2
      relaxation_factor=1.5 bn_epsilon=0.001 bn_momentum=0.05 bn_virtual_bs=1024 sparsity=0.0001
      entmax_mode=sparsemax entmax_alpha=1.5
    tabtransformer: dropout=0.1 transformer_output_size=256 hidden_size=256 num_layers=1 num_heads=8 use_bias=true
      bias_initializer=zeros weights_initializer=xavier_uniform num_fc_layers=0 output_size=256 norm=null
      norm_params=null fc_layers=null fc_dropout=0 fc_activation=relu fc_residual=false embed_input_feature_name
      reduce_output=concat
    transformer: dropout=0.1 transformer_output_size=256 hidden_size=256 num_layers=1 num_heads=8 use_bias=true
      bias_initializer=zeros weights_initializer=xavier_uniform num_fc_layers=0 output_size=256 norm=null
      norm_params=null fc_layers=null fc_dropout=0 fc_activation=relu fc_residual=false reduce_output=mean
    """
  )

  /// The decoders.
  static let decoders = DefaultTable(
    """
    category_extractor: fc_layers=null num_fc_layers=0 fc_output_size=256 fc_use_bias=true
      fc_weights_initializer=xavier_uniform fc_bias_initializer=zeros fc_norm=null fc_norm_params=null
      fc_activation=relu fc_dropout=0 tokenizer=hf_tokenizer pretrained_model_name_or_path vocab_file
      max_new_tokens=null match=null str2idx=null fallback_label
    classifier: fc_layers=null num_fc_layers=0 fc_output_size=256 fc_use_bias=true
      fc_weights_initializer=xavier_uniform fc_bias_initializer=zeros fc_norm=null fc_norm_params=null
      fc_activation=relu fc_dropout=0 num_classes=null use_bias=true weights_initializer=xavier_uniform
      bias_initializer=zeros
    generator: fc_layers=null num_fc_layers=0 fc_output_size=256 fc_use_bias=true
      fc_weights_initializer=xavier_uniform fc_bias_initializer=zeros fc_norm=null fc_norm_params=null
      fc_activation=relu fc_dropout=0 vocab_size=null max_sequence_length=null cell_type=gru reduce_input=sum
      num_layers=1
    projector: fc_layers=null num_fc_layers=0 fc_output_size=256 fc_use_bias=true
      fc_weights_initializer=xavier_uniform fc_bias_initializer=zeros fc_norm=null fc_norm_params=null
      fc_activation=relu fc_dropout=0 output_size=null use_bias=true weights_initializer=xavier_uniform
      bias_initializer=zeros activation=null multiplier=1 clip=null
    regressor: fc_layers=null num_fc_layers=0 fc_output_size=256 fc_use_bias=true
      fc_weights_initializer=xavier_uniform fc_bias_initializer=zeros fc_norm=null fc_norm_params=null
      fc_activation=relu fc_dropout=0 use_bias=true weights_initializer=xavier_uniform bias_initializer=zeros
    tagger: fc_layers=null num_fc_layers=0 fc_output_size=256 fc_use_bias=true
      fc_weights_initializer=xavier_uniform fc_bias_initializer=zeros fc_norm=null fc_norm_params=null
      fc_activation=relu fc_dropout=0 vocab_size=null max_sequence_length=null use_attention=false use_bias=true
      attention_embedding_size=256 attention_num_heads=8
    text_extractor: fc_layers=null num_fc_layers=0 fc_output_size=256 fc_use_bias=true
      fc_weights_initializer=xavier_uniform fc_bias_initializer=zeros fc_norm=null fc_norm_params=null
      fc_activation=relu fc_dropout=0 tokenizer=hf_tokenizer pretrained_model_name_or_path vocab_file
      max_new_tokens=null
    unet: fc_layers=null num_fc_layers=0 fc_output_size=256 fc_use_bias=true fc_weights_initializer=xavier_uniform
      fc_bias_initializer=zeros fc_norm=null fc_norm_params=null fc_activation=relu fc_dropout=0 height=null
      width=null num_channels=null conv_norm=batch num_classes=null
    """
  )

  /// The losses.
  static let losses = DefaultTable(
    """
    binary_weighted_cross_entropy: weight=1 positive_class_weight=null robust_lambda=0 confidence_penalty=0
    corn: weight=1
    huber: weight=1 delta=1
    mean_absolute_error: weight=1
    mean_absolute_percentage_error: weight=1
    mean_squared_error: weight=1
    next_token_softmax_cross_entropy: weight=1 class_weights=null robust_lambda=0 confidence_penalty=0
      class_similarities=null class_similarities_temperature=0 unique=false
    root_mean_squared_error: weight=1
    root_mean_squared_percentage_error: weight=1
    sequence_softmax_cross_entropy: weight=1 class_weights=null robust_lambda=0 confidence_penalty=0
      class_similarities=null class_similarities_temperature=0 unique=false
    sigmoid_cross_entropy: weight=1 class_weights=null
    softmax_cross_entropy: weight=1 class_weights=null robust_lambda=0 confidence_penalty=0
      class_similarities=null class_similarities_temperature=0
    """
  )

  /// The optimizers.
  static let optimizers = DefaultTable(
    """
    adadelta: rho=0.9 eps=1e-06 weight_decay=0
    adagrad: initial_accumulator_value=0 lr_decay=0 weight_decay=0 eps=1e-10
    adam: betas=[0.9,0.999] eps=1e-08 weight_decay=0 amsgrad=false
    adamax: betas=[0.9,0.999] eps=1e-08 weight_decay=0
    adamw: betas=[0.9,0.999] eps=1e-08 weight_decay=0 amsgrad=false
    lbfgs: max_iter=20 max_eval=null tolerance_grad=1e-07 tolerance_change=1e-09 history_size=100
      line_search_fn=null
    nadam: betas=[0.9,0.999] eps=1e-08 weight_decay=0 momentum_decay=0.004
    rmsprop: momentum=0 alpha=0.99 eps=1e-08 centered=false weight_decay=0
    sgd: momentum=0 weight_decay=0 dampening=0 nesterov=false
    """
  )

  /// The preprocessing of each feature type, and of outputs where it differs.
  static let preprocessing = DefaultTable(
    """
    audio: audio_file_length_limit_in_s=7.5 missing_value_strategy=bfill fill_value=null in_memory=true
      padding_value=0 norm=null window_length_in_s=0.04 window_shift_in_s=0.02 num_fft_points=null
      window_type=hamming num_filter_bands=80
    bag: tokenizer=space missing_value_strategy=fill_with_const fill_value lowercase=false most_common=10000
    binary: missing_value_strategy=fill_with_false fallback_true_label=null fill_value=null
    binary_output: missing_value_strategy=drop_row fallback_true_label=null fill_value=null
    category: missing_value_strategy=fill_with_const fill_value lowercase=false most_common=10000
      cache_encoder_embeddings=false
    category_distribution_output: missing_value_strategy=drop_row vocab=null
    category_llm: missing_value_strategy=drop_row fill_value lowercase=false most_common=10000
      cache_encoder_embeddings=false vocab=null fallback_label
    category_output: missing_value_strategy=drop_row fill_value lowercase=false most_common=10000
      cache_encoder_embeddings=false
    date: missing_value_strategy=fill_with_const fill_value datetime_format=null
    h3: missing_value_strategy=fill_with_const fill_value=576495936675512319
    image: missing_value_strategy=bfill fill_value=null height=null width=null num_channels=null
      resize_method=interpolate infer_image_num_channels=true infer_image_dimensions=true
      infer_image_max_height=256 infer_image_max_width=256 infer_image_sample_size=100 standardize_image=null
      in_memory=true num_processes=1 requires_equal_dimensions=false num_classes=null
      infer_image_num_classes=false
    image_output: missing_value_strategy=drop_row fill_value=null height=null width=null num_channels=null
      resize_method=interpolate infer_image_num_channels=true infer_image_dimensions=true
      infer_image_max_height=256 infer_image_max_width=256 infer_image_sample_size=100 standardize_image=null
      in_memory=true num_processes=1 requires_equal_dimensions=false num_classes=null
      infer_image_num_classes=false
    number: missing_value_strategy=fill_with_const fill_value=0 normalization=zscore outlier_strategy=null
      outlier_threshold=3
    number_output: missing_value_strategy=drop_row fill_value=0 normalization=null outlier_strategy=null
      outlier_threshold=3
    sequence: tokenizer=space vocab_file=null sequence_length=null max_sequence_length=256 most_common=20000
      padding_symbol unknown_symbol padding=right lowercase=false missing_value_strategy=fill_with_const
      fill_value ngram_size=2 cache_encoder_embeddings=false
    sequence_output: tokenizer=space vocab_file=null sequence_length=null max_sequence_length=256
      most_common=20000 padding_symbol unknown_symbol padding=right lowercase=false
      missing_value_strategy=drop_row fill_value ngram_size=2 cache_encoder_embeddings=false
    set: tokenizer=space missing_value_strategy=fill_with_const fill_value lowercase=false most_common=10000
    set_output: tokenizer=space missing_value_strategy=drop_row fill_value lowercase=false most_common=10000
    text: pretrained_model_name_or_path=null tokenizer=space_punct vocab_file=null sequence_length=null
      max_sequence_length=256 most_common=20000 padding_symbol unknown_symbol padding=right lowercase=false
      missing_value_strategy=fill_with_const fill_value ngram_size=2 cache_encoder_embeddings=false
      compute_idf=false prompt
    text_llm_input: pretrained_model_name_or_path=null tokenizer=space_punct vocab_file=null sequence_length=null
      max_sequence_length=null most_common=20000 padding_symbol unknown_symbol padding=right lowercase=false
      missing_value_strategy=fill_with_const fill_value ngram_size=2 cache_encoder_embeddings=false
      compute_idf=false
    text_llm_output: pretrained_model_name_or_path=null tokenizer=space_punct vocab_file=null sequence_length=null
      max_sequence_length=null most_common=20000 padding_symbol unknown_symbol padding=right lowercase=false
      missing_value_strategy=drop_row fill_value ngram_size=2 cache_encoder_embeddings=false compute_idf=false
    text_output: pretrained_model_name_or_path=null tokenizer=space_punct vocab_file=null sequence_length=null
      max_sequence_length=256 most_common=20000 padding_symbol unknown_symbol padding=right lowercase=false
      missing_value_strategy=drop_row fill_value ngram_size=2 cache_encoder_embeddings=false compute_idf=false
    timeseries: tokenizer=space timeseries_length_limit=256 padding_value=0 padding=right
      missing_value_strategy=fill_with_const fill_value window_size=0
    timeseries_output: tokenizer=space timeseries_length_limit=256 padding_value=0 padding=right
      missing_value_strategy=drop_row fill_value horizon=0
    vector: vector_size=null missing_value_strategy=fill_with_const fill_value
    vector_output: vector_size=null missing_value_strategy=drop_row fill_value
    """
  )

  /// Sections that have no type, and the trainers of language models: `finetune` and `none`.
  static let sections = DefaultTable(
    """
    finetune: validation_field=null validation_metric=null early_stop=5 skip_all_evaluation=false
      enable_profiling=false profiler learning_rate=0.001 learning_rate_scheduler=null epochs=100
      checkpoints_per_epoch=0 train_steps=null eval_steps=null steps_per_checkpoint=0 effective_batch_size=auto
      batch_size=1 max_batch_size=1099511627776 gradient_accumulation_steps=auto eval_batch_size=2
      evaluate_training_set=false optimizer=adam regularization_type=l2 regularization_lambda=0
      should_shuffle=true increase_batch_size_on_plateau=0 increase_batch_size_on_plateau_patience=5
      increase_batch_size_on_plateau_rate=2 increase_batch_size_eval_metric=loss
      increase_batch_size_eval_split=training gradient_clipping learning_rate_scaling=linear bucketing_field=null
      use_mixed_precision=false compile=false enable_gradient_checkpointing=false layers_to_freeze_regex=null
      base_learning_rate=0
    gradient_clipping: clipglobalnorm=0.5 clipnorm=null clipvalue=null
    hyperopt: output_feature=combined goal=minimize metric=loss split=validation eval_split=validation search_alg
      executor parameters=null
    learning_rate_scheduler: decay=null decay_rate=0.96 decay_steps=10000 staircase=false reduce_on_plateau=0
      reduce_on_plateau_patience=10 reduce_on_plateau_rate=0.1 warmup_evaluations=0 warmup_fraction=0
      reduce_eval_metric=loss reduce_eval_split=training t_0=null t_mult=1 eta_min=0
    none: validation_field=null validation_metric=null early_stop=-1 skip_all_evaluation=false
      enable_profiling=false profiler learning_rate=0.0002 batch_size=1 base_learning_rate=0 should_shuffle=true
      epochs=3 train_steps=null eval_steps=null steps_per_checkpoint=0 checkpoints_per_epoch=0 eval_batch_size=2
      evaluate_training_set=false
    trainer: validation_field=null validation_metric=null early_stop=5 skip_all_evaluation=false
      enable_profiling=false profiler learning_rate=0.001 learning_rate_scheduler=null epochs=100
      checkpoints_per_epoch=0 train_steps=null eval_steps=null steps_per_checkpoint=0 effective_batch_size=auto
      batch_size=auto max_batch_size=1099511627776 gradient_accumulation_steps=auto eval_batch_size=null
      evaluate_training_set=false optimizer=adam regularization_type=l2 regularization_lambda=0
      should_shuffle=true increase_batch_size_on_plateau=0 increase_batch_size_on_plateau_patience=5
      increase_batch_size_on_plateau_rate=2 increase_batch_size_eval_metric=loss
      increase_batch_size_eval_split=training gradient_clipping learning_rate_scaling=linear bucketing_field=null
      use_mixed_precision=false compile=false enable_gradient_checkpointing=false layers_to_freeze_regex=null
    """
  )
}
