import ConfigSyntax
import Dialects
import Experiment
import Testing

/// NeMo's configs and torchtune's recipes.
struct ObjectTreeRecipeTests {
  private static func nemo(optimizer: String, trainer: String = "max_epochs: 100", more: String = "") -> String {
    """
    name: speech
    \(more)
    model:
      train_ds:
        batch_size: 16
        manifest_filepath: ???
      preprocessor:
        _target_: nemo.collections.asr.modules.AudioToMelSpectrogramPreprocessor
        normalize: per_feature
      spec_augment: {_target_: nemo.collections.asr.modules.SpectrogramAugmentation}
      encoder:
        _target_: nemo.collections.asr.modules.ConformerEncoder
        d_model: 400
        dropout: 0.1
      optim:
        \(optimizer)
    trainer:
      \(trainer)
    exp_manager:
      checkpoint_callback_params: {monitor: val_wer, mode: min}
    """
  }

  @Test func `reads a NeMo config`() throws {
    let text = Self.nemo(
      optimizer:
        "name: adamw\n    lr: 1e-3\n    betas: [0.9, 0.98]\n    sched: {name: CosineAnnealing, warmup_ratio: 0.1, min_lr: 1e-6}",
      trainer: "max_epochs: 100\n  devices: 4\n  num_nodes: 2\n  accumulate_grad_batches: 2\n  gradient_clip_val: 0.0"
    )
    let sample = try ObjectTreeSample(text)
    #expect(sample.dialect.name == "nemo")
    #expect(sample.experiment.training.value(TrainingKeys.batchSize) == 16 * 4 * 2 * 2)
    #expect(sample.clip.value(ClipKeys.kind) == "off")
    #expect(sample.optimizer.value(OptimizerKeys.learningRate) == 1e-3)
    #expect(sample.optimizer.value(OptimizerKeys.beta2) == 0.98)
    #expect(sample.optimizer.value(OptimizerKeys.weightDecay) == 0.01)
    #expect(sample.schedule.value(ScheduleKeys.name) == "cosine")
    #expect(sample.schedule.value(ScheduleKeys.warmupFraction) == 0.1)
    #expect(sample.schedule.value(ScheduleKeys.endRate) == 1e-6)
    #expect(sample.experiment.inputs.first?.value(InputKeys.normalization) == "zscore")
    #expect(sample.experiment.data.value(DataKeys.augmentation) == true)
    #expect(sample.experiment.layers.first?.facts.value(LayerKeys.rate) == 0.1)
    #expect(sample.experiment.training.value(TrainingKeys.monitorMode) == "min")
    #expect(sample.problems.isEmpty)
  }

  @Test func `trap of Noam multipliers of 1 and more: the rate is the peak`() throws {
    let text = Self.nemo(
      optimizer:
        "name: adamw\n    lr: 2.0\n    sched: {name: NoamAnnealing, d_model: '${model.encoder.d_model}', warmup_steps: 10000}"
    )
    let sample = try ObjectTreeSample(text)
    #expect(sample.schedule.value(ScheduleKeys.name) == "noam")
    #expect(sample.optimizer.value(OptimizerKeys.learningRate) == 0.001)
    #expect(sample.optimizer[OptimizerKeys.learningRate]?.kind == "inferred")
    #expect(sample.edited(.rate(0.0001)) == nil)
    let open = try ObjectTreeSample(
      Self.nemo(
        optimizer: "name: adamw\n    lr: 2.0\n    sched: {name: NoamAnnealing, d_model: '???', warmup_steps: 10000}"
      )
    )
    #expect(open.optimizer[OptimizerKeys.learningRate] == nil)
  }

  @Test func `what is still to be given is not known`() throws {
    let sample = try ObjectTreeSample(
      Self.nemo(
        optimizer: "name: sgd\n    lr: ???\n    weight_decay: ${oc.env:DECAY}",
        trainer: "max_epochs: -1\n  devices: -1"
      )
    )
    #expect(sample.optimizer[OptimizerKeys.learningRate] == nil)
    #expect(sample.optimizer[OptimizerKeys.weightDecay] == nil)
    #expect(sample.experiment.training[TrainingKeys.epochs] == nil)
    #expect(sample.experiment.training[TrainingKeys.batchSize] == nil)
    #expect(sample.experiment.training.value(TrainingKeys.microBatchSize) == 16)
  }

