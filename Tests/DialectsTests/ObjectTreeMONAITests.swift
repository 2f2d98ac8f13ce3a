import ConfigSyntax
import Dialects
import Experiment
import SourceText
import Testing

struct ObjectTreeMONAITests {
  private static func bundle(
    network: String = #""_target_": "UNet", "spatial_dims": 3, "in_channels": 1, "out_channels": 4, "dropout": 0.1"#,
    loss: String = #""_target_": "DiceLoss", "to_onehot_y": true"#,
    trainer: String = #""_target_": "SupervisedTrainer", "inferer": {"_target_": "SimpleInferer"}"#
  ) -> String {
    """
    {
      "imports": ["$import glob"],
      "epochs": 300,
      "network_def": {\(network)},
      "network": "$@network_def.to(@device)",
      "loss": {\(loss)},
      "optimizer": {"_target_": "torch.optim.Adam", "params": "$@network.parameters()", "lr": "$2e-4"},
      "lr_scheduler": {"_target_": "torch.optim.lr_scheduler.StepLR", "optimizer": "@optimizer", "step_size": 80},
      "train": {
        "deterministic_transforms": [
          {"_target_": "LoadImaged", "keys": ["image", "label"]},
          {"_target_": "ScaleIntensityRanged", "keys": "image", "a_min": -57, "a_max": 164, "b_min": 0, "b_max": 1},
          {"_target_": "NormalizeIntensityd", "keys": ["label"]}
        ],
        "random_transforms": [
          {"_target_": "RandCropByPosNegLabeld", "keys": ["image", "label"], "num_samples": 4},
          {"_target_": "RandFlipd", "keys": ["image", "label"]}
        ],
        "preprocessing": {
          "_target_": "Compose",
          "transforms": "$@train#deterministic_transforms + @train#random_transforms"
        },
        "dataset": {"_target_": "CacheDataset", "transform": "@train#preprocessing"},
        "dataloader": {"_target_": "DataLoader", "dataset": "@train#dataset", "batch_size": 2},
        "trainer": {
          \(trainer),
          "max_epochs": "@epochs",
          "train_data_loader": "@train#dataloader",
          "network": "@network",
          "loss_function": "@loss",
          "optimizer": "@optimizer"
        }
      },
      "validate": {"key_metric": {"val_mean_dice": {"_target_": "MeanDice"}}}
    }
    """
  }

  @Test func `follows references through a bundle`() throws {
    let sample = try ObjectTreeSample(Self.bundle(), as: .json)
    #expect(sample.dialect.name == "monai")
    #expect(sample.experiment.training.value(TrainingKeys.epochs) == 300)
    #expect(sample.optimizer.value(OptimizerKeys.name) == "adam")
    #expect(sample.optimizer.value(OptimizerKeys.learningRate) == 2e-4)
    #expect(sample.optimizer[OptimizerKeys.weightDecay]?.kind == "default")
    #expect(sample.schedule.value(ScheduleKeys.name) == "step")
    #expect(sample.experiment.layers.map(\.kind) == [.backbone])
    #expect(sample.experiment.layers.first?.facts.value(LayerKeys.rate) == 0.1)
    #expect(sample.output.value(OutputKeys.metrics) == ["MeanDice"])
    #expect(sample.problems.isEmpty)
  }

  @Test func `reads what is done to images, and counts crops into the batch`() throws {
    let sample = try ObjectTreeSample(Self.bundle(), as: .json)
    #expect(sample.experiment.inputs.first?.value(InputKeys.normalization) == "minmax")
    #expect(sample.experiment.data.value(DataKeys.augmentation) == true)
    #expect(sample.experiment.training.value(TrainingKeys.microBatchSize) == 2)
    #expect(sample.experiment.training.value(TrainingKeys.batchSize) == 8)
  }

