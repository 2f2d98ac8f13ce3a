import Experiment

// The fields of the messages, with what happens when one is absent: `src/caffe/proto/caffe.proto` of BVLC's Caffe.

extension CaffeGuide {
  static let net = KeyTable(
    nil,
    """
    name | text | | the net's name
    layer | mapping | | a layer; stands once for each, each below those whose tops it takes
    layers ! layer
    input= | text | | the name of an input blob; an Input layer says it since 2015
    input_dim= | integer | | four sizes for each input: number, channels, height, width
    input_shape= | mapping | | the sizes of an input
    state= | mapping | | phase, level and stages, by which layers are in the net
    force_backward= | boolean | | whether gradients are computed for every layer | Caffe takes false
    """
  )

  static let layer = KeyTable(
    nil,
    """
    name= | text | | the layer's name, by which trained weights are found again
    type= | :types | | what the layer computes
    bottom= | text | | the name of a blob that the layer takes; stands once for each
    top= | text | | the name of a blob that the layer gives; the name of its bottom puts it in its place
    param= | mapping | | learning rate, decay and shared name of the weights, then of the bias
    include= | mapping | | a state in which the layer is in the net | it is in the net in every state
    exclude= | mapping | | a state in which the layer is left out
    loss_weight | number | factor | what the layer's loss counts | 1 for layers that end in Loss, else 0
    transform_param= | mapping | | what is done to each example: mean, scale, crop, mirror
    propagate_down= | boolean | | whether gradients go on to each bottom
    phase= | (TRAIN TEST) | | the phase of the layer
    """
  )

  static let oldLayer = KeyTable(
    nil,
    """
    name= | text | | the layer's name, by which trained weights are found again
    type= | text | | what the layer computes, in capitals: CONVOLUTION, INNER_PRODUCT, ...
    bottom= | text | | the name of a blob that the layer takes; stands once for each
    top= | text | | the name of a blob that the layer gives; the name of its bottom puts it in its place
    blobs_lr= | number | factor | what the learning rate is multiplied by, for the weights, then for the bias | 1
    weight_decay= | number | factor | what the decay is multiplied by, for the weights, then for the bias | 1
    param= | text | | the name under which weights are shared
    include= | mapping | | a state in which the layer is in the net | it is in the net in every state
    exclude= | mapping | | a state in which the layer is left out
    loss_weight | number | factor | what the layer's loss counts | 1 for losses, else 0
    transform_param= | mapping | | what is done to each example: mean, scale, crop, mirror
    """
  )

  static let solver = KeyTable(
    .training,
    """
    net= | text | | the file of the net, for training and testing; Caffe looks from the folder that it is started in
    train_net= | text | | the file of the net that is trained
    test_net= | text | | the file of a net that is tested
    base_lr= | number | per iteration | the learning rate that the policy starts from
    lr_policy= | :policies | | how the learning rate changes | Caffe stops with an error
    gamma= | number | factor | what the policies step, exp, inv, multistep and sigmoid go by
    power= | number | | the exponent of the policies inv and poly
    stepsize= | integer | iterations | the length of a step of the policy step
    stepvalue= | integer | iterations | an iteration at which the policy multistep goes on; stands once for each
    max_iter=steps | integer | iterations | how long training is
    iter_size=accumulation_steps | integer | batches | how many batches each step of the solver takes
    momentum= | number | share | the share of the last step that the next one keeps; Adam's beta 1, AdaDelta's rho
    momentum2= | number | share | Adam's beta 2
    rms_decay= | number | share | RMSProp's rho
    delta= | number | | what keeps AdaGrad, RMSProp, AdaDelta and Adam from dividing by 0
    weight_decay= | number | factor | what is added of each weight to its gradient
    regularization_type= | (L1 L2) | | whether weight_decay counts squares or absolute values
    clip_gradients=clip | number | L2 norm | the norm of all gradients together that passes; below 0 for any
    type= | :solvers | | what turns gradients into steps
    solver_type ! type
    test_iter= | integer | batches | how many batches of the testing net an evaluation takes
    test_interval= | integer | iterations | how many iterations lie between two evaluations
    test_initialization= | boolean | | whether the net is tested before training
    display= | integer | iterations | how often the loss is shown
    average_loss= | integer | iterations | over how many iterations the shown loss is the mean
    snapshot= | integer | iterations | how often the weights are written; 0 is at the end only
    snapshot_prefix= | text | | the path of the snapshots, without their endings
    random_seed= | integer | | the seed of all that is drawn; below 0 for another one in each run
    solver_mode= | (CPU GPU) | | where the net is computed
    device_id= | integer | | which GPU is used
    weights= | text | | a file of trained weights to start from
    """
  )

