extension FactGuide.Section {
  /// One fact a line: its name, its unit, what it is.
  var table: StaticString {
    switch self {
    case .experiment: Self.experimentTable
    case .input: Self.inputTable
    case .output: Self.outputTable
    case .target: Self.targetTable
    case .training: Self.trainingTable
    case .search: Self.searchTable
    case .optimizer: Self.optimizerTable
    case .clip: Self.clipTable
    case .schedule: Self.scheduleTable
    case .data: Self.dataTable
    case .layer: Self.layerTable
    case .initializer: Self.initializerTable
    }
  }

  private static let experimentTable: StaticString = """
    framework | | the framework that runs the experiment, such as Keras or Ludwig
    framework_version | | the framework's version, where the file tells
    name | | the experiment's or model's name
    model_type | | network, language_model or trees
    fine_tuned | | whether training starts from weights of an earlier training
    parameters | parameters | the number of parameters of all layers
    weight_depth | weight layers | the number of weight layers on the longest path
    has_skips | | whether some skip connection passes a weight layer by
    has_normalization | | whether some normalisation layer stands between weight layers
    plain | | whether the network has no skips, no normalisation, no pretrained weights and no unknown layers
    steps_per_epoch | optimizer steps | optimizer steps in one epoch: examples in training over batch size, rounded up
    total_steps | optimizer steps | optimizer steps of the whole run
    """

  private static let inputTable: StaticString = """
    name | | the input's name
    type | | what is given: number, category, binary, image, text, sequence, audio, vector, ...
    shape | elements | the shape of one example, without the batch axis
    normalization | | what is done to the numbers before the network gets them: none, zscore, minmax, ...
    dtype | | the type of its numbers, as in NumPy
    encoder | | what encodes it, in the dialect's own word
    layer_index | | the position of the input's layer, counted from 0
    """

  private static let outputTable: StaticString = """
    name | | the output's name
    type | | what is predicted, in the dialect's own word
    task | | regression, binary, multiclass, multilabel, sequence or reinforcement
    loss | | the loss that training makes small
    from_logits | | whether the loss takes logits and applies the activation itself
    loss_weight | factor | the loss's weight among those of several outputs
    classes | classes | the number of classes or labels
    anchors | boxes | how many boxes a detection head predicts at each place
    wanted_units | elements | the number of values for each place that a detection head needs in front of it
    target | | what is known of the targets as data
    metrics | | what is computed beside the loss, to look at
    class_weights | factors | the weight of each class or label in the loss
    clip | | the two bounds that predictions are cut to behind the model; the loss does not see it
    units | elements | the number of values that the output has for each example
    activation | | the effective final activation, linear for none
    activations | | all activations in a row behind the last weight layer
    loss_expects | | what the loss wants: logits, probabilities, log_probabilities, unbounded, positive or any
    """

  private static let targetTable: StaticString = """
    min | | the lowest value, as the data are stored
    max | | the highest value, as the data are stored
    mean | | the mean, as the data are stored
    std | | the standard deviation, as the data are stored
    normalization | | what is done to the numbers before the network gets them: none, zscore, minmax, ...
    classes | classes | the number of classes or labels
    features | elements | how many numbers one example has
    kind | | what the numbers stand for: number, category, id, angle, timestamp, tokens, image, ...
    encoding | | how a value becomes numbers: none, one_hot, embedding, sin_cos, ...
    class_shares | shares from 0 to 1 | the share of the examples that each class has
    """

  private static let trainingTable: StaticString = """
    batch_size | examples | examples for each optimizer step, over all devices and accumulated gradients
    micro_batch_size | examples | examples for each pass through the network; gradients of several may be accumulated
    accumulation_steps | passes | how many passes' gradients are added up for one optimizer step
    epochs | epochs | how often training goes over the data
    steps | optimizer steps | the length of the run, where it is counted in steps
    recurrent_steps | steps | the steps of the sequences that a recurrent policy is trained on, where a batch counts steps
    validation_split | share from 0 to 1 | the share of the data that is held out to look at while it trains
    test_split | share from 0 to 1 | the share of the data that is held out until the end
    validation_samples | examples | the size of a validation set of its own, which is not counted among the examples
    split | | how the held-out data are chosen: random, fixed, stratify, datetime or hash
    skip_evaluation | | whether nothing is evaluated while it trains
    early_stopping | rounds | epochs or evaluations without progress until training stops; 0 or less is off
    evaluations_per_epoch | evaluations | how often in an epoch held-out data are judged
    monitor | | what decides when to stop and which weights to keep
    monitor_mode | | which way the monitored quantity is better: min or max
    validation_field | | the output whose metric is monitored
    search | | the hyperparameter search
    optimizer | | what turns gradients into steps, with its settings
    schedule | | how the learning rate changes over the run
    clip | | how gradients are cut before a step
    regularization | factor | the factor of a penalty on all weights that the loss gets
    regularization_type | | the penalty's kind: l1, l2, l1_l2 or none
    """

