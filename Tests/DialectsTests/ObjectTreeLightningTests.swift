import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct ObjectTreeLightningTests {
  private static let main = """
    defaults:
      - _self_
      - model: net
      - optional data: digits
      - trainer: default
      - experiment: null
      - override hydra/launcher: joblib
      - /missing@extras: file
    lr: 0.01
    task_name: train

    """

  private static let groups = [
    "model/net.yaml": """
    _target_: project.LitModule
    optimizer:
      _target_: torch.optim.SGD
      _partial_: true
      lr: ${lr}
      momentum: 0.9
    scheduler:
      _target_: torch.optim.lr_scheduler.ReduceLROnPlateau
    criterion: {_target_: torch.nn.BCEWithLogitsLoss}
    """,
    "data/digits.yaml": """
    _target_: project.DigitsDataModule
    batch_size: 64
    """,
    "trainer/default.yaml": """
    _target_: lightning.pytorch.trainer.Trainer
    max_epochs: 10
    accumulate_grad_batches: 2
    gradient_clip_val: 0.5
    devices: 1
    """,
  ]

  @Test func `composes group files, and facts point into them`() throws {
    let sample = try ObjectTreeSample(Self.main, files: Self.groups)
    #expect(sample.dialect.name == "hydra")
    #expect(
      sample.experiment.sources.map(\.name)
        == ["conf/config.yaml", "conf/model/net.yaml", "conf/data/digits.yaml", "conf/trainer/default.yaml"]
    )
    #expect(sample.optimizer.value(OptimizerKeys.name) == "sgd")
    #expect(sample.optimizer.value(OptimizerKeys.learningRate) == 0.01)
    #expect(sample.optimizer[OptimizerKeys.learningRate]?.origin.location?.source == 0)
    #expect(sample.optimizer[OptimizerKeys.momentum]?.origin.location?.source == 1)
    #expect(sample.schedule.value(ScheduleKeys.name) == "plateau")
    #expect(sample.experiment.training.value(TrainingKeys.epochs) == 10)
    #expect(sample.experiment.training.value(TrainingKeys.batchSize) == 128)
    #expect(sample.clip.value(ClipKeys.kind) == "global_norm")
    #expect(sample.output.value(OutputKeys.loss) == "binary_crossentropy")
    #expect(sample.output.value(OutputKeys.fromLogits) == true)
    // A group file that is not here may come from another search path.
    #expect(sample.problems.isEmpty)
  }

  @Test func `writes into the file that states the value`() throws {
    var files = Self.groups
    let sample = try ObjectTreeSample(Self.main, files: files)
    let momentum = ExperimentEdit(
      record: RecordPath(.training, nested: ["optimizer"]),
      key: "momentum",
      value: .number(0.8)
    )
    let decay = ExperimentEdit(
      record: RecordPath(.training, nested: ["optimizer"]),
      key: "weight_decay",
      value: .number(0.01)
    )
    files["model/net.yaml"] = files["model/net.yaml"]?.replacing(
      "momentum: 0.9",
      with: "momentum: 0.8\n  weight_decay: 0.01"
    )
    #expect(
      sample.edited(.rate(0.1), momentum, decay)?.prefix(2)
        == [
          Self.main.replacing("lr: 0.01", with: "lr: 0.1"), files["model/net.yaml"],
        ].compactMap(\.self)[...]
    )
    let name = ExperimentEdit(record: RecordPath(.training, nested: ["optimizer"]), key: "name", value: .text("adam"))
    #expect(sample.edited(name) == nil)
  }

  @Test func `a config behind its groups overrides them, and one before them does not`() throws {
    let model = ["model/net.yaml": "optimizer: {_target_: torch.optim.Adam, lr: 0.1}"]
    let behind = try ObjectTreeSample("defaults: [{model: net}]\nmodel: {optimizer: {lr: 0.2}}", files: model)
    #expect(behind.optimizer.value(OptimizerKeys.learningRate) == 0.2)
    let before = try ObjectTreeSample(
      "defaults: [_self_, {model: net}]\nmodel: {optimizer: {lr: 0.2}}",
      files: model
    )
    #expect(before.optimizer.value(OptimizerKeys.learningRate) == 0.1)
  }

  @Test func `an experiment file chooses other groups`() throws {
    let files = [
      "model/a.yaml": "optimizer: {_target_: torch.optim.Adam, lr: 0.1}",
      "model/b.yaml": "optimizer: {_target_: torch.optim.SGD, lr: 0.3}",
      "experiment/x.yaml": "# @package _global_\ndefaults:\n  - override /model: b\nmodel: {optimizer: {lr: 0.5}}",
    ]
    let sample = try ObjectTreeSample("defaults:\n  - model: a\n  - experiment: x\n", files: files)
    #expect(sample.optimizer.value(OptimizerKeys.name) == "sgd")
    #expect(sample.optimizer.value(OptimizerKeys.learningRate) == 0.5)
  }

  @Test func `groups that include one another end`() throws {
    let files = ["model/a.yaml": "defaults: [b]\nx: 1", "model/b.yaml": "defaults: [a]\ny: 2"]
    let sample = try ObjectTreeSample("defaults: [{model: a}]", files: files)
    #expect(sample.experiment.sources.count == 3)
  }

  @Test func `reads Lightning's command line`() throws {
    let sample = try ObjectTreeSample(
      """
      seed_everything: 1
      trainer:
        max_steps: 500
        gradient_clip_val: 0.1
        gradient_clip_algorithm: value
        callbacks:
          - class_path: lightning.pytorch.callbacks.EarlyStopping
            init_args: {monitor: val/acc, mode: max, patience: 7}
      model:
        class_path: project.Model
        init_args: {width: 3}
      optimizer:
        class_path: torch.optim.AdamW
        init_args: {lr: 1e-4}
      lr_scheduler:
        class_path: torch.optim.lr_scheduler.OneCycleLR
        init_args: {max_lr: 0.002, total_steps: 500}
      data:
        class_path: project.Data
        init_args: {batch_size: 16}
      """
    )
    #expect(sample.dialect.name == "lightning_cli")
    #expect(sample.experiment.training.value(TrainingKeys.steps) == 500)
    #expect(sample.experiment.training[TrainingKeys.epochs] == nil)
    #expect(sample.clip.value(ClipKeys.kind) == "value")
    #expect(sample.experiment.training.value(TrainingKeys.earlyStopping) == 7)
    #expect(sample.experiment.training.value(TrainingKeys.monitor) == ["val/acc"])
    #expect(sample.experiment.training.value(TrainingKeys.monitorMode) == "max")
    #expect(sample.optimizer.value(OptimizerKeys.weightDecay) == 0.01)
    // OneCycleLR writes its own rates over the optimizer's.
    #expect(sample.optimizer.value(OptimizerKeys.learningRate) == 0.002)
    #expect(sample.experiment.training.value(TrainingKeys.batchSize) == 16)
  }

  @Test func `lowers a list of layers`() throws {
    let sample = try ObjectTreeSample(
      """
      defaults: [_self_]
      optimizer: {_target_: torch.optim.Adam}
      model:
        _target_: torch.nn.Sequential
        _args_:
          - {_target_: torch.nn.Linear, in_features: 20, out_features: 64}
          - {_target_: torch.nn.ReLU}
          - {_target_: torch.nn.Dropout, p: 0.2}
          - {_target_: torch.nn.Linear, _args_: [64, 3]}
      loss: {_target_: torch.nn.CrossEntropyLoss}
      """
    )
    var experiment = sample.experiment
    experiment.derive()
    #expect(experiment.layers.map(\.kind) == [.input, .dense, .activation, .dropout, .dense])
    #expect(experiment.outputs.first?.facts.value(OutputKeys.units) == 3)
    #expect(experiment.outputs.first?.facts.value(OutputKeys.activation) == "linear")
    #expect(experiment.outputs.first?.facts.value(OutputKeys.lossExpects) == "logits")
    #expect(sample.optimizer[OptimizerKeys.learningRate]?.kind == "default")
  }

  @Test func `trap of GAN heads: of two optimizers none is the one`() throws {
    let sample = try ObjectTreeSample(
      """
      trainer: {_target_: lightning.Trainer, max_epochs: 3}
      model:
        optimizer_g: {_target_: torch.optim.Adam, lr: 0.1}
        optimizer_d: {_target_: torch.optim.Adam, lr: 0.2}
        generator_loss: {_target_: torch.nn.BCELoss}
        reconstruction_loss: {_target_: torch.nn.L1Loss}
      """
    )
    #expect(sample.experiment.training[TrainingKeys.optimizer] == nil)
    #expect(sample.experiment.outputs.isEmpty)
  }

  @Test(arguments: [
    "wandb: {_target_: lightning.pytorch.loggers.wandb.WandbLogger, project: x}",
    "log_dir: ${paths.root}/logs\nroot: ${oc.env:ROOT}",
    "defaults: [{override /hydra/sweeper: optuna}]\nhydra: {mode: MULTIRUN}",
    "early_stopping: {_target_: lightning.pytorch.callbacks.EarlyStopping, patience: 3}",
    "train: {micro_batch_size: 4}\noptimizer: {class_path: torch.optim.AdamW, init_args: {lr: 0.1}}",
    "model: {name: mpt}\noptimizer: {name: adamw, lr: 0.1}\nmax_duration: 10ba",
    "params: {network: {mlp: {units: [64]}}, config: {learning_rate: 1}}",
    "MODEL: {WEIGHTS: x}\nSOLVER: {BASE_LR: 0.1}",
    "trainer: {num_epochs: 3}\nmodel: {type: classifier}",
  ]) func `takes no other files`(text: String) {
    #expect(dialectName(text) == nil)
  }
}