  /// What Caffe takes for fields of a solver that are absent.
  static let solverDefaults: [String: String] = [
    "base_lr": "Caffe takes 0, and nothing is learned", "gamma": "Caffe takes 0", "power": "Caffe takes 0",
    "momentum": "Caffe takes 0", "momentum2": "Caffe takes 0.999", "rms_decay": "Caffe takes 0.99",
    "delta": "Caffe takes 1e-8", "weight_decay": "Caffe takes 0", "regularization_type": "Caffe takes L2",
    "clip_gradients": "Caffe takes -1, which is off", "type": "Caffe takes SGD", "iter_size": "Caffe takes 1",
    "test_interval": "Caffe takes 0, and never tests", "random_seed": "Caffe takes -1, another seed in each run",
    "average_loss": "Caffe takes 1", "snapshot": "Caffe takes 0", "solver_mode": "Caffe takes GPU",
    "test_initialization": "Caffe takes true",
  ]

  /// The messages of layers and their parts by the names of their fields.
  static let tables: [String: KeyTable] = [
    "convolution_param": KeyTable(
      .layer,
      """
      num_output=filters | integer
      kernel_size | integer
      stride=strides | integer | places | | Caffe takes 1
      pad=padding | integer | places | what is added on both sides of each axis, as zeros | Caffe takes 0
      dilation=dilation_rate | integer | places | | Caffe takes 1
      group=groups | integer | groups | | Caffe takes 1
      bias_term=use_bias | boolean | | | Caffe takes true
      weight_filler=kernel_initializer | mapping | | | Caffe takes a constant 0
      bias_filler=bias_initializer | mapping | | | Caffe takes a constant 0
      kernel_h= | integer | places | the kernel's height
      kernel_w= | integer | places | the kernel's width
      stride_h= | integer | places | the step down
      stride_w= | integer | places | the step to the right
      pad_h= | integer | places | what is added above and below
      pad_w= | integer | places | what is added left and right
      """
    ),
    "inner_product_param": KeyTable(
      .layer,
      """
      num_output=units | integer
      bias_term=use_bias | boolean | | | Caffe takes true
      weight_filler=kernel_initializer | mapping | | | Caffe takes a constant 0
      bias_filler=bias_initializer | mapping | | | Caffe takes a constant 0
      axis= | integer | | the first of the axes that are taken as one | Caffe takes 1
      """
    ),
    "weight_filler": filler, "bias_filler": filler,
    "pooling_param": KeyTable(
      .layer,
      """
      pool= | (MAX AVE STOCHASTIC) | | what is taken of each window | Caffe takes MAX
      kernel_size=pool_size | integer
      stride=strides | integer | places | | Caffe takes 1
      pad=padding | integer | places | what is added on both sides of each axis | Caffe takes 0
      global_pooling= | boolean | | whether the window is all of the input | Caffe takes false
      """
    ),
    "dropout_param": KeyTable(.layer, "dropout_ratio=rate | number | share | | Caffe takes 0.5"),
    "relu_param": KeyTable(.layer, "negative_slope | number | | | Caffe takes 0"),
    "batch_norm_param": KeyTable(
      .layer,
      """
      use_global_stats= | boolean | | whether the moving averages are used rather than the batch's own | false in training
      moving_average_fraction=momentum | number | share | | Caffe takes 0.999
      eps=epsilon | number | | | Caffe takes 1e-5
      """
    ),
    "scale_param": KeyTable(
      nil,
      """
      bias_term= | boolean | | whether an offset is learned too | Caffe takes false
      axis= | integer | | the first axis that the scale has | Caffe takes 1
      """
    ),
    "lrn_param": KeyTable(
      nil,
      """
      local_size= | integer | channels | how many channels or places count | Caffe takes 5
      alpha= | number | | the factor of the sum of squares | Caffe takes 1
      beta= | number | | the exponent | Caffe takes 0.75
      norm_region= | (ACROSS_CHANNELS WITHIN_CHANNEL) | | what is summed over | Caffe takes ACROSS_CHANNELS
      """
    ),
    "eltwise_param": KeyTable(
      nil,
      """
      operation= | (SUM PROD MAX) | | what is made of the bottoms | Caffe takes SUM
      coeff= | number | factor | what each bottom counts in a sum | Caffe takes 1
      """
    ),
    "concat_param": KeyTable(nil, "axis= | integer | | the axis, the batch counted as 0 | Caffe takes 1"),
    "data_param": KeyTable(
      .training,
      """
      source= | text | | the folder of the database
      batch_size | integer
      backend= | (LMDB LEVELDB) | | what kind of database it is | Caffe takes LEVELDB
      """
    ),
    "image_data_param": KeyTable(
      .training,
      """
      source= | text | | a file with a line for each image: its path and its label
      batch_size | integer | examples | | Caffe takes 1
      shuffle= | boolean | | whether the lines are shuffled for each epoch | Caffe takes false
      new_height= | integer | pixels | the height that images are brought to | they stay as they are
      new_width= | integer | pixels | the width that images are brought to | they stay as they are
      is_color= | boolean | | whether images have three channels | Caffe takes true
      root_folder= | text | | what stands before the paths
      """
    ),
    "hdf5_data_param": KeyTable(
      .training,
      """
      source= | text | | a file with a line for each HDF5 file
      batch_size | integer
      shuffle= | boolean | | whether examples are shuffled within each file | Caffe takes false
      """
    ),
    "transform_param": KeyTable(
      nil,
      """
      scale= | number | factor | what each value is multiplied by, behind the mean | Caffe takes 1
      mean_file= | text | | the mean image that is taken away
      mean_value= | number | | the mean of each channel that is taken away
      mirror= | boolean | | whether images are mirrored at random | Caffe takes false
      crop_size= | integer | pixels | the side of a part that is cut out, at random in training | nothing is cut
      """
    ),
    "param": KeyTable(
      nil,
      """
      lr_mult= | number | factor | what the learning rate is multiplied by; 0 keeps the weights | Caffe takes 1
      decay_mult= | number | factor | what the weight decay is multiplied by | Caffe takes 1
      name= | text | | layers that give one name here share the weights
      """
    ),
    "include": stateRule, "exclude": stateRule,
  ]

