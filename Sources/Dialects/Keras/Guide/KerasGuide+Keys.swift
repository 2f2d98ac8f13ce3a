import Experiment

/// The keys of Keras files.
extension KerasGuide {
  /// The keys of an object: a layer, an optimizer, an initialiser, a loss.
  static let object = KeyTable(
    nil,
    """
    class_name | text | | the class
    config | mapping | | the arguments of its constructor
    name | text | | the layer's name, by which others take from it
    module | text | | the Python module that has the class, since Keras 3
    registered_name | text null | | the name under which a class of one's own is registered
    inbound_nodes | list | | the layers that it takes from, once for each time it is applied
    build_config | mapping | | the shapes that it was built for
    compile_config | mapping | | how the model is trained: optimizer, loss and metrics
    """
  )

  static let root = KeyTable(
    nil,
    """
    class_name | (Functional Sequential) | | the model's class
    config | mapping list | | the model's layers, with its inputs and outputs
    keras_version | text | | the version that wrote the file
    backend | (tensorflow jax torch) | | the backend that the model ran on
    module | text | | the Python module that has the class, since Keras 3
    registered_name | text null | | the name under which a class of one's own is registered
    build_config | mapping | | the shapes that the model was built for
    compile_config | mapping | | how the model is trained: optimizer, loss and metrics
    model_config | mapping | | the model, in files of Keras 2 with weights and in TensorFlow.js
    training_config | mapping | | how the model is trained, in files of Keras 2 and TensorFlow.js
    """
  )

  static let model = KeyTable(
    nil,
    """
    name | text | | the model's name
    layers | list | | the layers
    input_layers | list | | the layers that are given the inputs
    output_layers | list | | the layers that give the outputs
    trainable | boolean | | whether the model's weights are trained
    build_input_shape | list | | the shape that the model was built for, with the batch axis
    dtype | text mapping | | the type of its numbers, or a policy for them
    """
  )

  static let training = KeyTable(
    .output,
    """
    optimizer= | mapping text | | what turns gradients into steps, with its settings
    optimizer_config= | mapping | | what turns gradients into steps, with its settings, before Keras 3
    loss | :losses mapping list
    loss_weights=loss_weight | list mapping
    metrics | list
    weighted_metrics= | list null | | metrics in which examples weigh as in the loss
    sample_weight_mode= | text null | | whether examples are weighed as a whole or step by step, before Keras 3
    run_eagerly= | boolean | | whether it runs operation by operation instead of as one graph
    steps_per_execution= | integer | batches | how many batches run in one call
    jit_compile= | boolean text | | whether the model is compiled with XLA
    auto_scale_loss= | boolean | | whether the loss is scaled where numbers have 16 bits
    """
  )

