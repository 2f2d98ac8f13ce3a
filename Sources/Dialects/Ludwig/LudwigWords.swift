/// The words that Ludwig takes for values, with the standard names of what they mean.
enum LudwigWords {
  /// The feature types; the set is closed.
  static let featureTypes: LudwigTable = [
    "anomaly": "anomaly", "audio": "audio", "bag": "bag", "binary": "binary", "category": "category",
    "category_distribution": "category_distribution", "date": "date", "h3": "h3", "image": "image", "number": "number",
    "numerical": "number", "sequence": "sequence", "set": "set", "text": "text", "timeseries": "timeseries",
    "vector": "vector",
  ]

  static let modelTypes: LudwigTable = ["ecd": "network", "llm": "language_model", "gbm": "trees"]

  /// The activations in `torch_utils.activations`, and the ones of the TensorFlow releases up to 0.3.
  static let activations: LudwigTable = [
    "elu": "elu", "leakyRelu": "leaky_relu", "leaky_relu": "leaky_relu", "logSigmoid": "log_sigmoid", "relu": "relu",
    "sigmoid": "sigmoid", "tanh": "tanh", "softmax": "softmax", "linear": "linear", "None": "linear",
    "selu": "selu", "softplus": "softplus", "softsign": "softsign", "exponential": "exponential",
    "hard_sigmoid": "hard_sigmoid", "gelu": "gelu", "swish": "silu", "silu": "silu", "crelu": "crelu", "relu6": "relu6",
  ]

  /// The initialisers in `torch_utils.initializer_registry`, and the ones of the TensorFlow releases up to 0.3.
  static let initializers: LudwigTable = [
    "uniform": "random_uniform", "normal": "random_normal", "constant": "constant", "ones": "ones", "zeros": "zeros",
    "eye": "identity", "identity": "identity", "dirac": "dirac", "xavier_uniform": "glorot_uniform",
    "xavier_normal": "glorot_normal", "glorot_uniform": "glorot_uniform", "glorot_normal": "glorot_normal",
    "kaiming_uniform": "he_uniform", "kaiming_normal": "he_normal", "he_uniform": "he_uniform",
    "he_normal": "he_normal",
    "lecun_uniform": "lecun_uniform", "lecun_normal": "lecun_normal", "orthogonal": "orthogonal", "sparse": "sparse",
    "truncated_normal": "truncated_normal", "variance_scaling": "variance_scaling",
  ]

  /// What the PyTorch releases, 0.5 and on, call things that have other names in older releases or here.
  static let currentSpellings: LudwigTable = [
    "glorot_uniform": "xavier_uniform", "glorot_normal": "xavier_normal", "he_uniform": "kaiming_uniform",
    "he_normal": "kaiming_normal", "leaky_relu": "leakyRelu", "log_sigmoid": "logSigmoid",
  ]

  /// The normalisation layers inside fully connected and convolution stacks.
  static let norms: LudwigTable = ["batch": "batch", "layer": "layer", "ghost": "ghost"]

  /// How a number is normalised as data.
  static let normalizations: LudwigTable = ["zscore": "zscore", "minmax": "minmax", "log1p": "log1p", "iq": "iq"]

  static let cellTypes: LudwigTable = [
    "rnn": "simple_rnn", "gru": "gru", "lstm": "lstm", "lstm_block": "lstm", "lstm_cudnn": "lstm", "ln": "lstm",
    "gru_block": "gru", "gru_cudnn": "gru",
  ]

  /// The optimizers, with the standard name of what each runs; 8-bit and paged ones run the same rule.
  static let optimizers: LudwigTable = [
    "sgd": "sgd", "stochastic_gradient_descent": "sgd", "gd": "sgd", "gradient_descent": "sgd", "sgd_8bit": "sgd",
    "adam": "adam", "adam_8bit": "adam", "paged_adam": "adam", "paged_adam_8bit": "adam", "adamw": "adamw",
    "adamw_8bit": "adamw", "paged_adamw": "adamw", "paged_adamw_8bit": "adamw", "adadelta": "adadelta",
    "adagrad": "adagrad", "adagrad_8bit": "adagrad", "adamax": "adamax", "ftrl": "ftrl", "nadam": "nadam",
    "rmsprop": "rmsprop", "rmsprop_8bit": "rmsprop", "lion": "lion", "lion_8bit": "lion", "paged_lion": "lion",
    "paged_lion_8bit": "lion", "lamb": "lamb", "lamb_8bit": "lamb", "lars": "lars", "lars_8bit": "lars",
    "lbfgs": "lbfgs", "radam": "radam", "adafactor": "adafactor", "schedule_free_adamw": "schedule_free_adamw",
    "muon": "muon", "soap": "soap",
  ]

  static let combiners: [String] = [
    "comparator", "concat", "cross_attention", "dot_product", "ft_transformer", "gated_fusion", "hypernetwork",
    "perceiver", "project_aggregate", "sequence", "sequence_concat", "tabnet", "tabpfn_v2", "tabtransformer",
    "transformer",
  ]

  static let losses: LudwigTable = [
    "mean_squared_error": "mean_squared_error", "mean_absolute_error": "mean_absolute_error",
    "mean_absolute_percentage_error": "mean_absolute_percentage_error",
    "root_mean_squared_error": "root_mean_squared_error",
    "root_mean_squared_percentage_error": "root_mean_squared_percentage_error", "huber": "huber",
    "binary_weighted_cross_entropy": "binary_crossentropy", "sigmoid_cross_entropy": "binary_crossentropy",
    "softmax_cross_entropy": "categorical_crossentropy", "sampled_softmax_cross_entropy": "categorical_crossentropy",
    "sequence_softmax_cross_entropy": "categorical_crossentropy",
    "next_token_softmax_cross_entropy": "categorical_crossentropy", "corn": "corn",
  ]