  private static let filler = KeyTable(
    .initializer,
    """
    type=name | :fillers | | how the weights are drawn | Caffe takes constant
    value | number | | | Caffe takes 0
    mean | number | | | Caffe takes 0
    std=stddev | number | | | Caffe takes 1
    min | number | | | Caffe takes 0
    max | number | | | Caffe takes 1
    variance_norm=mode | (FAN_IN FAN_OUT AVERAGE) | | what xavier and msra divide by | Caffe takes FAN_IN
    """
  )

  private static let stateRule = KeyTable(
    nil,
    """
    phase= | (TRAIN TEST) | | the phase
    stage= | text | | a stage that the net must have
    not_stage= | text | | a stage that the net must not have
    min_level= | integer | | the least level
    max_level= | integer | | the highest level
    """
  )

  // MARK: - Words

  typealias Words = [(word: String, summary: String)]

  static let policies: Words = [
    ("fixed", "the learning rate stays at base_lr"), ("step", "times gamma every stepsize iterations"),
    ("multistep", "times gamma at each stepvalue"), ("exp", "times gamma at every iteration"),
    ("inv", "base_lr * (1 + gamma * iteration) ^ -power"),
    ("poly", "base_lr * (1 - iteration / max_iter) ^ power, down to 0"),
    ("sigmoid", "base_lr / (1 + exp(-gamma * (iteration - stepsize)))"),
  ]

