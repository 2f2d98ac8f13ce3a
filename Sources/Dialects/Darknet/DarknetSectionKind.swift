/// The sections that Darknet knows (`string_to_layer_type` in `src/parser.c`), and what each of them is.
enum DarknetSectionKind {
  case convolutional, deconvolutional, local, connected
  case activation, batchNormalization, localNormalization, dropout
  case maxPooling, localAveragePooling, globalAveragePooling
  case route, shortcut, scaleChannels, sam, reorganisation, upSampling, crop
  case rnn, gru, lstm, crnn, convLSTM, history, implicit
  case softmax, cost, contrastive, yolo, gaussianYOLO, region, detection
  case empty

  /// The kind of a section's name; nil where Darknet knows none such.
  init?(_ name: String) {
    switch name {
    case "convolutional", "conv": self = .convolutional
    // Of the first Darknet; AlexeyAB's has dropped it.
    case "deconvolutional", "deconv": self = .deconvolutional
    case "local": self = .local
    case "connected", "conn": self = .connected
    case "activation": self = .activation
    case "batchnorm": self = .batchNormalization
    case "normalization", "lrn": self = .localNormalization
    case "dropout": self = .dropout
    case "maxpool", "max": self = .maxPooling
    case "local_avgpool", "local_avg": self = .localAveragePooling
    case "avgpool", "avg": self = .globalAveragePooling
    case "route": self = .route
    case "shortcut": self = .shortcut
    case "scale_channels": self = .scaleChannels
    case "sam": self = .sam
    case "reorg", "reorg3d": self = .reorganisation
    case "upsample": self = .upSampling
    case "crop": self = .crop
    case "rnn": self = .rnn
    case "gru": self = .gru
    case "lstm": self = .lstm
    case "crnn": self = .crnn
    case "conv_lstm": self = .convLSTM
    case "history": self = .history
    case "implicit": self = .implicit
    case "softmax", "soft": self = .softmax
    case "cost": self = .cost
    case "contrastive": self = .contrastive
    case "yolo": self = .yolo
    case "Gaussian_yolo": self = .gaussianYOLO
    case "region": self = .region
    case "detection": self = .detection
    case "empty", "silence": self = .empty
    default: return nil
    }
  }

  /// The names to write, for what is misspelled and for completion.
  static let names = [
    "convolutional", "connected", "maxpool", "avgpool", "local_avgpool", "dropout", "route", "shortcut", "upsample",
    "yolo",
    "softmax", "cost", "region", "detection", "Gaussian_yolo", "batchnorm", "activation", "scale_channels", "sam",
    "reorg",
    "reorg3d", "crop", "local", "normalization", "rnn", "gru", "lstm", "crnn", "conv_lstm", "history", "implicit",
    "contrastive", "empty",
  ]

  /// Names that no other INI is likely to have for a section.
  static let distinctive: Set<String> = [
    "convolutional", "conv", "connected", "maxpool", "avgpool", "shortcut", "upsample", "yolo", "Gaussian_yolo",
    "softmax",
    "rnn", "gru", "lstm", "crnn", "conv_lstm", "deconvolutional", "batchnorm",
  ]
}
