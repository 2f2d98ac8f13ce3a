/// The types of layers, by the names of the new syntax.
enum CaffeLayerType {
  /// Returns the type in the new syntax for one of the old (`UpgradeV1LayerType` in `src/caffe/util/upgrade_proto.cpp`).
  static func name(ofOld word: String) -> String { oldTypes[word] ?? word }

  /// Whether a layer compares what the net says with what it should say.
  static func isLoss(_ type: String) -> Bool { losses[type] != nil || type.hasSuffix("Loss") }

  /// Whether a layer brings data into the net.
  static func isData(_ type: String) -> Bool { data.contains(type) }

  /// Whether nothing that the layer gives is taught, or used by what is.
  static func isSink(_ type: String) -> Bool { sinks.contains(type) }

  /// What is known of a loss: its standard name, and whether it takes logits.
  ///
  /// Softmax and sigmoid are in the layers `SoftmaxWithLoss` and `SigmoidCrossEntropyLoss`. `InfogainLoss` took probabilities, and has
  /// the softmax in it since 2017; so nothing is said of its input. `EuclideanLoss` is half the squared distance. `HingeLoss`
  /// takes class indices.
  static let losses: [String: (name: String, takesLogits: Bool?)] = [
    "SoftmaxWithLoss": ("sparse_categorical_crossentropy", true),
    "SigmoidCrossEntropyLoss": ("binary_crossentropy", true),
    "MultinomialLogisticLoss": ("sparse_categorical_crossentropy", false),
    "EuclideanLoss": ("mean_squared_error", nil),
    "HingeLoss": ("categorical_hinge", nil),
    "ContrastiveLoss": ("contrastive", nil),
    "InfogainLoss": ("infogain", nil),
    // Of forks.
    "SmoothL1Loss": ("huber", nil),
    "L1Loss": ("mean_absolute_error", nil),
  ]

  private static let data: Set<String> = [
    "Data", "ImageData", "HDF5Data", "MemoryData", "WindowData", "DummyData", "Input", "AnnotatedData",
  ]

  private static let sinks: Set<String> = ["Accuracy", "Silence", "HDF5Output"]

  private static let oldTypes: [String: String] = [
    "ABSVAL": "AbsVal", "ACCURACY": "Accuracy", "ARGMAX": "ArgMax", "BNLL": "BNLL", "CONCAT": "Concat",
    "CONTRASTIVE_LOSS": "ContrastiveLoss", "CONVOLUTION": "Convolution", "DATA": "Data",
    "DECONVOLUTION": "Deconvolution",
    "DROPOUT": "Dropout", "DUMMY_DATA": "DummyData", "EUCLIDEAN_LOSS": "EuclideanLoss", "ELTWISE": "Eltwise",
    "EXP": "Exp", "FLATTEN": "Flatten", "HDF5_DATA": "HDF5Data", "HDF5_OUTPUT": "HDF5Output",
    "HINGE_LOSS": "HingeLoss", "IM2COL": "Im2col", "IMAGE_DATA": "ImageData", "INFOGAIN_LOSS": "InfogainLoss",
    "INNER_PRODUCT": "InnerProduct", "LRN": "LRN", "MEMORY_DATA": "MemoryData",
    "MULTINOMIAL_LOGISTIC_LOSS": "MultinomialLogisticLoss", "MVN": "MVN", "POOLING": "Pooling", "POWER": "Power",
    "RELU": "ReLU", "SIGMOID": "Sigmoid", "SIGMOID_CROSS_ENTROPY_LOSS": "SigmoidCrossEntropyLoss",
    "SILENCE": "Silence", "SOFTMAX": "Softmax", "SOFTMAX_LOSS": "SoftmaxWithLoss", "SPLIT": "Split", "SLICE": "Slice",
    "TANH": "TanH", "THRESHOLD": "Threshold", "WINDOW_DATA": "WindowData",
  ]
}