  private static let searchTable: StaticString = """
    metric | | the quantity by which trials are compared
    goal | | minimize or maximize
    split | | the data that trials are compared on: train, validation or test
    output_feature | | the output that trials are compared for
    """

  private static let optimizerTable: StaticString = """
    name | | the optimizer's standard name
    learning_rate | per step | the size of a step; with a schedule, its peak
    momentum | share from 0 to 1 | the share of the last step that the next one keeps
    nesterov | | whether momentum looks ahead to where it leads (Nesterov)
    beta_1 | share from 0 to 1 | the share of the gradient's running mean that a step keeps
    beta_2 | share from 0 to 1 | the share of the squared gradient's running mean that a step keeps
    rho | share from 0 to 1 | the share of the running mean square that a step keeps, in RMSprop and Adadelta
    epsilon | | a small number added to a divisor, so that it is never 0
    amsgrad | | whether Adam divides by the largest mean squared gradient so far
    centered | | whether RMSprop divides by the deviation of the gradient instead of its mean square
    weight_decay | factor | how much weights shrink in each step, or the L2 penalty where the optimizer couples it
    decoupled | | whether weight decay acts on the weights themselves and not through the gradient, as in AdamW
    """

  private static let clipTable: StaticString = """
    kind | | what is cut: norm (each tensor by itself), global_norm, value, or off
    threshold | | the largest norm or absolute value that passes
    """

  private static let scheduleTable: StaticString = """
    name | | the schedule's name
    warmup_steps | optimizer steps | how long the rate rises at the start
    warmup_epochs | epochs | how long the rate rises at the start
    warmup_fraction | share from 0 to 1 | the share of the run in which the rate rises at the start
    decay_steps | optimizer steps | from the end of the warm-up to the end of the decay, or of its first cycle
    end_learning_rate | per step | the learning rate at the end of the decay
    restarts | | whether the schedule starts anew when it has ended
    decay_rate | factor | how strongly the rate decays; of exponential decay the factor for each period
    """

  private static let dataTable: StaticString = """
    samples | examples | the number of examples, held-out ones counted
    sample_ratio | share from 0 to 1 | the share of the data that is used at all
    sample_size | examples | the number of examples that are used at all
    augmentation | | whether examples are varied at random each time they are shown
    sample | | the path of a file with real rows
    inputs | | what is known of the inputs as data
    targets | | what is known of the targets as data
    columns | | what is known of single columns of the inputs, by name
    """

