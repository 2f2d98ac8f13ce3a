/// What Keras takes where a key is absent: the arguments of its constructors, read in 3.15.1 (`keras/src`).
///
/// A file's keys are handed to the constructor, so what it leaves out is what a caller leaves out. `!` is what it cannot do without.
enum KerasDefaults {
  /// The release that was read.
  static let release = "3.15"

  /// The optimizers.
  static let optimizers = DefaultTable(
    """
    Adadelta: learning_rate=0.001 rho=0.95 epsilon=1e-07 weight_decay=null clipnorm=null clipvalue=null
      global_clipnorm=null use_ema=false ema_momentum=0.99 ema_overwrite_frequency=null loss_scale_factor=null
      gradient_accumulation_steps=null
    Adafactor: learning_rate=0.001 beta_2_decay=-0.8 epsilon_1=1e-30 epsilon_2=0.001 clip_threshold=1.0
      relative_step=true weight_decay=null clipnorm=null clipvalue=null global_clipnorm=null use_ema=false
      ema_momentum=0.99 ema_overwrite_frequency=null loss_scale_factor=null gradient_accumulation_steps=null
    Adagrad: learning_rate=0.001 initial_accumulator_value=0.1 epsilon=1e-07 weight_decay=null clipnorm=null
      clipvalue=null global_clipnorm=null use_ema=false ema_momentum=0.99 ema_overwrite_frequency=null
      loss_scale_factor=null gradient_accumulation_steps=null
    Adam: learning_rate=0.001 beta_1=0.9 beta_2=0.999 epsilon=1e-07 amsgrad=false weight_decay=null clipnorm=null
      clipvalue=null global_clipnorm=null use_ema=false ema_momentum=0.99 ema_overwrite_frequency=null
      loss_scale_factor=null gradient_accumulation_steps=null
    AdamW: learning_rate=0.001 weight_decay=0.004 beta_1=0.9 beta_2=0.999 epsilon=1e-07 amsgrad=false
      clipnorm=null clipvalue=null global_clipnorm=null use_ema=false ema_momentum=0.99
      ema_overwrite_frequency=null loss_scale_factor=null gradient_accumulation_steps=null
    Adamax: learning_rate=0.001 beta_1=0.9 beta_2=0.999 epsilon=1e-07 weight_decay=null clipnorm=null
      clipvalue=null global_clipnorm=null use_ema=false ema_momentum=0.99 ema_overwrite_frequency=null
      loss_scale_factor=null gradient_accumulation_steps=null
    Ftrl: learning_rate=0.001 learning_rate_power=-0.5 initial_accumulator_value=0.1
      l1_regularization_strength=0.0 l2_regularization_strength=0.0 l2_shrinkage_regularization_strength=0.0
      beta=0.0 weight_decay=null clipnorm=null clipvalue=null global_clipnorm=null use_ema=false ema_momentum=0.99
      ema_overwrite_frequency=null loss_scale_factor=null gradient_accumulation_steps=null
    Lamb: learning_rate=0.001 beta_1=0.9 beta_2=0.999 epsilon=1e-07 weight_decay=null clipnorm=null clipvalue=null
      global_clipnorm=null use_ema=false ema_momentum=0.99 ema_overwrite_frequency=null loss_scale_factor=null
      gradient_accumulation_steps=null
    Lion: learning_rate=0.001 beta_1=0.9 beta_2=0.99 weight_decay=null clipnorm=null clipvalue=null
      global_clipnorm=null use_ema=false ema_momentum=0.99 ema_overwrite_frequency=null loss_scale_factor=null
      gradient_accumulation_steps=null
    LossScaleOptimizer: inner_optimizer=! initial_scale dynamic_growth_steps=2000 learning_rate=!
      weight_decay=null clipnorm=null clipvalue=null global_clipnorm=null use_ema=false ema_momentum=0.99
      ema_overwrite_frequency=null loss_scale_factor=null gradient_accumulation_steps=null
    Muon: learning_rate=0.001 adam_beta_1=0.9 adam_beta_2=0.999 adam_weight_decay=0.004 epsilon=1e-07
      weight_decay=0.004 clipnorm=null clipvalue=null global_clipnorm=null use_ema=false ema_momentum=0.99
      ema_overwrite_frequency=null loss_scale_factor=null gradient_accumulation_steps=null exclude_layers=null
      exclude_embeddings=true muon_a=3.4445 muon_b=-4.775 muon_c=2.0315 adam_lr_ratio=1 momentum=0.95 ns_steps=5
      nesterov=true rms_rate=0.2
    Nadam: learning_rate=0.001 beta_1=0.9 beta_2=0.999 epsilon=1e-07 weight_decay=null clipnorm=null
      clipvalue=null global_clipnorm=null use_ema=false ema_momentum=0.99 ema_overwrite_frequency=null
      loss_scale_factor=null gradient_accumulation_steps=null
    RMSprop: learning_rate=0.001 rho=0.9 momentum=0.0 epsilon=1e-07 centered=false weight_decay=null clipnorm=null
      clipvalue=null global_clipnorm=null use_ema=false ema_momentum=0.99 ema_overwrite_frequency=null
      loss_scale_factor=null gradient_accumulation_steps=null
    SGD: learning_rate=0.01 momentum=0.0 nesterov=false weight_decay=null clipnorm=null clipvalue=null
      global_clipnorm=null use_ema=false ema_momentum=0.99 ema_overwrite_frequency=null loss_scale_factor=null
      gradient_accumulation_steps=null
    """
  )

