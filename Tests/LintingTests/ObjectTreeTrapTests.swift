import Testing

/// What looks wrong in configs of object trees and is right, and what is wrong in them.
struct ObjectTreeTrapTests {
  private static func nemo(_ optimizer: String, trainer: String = "max_epochs: 100") -> String {
    """
    model:
      train_ds: {batch_size: 16}
      encoder: {_target_: nemo.collections.asr.modules.ConformerEncoder, d_model: 512, dropout: 0.1}
      optim:
        \(optimizer)
    trainer: {\(trainer)}
    """
  }

  @Test(arguments: ["2.0", "5.0"])
  func `trap: Noam's multiplier of 1 and more is no learning rate`(factor: String) throws {
    let sample = try MappedSample(
      Self.nemo(
        """
        name: adamw
            lr: \(factor)
            sched: {name: NoamAnnealing, d_model: '${model.encoder.d_model}', warmup_steps: 10000}
        """
      )
    )
    #expect(sample.dialect == "nemo")
    #expect(sample.fact("training.optimizer.learning_rate")?.hasSuffix("inferred") == true)
    #expect(sample.findings == [])
    // The same number without Noam is a rate.
    let plain = try MappedSample(Self.nemo("name: adamw\n    lr: \(factor)"))
    #expect(plain.findings == ["error learning-rate/too-high at \(factor)"])
  }

  @Test func `a clip at 1000 has no effect, and one at 0 is off`() throws {
    let optimizer = "name: adamw\n    lr: 0.0001"
    let huge = try MappedSample(Self.nemo(optimizer, trainer: "max_epochs: 9, gradient_clip_val: 1000.0"))
    #expect(huge.findings == ["hint clipping/no-effect at 1000.0"])
    let off = try MappedSample(Self.nemo(optimizer, trainer: "max_epochs: 9, gradient_clip_val: 0.0"))
    #expect(off.fact("training.clip.kind") == "off, stated")
    #expect(off.findings == [])
  }

  private static let recipe = """
    model: {_component_: torchtune.models.llama3.lora_llama3_8b, lora_rank: 8}
    checkpointer: {_component_: torchtune.training.FullModelHFCheckpointer}
    optimizer: {_component_: torch.optim.AdamW, lr: 3e-4, weight_decay: 0.0}
    loss: {_component_: torchtune.modules.loss.LinearCrossEntropyLoss}
    epochs: 1
    batch_size: 2
    gradient_accumulation_steps: 8
    clip_grad_norm: null
    """

  @Test func `trap: fine-tuning without layers, dropout, weight decay and clipping is healthy`() throws {
    let sample = try MappedSample(Self.recipe)
    #expect(sample.dialect == "torchtune")
    #expect(sample.fact("training.optimizer.weight_decay") == "0.0, stated")
    #expect(sample.findings == [])
  }

  @Test func `trap: a rate of low-rank adapters is not too high, and one for all weights may be`() throws {
    let full = Self.recipe.replacing("lora_llama3_8b, lora_rank: 8", with: "llama3_8b").replacing("3e-4", with: "0.005")
    #expect(try MappedSample(full).findings == ["warning learning-rate/too-high-for-fine-tuning at 0.005"])
    #expect(try MappedSample(Self.recipe.replacing("3e-4", with: "0.002")).findings == [])
  }

  @Test func `trap: a GAN's heads have no activation that anyone could see`() throws {
    let sample = try MappedSample(
      """
      trainer: {_target_: lightning.Trainer, max_epochs: 3}
      model:
        optimizer_g: {_target_: torch.optim.Adam, lr: 0.0002, betas: [0.5, 0.999]}
        optimizer_d: {_target_: torch.optim.Adam, lr: 0.0002, betas: [0.5, 0.999]}
        adversarial_loss: {_target_: torch.nn.BCELoss}
        reconstruction_loss: {_target_: torch.nn.L1Loss}
      """
    )
    #expect(sample.dialect == "hydra")
    #expect(sample.findings == [])
  }

  @Test func `trap: a regression head of a bundle ends linear and is right`() throws {
    let sample = try MappedSample(
      """
      network_def: {_target_: UNet, spatial_dims: 2, in_channels: 1, out_channels: 1}
      network: $@network_def.to(@device)
      loss: {_target_: torch.nn.MSELoss}
      optimizer: {_target_: torch.optim.Adam, params: $@network.parameters(), lr: 0.0001}
      """
    )
    #expect(sample.dialect == "monai")
    #expect(sample.findings == [])
  }
}
