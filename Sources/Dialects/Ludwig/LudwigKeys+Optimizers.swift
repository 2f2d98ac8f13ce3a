extension LudwigKeys {
  /// The keys of each optimizer, `type` and `lr` left out, with those of the 0.4 form.
  static let optimizers: LudwigTable = [
    "adadelta": "eps epsilon rho weight_decay",
    "adafactor": "lr relative_step scale_parameter warmup_init",
    "adagrad": "eps epsilon initial_accumulator_value lr_decay weight_decay",
    "adagrad_8bit": "block_wise eps initial_accumulator_value lr_decay percentile_clipping weight_decay",
    "adam": "amsgrad beta_1 beta_2 betas eps epsilon weight_decay",
    "adam_8bit": "amsgrad betas block_wise eps percentile_clipping weight_decay",
    "adamax": "beta_1 beta_2 betas eps epsilon weight_decay",
    "adamw": "amsgrad betas eps weight_decay",
    "adamw_8bit": "amsgrad betas block_wise eps percentile_clipping weight_decay",
    "ftrl": """
    initial_accumulator_value l1_regularization_strength l2_regularization_strength learning_rate_power
    """,
    "lamb": """
    adam_w_mode amsgrad betas bias_correction block_wise eps max_unorm percentile_clipping weight_decay
    """,
    "lamb_8bit": """
    adam_w_mode amsgrad betas bias_correction block_wise eps max_unorm percentile_clipping weight_decay
    """,
    "lars": "dampening max_unorm momentum nesterov percentile_clipping weight_decay",
    "lars_8bit": "dampening max_unorm momentum nesterov percentile_clipping weight_decay",
    "lbfgs": "history_size line_search_fn max_eval max_iter tolerance_change tolerance_grad",
    "lion": "betas block_wise percentile_clipping weight_decay",
    "lion_8bit": "betas block_wise percentile_clipping weight_decay",
    "muon": "momentum nesterov",
    "nadam": "beta_1 beta_2 betas eps epsilon momentum_decay weight_decay",
    "paged_adam": "amsgrad betas block_wise eps percentile_clipping weight_decay",
    "paged_adam_8bit": "amsgrad betas block_wise eps percentile_clipping weight_decay",
    "paged_adamw": "amsgrad betas block_wise eps percentile_clipping weight_decay",
    "paged_adamw_8bit": "amsgrad betas block_wise eps percentile_clipping weight_decay",
    "paged_lion": "betas block_wise percentile_clipping weight_decay",
    "paged_lion_8bit": "betas block_wise percentile_clipping weight_decay",
    "radam": "betas eps weight_decay",
    "rmsprop": "alpha centered decay eps epsilon momentum weight_decay",
    "rmsprop_8bit": "alpha block_wise centered eps momentum percentile_clipping weight_decay",
    "schedule_free_adamw": "betas warmup_steps weight_decay",
    "sgd": "dampening momentum nesterov weight_decay",
    "sgd_8bit": "block_wise dampening momentum nesterov percentile_clipping weight_decay",
    "soap": "betas weight_decay",
  ]
}
