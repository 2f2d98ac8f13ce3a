import Experiment

extension LudwigGuide {
  static let trainer = KeyTable(
    .training,
    """
    batch_size | integer (auto) | examples | examples for each pass through the network
    learning_rate= | number (auto) | per step | the size of an optimizer step; with a schedule, its peak
    epochs | integer | | how often training goes over the data, unless train_steps says how long it is
    optimizer | mapping | | what turns gradients into steps, by its type, with its settings
    learning_rate_scheduler=schedule | mapping
    gradient_clipping=clip | mapping
    early_stop=early_stopping | integer | evaluations | evaluations without progress until training stops; -1 is off
    train_steps=steps | integer null
    gradient_accumulation_steps=accumulation_steps | integer (auto)
    effective_batch_size= | integer (auto) | examples | examples for each optimizer step, over devices and \
    accumulated gradients
    max_batch_size= | integer | examples | the most that a batch may grow to, by itself or on a plateau
    eval_batch_size= | integer (auto) null | examples | examples for each pass while evaluating
    regularization_lambda=regularization | number
    regularization_type | (l1 l2 l1_l2) null
    validation_metric=monitor | text
    validation_field | :outputs
    steps_per_checkpoint= | integer | optimizer steps | how often held-out data are judged; 0 is once an epoch
    checkpoints_per_epoch= | integer | evaluations | how often in an epoch held-out data are judged; 0 is once
    evaluate_training_set= | boolean | | whether the training data are evaluated too, in a pass of their own
    skip_all_evaluation=skip_evaluation | boolean
    should_shuffle= | boolean | | whether batches are drawn in random order
    learning_rate_scaling= | (constant sqrt linear) | | how the learning rate grows with the number of workers
    increase_batch_size_on_plateau= | integer | times | how often the batch may grow when progress stops
    increase_batch_size_on_plateau_patience= | integer | epochs | epochs without progress until the batch grows
    increase_batch_size_on_plateau_rate= | number | factor | how much the batch grows
    increase_batch_size_on_plateau_max ! max_batch_size
    increase_batch_size_eval_metric= | text | | the metric whose progress decides
    increase_batch_size_eval_split= | (training validation test) | | the data on which that metric is looked at
    bucketing_field= | text null | | the sequence feature by whose length rows are put together in batches
    use_mixed_precision= | boolean | | whether passes run in 16 bits where that is safe
    compile= | boolean | | whether the model is compiled before training
    enable_gradient_checkpointing= | boolean | | whether values are computed again in the backward pass, which saves \
    memory and costs time
    enable_profiling= | boolean | | whether PyTorch's profiler records the run
    profiler= | mapping | | what the profiler records
    layers_to_freeze_regex= | text null | | the layers, by their names, whose weights are not trained
    eval_steps= | integer null | steps | how many batches an evaluation takes; null is all
    type= | (none finetune) | | whether a language model is trained
    base_learning_rate= | number | per step | the base of a language model's learning rate
    loss_balancing= | text mapping | | how the losses of several outputs are balanced while training
    beta= | number | | the setting beta of training by preferences
    desirable_weight= | number | factor | the weight of desirable examples in training by preferences
    undesirable_weight= | number | factor | the weight of undesirable examples in training by preferences
    grpo_beta= | number | | the setting beta of group-relative policy optimisation
    grpo_epsilon= | number | | the setting epsilon of group-relative policy optimisation
    grpo_num_generations= | integer | texts | how many texts are generated for one prompt
    decay ! | boolean | | whether the learning rate decays; decay of learning_rate_scheduler since 0.7
    decay_rate ! | number | factor | the factor of each decay; stands in learning_rate_scheduler since 0.7
    decay_steps ! | integer | optimizer steps | the steps of each decay; stands in learning_rate_scheduler since 0.7
    staircase ! | boolean | | whether the rate decays in steps; stands in learning_rate_scheduler since 0.7
    learning_rate_warmup_epochs ! | number | epochs | how long the rate rises; warmup_evaluations of \
    learning_rate_scheduler since 0.7
    reduce_learning_rate_on_plateau ! | integer | times | reduce_on_plateau of learning_rate_scheduler since 0.7
    reduce_learning_rate_on_plateau_patience ! | integer | evaluations | reduce_on_plateau_patience of \
    learning_rate_scheduler since 0.7
    reduce_learning_rate_on_plateau_rate ! | number | factor | reduce_on_plateau_rate of learning_rate_scheduler \
    since 0.7
    reduce_learning_rate_eval_metric ! | text | | reduce_eval_metric of learning_rate_scheduler since 0.7
    reduce_learning_rate_eval_split ! | text | | reduce_eval_split of learning_rate_scheduler since 0.7
    """
  )

