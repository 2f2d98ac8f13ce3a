import Experiment
import SourceText

/// The options that Darknet reads, by section (`parse_...` in `src/parser.c`); see ``KeyTable``.
///
/// Options of which nothing but the name need be known follow in ``others``.
enum DarknetKeys {
  /// The names of all options of a section; empty for a section that Darknet does not know.
  static func names(of section: String) -> [String] {
    let isNet = section == "net" || section == "network"
    guard isNet || DarknetSectionKind(section) != nil else { return [] }
    let kind = DarknetSectionKind(section)
    return table(of: section).names + (isNet ? netOthers : common + others(of: kind))
  }

  /// The options of a section that people write by hand.
  static func guides(of section: String) -> [KeyGuide] { table(of: section).keys(words) }

  // MARK: - Private

  private static func words(_ name: String) -> [ValueGuide] {
    guard name == "activations" else { return [] }
    return DarknetActivation.names.map { name in
      let standard = DarknetActivation.standardName(of: name)
      let summary = ActivationVocabulary.glossary.values.first { $0.word == standard }?.summary
      return ValueGuide(word: name, summary: summary)
    }
  }

  private static func table(of section: String) -> KeyTable {
    if section == "net" || section == "network" { return net }
    return switch DarknetSectionKind(section) {
    case .convolutional, .deconvolutional, .local: convolutional
    case .connected: connected
    case .dropout: dropout
    case .maxPooling, .localAveragePooling: pooling
    case .route: route
    case .shortcut, .scaleChannels, .sam: shortcut
    case .upSampling, .reorganisation: scaling
    case .yolo, .gaussianYOLO, .region, .detection: head
    case .rnn, .gru, .lstm, .crnn, .convLSTM: recurrent
    case .softmax: softmax
    case .cost: cost
    case .activation: activation
    case .crop: crop
    default: nothing
    }
  }

  private static let net = KeyTable(
    .training,
    """
    batch=batch_size | integer | images | images for each step of the weights | Darknet takes 1
    subdivisions=accumulation_steps | integer | parts | into how many parts a batch is split, to fit into memory | Darknet takes 1
    width= | integer | pixels | the width to which images are brought
    height= | integer | pixels | the height to which images are brought
    channels= | integer | channels | the channels of images
    inputs= | integer | elements | the values of one example that is no image | Darknet takes width * height * channels
    time_steps= | integer | steps | the steps of a sequence that are trained at once | Darknet takes 1
    learning_rate= | number | | the peak learning rate | Darknet takes 0.001
    momentum= | number | share from 0 to 1 | the share of the last step that is kept | Darknet takes 0.9
    decay= | number | | the weight decay, added to the gradient | Darknet takes 0.0001
    max_batches=steps | integer | optimizer steps | the steps of the whole run | Darknet takes 0 and trains nothing
    policy= | (constant step steps exp poly random sigmoid sgdr) | | how the learning rate goes on behind burn_in | \
    Darknet takes constant
    burn_in= | integer | optimizer steps | over how many steps the learning rate rises to its peak | Darknet takes 0
    steps= | list | optimizer steps | after which steps the learning rate is multiplied by one of scales
    scales= | list | factors | what the learning rate is multiplied by at each of steps
    power= | number | | the exponent of burn_in and of policy=poly | Darknet takes 4
    gamma= | number | | the factor of policy=exp and policy=sigmoid | Darknet takes 1
    step= | integer | optimizer steps | the steps between two factors of policy=step | Darknet takes 1
    scale= | number | | the factor of policy=step | Darknet takes 1
    adam= | integer | | 1 trains with Adam | Darknet takes 0: gradient descent with momentum
    B1= | number | | the share of the mean gradient that Adam keeps | Darknet takes 0.9
    B2= | number | | the share of the mean squared gradient that Adam keeps | Darknet takes 0.999
    eps= | number | | what Adam adds to the root | Darknet takes 0.000001
    angle= | number | degrees | images are turned by up to this angle, for classifiers | Darknet takes 0
    saturation= | number | factor | the saturation of images varies by up to this factor | Darknet takes 1
    exposure= | number | factor | the exposure of images varies by up to this factor | Darknet takes 1
    hue= | number | share | the hue of images varies by up to this share | Darknet takes 0
    flip= | integer | | 1 mirrors images at random | Darknet takes 1
    mosaic= | integer | | 1 puts four images together | Darknet takes 0
    mixup= | integer | | 1 mixes two images | Darknet takes 0
    cutmix= | integer | | 1 puts a part of one image into another, for classifiers | Darknet takes 0
    blur= | integer | | 1 blurs the background at random | Darknet takes 0
    min_crop= | integer | pixels | the least size to which a classifier's images are brought | Darknet takes the width
    max_crop= | integer | pixels | the largest size to which a classifier's images are brought | Darknet takes twice the width
    """
  )