  @Test func `Lightning's defaults hold where keys are absent`() throws {
    let sample = try ObjectTreeSample(Self.nemo(optimizer: "name: adam\n    lr: 0.1", trainer: "devices: 1"))
    #expect(sample.experiment.training[TrainingKeys.epochs]?.kind == "default")
    #expect(sample.experiment.training.value(TrainingKeys.epochs) == 1000)
    #expect(sample.clip[ClipKeys.kind]?.kind == "default")
    #expect(sample.clip.value(ClipKeys.kind) == "off")
  }

  @Test(arguments: [("init_from_nemo_model: a.nemo", true), ("init_from_nemo_model: null", nil)])
  func `knows what starts from other weights`(line: String, fineTuned: Bool?) throws {
    let sample = try ObjectTreeSample(Self.nemo(optimizer: "name: adam\n    lr: 0.1", more: line))
    #expect(sample.experiment.about.value(ExperimentKeys.fineTuned) == fineTuned)
  }

  private static let recipe = """
    model:
      _component_: torchtune.models.llama3.lora_llama3_8b
      lora_attn_modules: [q_proj]
      lora_dropout: 0.05
    checkpointer:
      _component_: torchtune.training.FullModelHFCheckpointer
      checkpoint_files: [a.safetensors]
    optimizer:
      _component_: torch.optim.AdamW
      lr: 3e-4
      weight_decay: 0.0
    lr_scheduler:
      _component_: torchtune.training.lr_schedulers.get_cosine_schedule_with_warmup
      num_warmup_steps: 100
    loss:
      _component_: torchtune.modules.loss.LinearCrossEntropyLoss
    epochs: 1
    max_steps_per_epoch: null
    batch_size: 2
    batch_size_val: ${batch_size}
    gradient_accumulation_steps: 8
    clip_grad_norm: 1.0
    """

  @Test func `reads a torchtune recipe`() throws {
    let sample = try ObjectTreeSample(Self.recipe)
    #expect(sample.dialect.name == "torchtune")
    #expect(sample.experiment.about.value(ExperimentKeys.fineTuned) == true)
    #expect(sample.experiment.about.value(ExperimentKeys.modelType) == "language_model")
    #expect(sample.experiment.training.value(TrainingKeys.batchSize) == 16)
    #expect(sample.experiment.training.value(TrainingKeys.microBatchSize) == 2)
    #expect(sample.clip.value(ClipKeys.threshold) == 1)
    #expect(sample.schedule.value(ScheduleKeys.warmupSteps) == 100)
    #expect(sample.output.value(OutputKeys.loss) == "sparse_categorical_crossentropy")
    #expect(sample.experiment.layers.first?.facts.value(LayerKeys.rate) == 0.05)
    #expect(sample.problems.isEmpty)
    let rate = sample.edited(.rate(0.0001))
    #expect(rate == [Self.recipe.replacing("lr: 3e-4", with: "lr: 0.0001")])
  }

  @Test func `trap of LoRA files: the weights of the checkpoint do not move`() throws {
    let layer = try #require(try ObjectTreeSample(Self.recipe).experiment.layers.first)
    #expect(layer.facts.value(LayerKeys.pretrained) == true)
    #expect(layer.facts.value(LayerKeys.trainable) == false)
    let full = try ObjectTreeSample(Self.recipe.replacing("lora_llama3_8b", with: "llama3_8b"))
    #expect(full.experiment.layers.first?.facts[LayerKeys.trainable] == nil)
  }

  @Test func `clipping that is null, absent or only logged does not clip`() throws {
    for text in ["clip_grad_norm: null", "seed: 1"] {
      let sample = try ObjectTreeSample(Self.recipe.replacing("clip_grad_norm: 1.0", with: text))
      #expect(sample.clip.value(ClipKeys.kind) == "off")
    }
    let logged = try ObjectTreeSample(Self.recipe.replacing("clip_grad_norm: 1.0", with: "clip_grad_norm: 'inf'"))
    #expect(logged.experiment.training[TrainingKeys.clip] == nil)
  }

  @Test func `tells what keys mean`() throws {
    let marked = Self.recipe.replacing("weight_decay: 0.0", with: "weight▮_decay: 0.0")
    let key = try keyGuide(marked)
    #expect(key.fact == "weight_decay")
    #expect(key.absent == "PyTorch takes 0.01")
    #expect(try keyGuide(Self.recipe.replacing("batch_size: 2", with: "bat▮ch_size: 2")).fact == "micro_batch_size")
    let trainer = try keyGuide(Self.nemo(optimizer: "name: adam\n    l▮r: 0.1"))
    #expect(trainer.fact == "learning_rate")
  }
}
