import Experiment

/// The classes themselves, each written once.
extension ClassNames {
  /// The first parts of the names of classes that are known here.
  static let packages: Set<String> = [
    "torch", "torchvision", "monai", "ignite", "lightning", "pytorch_lightning", "pl", "L", "bitsandbytes",
    "transformers", "torchtune",
    "nemo", "apex", "deepspeed", "megatron", "fairscale", "timm", "torchmetrics", "torch_optimizer", "schedulefree",
    "lion_pytorch",
  ]

  /// By package and class. Defaults are those of `torch/optim/*.py` of torch 2.15.0, `monai/optimizers/novograd.py` of MONAI 1.6.1 and
  /// `nemo/core/optim/novograd.py` of NeMo 3.0.0. SGD had no default rate in older releases, so none is given. Words without a package are
  /// NeMo's (`AVAILABLE_OPTIMIZERS` in `nemo/core/optim/optimizers.py`); the fused ones decouple the decay (`apex/optimizers/fused_adam.py`).
  static let optimizers: [String: Optimizer] = {
    let adam = ["learning_rate": 1e-3, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-8, "weight_decay": 0]
    func torch(_ name: String, _ changes: [String: Double], from base: [String: Double] = [:]) -> Optimizer {
      Optimizer(name: name, framework: "PyTorch", defaults: base.merging(changes) { $1 })
    }
    let adamW = torch("adamw", ["weight_decay": 1e-2], from: adam)
    let novograd = Optimizer(
      name: "novograd",
      framework: "NeMo",
      defaults: ["learning_rate": 1e-3, "beta_1": 0.95, "beta_2": 0.98, "epsilon": 1e-8, "weight_decay": 0]
    )
    let fused = Optimizer(
      name: "adamw",
      framework: "Apex",
      defaults: ["beta_1": 0.9, "beta_2": 0.999, "weight_decay": 0]
    )
    return [
      "adam": torch("adam", [:], from: adam), "adamw": adamW, "novograd": novograd,
      "fused_adam": fused, "distributed_fused_adam": fused, "megatron_fused_adam": fused,
      "torch.Adam": torch("adam", [:], from: adam),
      "torch.AdamW": adamW,
      "torch.Adamax": torch("adamax", ["learning_rate": 2e-3], from: adam),
      "torch.NAdam": torch("nadam", ["learning_rate": 2e-3], from: adam),
      "torch.RAdam": torch("radam", [:], from: adam),
      "torch.SGD": torch("sgd", ["momentum": 0, "weight_decay": 0]),
      "torch.RMSprop": torch(
        "rmsprop",
        ["learning_rate": 1e-2, "rho": 0.99, "epsilon": 1e-8, "weight_decay": 0, "momentum": 0]
      ),
      "torch.Adagrad": torch("adagrad", ["learning_rate": 1e-2, "epsilon": 1e-10, "weight_decay": 0]),
      "torch.Adadelta": torch("adadelta", ["learning_rate": 1, "rho": 0.9, "epsilon": 1e-6, "weight_decay": 0]),
      "torch.LBFGS": torch("lbfgs", ["learning_rate": 1]),
      "monai.Novograd": Optimizer(
        name: "novograd",
        framework: "MONAI",
        defaults: ["learning_rate": 1e-3, "beta_1": 0.9, "beta_2": 0.98, "epsilon": 1e-8, "weight_decay": 0]
      ),
      "nemo.Novograd": novograd,
    ]
  }()

  static let schedules: [String: String] = [
    "StepLR": "step", "MultiStepLR": "step", "ExponentialLR": "exponential_lr", "CosineAnnealingLR": "cosine",
    "CosineAnnealingWarmRestarts": "cosine_restarts", "OneCycleLR": "one_cycle", "ReduceLROnPlateau": "plateau",
    "LinearLR": "linear", "PolynomialLR": "polynomial", "ConstantLR": "constant", "CyclicLR": "cyclic",
    "WarmupCosineSchedule": "cosine", "WarmupLinearSchedule": "linear", "CosineAnnealingScheduler": "cosine",
    "get_cosine_schedule_with_warmup": "cosine", "get_linear_schedule_with_warmup": "linear",
    "get_constant_schedule_with_warmup": "constant", "get_constant_schedule": "constant",
    "get_cosine_with_hard_restarts_schedule_with_warmup": "cosine_restarts",
    "get_polynomial_decay_schedule_with_warmup": "polynomial",
    "get_inverse_sqrt_schedule": "inverse_square_root",
    // `nemo/core/optim/lr_scheduler.py`, NeMo 3.0.0.
    "CosineAnnealing": "cosine", "NoamAnnealing": "noam", "NoamHoldAnnealing": "noam_hold", "WarmupPolicy": "constant",
    "WarmupHoldPolicy": "constant", "WarmupAnnealing": "linear", "SquareAnnealing": "square",
    "SquareRootAnnealing": "square_root", "InverseSquareRootAnnealing": "inverse_square_root",
    "T5InverseSquareRootAnnealing": "rsqrt", "PolynomialDecayAnnealing": "polynomial",
    "PolynomialHoldDecayAnnealing": "polynomial_hold",
  ]