  static let fillers: Words = [
    ("constant", "every weight is value, 0 unless stated: for biases"),
    ("xavier", "uniform with variance 1 / fan_in; with AVERAGE Glorot's"),
    ("msra", "normal with variance 2 / fan_in, made for ReLU (He et al. 2015)"),
    ("gaussian", "normal with the deviation std, 1 unless stated"),
    ("uniform", "uniform from min to max, 0 to 1 unless stated"),
    ("bilinear", "interpolation, for a Deconvolution that makes images larger"),
    ("positive_unitball", "positive, and 1 in sum for each unit"),
  ]

  static let solverTypes: Words = [
    ("SGD", "gradient descent with momentum"), ("Nesterov", "gradient descent with Nesterov's momentum"),
    ("Adam", "Adam, with momentum for beta 1"), ("RMSProp", "RMSProp; takes no momentum"),
    ("AdaGrad", "AdaGrad; takes no momentum"), ("AdaDelta", "AdaDelta, with momentum for rho"),
  ]

  static let layerTypes: Words = [
    ("Convolution", "convolution over height and width"), ("InnerProduct", "every unit weighs every value"),
    ("Pooling", "the largest or mean value of each window"), ("ReLU", "max(0, x)"),
    ("Dropout", "leaves values out at random while training"), ("BatchNorm", "normalises each channel over the batch"),
    ("Scale", "learns a scale, and an offset with bias_term"), ("LRN", "local response normalisation"),
    ("Deconvolution", "transposed convolution"), ("Concat", "joins blobs along an axis"),
    ("Eltwise", "sum, product or largest of blobs"), ("Sigmoid", "1 / (1 + exp(-x))"), ("TanH", "hyperbolic tangent"),
    ("PReLU", "ReLU with a learned slope below 0"), ("ELU", "x, and exp(x) - 1 below 0"),
    ("Softmax", "shares out one whole among the channels"), ("Flatten", "one axis of all"), ("Reshape", "other axes"),
    ("Slice", "parts of a blob"), ("Split", "the same blob several times"), ("Embed", "a vector for each id"),
    ("LSTM", "recurrent layer with gates"), ("RNN", "recurrent layer"), ("Power", "(shift + scale * x) ^ power"),
    ("Data", "examples of a database"), ("ImageData", "image files"), ("HDF5Data", "examples of HDF5 files"),
    ("Input", "a blob that is set from outside"), ("Accuracy", "the share of right answers"),
    ("SoftmaxWithLoss", "crossentropy of one of several classes; the softmax is in it"),
    ("SigmoidCrossEntropyLoss", "crossentropy of independent labels; the sigmoid is in it"),
    ("EuclideanLoss", "half the squared distance, for regression"),
    ("HingeLoss", "margin of each class against the rest"),
    ("ContrastiveLoss", "distance of pairs, alike or not"), ("Silence", "takes blobs so that they are not shown"),
  ]

  /// The messages with the settings of layers, by the types that look at them.
  static let parameterMessages: [(name: String, types: Set<String>, what: String)] = [
    ("convolution_param", ["Convolution", "Deconvolution"], "the convolution"),
    ("inner_product_param", ["InnerProduct"], "the weighing"), ("pooling_param", ["Pooling"], "the window"),
    ("dropout_param", ["Dropout"], "the dropout"), ("relu_param", ["ReLU"], "the activation"),
    ("batch_norm_param", ["BatchNorm"], "the normalisation"), ("scale_param", ["Scale"], "the scale"),
    ("lrn_param", ["LRN"], "the normalisation"), ("eltwise_param", ["Eltwise"], "the merge"),
    ("concat_param", ["Concat"], "the merge"), ("data_param", ["Data"], "the database"),
    ("image_data_param", ["ImageData"], "the images"), ("hdf5_data_param", ["HDF5Data"], "the files"),
  ]
}
