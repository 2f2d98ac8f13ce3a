/// The keys that Ludwig knows, section by section, over all releases from 0.3 to 0.11.
///
/// A key that was renamed or moved stays in the table, for Ludwig still reads it. Collected from the schemas of the
/// releases 0.5.5, 0.6.4, 0.7.5, 0.8.6, 0.10.4 and 0.11.0, and for older ones from the constructors of their modules.
enum LudwigKeys {
  /// The sections of a config.
  static let topLevel = keys(
    """
    adapter backend base_model combiner defaults experiment_name generation hyperopt input_features is_multimodal
    ludwig_version model_name model_parameters model_type output_features preprocessing prompt quantization
    random_seed trainer training trust_remote_code
    """
  )

  /// The keys of `trainer`, and of `training` before 0.5, for a network or a language model.
  static let trainer = keys(
    """
    base_learning_rate batch_size beta bucketing_field checkpoints_per_epoch compile decay decay_rate decay_steps
    desirable_weight early_stop effective_batch_size enable_gradient_checkpointing enable_profiling epochs
    eval_batch_size eval_steps evaluate_training_set gradient_accumulation_steps gradient_clipping grpo_beta
    grpo_epsilon grpo_num_generations increase_batch_size_eval_metric increase_batch_size_eval_split
    increase_batch_size_on_plateau increase_batch_size_on_plateau_max increase_batch_size_on_plateau_patience
    increase_batch_size_on_plateau_rate layers_to_freeze_regex learning_rate learning_rate_scaling
    learning_rate_scheduler learning_rate_warmup_epochs loss_balancing max_batch_size optimizer profiler
    reduce_learning_rate_eval_metric reduce_learning_rate_eval_split reduce_learning_rate_on_plateau
    reduce_learning_rate_on_plateau_patience reduce_learning_rate_on_plateau_rate regularization_lambda
    regularization_type should_shuffle skip_all_evaluation staircase steps_per_checkpoint train_steps type
    undesirable_weight use_mixed_precision validation_field validation_metric
    """
  )

  /// The keys of `trainer` for gradient-boosted trees.
  static let treeTrainer = keys(
    """
    bagging_fraction bagging_freq bagging_seed boosting_rounds_per_checkpoint boosting_type cat_l2 cat_smooth
    cegb_penalty_split cegb_tradeoff drop_rate drop_seed early_stop enable_profiling eval_batch_size
    evaluate_training_set extra_seed extra_trees feature_fraction feature_fraction_bynode feature_fraction_seed
    feature_pre_filter lambda_l1 lambda_l2 learning_rate linear_lambda max_bin max_cat_threshold max_cat_to_onehot
    max_delta_step max_depth max_drop min_data_in_leaf min_data_per_group min_gain_to_split min_sum_hessian_in_leaf
    neg_bagging_fraction num_boost_round num_leaves other_rate path_smooth pos_bagging_fraction profiler
    skip_all_evaluation skip_drop top_rate tree_learner type uniform_drop validation_field validation_metric verbose
    xgboost_dart_mode
    """
  )

  /// The keys of `trainer.learning_rate_scheduler`.
  static let scheduler = keys(
    """
    decay decay_rate decay_steps div_factor eta_min final_div_factor inverse_sqrt_warmup_steps max_lr pct_start
    polynomial_end_lr polynomial_power reduce_eval_metric reduce_eval_split reduce_on_plateau
    reduce_on_plateau_patience reduce_on_plateau_rate staircase t_0 t_mult warmup_evaluations warmup_fraction
    wsd_decay_fraction wsd_stable_fraction wsd_warmup_fraction
    """
  )

  /// The keys of `trainer.gradient_clipping`.
  static let clipping = keys(
    """
    clipglobalnorm clipnorm clipvalue
    """
  )

  /// The keys of every input feature.
  static let inputFeature = keys(
    """
    active augmentation column encoder name preprocessing proc_column tied tied_weights type
    """
  )

  /// The keys of every output feature; those of some types only among them.
  static let outputFeature = keys(
    """
    active calibration class_similarities clip column decoder default_validation_metric dependencies horizon
    input_size loss name num_classes preprocessing proc_column reduce_dependencies reduce_input softmax threshold
    threshold_percentile top_k type vector_size
    """
  )

  /// The keys of one feature type in `defaults`.
  static let featureDefaults = keys(
    """
    augmentation decoder encoder loss preprocessing
    """
  )

  /// The keys of `preprocessing` but the feature types, whose preprocessing stood here before 0.6.
  static let globalPreprocessing = keys(
    """
    force_split global_max_sequence_length oversample_minority sample_ratio sample_size split split_probabilities
    stratify undersample_majority
    """
  )

  /// The keys of `preprocessing.split`.
  static let split = keys(
    """
    column probabilities type
    """
  )

  /// The keys of `hyperopt`.
  static let hyperopt = keys(
    """
    eval_split executor goal metric output_feature parameters sampler search_alg split
    """
  )

  /// The keys of one fully connected layer in `fc_layers`.
  static let fullyConnectedLayer = keys(
    """
    activation activity_regularizer bias_initializer bias_regularizer dropout fc_size input_rank input_size norm
    norm_params output_size use_bias weights_initializer weights_regularizer
    """
  )

  /// The key that says which encoder, loss or optimizer a section is about.
  static let type = keys("type")

  static func keys(_ text: String) -> LudwigKeySet { LudwigKeySet(text) }
}