  /// What each takes is in `torch/nn/modules/loss.py` of torch 2.15.0; the rest are MONAI's and torchtune's.
  static let losses: [String: (name: String, fromLogits: Bool?)] = [
    "MSELoss": ("mean_squared_error", nil), "L1Loss": ("mean_absolute_error", nil),
    "SmoothL1Loss": ("huber", nil), "HuberLoss": ("huber", nil),
    "CrossEntropyLoss": ("sparse_categorical_crossentropy", true), "NLLLoss": ("negative_log_likelihood", nil),
    "BCELoss": ("binary_crossentropy", false), "BCEWithLogitsLoss": ("binary_crossentropy", true),
    "CTCLoss": ("ctc", nil),
    "DiceLoss": ("dice", nil), "Dice": ("dice", nil), "DiceCELoss": ("dice", nil), "DiceFocalLoss": ("dice", nil),
    "GeneralizedDiceLoss": ("dice", nil), "GeneralizedDiceFocalLoss": ("dice", nil), "TverskyLoss": ("tversky", nil),
    "LinearCrossEntropyLoss": ("sparse_categorical_crossentropy", true),
    "CEWithChunkedOutputLoss": ("sparse_categorical_crossentropy", true),
  ]

  static let trainers: Set<String> = ["Trainer", "SupervisedTrainer"]

  /// `monai/transforms/intensity/array.py` of MONAI 1.6.1 and `torchvision/transforms`.
  static let normalizations: [String: String] = [
    "ScaleIntensity": "minmax", "ScaleIntensityRange": "minmax", "ScaleIntensityRangePercentiles": "minmax",
    "NormalizeIntensity": "zscore", "Normalize": "zscore", "ScaleIntensityFixedMean": "rescaled",
  ]

  /// Read in `monai/networks/nets` of MONAI 1.6.1: each ends in a convolution or linear layer without activation, unless an argument
  /// that is checked beside this list says otherwise.
  static let linearNetworks: Set<String> = [
    "UNet", "Unet", "BasicUNet", "BasicUnet", "Basicunet", "basicunet", "DynUNet", "DynUnet", "Dynunet", "SegResNet",
    "SwinUNETR",
    "UNETR", "AttentionUnet", "VNet", "FlexibleUNet", "FlexUNet",
  ]

  static let layers: [String: LayerClass] = {
    func conv(_ kind: LayerKind, _ rank: Int) -> LayerClass {
      LayerClass(kind: kind, size: ("out_channels", 1), rank: rank)
    }
    func activation(_ name: String) -> LayerClass { LayerClass(kind: .activation, activation: name) }
    return [
      "Linear": LayerClass(kind: .dense, size: ("out_features", 1)),
      "LazyLinear": LayerClass(kind: .dense, size: ("out_features", 0)),
      "Conv1d": conv(.conv1d, 1), "Conv2d": conv(.conv2d, 2), "Conv3d": conv(.conv3d, 3),
      "ConvTranspose1d": conv(.convTranspose1d, 1), "ConvTranspose2d": conv(.convTranspose2d, 2),
      "ConvTranspose3d": conv(.convTranspose3d, 3),
      "Embedding": LayerClass(kind: .embedding, size: ("embedding_dim", 1)),
      "BatchNorm1d": LayerClass(kind: .batchNormalization), "BatchNorm2d": LayerClass(kind: .batchNormalization),
      "BatchNorm3d": LayerClass(kind: .batchNormalization), "LayerNorm": LayerClass(kind: .layerNormalization),
      "GroupNorm": LayerClass(kind: .groupNormalization), "RMSNorm": LayerClass(kind: .rmsNormalization),
      "Dropout": LayerClass(kind: .dropout, rate: "p"), "Dropout1d": LayerClass(kind: .spatialDropout, rate: "p"),
      "Dropout2d": LayerClass(kind: .spatialDropout, rate: "p"),
      "Dropout3d": LayerClass(kind: .spatialDropout, rate: "p"),
      "AlphaDropout": LayerClass(kind: .alphaDropout, rate: "p"),
      "Flatten": LayerClass(kind: .flatten), "Identity": LayerClass(kind: .identity),
      "ReLU": activation("relu"), "ReLU6": activation("relu6"), "LeakyReLU": activation("leaky_relu"),
      "PReLU": activation("prelu"), "ELU": activation("elu"), "SELU": activation("selu"), "CELU": activation("celu"),
      "GELU": activation("gelu"), "SiLU": activation("silu"), "Mish": activation("mish"), "Tanh": activation("tanh"),
      "Hardtanh": activation("hard_tanh"), "Sigmoid": activation("sigmoid"), "Hardsigmoid": activation("hard_sigmoid"),
      "Hardswish": activation("hard_silu"), "Softmax": activation("softmax"), "LogSoftmax": activation("log_softmax"),
      "Softplus": activation("softplus"), "Softsign": activation("softsign"),
    ]
  }()
}