  /// The keys in the config of a layer.
  static let layer = KeyTable(
    .layer,
    """
    name= | text | | the layer's name, by which others take from it
    trainable | boolean | | whether the layer's weights are trained | Keras takes true
    dtype= | text mapping | | the type of the layer's numbers, or a policy for them
    units | integer
    filters | integer
    kernel_size | list integer
    strides | list integer null | | | the size of the window
    padding | (valid same causal)
    activation | :activations mapping null | | | no activation
    input_dim=vocabulary_size | integer
    output_dim | integer
    pool_size | list integer
    rate | number
    use_bias | boolean
    kernel_initializer | :initializers mapping
    bias_initializer | :initializers mapping
    kernel_regularizer= | :regularizers mapping null | | the penalty on the kernel that the loss gets | no penalty
    bias_regularizer= | :regularizers mapping null | | the penalty on the bias that the loss gets | no penalty
    activity_regularizer= | :regularizers mapping null | | the penalty on the layer's output that the loss gets | no \
    penalty
    kernel_constraint= | mapping null | | what the kernel is forced into after each step | no constraint
    bias_constraint= | mapping null | | what the bias is forced into after each step | no constraint
    batch_shape=shape | list | elements | the shape that the model is given, with the batch axis first, which is null
    shape | list
    batch_size= | integer null | examples | the size of a batch, where it is fixed
    sparse= | boolean | | whether tensors are sparse
    ragged= | boolean | | whether tensors are ragged
    optional= | boolean | | whether the input may be left out
    input_tensor= | null | | a tensor to use in place of an input
    data_format | (channels_last channels_first) null | | | the one of Keras's settings, channels_last unless changed
    dilation_rate | list integer
    groups | integer
    depth_multiplier | integer
    output_padding | list integer null
    depthwise_initializer= | :initializers mapping | | how the depthwise kernel's weights start
    pointwise_initializer= | :initializers mapping | | how the pointwise kernel's weights start
    depthwise_regularizer= | :regularizers mapping null | | the penalty on the depthwise kernel | no penalty
    pointwise_regularizer= | :regularizers mapping null | | the penalty on the pointwise kernel | no penalty
    depthwise_constraint= | mapping null | | what the depthwise kernel is forced into after each step | no constraint
    pointwise_constraint= | mapping null | | what the pointwise kernel is forced into after each step | no constraint
    embeddings_initializer=kernel_initializer | :initializers mapping | | how the embedding starts
    embeddings_regularizer= | :regularizers mapping null | | the penalty on the embedding | no penalty
    embeddings_constraint= | mapping null | | what the embedding is forced into after each step | no constraint
    mask_zero= | boolean | | whether the id 0 is padding that later layers pass over
    tie_weights= | boolean | | whether the way back shares the embedding's weights
    reverse_dtype= | text null | | the type of the numbers on the way back
    logit_soft_cap= | number null | | the value beyond which logits are bent
    weights= | list null | | the weights to start from
    lora_rank= | integer null | elements | the rank of the low-rank weights that are trained in place of the kernel
    lora_alpha= | number null | | the scale of those low-rank weights
    quantization_config= | mapping null | | how weights are held in few bits
    gptq_unpacked_column_size= | integer null | columns | the columns of the kernel before it was packed into few bits
    recurrent_activation | :activations mapping
    recurrent_initializer | :initializers mapping
    recurrent_regularizer= | :regularizers mapping null | | the penalty on the recurrent kernel | no penalty
    recurrent_constraint= | mapping null | | what the recurrent kernel is forced into after each step | no constraint
    unit_forget_bias | boolean
    dropout=rate | number
    recurrent_dropout=recurrent_rate | number
    return_sequences | boolean
    return_state | boolean
    reset_after | boolean
    go_backwards= | boolean | | whether the sequence is read from its end
    stateful= | boolean | | whether a batch goes on with the state that the last one left
    unroll= | boolean | | whether the steps are laid out one behind the other instead of looped over
    use_cudnn= | boolean text | | whether cuDNN's implementation is used
    zero_output_for_mask= | boolean | | whether masked steps give zeros
    time_major= | boolean | | whether the first axis is time instead of the batch
    implementation= | integer | | which way of computing the same
    cell= | mapping | | the cell that computes one step
    cells= | list | | the cells, one on top of the other
    layer= | mapping | | the layer that is wrapped
    backward_layer= | mapping null | | the layer that reads the sequence from its end | a copy of the other
    merge_mode | (concat sum mul ave) null
    power_iterations= | integer | iterations | how often the largest singular value is refined in a step
    axis=axes | integer list
    axes | integer list
    normalize= | boolean | | whether vectors are given length 1 first
    momentum | number
    epsilon | number
    center | boolean
    scale | boolean number
    rms_scaling= | boolean | | whether only the root mean square is divided by
    beta_initializer= | :initializers mapping | | how the offset starts
    gamma_initializer= | :initializers mapping | | how the scale starts
    beta_regularizer= | :regularizers mapping null | | the penalty on the offset | no penalty
    gamma_regularizer= | :regularizers mapping null | | the penalty on the scale | no penalty
    beta_constraint= | mapping null | | what the offset is forced into after each step | no constraint
    gamma_constraint= | mapping null | | what the scale is forced into after each step | no constraint
    moving_mean_initializer= | :initializers mapping | | how the running mean starts
    moving_variance_initializer= | :initializers mapping | | how the running variance starts
    renorm= | boolean | | whether batches are corrected towards the running statistics
    renorm_clipping= | mapping null | | the bounds of that correction
    renorm_momentum= | number | | the momentum of that correction
    synchronized= | boolean | | whether statistics are taken over all devices
    fused= | boolean null | | whether a faster implementation is used, before Keras 3
    virtual= | boolean | | a setting of old files, which says nothing here
    mean | list number null
    variance | list number null
    invert= | boolean | | whether the layer undoes what it does otherwise
    max_value | number null
    negative_slope | number
    threshold | number
    alpha= | number | | the value that the function goes down to for very negative inputs, of ELU
    alpha_initializer= | :initializers mapping | | how the learned slopes start
    alpha_regularizer= | :regularizers mapping null | | the penalty on the learned slopes | no penalty
    alpha_constraint= | mapping null | | what the learned slopes are forced into | no constraint
    shared_axes | list null
    theta=threshold | number
    noise_shape= | list null | | which axes share what is dropped: those of size 1
    seed= | integer mapping null | | where random numbers start
    stddev=noise_stddev | number
    l1=activity_l1 | number
    l2=activity_l2 | number
    use_scale | boolean
    score_mode | (dot concat)
    num_heads | integer
    num_query_heads=num_heads | integer
    num_key_value_heads | integer
    key_dim | integer
    head_dim=key_dim | integer
    value_dim | integer null | | | the width of the keys
    use_gate | boolean
    attention_axes= | list integer null | | the axes that attention goes over | all axes but batch, heads and features
    flash_attention= | boolean null | | whether the flash implementation is used
    sliding_window= | integer null | | how many places attention looks back
    equation | text
    bias_axes | text null
    output_shape=stated_output_shape | list integer null
    target_shape | list
    dims | list
    n=factors | integer
    size=factors | list integer
    interpolation= | (nearest bilinear bicubic lanczos3 lanczos5) | | how values between places are made
    cropping=amounts | list integer
    keepdims | boolean
    output_size=size | list integer
    height= | integer | pixels | the height of the output
    width= | integer | pixels | the width of the output
    crop_to_aspect_ratio= | boolean | | whether images are cut to keep their proportions
    pad_to_aspect_ratio= | boolean | | whether images are padded to keep their proportions
    antialias= | boolean | | whether smaller images are smoothed
    fill_mode= | (constant reflect wrap nearest) | | what is put beyond the edges
    fill_value= | number null | | the value that is put beyond the edges, with fill_mode constant
    value_range= | list | | the lowest and the highest value of the pixels
    factor= | number list null | | how strongly images are varied
    height_factor= | number list | share | how far images are moved or stretched along their height
    width_factor= | number list null | share | how far images are moved or stretched along their width
    mode= | text | | in which of its ways the layer works
    offset=input_offset | number list
    mask_value= | number text null | | the value that stands for a step to pass over
    num_tokens=vocabulary_size | integer null
    num_bins=vocabulary_size | integer null
    max_tokens=vocabulary_size | integer null
    bin_boundaries= | list null | | the values between bins
    output_mode | (int one_hot multi_hot count tf_idf)
    output_sequence_length=output_length | integer null
    pad_to_max_tokens= | boolean | | whether the output has max_tokens places even where fewer words are known
    vocabulary= | list text null | | the words that are known, or the path of a file with them
    vocabulary_dtype= | text | | the type of the vocabulary's ids
    idf_weights= | list null | | the rarity of each word
    num_oov_indices= | integer | ids | how many ids unknown words share
    mask_token= | text integer null | | the word that stands for padding
    oov_token= | text integer | | the word that stands for unknown words
    oov_method= | text | | how unknown words are shared out among their ids
    salt= | integer list null | | a key that makes the hash another one
    encoding= | text | | the encoding of texts
    standardize= | text null | | how texts are made alike first, such as lower case
    split= | (whitespace character) null | | where texts are cut
    ngrams= | integer list null | words | how many words make one token
    function= | text list mapping | | the code of a lambda or operation
    arguments= | mapping | | the arguments of the code
    mask= | mapping null | | the code that makes the mask
    method= | text | | the method that is called
    module= | text | | the Python module that has the code
    init_values= | number | | where the learned factors start
    projection_dim=units | integer
    drop_path_rate=rate | number
    autocast= | boolean | | whether inputs are turned to the layer's type
    fft_length= | integer null | points | the points of the Fourier transform
    frame_length= | integer | samples | the length of a window
    frame_step= | integer null | samples | the step between windows
    sequence_stride= | integer | samples | the step between windows
    sequence_length= | integer null | samples | the length of a window
    sampling_rate= | integer | samples per second | the samples of a second of sound
    num_mel_bins= | integer | bands | the number of mel bands
    min_freq= | number | hertz | the lowest frequency
    max_freq= | number null | hertz | the highest frequency
    power_to_db= | boolean | | whether powers are turned to decibels
    top_db= | number | decibels | how far below the loudest values are cut
    mag_exp= | number | | the power of the magnitudes
    min_power= | number | | the smallest power, below which it is cut
    ref_power= | number | | the power that 0 decibels stand for
    window= | text null | | the shape by which samples of a window are weighted
    periodic= | boolean | | whether the window is periodic
    scaling= | text | | how the spectrum is scaled
    expand_dims= | boolean | | whether an axis for channels is added
    batch_input_shape ! batch_shape
    input_shape ! | list | elements | the shape that a first layer is given, before Keras 3
    input_length ! | integer | steps | the length of sequences that a first layer is given, before Keras 3
    input_dtype ! dtype
    nb_filter ! filters
    nb_row ! kernel_size | | | the kernel's height, in Keras 1
    nb_col ! kernel_size | | | the kernel's width, in Keras 1
    filter_length ! kernel_size
    kernel_dim1 ! kernel_size | | | the kernel's size along the first axis, in Keras 1
    kernel_dim2 ! kernel_size | | | the kernel's size along the second axis, in Keras 1
    kernel_dim3 ! kernel_size | | | the kernel's size along the third axis, in Keras 1
    subsample ! strides
    subsample_length ! strides
    stride ! strides
    border_mode ! padding
    atrous_rate ! dilation_rate
    dim_ordering ! data_format | | | where the channels stand, in Keras 1: tf is last, th is first
    pool_length ! pool_size
    length ! size
    concat_axis ! axis
    dot_axes ! axes
    inner_activation ! recurrent_activation
    bias ! use_bias
    init ! kernel_initializer
    inner_init ! recurrent_initializer
    forget_bias_init ! unit_forget_bias | | | how the forget gate's bias starts, in Keras 1
    W_regularizer ! kernel_regularizer
    U_regularizer ! recurrent_regularizer
    b_regularizer ! bias_regularizer
    W_constraint ! kernel_constraint
    U_constraint ! recurrent_constraint
    b_constraint ! bias_constraint
    p ! rate
    sigma ! stddev
    dropout_W ! dropout
    dropout_U ! recurrent_dropout
    consume_less ! implementation
    mu ! | number | | a setting of old files, which says nothing here
    layers ! | list | | the layers inside
    value ! | number | | a setting of old files, which says nothing here
    """
  )

