import Experiment

/// The keys of the format, mapping by mapping.
extension NativeGuide {
  static let root = KeyTable(
    .experiment,
    """
    epochzero= | integer | | the format's version: 1; the key makes the file an experiment file | the file is no \
    experiment file
    model= | text mapping | | the path of a model file, from this file's folder, or a mapping with the layers
    task= | :tasks | | what the model is trained for | it follows from the loss
    data= | mapping | | what is known of the data
    training= | mapping | | how the model is trained
    outputs= | mapping | | what holds for single outputs, by their names; it beats what task, training and \
    data.targets say for all
    name | text
    framework | text (Keras Ludwig PyTorch)
    framework_version | text
    fine_tuned | boolean
    """
  )

  static let model = KeyTable(
    nil,
    """
    layers | list | | the layers from the input up; each takes from the one above unless it says from
    """
  )

  static let data = KeyTable(
    .data,
    """
    samples | integer
    inputs | mapping
    targets | mapping
    columns | mapping
    augmentation | boolean
    sample | text
    """
  )

  static let inputs = KeyTable(
    .target,
    """
    features | integer
    shape= | list | elements | the shape of one example without the batch axis; null for an axis that varies
    range= | list | | the lowest and the highest value, as in [0, 255], as the data are stored
    min | number
    max | number
    mean | number
    std | number
    normalization | :normalizations | | what is done to the numbers before the network gets them | the network gets \
    them as they are
    kind | :number_kinds
    encoding | :encodings
    """
  )

  static let targets = KeyTable(
    .target,
    """
    range= | list | | the lowest and the highest value, as in [-1, 1], as the data are stored
    min | number
    max | number
    mean | number
    std | number
    normalization | :normalizations | | what is done to the numbers before the network gets them | the network gets \
    them as they are
    classes | integer
    class_shares | list
    features | integer
    kind | :number_kinds
    encoding | :encodings
    """
  )

  static let column = KeyTable(
    .target,
    """
    kind | :number_kinds
    encoding | :encodings
    range= | list | | the lowest and the highest value, as in [0, 255], as the data are stored
    min | number
    max | number
    mean | number
    std | number
    normalization | :normalizations | | what is done to the numbers before the network gets them | the network gets \
    them as they are
    classes | integer
    features | integer
    """
  )

  static let training = KeyTable(
    .training,
    """
    batch_size | integer | | | it is the product of micro_batch_size and accumulation_steps, where those are known
    epochs | integer
    optimizer | :optimizers mapping
    schedule | text mapping
    clip | (off) mapping
    validation_split | number
    validation_samples | integer
    test_split | number
    early_stopping | integer | epochs | epochs without progress until training stops
    monitor | text list
    monitor_mode | (min max)
    steps | integer
    steps_per_epoch= | integer | optimizer steps | optimizer steps in one epoch, where an epoch is not one pass over \
    the data | \
    an epoch is one pass over the data
    micro_batch_size | integer
    accumulation_steps | integer
    regularization | number
    regularization_type | (l1 l2 l1_l2 none)
    """
  )

  /// The keys of `training` that say something of every output.
  static let loss = KeyTable(
    .output,
    """
    loss | :losses
    from_logits | boolean | | | false, unless the loss's name says otherwise, as bce_with_logits does
    metrics | text list
    class_weights | list
    """
  )

  static let output = KeyTable(
    .output,
    """
    task | :tasks | | what the output is trained for | it follows from the loss
    loss | :losses
    from_logits | boolean | | | false, unless the loss's name says otherwise, as bce_with_logits does
    loss_weight | number
    classes | integer
    metrics | text list
    class_weights | list
    target | mapping
    """
  )

  static let optimizer = KeyTable(
    .optimizer,
    """
    name | :optimizers
    learning_rate | number
    lr > learning_rate
    momentum | number
    nesterov | boolean
    beta_1 | number
    beta_2 | number
    rho | number
    epsilon | number
    amsgrad | boolean
    centered | boolean
    weight_decay | number
    decoupled | boolean
    clip= | (off) mapping | | how gradients are cut before a step
    """
  )

  static let schedule = KeyTable(
    .schedule,
    """
    name | text
    warmup_steps | integer
    warmup_epochs | number
    warmup_fraction | number
    decay_steps | integer
    decay_rate | number
    end_learning_rate | number
    restarts | boolean
    """
  )

  static let clip = KeyTable(
    .clip,
    """
    global_norm=threshold | number | | the largest norm that all gradients together may have
    norm=threshold | number | | the largest norm that the gradient of each tensor may have
    value=threshold | number | | the largest absolute value that each element of a gradient may have
    """
  )

