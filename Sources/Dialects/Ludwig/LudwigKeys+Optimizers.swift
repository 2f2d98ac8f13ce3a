extension LudwigKeys {
  /// The keys of each optimizer, `type` and `lr` left out, with those of the 0.4 form.
  static let optimizers: [String: Set<String>] = [
    "adadelta": keys("eps epsilon rho weight_decay"),
    "adafactor": keys("lr relative_step scale_parameter warmup_init"),
    "adagrad": keys("eps epsilon initial_accumulator_value lr_decay weight_decay"),
    "adagrad_8bit": keys("block_wise eps initial_accumulator_value lr_decay percentile_clipping weight_decay"),
    "adam": keys("amsgrad beta_1 beta_2 betas eps epsilon weight_decay"),
    "adam_8bit": keys("amsgrad betas block_wise eps percentile_clipping weight_decay"),
    "adamax": keys("beta_1 beta_2 betas eps epsilon weight_decay"),
    "adamw": keys("amsgrad betas eps weight_decay"),
    "adamw_8bit": keys("amsgrad betas block_wise eps percentile_clipping weight_decay"),
    "ftrl": keys(
      """
      initial_accumulator_value l1_regularization_strength l2_regularization_strength learning_rate_power
      """
    ),
    "lamb": keys(
      """
      adam_w_mode amsgrad betas bias_correction block_wise eps max_unorm percentile_clipping weight_decay
      """
    ),
    "lamb_8bit": keys(
      """
      adam_w_mode amsgrad betas bias_correction block_wise eps max_unorm percentile_clipping weight_decay
      """
    ),
    "lars": keys("dampening max_unorm momentum nesterov percentile_clipping weight_decay"),
    "lars_8bit": keys("dampening max_unorm momentum nesterov percentile_clipping weight_decay"),
    "lbfgs": keys("history_size line_search_fn max_eval max_iter tolerance_change tolerance_grad"),
    "lion": keys("betas block_wise percentile_clipping weight_decay"),
    "lion_8bit": keys("betas block_wise percentile_clipping weight_decay"),
    "muon": keys("momentum nesterov"),
    "nadam": keys("beta_1 beta_2 betas eps epsilon momentum_decay weight_decay"),
    "paged_adam": keys("amsgrad betas block_wise eps percentile_clipping weight_decay"),
    "paged_adam_8bit": keys("amsgrad betas block_wise eps percentile_clipping weight_decay"),
    "paged_adamw": keys("amsgrad betas block_wise eps percentile_clipping weight_decay"),
    "paged_adamw_8bit": keys("amsgrad betas block_wise eps percentile_clipping weight_decay"),
    "paged_lion": keys("betas block_wise percentile_clipping weight_decay"),
    "paged_lion_8bit": keys("betas block_wise percentile_clipping weight_decay"),
    "radam": keys("betas eps weight_decay"),
    "rmsprop": keys("alpha centered decay eps epsilon momentum weight_decay"),
    "rmsprop_8bit": keys("alpha block_wise centered eps momentum percentile_clipping weight_decay"),
    "schedule_free_adamw": keys("betas warmup_steps weight_decay"),
    "sgd": keys("dampening momentum nesterov weight_decay"),
    "sgd_8bit": keys("block_wise dampening momentum nesterov percentile_clipping weight_decay"),
    "soap": keys("betas weight_decay"),
  ]
}