  private static let layerTable: StaticString = """
    class_name | | the class as the file names it
    trainable | | whether the layer's weights are trained
    pretrained | | whether the layer's weights come from an earlier training
    time_distributed | | whether the layer is applied to each step of a sequence by itself
    bidirectional | | whether the layer runs over the sequence in both directions
    merge_mode | | how the two directions are joined: concat, sum, mul, ave or none
    role | | the part of the network that the layer belongs to: encoder, combiner or decoder
    units | elements | the number of units of a dense or recurrent layer, which is the width of its output
    filters | channels | the number of filters of a convolution, which are the channels of its output
    kernel_size | places | the kernel's size along each spatial axis
    strides | places | the step along each spatial axis
    dilation_rate | places | the distance between the places that the kernel looks at, along each spatial axis
    padding | | what happens at the edges: valid (no padding), same, or causal
    output_padding | places | what a transposed convolution adds to its output along each spatial axis
    groups | groups | the number of groups of a convolution or a group normalisation
    depth_multiplier | filters per channel | how many filters a depthwise convolution has for each input channel
    pool_size | places | the window of a pooling layer along each spatial axis
    ceil_mode | | whether a pooling window that reaches over the end of an axis counts
    data_format | | where the channels stand: channels_last or channels_first
    keepdims | | whether global pooling keeps the spatial axes with size 1
    axes | | the axis of a concatenation or the axes of a normalisation, the batch axis counted as 0
    target_shape | elements | the shape after a reshape, without the batch axis; one -1 stands for the rest
    dims | | the order of the axes after a permutation, counted from 1 without the batch axis
    factors | factors | how often a vector is repeated, or a spatial axis is up-sampled
    amounts | places | what padding adds or cropping takes before and after each spatial axis in turn
    size | pixels | the output's height and width
    vocabulary_size | ids | the number of distinct ids that an embedding or encoding takes
    output_dim | elements | the width of an embedding
    num_heads | heads | the number of query heads
    num_key_value_heads | heads | the number of key and value heads
    key_dim | elements | the width of one head's keys
    value_dim | elements | the width of one head's values
    equation | | the equation of an einsum
    bias_axes | | the letters of an einsum's output that its bias has
    shared_axes | | the axes along which a learned slope is shared, the batch axis counted as 0
    score_mode | | how an attention layer compares queries with keys: dot or concat
    output_mode | | how an encoding gives its ids: int, one_hot, multi_hot, count or tf_idf
    output_length | tokens | the number of tokens to which a text is cut or padded
    stated_output_shape | elements | the output's shape as the file states it, without the batch axis
    return_sequences | | whether a recurrent layer gives its output at every step
    return_state | | whether a recurrent layer also gives its last states
    reset_after | | whether a GRU applies its reset gate after the matrix product, which takes a second bias
    double_bias | | whether a recurrent layer has one bias for its input and one for its state
    shape | elements | the shape of one example of an input, without the batch axis
    activation | | the activation built into the layer, linear for none
    operation | | what an operation on tensors does, named as in keras.ops
    operand | | the number that an operation on one tensor adds, takes away, multiplies by or divides by
    min_value | | the lower bound of a clipping operation
    max_value | | the upper bound of a clipping operation or of a clipped activation such as ReLU6
    threshold | | what a sum must exceed to pass a thresholded activation
    negative_slope | factor | the slope of a leaky activation for negative inputs
    recurrent_activation | | the activation of a recurrent layer's gates
    use_bias | | whether the layer adds a learned offset
    use_scale | | whether an attention layer learns a scale for its scores
    use_gate | | whether an attention layer learns a gate for its output
    spectral_normalization | | whether the kernel is divided by its largest singular value
    elementwise | | whether an operation works on each element by itself
    statistics_stated | | whether the file holds the mean and variance of a normalisation
    mean | | the mean of each channel that a normalization layer takes away
    variance | | the variance of each channel that a normalization layer divides by the root of
    dtype | | the type of an input's numbers, as in NumPy
    kernel_initializer | | how the kernel's weights start
    recurrent_initializer | | how the recurrent kernel's weights start
    bias_initializer | | how the bias starts
    unit_forget_bias | | whether an LSTM's forget gate starts with bias 1, so that it remembers at first
    kernel_l1 | factor | the L1 penalty on the kernel
    kernel_l2 | factor | the L2 penalty on the kernel
    recurrent_l1 | factor | the L1 penalty on the recurrent kernel
    recurrent_l2 | factor | the L2 penalty on the recurrent kernel
    bias_l1 | factor | the L1 penalty on the bias
    bias_l2 | factor | the L2 penalty on the bias
    activity_l1 | factor | the L1 penalty on what the layer gives
    activity_l2 | factor | the L2 penalty on what the layer gives
    other_penalty | | whether the layer has a penalty whose strength is not known
    rate | share from 0 to 1 | the share of values that is dropped
    recurrent_rate | share from 0 to 1 | the share of the recurrent state that is dropped
    noise_stddev | | the standard deviation of the noise that is added
    epsilon | | a small number added to a variance, so that it is never 0
    momentum | share from 0 to 1 | the share of a batch normalisation's running statistics that a step keeps
    scale | | whether a normalisation learns a scale
    center | | whether a normalisation learns an offset
    input_scale | factor | what an input is multiplied by
    input_offset | | what is added to an input after scaling
    input_shape | elements | the shape of the first input, without the batch axis
    output_shape | elements | the output's shape, without the batch axis
    parameters | parameters | the number of parameters; 0 for shared weights that were counted before
    fan_in | elements | how many inputs one unit of the kernel sums over
    fan_out | elements | how many units one input of the kernel feeds
    weight_depth | weight layers | the number of weight layers on the longest path from an input to here, this one \
    counted
    bypassed | | whether a skip connection passes this layer by
    head | | whether the layer is the last weight layer before an output
    effective_activation | | the activation that meets this layer's sums: its own, or that of the layer behind it
    initial_stddev | | the standard deviation that the kernel starts with
    initial_gain | ratio | the kernel's initial deviation over the one that keeps the signal's variance; 1 is right
    """

  private static let initializerTable: StaticString = """
    name | | the initialiser's standard name
    mean | | the mean of what it draws
    stddev | | the standard deviation of what it draws
    min | | the lower bound of what it draws
    max | | the upper bound of what it draws
    value | | the constant that it fills in
    gain | factor | what an orthogonal or identity matrix is multiplied by
    scale | factor | the scale of a variance scaling: the variance is scale / fan
    mode | | the fan of a variance scaling: fan_in, fan_out or fan_avg
    distribution | | what a variance scaling draws from: uniform, truncated_normal or untruncated_normal
    """
}