  static let initializer = KeyTable(
    .initializer,
    """
    name | :initializers
    mean | number
    stddev | number
    std > stddev
    min | number
    max | number
    value | number
    gain | number
    scale | number
    mode | (fan_in fan_out fan_avg)
    distribution | (uniform truncated_normal untruncated_normal)
    """
  )

  /// Keys of a layer that hold an initialiser.
  static let initializerKeys = [
    "init", "kernel_initializer", "bias_init", "bias_initializer", "recurrent_init", "recurrent_initializer",
  ]

  /// Keys that are not looked for by the kind.
  static let everyLayer = ["kind", "name", "from"]

  static let layer = KeyTable(
    .layer,
    """
    kind= | :kinds | | what the layer computes; spellings as in Keras, such as Conv2D, are understood too | \
    the layer cannot be read
    name= | text | | the name by which other layers take from this one | the kind with a number
    from= | text list | | the layers that it takes from, which stand above it | it takes from the layer above
    shape | list
    units | integer
    filters | integer
    kernel_size | integer list
    strides | integer list
    padding | (valid same causal)
    activation | :activations
    equation | text
    output_shape=stated_output_shape | list
    bias_axes | text
    vocabulary_size | integer
    input_dim > vocabulary_size
    output_dim | integer
    pool_size | integer list
    rate | number
    noise_stddev | number
    num_heads | integer
    num_key_value_heads | integer
    key_dim | integer
    value_dim | integer
    use_scale | boolean
    use_bias | boolean
    init=kernel_initializer | :initializers mapping
    kernel_initializer > init
    bias_init=bias_initializer | :initializers mapping
    bias_initializer > bias_init
    recurrent_activation | :activations
    recurrent_init=recurrent_initializer | :initializers mapping
    recurrent_initializer > recurrent_init
    recurrent_rate | number
    unit_forget_bias | boolean
    return_sequences | boolean
    return_state | boolean
    reset_after | boolean
    bidirectional | boolean
    merge_mode | (concat sum mul ave none)
    dilation_rate | integer list
    output_padding | integer list
    groups | integer
    depth_multiplier | integer
    data_format | (channels_last channels_first)
    axes | integer list
    epsilon | number
    momentum | number
    scale | boolean
    center | boolean
    max_value | number
    negative_slope | number
    threshold | number
    operation | text
    min_value | number
    keepdims | boolean
    size | integer list
    target_shape | list
    dims | list
    factors | integer list
    amounts | list
    input_scale | number
    scale > input_scale
    input_offset | number
    offset > input_offset
    output_mode | text (int one_hot multi_hot count tf_idf)
    output_length | integer
    l1=kernel_l1 | number
    kernel_l1 > l1
    l2=kernel_l2 | number
    kernel_l2 > l2
    bias_l1 | number
    bias_l2 | number
    activity_l1 | number
    activity_l2 | number
    trainable | boolean
    pretrained | boolean
    time_distributed | boolean
    """
  )

  static let tasks = Glossary(
    """
    regression: one number or several
    binary: yes or no
    multiclass: one of several classes
    multilabel: any of several labels
    sequence: a sequence, such as a text
    reinforcement: actions that are rewarded
    generation: new examples
    other: none of these
    """
  )

  static let normalizations = Glossary(
    """
    none: as they are stored
    zscore: mean 0 and deviation 1
    minmax: from 0 to 1
    log1p: log(1 + x)
    rescaled: multiplied by a constant, such as 1/255
    robust: by median and quartiles
    iq: by median and quartiles
    """
  )

  static let numberKinds = Glossary(
    """
    number: a quantity
    binary: yes or no
    ordinal: steps in an order, without distances
    category: one of several names
    id: a name for a single thing, which says nothing of others
    angle: a direction, where the end meets the start
    cyclic: the hour, the month: where the end meets the start
    timestamp: a point in time
    text: text
    tokens: token ids
    image: pixels
    audio: sound
    """
  )

  static let encodings = Glossary(
    """
    none: the number itself
    one_hot: a 1 in the place of the category
    multi_hot: a 1 in the place of each label
    embedding: a learned vector for each category
    sin_cos: sine and cosine of a cyclic quantity
    hashed: the index of a hash bin
    binned: the index of a bin
    target: the mean target of the category
    ordinal: the position in the order
    tf_idf: word counts, weighted by rarity
    bag_of_words: word counts
    """
  )
}