  /// The learning-rate schedules.
  static let schedules = DefaultTable(
    """
    CosineDecay: initial_learning_rate=! decay_steps=! alpha=0.0 warmup_target=null warmup_steps=0
    CosineDecayRestarts: initial_learning_rate=! first_decay_steps=! t_mul=2.0 m_mul=1.0 alpha=0.0
    ExponentialDecay: initial_learning_rate=! decay_steps=! decay_rate=! staircase=false
    InverseTimeDecay: initial_learning_rate=! decay_steps=! decay_rate=! staircase=false
    PiecewiseConstantDecay: boundaries=! values=!
    PolynomialDecay: initial_learning_rate=! decay_steps=! end_learning_rate=0.0001 power=1.0 cycle=false
    """
  )

  /// The losses.
  static let losses = DefaultTable(
    """
    BinaryCrossentropy: from_logits=false label_smoothing=0.0 axis=-1 reduction=sum_over_batch_size dtype=null
    BinaryFocalCrossentropy: apply_class_balancing=false alpha=0.25 gamma=2.0 from_logits=false
      label_smoothing=0.0 axis=-1 reduction=sum_over_batch_size dtype=null
    CTC: reduction=sum_over_batch_size dtype=null
    CategoricalCrossentropy: from_logits=false label_smoothing=0.0 axis=-1 reduction=sum_over_batch_size
      dtype=null
    CategoricalFocalCrossentropy: alpha=0.25 gamma=2.0 from_logits=false label_smoothing=0.0 axis=-1
      reduction=sum_over_batch_size dtype=null
    CategoricalGeneralizedCrossEntropy: q=0.5 reduction=sum_over_batch_size dtype=null
    CategoricalHinge: reduction=sum_over_batch_size dtype=null
    Circle: gamma=80.0 margin=0.4 remove_diagonal=true reduction=sum_over_batch_size dtype=null
    CosineSimilarity: axis=-1 reduction=sum_over_batch_size dtype=null
    Dice: reduction=sum_over_batch_size axis=null dtype=null
    Hinge: reduction=sum_over_batch_size dtype=null
    Huber: delta=1.0 reduction=sum_over_batch_size dtype=null
    KLDivergence: reduction=sum_over_batch_size dtype=null
    LogCosh: reduction=sum_over_batch_size dtype=null
    MeanAbsoluteError: reduction=sum_over_batch_size dtype=null
    MeanAbsolutePercentageError: reduction=sum_over_batch_size dtype=null
    MeanSquaredError: reduction=sum_over_batch_size dtype=null
    MeanSquaredLogarithmicError: reduction=sum_over_batch_size dtype=null
    Poisson: reduction=sum_over_batch_size dtype=null
    SparseCategoricalCrossentropy: from_logits=false ignore_class=null reduction=sum_over_batch_size axis=-1
      dtype=null
    SquaredHinge: reduction=sum_over_batch_size dtype=null
    Tversky: alpha=0.5 beta=0.5 reduction=sum_over_batch_size axis=null dtype=null
    """
  )

  /// The initialisers.
  static let initializers = DefaultTable(
    """
    Constant: value=0.0
    GlorotNormal: seed=null input_axes=null output_axes=null
    GlorotUniform: seed=null input_axes=null output_axes=null
    HeNormal: seed=null input_axes=null output_axes=null
    HeUniform: seed=null input_axes=null output_axes=null
    Identity: gain=1.0
    LecunNormal: seed=null input_axes=null output_axes=null
    LecunUniform: seed=null input_axes=null output_axes=null
    Ones:
    Orthogonal: gain=1.0 seed=null
    RandomNormal: mean=0.0 stddev=0.05 seed=null
    RandomUniform: minval=-0.05 maxval=0.05 seed=null
    STFT: side=real window=hann scaling=density periodic=false
    TruncatedNormal: mean=0.0 stddev=0.05 seed=null
    VarianceScaling: scale=1.0 mode=fan_in distribution=truncated_normal seed=null input_axes=null
      output_axes=null
    Zeros:
    """
  )

  /// The penalties on weights and outputs.
  static let regularizers = DefaultTable(
    """
    L1: l1=0.01
    L1L2: l1=0.0 l2=0.0
    L2: l2=0.01
    OrthogonalRegularizer: factor=0.01 mode=rows
    """
  )

  /// The constraints on weights.
  static let constraints = DefaultTable(
    """
    MaxNorm: max_value=2 axis=0
    MinMaxNorm: min_value=0.0 max_value=1.0 rate=1.0 axis=0
    NonNeg:
    UnitNorm: axis=0
    """
  )
}