  static let scheduler = KeyTable(
    .schedule,
    """
    decay=name | :decays null | | how the learning rate falls over the run; null is not at all
    warmup_fraction | number
    warmup_evaluations= | number | evaluations | how long the rate rises at the start
    decay_rate | number | factor | what the rate is multiplied by every decay_steps, in exponential decay
    decay_steps | integer | optimizer steps | the steps of one factor decay_rate, in exponential decay
    staircase= | boolean | | whether exponential decay goes in steps instead of smoothly
    t_0= | integer null | optimizer steps | the steps until cosine decay starts anew for the first time
    t_mult= | integer | factor | how much longer each following period of cosine decay is
    eta_min= | number | per step | the lowest rate of cosine decay
    reduce_on_plateau= | integer | times | how often the rate may be reduced when progress stops; 0 is off
    reduce_on_plateau_patience= | integer | evaluations | evaluations without progress until the rate is reduced
    reduce_on_plateau_rate= | number | factor | what the rate is multiplied by
    reduce_eval_metric= | text | | the metric whose progress decides
    reduce_eval_split= | (training validation test) | | the data on which that metric is looked at
    max_lr= | number | per step | the peak of a one-cycle schedule
    pct_start= | number | share from 0 to 1 | the share of a one-cycle schedule in which the rate rises
    div_factor= | number | factor | the peak of a one-cycle schedule over its first rate
    final_div_factor= | number | factor | the first rate of a one-cycle schedule over its last
    inverse_sqrt_warmup_steps= | integer | optimizer steps | the warm-up of an inverse-square-root schedule
    polynomial_end_lr= | number | per step | the last rate of a polynomial decay
    polynomial_power= | number | | the power of a polynomial decay; 1 is a straight line
    wsd_warmup_fraction= | number | share from 0 to 1 | the rising part of a warm-up, stable, decay schedule
    wsd_stable_fraction= | number | share from 0 to 1 | the level part of a warm-up, stable, decay schedule
    wsd_decay_fraction= | number | share from 0 to 1 | the falling part of a warm-up, stable, decay schedule
    """
  )

  static let optimizer = KeyTable(
    .optimizer,
    """
    type=name | :optimizers | | the optimizer; its learning rate is that of the trainer | Ludwig takes adam
    betas= | list | shares from 0 to 1 | the shares of the running means of gradient and squared gradient that a \
    step keeps
    beta_1 ! betas | | | the first of betas, up to 0.4
    beta_2 ! betas | | | the second of betas, up to 0.4
    eps=epsilon | number
    epsilon ! eps
    weight_decay | number
    amsgrad | boolean
    momentum | number
    nesterov | boolean
    dampening= | number | share from 0 to 1 | how much of the gradient the momentum leaves out
    alpha=rho | number
    decay ! alpha
    rho | number
    centered | boolean
    momentum_decay= | number | | how quickly Nadam's momentum reaches its full share
    lr_decay= | number | | how quickly the rate falls with each step, in Adagrad
    initial_accumulator_value= | number | | where the sum of squared gradients starts
    max_iter= | integer | iterations | the most iterations of one step
    max_eval= | integer null | evaluations | the most evaluations of the loss in one step
    tolerance_grad= | number | | the gradient below which a step ends
    tolerance_change= | number | | the change below which a step ends
    history_size= | integer | updates | how many updates are kept to estimate the curvature
    line_search_fn= | (strong_wolfe) null | | how far to go along a direction is searched
    l1_regularization_strength= | number | factor | the L1 penalty of FTRL
    l2_regularization_strength= | number | factor | the L2 penalty of FTRL
    learning_rate_power= | number | | how the rate falls with the squared gradients, in FTRL
    block_wise= | boolean | | whether the 8-bit state is scaled block by block
    percentile_clipping= | integer | percent | gradients are cut at this percentile of the last norms; 100 is off
    bias_correction= | boolean | | whether the running means are corrected at the start
    adam_w_mode= | boolean | | whether weight decay is apart from the gradient
    max_unorm= | number | | the largest size of an update, relative to the weights
    lr= | number null | per step | the rate of Adafactor, where it does not plan its own
    relative_step= | boolean | | whether Adafactor plans its rate by itself
    scale_parameter= | boolean | | whether Adafactor scales the rate by the size of the weights
    warmup_init= | boolean | | whether Adafactor's own plan begins with a warm-up
    warmup_steps= | integer | optimizer steps | how long the rate rises at the start
    """
  )