  static let optimizer = KeyTable(
    .optimizer,
    """
    name= | text | | the optimizer's name
    learning_rate | number mapping | | the size of a step, or a schedule for it
    lr ! learning_rate
    decay ! | number | | divides the rate by 1 + decay * steps before Keras 3, which ignores it
    momentum | number
    nesterov | boolean
    beta_1 | number
    beta_2 | number
    rho | number
    epsilon | number
    amsgrad | boolean
    centered | boolean
    weight_decay | number null | | how much weights shrink in each step, apart from the gradient | no weight decay
    clipnorm= | number null | | the largest norm that the gradient of each tensor may have | gradients are not cut so
    global_clipnorm= | number null | | the largest norm that all gradients together may have | gradients are not cut so
    clipvalue= | number null | | the largest absolute value of each element of a gradient | gradients are not cut so
    use_ema= | boolean | | whether a running mean of the weights is kept, which takes their place at the end
    ema_momentum= | number | share from 0 to 1 | the share of that mean that a step keeps
    ema_overwrite_frequency= | integer null | optimizer steps | how often that mean takes the weights' place
    loss_scale_factor= | number null | factor | what the loss is multiplied by, and gradients divided by
    gradient_accumulation_steps= | integer null | passes | how many passes' gradients are added up for one step
    jit_compile= | boolean | | whether steps are compiled with XLA, before Keras 3
    is_legacy_optimizer= | boolean | | whether it is an optimizer of before Keras 2.11
    initial_accumulator_value= | number | | where the sum of squared gradients starts
    learning_rate_power= | number | | how the rate falls with the squared gradients, in FTRL
    l1_regularization_strength= | number | factor | the L1 penalty of FTRL
    l2_regularization_strength= | number | factor | the L2 penalty of FTRL
    l2_shrinkage_regularization_strength= | number | factor | the L2 penalty of FTRL on the gradient's size
    beta= | number | | the setting beta of FTRL
    beta_2_decay= | number | | how the share of the running mean square grows with the steps, in Adafactor
    epsilon_1= | number | | a small number that is added to squared gradients
    epsilon_2= | number | | a small offset that keeps Adafactor's rate from becoming too small
    clip_threshold= | number | | the largest root mean square of an update
    relative_step= | boolean | | whether the rate falls with the steps by itself
    adam_beta_1= | number | share from 0 to 1 | beta_1 of the Adam that Muon leaves some weights to
    adam_beta_2= | number | share from 0 to 1 | beta_2 of the Adam that Muon leaves some weights to
    adam_weight_decay= | number | factor | the weight decay of the Adam that Muon leaves some weights to
    adam_lr_ratio= | number | factor | the rate of that Adam over Muon's
    exclude_layers= | list null | | the layers that Muon leaves to Adam
    exclude_embeddings= | boolean | | whether Muon leaves embeddings to Adam
    muon_a= | number | | the first coefficient of the iteration that makes a matrix orthogonal
    muon_b= | number | | the second coefficient of the iteration that makes a matrix orthogonal
    muon_c= | number | | the third coefficient of the iteration that makes a matrix orthogonal
    ns_steps= | integer | iterations | how often that iteration runs
    rms_rate= | number | | the root mean square that updates are scaled to
    inner_optimizer= | mapping | | the optimizer that does the work
    initial_scale= | number | factor | what the loss is multiplied by at first
    dynamic_growth_steps= | integer | optimizer steps | how often that factor grows
    """
  )