  /// The losses that each type of output takes, from what `ludwig/schema/features/loss/loss.py` registers, best known first.
  ///
  /// Losses that came after 0.11 are not here.
  static let lossesByType: [String: [String]] = [
    "number": [
      "mean_squared_error", "mean_absolute_error", "huber", "root_mean_squared_error",
      "mean_absolute_percentage_error", "root_mean_squared_percentage_error",
    ],
    "vector": [
      "mean_squared_error", "mean_absolute_error", "huber", "mean_absolute_percentage_error", "softmax_cross_entropy",
    ],
    "binary": ["binary_weighted_cross_entropy"],
    "category": ["softmax_cross_entropy", "corn", "sampled_softmax_cross_entropy"],
    "set": ["sigmoid_cross_entropy"],
  ]

  /// The standard losses that Ludwig computes from logits.
  static let lossesOfLogits = ["binary_crossentropy", "categorical_crossentropy"]

  /// The losses of the development version, which the IR has no standard name for.
  static let otherLosses: [String] = [
    "deep_sad", "deep_svdd", "dice_loss", "drocc", "entmax15_loss", "entropic_open_set", "focal_loss",
    "lovasz_softmax_loss", "nt_xent_loss", "objectosphere", "poly_loss", "sparsemax_loss",
  ]

  /// What a feature of the type is trained for.
  static let tasks: LudwigTable = [
    "number": "regression", "vector": "regression", "timeseries": "regression", "binary": "binary",
    "category": "multiclass", "set": "multilabel", "text": "sequence", "sequence": "sequence",
  ]

  /// The loss of a type's output when none is stated.
  static let defaultLosses: LudwigTable = [
    "number": "mean_squared_error", "vector": "mean_squared_error", "timeseries": "huber",
    "binary": "binary_weighted_cross_entropy", "category": "softmax_cross_entropy",
    "category_distribution": "softmax_cross_entropy", "set": "sigmoid_cross_entropy",
    "text": "sequence_softmax_cross_entropy", "sequence": "sequence_softmax_cross_entropy",
    "image": "softmax_cross_entropy", "anomaly": "deep_svdd",
  ]

  /// The encoder of a type's input when none is stated.
  static let defaultEncoders: LudwigTable = [
    "number": "passthrough", "binary": "passthrough", "category": "dense", "vector": "dense", "text": "parallel_cnn",
    "sequence": "embed", "timeseries": "parallel_cnn", "audio": "parallel_cnn", "image": "stacked_cnn", "set": "embed",
    "bag": "embed", "date": "embed", "h3": "embed",
  ]

  /// The decoder of a type's output when none is stated.
  static let defaultDecoders: LudwigTable = [
    "number": "regressor", "binary": "regressor", "category": "classifier", "category_distribution": "classifier",
    "set": "classifier", "vector": "projector", "timeseries": "projector", "text": "generator", "sequence": "generator",
    "image": "unet", "anomaly": "anomaly",
  ]

  /// Encoders that are whole networks; their weights are pretrained unless `use_pretrained` says no.
  static let pretrainedTextEncoders = [
    "albert", "auto_transformer", "bert", "camembert", "ctrl", "deberta", "distilbert", "electra", "flaubert", "gpt",
    "gpt2", "llm", "longformer", "mt5", "roberta", "t5", "transformer_xl", "xlm", "xlmroberta", "xlnet",
  ]

  static let pretrainedImageEncoders = [
    "alexnet", "clip", "convnext", "densenet", "dinov2", "efficientnet", "googlenet", "inceptionv3", "maxvit",
    "mnasnet",
    "mobilenetv2", "mobilenetv3", "regnet", "resnet", "resnext", "shufflenet_v2", "siglip", "squeezenet",
    "swin_transformer", "vgg", "vit", "wide_resnet",
  ]

  /// The encoders that a feature type may have; newer releases may have more.
  static func encoders(of type: String) -> [String] {
    let sequences = [
      "cnnrnn", "embed", "jamba", "mamba", "mamba2", "parallel_cnn", "passthrough", "rnn", "stacked_cnn",
      "stacked_parallel_cnn", "transformer",
    ]
    switch type {
    case "number": return ["bins", "dense", "passthrough", "periodic", "ple"]
    case "binary", "vector": return ["dense", "passthrough"]
    case "category": return ["dense", "onehot", "passthrough", "sparse", "target"]
    case "text": return sequences + pretrainedTextEncoders + ["tf_idf"]
    case "sequence": return sequences
    case "timeseries": return sequences + ["dense", "nbeats", "patchtst"]
    case "audio": return sequences + ["hubert", "wav2vec2", "whisper"]
    case "image":
      return pretrainedImageEncoders + [
        "_resnet_legacy", "_vit_legacy", "caformer", "convformer", "mlp_mixer",
        "poolformer", "stacked_cnn", "timm", "unet",
      ]
    case "set", "bag": return ["embed"]
    case "date": return ["embed", "wave"]
    case "h3": return ["embed", "rnn", "weighted_sum"]
    default: return []
    }
  }
}