  private static let convolutional = KeyTable(
    .layer,
    """
    filters | integer | | the number of filters | Darknet takes 1
    size=kernel_size | integer | pixels | the side of the window | Darknet takes 1
    stride=strides | integer | pixels | the step of the window | Darknet takes 1
    pad= | integer | | 1 puts size / 2 zeros around the image | Darknet takes 0
    padding= | integer | pixels | the zeros around the image, where pad is not 1 | Darknet takes 0
    activation | text :activations | | what the sums go through | Darknet takes logistic
    batch_normalize= | integer | | 1 normalises each channel over the batch in front of the activation | Darknet takes 0
    groups | integer | | into how many groups the channels are split | Darknet takes 1
    dilation=dilation_rate | integer | pixels | the gaps in the window | Darknet takes 1
    """
  )

  private static let connected = KeyTable(
    .layer,
    """
    output=units | integer | | the number of units | Darknet takes 1
    activation | text :activations | | what the sums go through | Darknet takes logistic
    batch_normalize= | integer | | 1 normalises each unit over the batch in front of the activation | Darknet takes 0
    """
  )

  private static let dropout = KeyTable(
    .layer,
    """
    probability=rate | number | share from 0 to 1 | the share of values that is dropped | Darknet takes 0.2
    dropblock= | integer | | 1 drops whole blocks of an image | Darknet takes 0
    """
  )

  private static let pooling = KeyTable(
    .layer,
    """
    size=pool_size | integer | pixels | the side of the window | Darknet takes the stride
    stride=strides | integer | pixels | the step of the window | Darknet takes 1
    padding= | integer | pixels | the rows and columns around the image | Darknet takes size - 1
    """
  )

  private static let route = KeyTable(
    nil,
    """
    layers= | list | | the layers that are joined along the channels: counted from 0, or back from here where negative
    groups= | integer | | into how many parts the channels are split, one of which is taken | Darknet takes 1
    group_id= | integer | | which of the parts is taken, counted from 0 | Darknet takes 0
    """
  )

  private static let shortcut = KeyTable(
    .layer,
    """
    from= | integer list | | the layer that comes in beside the one before: counted from 0, or back from here where negative
    activation | text :activations | | what the result goes through | Darknet takes linear
    """
  )

  private static let scaling = KeyTable(
    nil,
    """
    stride= | integer | factor | by what height and width change | Darknet takes 2 to upsample, else 1
    reverse= | integer | | 1 turns the direction around | Darknet takes 0
    """
  )

  private static let head = KeyTable(
    .output,
    """
    classes | integer | | the number of classes | Darknet takes 20, for [detection] 1
    num= | integer | boxes | the number of all anchors | Darknet takes 1
    mask= | list | | which of the anchors, counted from 0, belong to this head | Darknet takes all
    anchors= | list | pixels | width and height of each anchor
    coords= | integer | | the coordinates of a box | Darknet takes 4, for [detection] 1
    jitter= | number | share | by what share images are cropped at random | Darknet takes 0.2
    random= | number | | 1 changes the size of images while it trains | Darknet takes 0
    ignore_thresh= | number | share | a box that overlaps the truth more is not counted as background | Darknet takes 0.5
    truth_thresh= | number | share | a box that overlaps the truth more is trained towards it | Darknet takes 1
    iou_loss= | (mse giou diou ciou iou) | | how boxes are compared | Darknet takes mse
    max_delta= | number | | the largest gradient of one value | Darknet cuts nothing
    new_coords= | integer | | 1 takes probabilities: the layer in front has activation=logistic | Darknet takes 0
    side= | integer | places | the rows and columns of places of [detection] | Darknet takes 7
    """
  )

  private static let recurrent = KeyTable(
    .layer,
    """
    output=units | integer | | the number of units | Darknet takes 1
    hidden= | integer | | the number of hidden units | Darknet takes 1
    activation | text :activations | | what the sums go through | Darknet takes logistic
    batch_normalize= | integer | | 1 normalises each unit over the batch | Darknet takes 0
    """
  )