  static let schedule = KeyTable(
    .schedule,
    """
    name= | text | | the schedule's name
    initial_learning_rate= | number | per step | the rate at the start, before a warm-up
    decay_steps | integer
    first_decay_steps=decay_steps | integer | optimizer steps | the length of the first period
    decay_rate | number
    staircase= | boolean | | whether the rate falls in steps instead of smoothly
    alpha= | number | share from 0 to 1 | the lowest rate, as a share of the first
    warmup_target= | number null | per step | the rate that the warm-up leads to | no warm-up
    warmup_steps | integer
    t_mul= | number | factor | how much longer each following period is
    m_mul= | number | factor | the first rate of each following period, as a share of the last one's
    end_learning_rate | number
    power= | number | | the power of a polynomial decay; 1 is a straight line
    cycle=restarts | boolean
    boundaries= | list | optimizer steps | the steps at which the rate changes
    values= | list | per step | the rates between the boundaries
    """
  )

  static let loss = KeyTable(
    .output,
    """
    name= | text | | the loss's name
    from_logits | boolean
    label_smoothing= | number | share from 0 to 1 | how much targets are drawn towards the middle
    reduction= | (sum_over_batch_size sum mean mean_with_sample_weight none) null | | how the losses of examples \
    become one number
    axis= | integer list null | | the axis of the classes
    ignore_class= | integer null | | the class whose examples do not count
    delta= | number | | the difference from which on the loss is absolute instead of squared
    alpha= | number list | factor | the weight of false positives or of the true class
    beta= | number | factor | the weight of false negatives
    gamma= | number | | how much less easy examples weigh
    apply_class_balancing= | boolean | | whether classes are weighed by alpha
    margin= | number | | how far similarities may be from their best
    remove_diagonal= | boolean | | whether an example's similarity to itself is left out
    q= | number | from 0 to 1 | between cross-entropy (0) and absolute error (1)
    dtype= | text mapping null | | the type of its numbers, or a policy for them
    """
  )