  private static let overlapLosses: [(loss: String, fromLogits: Bool?, expects: String?)] = [
    (#""_target_": "DiceLoss""#, false, nil),
    (#""_target_": "monai.losses.DiceCELoss", "softmax": true"#, true, "logits"),
    (#""_target_": "DiceLoss", "sigmoid": false, "softmax": false"#, false, nil),
    (#""_target_": "DiceFocalLoss", "other_act": "$torch.tanh""#, nil, "any"),
    (#""_target_": "DiceLoss", "sigmoid": "@flag""#, nil, "any"),
    (
      #""_target_": "DeepSupervisionLoss", "loss": {"_target_": "DiceLoss", "sigmoid": true}"#, true, "logits"
    ),
  ]

  @Test(arguments: overlapLosses) func `says what a Dice loss does with what it gets`(
    loss: String,
    fromLogits: Bool?,
    expects: String?
  ) throws {
    let sample = try ObjectTreeSample(Self.bundle(loss: loss), as: .json)
    #expect(sample.output.value(OutputKeys.loss) == "dice")
    #expect(sample.output.value(OutputKeys.activation) == "linear")
    #expect(sample.output.value(OutputKeys.fromLogits) == fromLogits)
    #expect(sample.output.value(OutputKeys.lossExpects) == expects)
  }

  @Test(arguments: [
    #""_target_": "scripts.networks.MyNet", "out_channels": 2"#,
    #""_target_": "ViT", "out_channels": 2"#,
    #""_target_": "UNet", "_disabled_": true"#,
  ]) func `leaves the end of other networks open`(network: String) throws {
    let sample = try ObjectTreeSample(Self.bundle(network: network), as: .json)
    #expect(sample.output[OutputKeys.activation] == nil)
  }

  @Test(arguments: [
    #""_target_": "scripts.trainer.MyTrainer""#,
    #""_target_": "SupervisedTrainer", "iteration_update": "$scripts.update""#,
    #""_target_": "SupervisedTrainer", "inferer": {"_target_": "scripts.MyInferer"}"#,
  ]) func `leaves open what a loop of the author's own gives to the loss`(trainer: String) throws {
    let sample = try ObjectTreeSample(Self.bundle(trainer: trainer), as: .json)
    #expect(sample.output[OutputKeys.activation] == nil)
  }

  @Test func `gives a Dice loss the flag that fits`() throws {
    let edit = ExperimentEdit(record: RecordPath(.output(0)), key: "from_logits", value: .boolean(true))
    let exclusive = try ObjectTreeSample(Self.bundle(), as: .json)
    #expect(
      exclusive.edited(edit)
        == [Self.bundle(loss: #""_target_": "DiceLoss", "to_onehot_y": true, "softmax": true"#)]
    )
    let single = #""_target_": "UNet", "out_channels": 1"#
    let binary = try ObjectTreeSample(
      Self.bundle(network: single, loss: #""_target_": "DiceLoss", "sigmoid": false"#),
      as: .json
    )
    #expect(
      binary.edited(edit) == [Self.bundle(network: single, loss: #""_target_": "DiceLoss", "sigmoid": true"#)]
    )
    // Channels that may overlap or not: nobody can tell which activation is meant.
    let open = try ObjectTreeSample(Self.bundle(loss: #""_target_": "DiceLoss""#), as: .json)
    #expect(open.edited(edit) == nil)
  }

  @Test func `a YAML bundle's 1e-4 is text to MONAI`() throws {
    let text = """
      network_def: {_target_: UNet, out_channels: 2}
      network: $@network_def.to(@device)
      optimizer:
        _target_: torch.optim.AdamW
        lr: 1e-4
        weight_decay: 1.0e-5
      """
    let sample = try ObjectTreeSample(text)
    #expect(sample.problems == ["ambiguous-number: MONAI takes \"lr: 1e-4\" for text, not for a number"])
    #expect(sample.experiment.problems.first?.edits.map(\.replacement) == ["1.0e-4"])
    #expect(sample.optimizer.value(OptimizerKeys.learningRate) == 1e-4)
  }

  @Test func `reads overrides by their paths, and takes nothing for absent there`() throws {
    let text = """
      {
        "network": {"_target_": "torch.nn.parallel.DistributedDataParallel", "module": "$@network_def.to(@device)"},
        "train#dataloader": {"_target_": "DataLoader"},
        "train#trainer#max_epochs": 7,
        "train::trainer::_target_": "SupervisedTrainer"
      }
      """
    let sample = try ObjectTreeSample(text, as: .json)
    #expect(sample.dialect.name == "monai")
    #expect(sample.experiment.training.value(TrainingKeys.epochs) == 7)
    #expect(sample.experiment.training[TrainingKeys.microBatchSize] == nil)
  }

  @Test func `references in a circle end`() throws {
    let text = """
      {"network_def": "@network", "network": "@network_def", "loss": {"_target_": "DiceLoss"}, "optimizer": "@optimizer"}
      """
    let sample = try ObjectTreeSample(text, as: .json)
    #expect(sample.experiment.layers.isEmpty)
    #expect(sample.optimizer.isEmpty)
  }
}