  private static let softmax = KeyTable(
    nil,
    """
    groups= | integer | | how many softmaxes stand side by side | Darknet takes 1
    temperature= | number | | what the values are divided by | Darknet takes 1
    tree= | text | | a file with the hierarchy of the classes
    noloss= | integer | | 1 compares nothing with the truth | Darknet takes 0
    """
  )

  private static let cost = KeyTable(
    .output,
    "type=loss | (sse L1 smooth masked) | | how the values are compared with the truth | Darknet takes sse"
  )

  private static let activation = KeyTable(
    .layer,
    "activation | text :activations | | what the values go through | Darknet takes linear"
  )

  private static let crop = KeyTable(
    nil,
    """
    crop_width= | integer | pixels | the width of what is left | Darknet takes 1
    crop_height= | integer | pixels | the height of what is left | Darknet takes 1
    """
  )

  private static let nothing = KeyTable(nil, "")

  // MARK: - Further names

  private static let netOthers = [
    "learning_rate_min", "sgdr_cycle", "sgdr_mult", "track", "augment_speed", "sequential_subdivisions", "try_fix_nan",
    "weights_reject_freq", "equidistant_point", "badlabels_rejection_percentage", "num_sigmas_reject_badlabels",
    "ema_alpha", "use_cuda_graph", "loss_scale", "dynamic_minibatch", "optimized_memory", "workspace_size_limit_MB",
    "gaussian_noise", "letter_box", "mosaic_bound", "contrastive", "contrastive_jit_flip", "contrastive_color",
    "unsupervised", "label_smooth_eps", "resize_step", "attention", "adversarial_lr", "max_chart_loss", "aspect",
    "seq_scales", "show_receptive_field", "seen", "max_epochs",
  ]

  /// What the loop over all layers reads (`parse_network_cfg_custom`).
  private static let common = [
    "clip", "onlyforward", "dont_update", "burnin_update", "stopbackward", "train_only_bn", "dontload",
    "dontloadscales",
    "learning_rate",
  ]

  private static func others(of kind: DarknetSectionKind?) -> [String] {
    switch kind {
    case .convolutional, .deconvolutional, .local:
      [
        "stride_x", "stride_y", "antialiasing", "assisted_excitation", "share_index", "cbn", "binary", "xnor",
        "bin_output",
        "sway", "rotate", "stretch", "stretch_sway", "flipped", "dot", "angle", "grad_centr", "reverse", "coordconv",
        "stream", "wait_stream",
      ]
    case .maxPooling, .localAveragePooling:
      ["stride_x", "stride_y", "maxpool_depth", "out_channels", "antialiasing", "maxpool_zero_nonmax"]
    case .dropout: ["dropblock_size_rel", "dropblock_size_abs"]
    case .shortcut, .scaleChannels, .sam: ["weights_type", "weights_normalization", "scale_wh"]
    case .route: ["stream", "wait_stream"]
    case .upSampling: ["scale"]
    case .softmax: ["spatial"]
    case .cost: ["scale", "ratio"]
    case .rnn, .gru, .lstm, .crnn, .convLSTM:
      [
        "size", "stride", "dilation", "pad", "padding", "groups", "xnor", "shortcut", "logistic", "peephole",
        "bottleneck",
        "state_constrain", "lstm_activation", "time_normalizer",
      ]
    case .yolo, .gaussianYOLO, .region, .detection:
      [
        "max", "show_details", "counters_per_class", "label_smooth_eps", "scale_x_y", "objectness_smooth",
        "iou_normalizer",
        "obj_normalizer", "cls_normalizer", "delta_normalizer", "uc_normalizer", "iou_thresh_kind", "beta_nms",
        "nms_kind",
        "yolo_point", "resize", "focal_loss", "iou_thresh", "track_history_size", "sim_thresh", "dets_for_track",
        "dets_for_show", "track_ciou_norm", "embedding_layer", "map", "log", "sqrt", "softmax", "rescore", "thresh",
        "classfix", "absolute", "coord_scale", "object_scale", "noobject_scale", "mask_scale", "class_scale",
        "bias_match",
        "tree", "forced", "reorg",
      ]
    case .crop: ["flip", "angle", "saturation", "exposure", "noadjust", "shift"]
    case .localNormalization: ["alpha", "beta", "kappa", "size"]
    case .history: ["history_size"]
    case .implicit: ["mean", "std", "filters", "atoms"]
    case .contrastive:
      ["classes", "yolo_layer", "temperature", "cls_normalizer", "max_delta", "contrastive_neg_max"]
    default: []
    }
  }
}