  static let initializer = KeyTable(
    .initializer,
    """
    mean | number
    stddev | number
    minval=min | number
    maxval=max | number
    value | number
    gain | number
    scale | number
    mode | (fan_in fan_out fan_avg)
    distribution | (truncated_normal untruncated_normal uniform)
    seed= | integer mapping null | | where random numbers start
    input_axes= | integer list null | | the axes of the kernel that are summed over
    output_axes= | integer list null | | the axes of the kernel that are the units
    side= | (real imag) | | the part of the Fourier transform
    window= | text null | | the shape by which samples are weighted
    scaling= | text null | | how the spectrum is scaled
    periodic= | boolean | | whether the window is periodic
    """
  )

  static let regularizer = KeyTable(
    nil,
    """
    l1 | number | factor | the L1 penalty: the factor of the sum of absolute values
    l2 | number | factor | the L2 penalty: the factor of the sum of squares
    factor | number | factor | the factor of the penalty
    mode | (rows columns) | | whether rows or columns are to be orthogonal
    """
  )

  static let constraint = KeyTable(
    nil,
    """
    max_value | number | | the largest length that the weights of a unit may have
    min_value | number | | the smallest length that the weights of a unit may have
    rate | number | share from 0 to 1 | how far a step goes towards the bounds; 1 is all the way
    axis | integer list | | the axes along which lengths are taken
    """
  )