  /// The keys of gradient-boosted trees, which LightGBM grows.
  static let treeTrainer = KeyTable(
    .training,
    """
    learning_rate= | number | per tree | how much of each new tree is added
    num_boost_round= | integer | rounds | how many rounds of trees are grown
    num_leaves= | integer | leaves | the most leaves of a tree
    max_depth= | integer | levels | the most levels of a tree; -1 is no bound
    early_stop=early_stopping | integer
    validation_metric=monitor | text
    validation_field | :outputs
    type= | text | | the trainer
    boosting_type= | (gbdt rf dart goss) | | how trees are added to one another
    tree_learner= | text | | how the growing is shared out among machines
    boosting_rounds_per_checkpoint= | integer | rounds | how many rounds there are between evaluations
    eval_batch_size= | integer | examples | examples for each pass while evaluating
    evaluate_training_set= | boolean | | whether the training data are evaluated too
    skip_all_evaluation=skip_evaluation | boolean
    min_data_in_leaf= | integer | examples | the fewest examples of a leaf
    min_sum_hessian_in_leaf= | number | | the least sum of second derivatives in a leaf
    min_gain_to_split= | number | | the least gain for which a leaf is split
    lambda_l1= | number | factor | the L1 penalty on leaf values
    lambda_l2= | number | factor | the L2 penalty on leaf values
    linear_lambda= | number | factor | the penalty on the coefficients of linear trees
    bagging_fraction= | number | share from 0 to 1 | the share of the examples that a tree is given
    pos_bagging_fraction= | number | share from 0 to 1 | the share of the positive examples that a tree is given
    neg_bagging_fraction= | number | share from 0 to 1 | the share of the negative examples that a tree is given
    bagging_freq= | integer | rounds | how often the examples are drawn anew; 0 is off
    bagging_seed= | integer | | where the drawing of examples starts
    feature_fraction= | number | share from 0 to 1 | the share of the features that a tree is given
    feature_fraction_bynode= | number | share from 0 to 1 | the share of the features that a split is given
    feature_fraction_seed= | integer | | where the drawing of features starts
    feature_pre_filter= | boolean | | whether features that can never split are left out first
    extra_trees= | boolean | | whether split points are drawn at random
    extra_seed= | integer | | where the drawing of split points starts
    max_delta_step= | number | | the largest value of a leaf; 0 is no bound
    drop_rate= | number | share from 0 to 1 | the share of the trees that dart leaves out
    max_drop= | integer | trees | the most trees that dart leaves out in a round
    skip_drop= | number | share from 0 to 1 | how often dart leaves out none
    xgboost_dart_mode= | boolean | | whether dart weights trees as XGBoost does
    uniform_drop= | boolean | | whether dart draws trees evenly
    drop_seed= | integer | | where the drawing of trees starts
    top_rate= | number | share from 0 to 1 | the share of examples with large gradients that goss keeps
    other_rate= | number | share from 0 to 1 | the share of the other examples that goss keeps
    min_data_per_group= | integer | examples | the fewest examples of a group of categories
    max_cat_threshold= | integer | points | the most split points of a category feature
    max_cat_to_onehot= | integer | categories | up to this many categories one is split from the rest
    cat_l2= | number | factor | the L2 penalty on splits of categories
    cat_smooth= | number | | how much rare categories are smoothed
    cegb_tradeoff= | number | factor | the weight of the costs of features against the gain
    cegb_penalty_split= | number | | the cost of a split
    path_smooth= | number | | how much leaves with few examples are drawn to their parent
    verbose= | integer | | how much is written while it trains
    max_bin= | integer | bins | the most bins that a feature's values are put into
    enable_profiling= | boolean | | whether the run is profiled
    profiler= | mapping | | what the profiler records
    """
  )
}
