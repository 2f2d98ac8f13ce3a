import Experiment
import SourceText

/// The classes themselves, each written once.
extension ClassNames {
  /// The first parts of the names of classes that are known here.
  static let packages: Set<String> = [
    "torch", "torchvision", "monai", "ignite", "lightning", "pytorch_lightning", "pl", "L", "bitsandbytes",
    "transformers", "torchtune",
    "nemo", "apex", "deepspeed", "megatron", "fairscale", "timm", "torchmetrics", "torch_optimizer", "schedulefree",
    "lion_pytorch",
  ]

  /// By package and class, or by the word that NeMo has for it.
  static let optimizers: [String: Optimizer] = {
    var optimizers: [String: Optimizer] = [:]
    for cells in TextTable(optimizerTable).rows(separatedBy: "|") {
      if cells.count == 2 {
        optimizers[cells[0]] = optimizers[cells[1]]
      } else if cells.count > 3 {
        let defaults = cells.count > 4 ? ClassNames.defaults(cells[4]) : [:]
        optimizers[cells[0]] = Optimizer(name: cells[1], framework: cells[2], defaults: defaults)
      }
    }
    return optimizers
  }()

  /// One class a line: its name, the optimizer's standard name, what its package is called, where its defaults were read, and the defaults.
  ///
  /// A line of two cells gives a class another name; words without a package are those of
  /// `AVAILABLE_OPTIMIZERS` in `nemo/core/optim/optimizers.py`, NeMo 3.0.0.
  ///
  /// `scripts/check-defaults` reads the table, and the sources again. SGD had no default rate in older releases, so none is given. Apex and
  /// Megatron-Core decouple the decay (`adam_w_mode=True` in `apex/optimizers/fused_adam.py`; `optimizer_config.py` of megatron_core 0.16.1).
  private static let optimizerTable: StaticString = """
    torch.Adam | adam | PyTorch | torch 2.15.0 torch/optim/adam.py:Adam | lr=0.001 betas=0.9,0.999 eps=1e-8 weight_decay=0
    torch.AdamW | adamw | PyTorch | torch 2.15.0 torch/optim/adamw.py:AdamW | lr=0.001 betas=0.9,0.999 eps=1e-8 weight_decay=0.01
    torch.Adamax | adamax | PyTorch | torch 2.15.0 torch/optim/adamax.py:Adamax | lr=0.002 betas=0.9,0.999 eps=1e-8 weight_decay=0
    torch.NAdam | nadam | PyTorch | torch 2.15.0 torch/optim/nadam.py:NAdam | lr=0.002 betas=0.9,0.999 eps=1e-8 weight_decay=0
    torch.RAdam | radam | PyTorch | torch 2.15.0 torch/optim/radam.py:RAdam | lr=0.001 betas=0.9,0.999 eps=1e-8 weight_decay=0
    torch.SGD | sgd | PyTorch | torch 2.15.0 torch/optim/sgd.py:SGD | momentum=0 weight_decay=0
    torch.RMSprop | rmsprop | PyTorch | torch 2.15.0 torch/optim/rmsprop.py:RMSprop | lr=0.01 alpha=0.99 eps=1e-8 weight_decay=0 momentum=0
    torch.Adagrad | adagrad | PyTorch | torch 2.15.0 torch/optim/adagrad.py:Adagrad | lr=0.01 eps=1e-10 weight_decay=0
    torch.Adadelta | adadelta | PyTorch | torch 2.15.0 torch/optim/adadelta.py:Adadelta | lr=1 rho=0.9 eps=1e-6 weight_decay=0
    torch.LBFGS | lbfgs | PyTorch | torch 2.15.0 torch/optim/lbfgs.py:LBFGS | lr=1
    monai.Novograd | novograd | MONAI | monai 1.6.1 monai/optimizers/novograd.py:Novograd | lr=0.001 betas=0.9,0.98 eps=1e-8 weight_decay=0
    nemo.Novograd | novograd | NeMo | nemo_toolkit 3.0.0 nemo/core/optim/novograd.py:Novograd | lr=0.001 betas=0.95,0.98 eps=1e-8 weight_decay=0
    apex.FusedAdam | adamw | Apex | repository
    megatron.adam | adamw | Megatron-Core | repository
    sgd | torch.SGD
    adam | torch.Adam
    adamw | torch.AdamW
    rmsprop | torch.RMSprop
    adagrad | torch.Adagrad
    adadelta | torch.Adadelta
    adamax | torch.Adamax
    novograd | nemo.Novograd
    fused_adam | apex.FusedAdam
    distributed_fused_adam | apex.FusedAdam
    megatron_fused_adam | apex.FusedAdam
    """

  /// The facts that arguments state, with their values.
  private static func defaults(_ cell: String) -> [String: Double] {
    let names = ["lr": ["learning_rate"], "betas": ["beta_1", "beta_2"], "eps": ["epsilon"], "alpha": ["rho"]]
    var defaults: [String: Double] = [:]
    for word in cell.split(separator: " ") {
      let parts = word.split(separator: "=")
      guard parts.count == 2 else { continue }
      let argument = String(parts[0])
      for (name, value) in zip(names[argument] ?? [argument], parts[1].split(separator: ",")) {
        defaults[name] = Double(String(value))
      }
    }
    return defaults
  }

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