  static let policy = KeyTable(
    nil,
    """
    name | (float32 mixed_float16 mixed_bfloat16 float16 bfloat16 float64) | | the type of numbers; mixed ones keep weights in 32 bits
    """
  )

  static let build = KeyTable(
    nil,
    """
    input_shape | list | elements | the shape that the layer was built for, with the batch axis
    shapes_dict | mapping | elements | the shapes that the layer was built for, by the argument's name
    """
  )

  static let application = KeyTable(
    nil,
    """
    args | list | | what the layer is given: outputs of other layers
    kwargs | mapping | | further arguments of the call
    """
  )

  static let tensor = KeyTable(
    nil,
    """
    shape | list | elements | the shape of what the layer gives, with the batch axis
    dtype | text | | the type of its numbers
    keras_history | list | | the layer, which of its applications, and which of its outputs
    """
  )

  static let constraints = Glossary(
    """
    MaxNorm: the weights of a unit have at most a given length
    MinMaxNorm: the weights of a unit have a length between bounds
    NonNeg: no weight is negative
    UnitNorm: the weights of a unit have length 1
    """
  )

  static let regularizers = Glossary(
    """
    L1: the sum of absolute weights, which makes weights zero
    L2: the sum of squared weights, which keeps weights small
    L1L2: both
    OrthogonalRegularizer: how far rows or columns are from being orthogonal
    """
  )

  static let schedules = Glossary(
    """
    CosineDecay: falls along a cosine, with a warm-up where asked for
    CosineDecayRestarts: falls along a cosine, and starts anew
    ExponentialDecay: is multiplied by decay_rate every decay_steps
    InverseTimeDecay: is divided by 1 + decay_rate * steps / decay_steps
    PiecewiseConstantDecay: changes at given steps
    PolynomialDecay: falls to end_learning_rate along a power
    """
  )
}
