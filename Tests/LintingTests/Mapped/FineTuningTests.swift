import Testing

/// Axolotl, LLaMA-Factory and LitGPT.
struct FineTuningTests {
  // MARK: - Axolotl

  private static let axolotl = """
    base_model: a/model
    datasets: [{path: a/data, type: alpaca}]
    adapter: qlora
    load_in_4bit: true
    lora_r: 32
    lora_alpha: 16
    sequence_len: 2048
    micro_batch_size: 2
    gradient_accumulation_steps: 4
    num_epochs: 1
    optimizer: adamw_bnb_8bit
    lr_scheduler: cosine
    learning_rate: 0.0002
    weight_decay: 0.0
    val_set_size: 0.0

    """

  @Test func `a file without layers, dropout and evaluation is healthy`() throws {
    let sample = try MappedSample(Self.axolotl)
    #expect(sample.dialect == "axolotl")
    #expect(sample.fact("experiment.fine_tuned") == "true, inferred")
    #expect(sample.fact("experiment.model_type") == "language_model, inferred")
    #expect(sample.fact("training.optimizer.name") == "adamw, stated")
    #expect(sample.fact("training.batch_size") == "8, inferred")
    #expect(sample.fact("training.validation_split") == nil)
    #expect(sample.findings == [])
  }

  @Test func `Axolotl clips at 1 without a key, as the Trainer does`() throws {
    #expect(try MappedSample(Self.axolotl).fact("training.clip.threshold") == "1.0, default")
  }

  @Test(
    arguments: [
      ("0.05", "0.05, stated", nil), ("2000", nil, "2000, stated"),
    ] as [(String, String?, String?)]
  )
  func `what is held out is a share below 1 and a number of examples else`(
    size: String,
    share: String?,
    examples: String?
  ) throws {
    let sample = try MappedSample(
      "base_model: a/model\nmicro_batch_size: 2\nlearning_rate: 1e-5\nval_set_size: \(size)\n"
    )
    #expect(sample.fact("training.validation_split") == share)
    #expect(sample.fact("training.validation_samples") == examples)
  }

  @Test func `Axolotl's schema makes numbers of texts that PyYAML takes for text`() throws {
    let sample = try MappedSample("base_model: a/model\nmicro_batch_size: 2\nlearning_rate: 2e-5\n")
    #expect(sample.fact("training.optimizer.learning_rate") == "2e-05, stated")
    #expect(sample.findings == [])
  }

  @Test func `weights that start at random are no fine-tuning`() throws {
    let sample = try MappedSample(
      "base_model: a/model\nreinit_weights: true\nmicro_batch_size: 4\nlearning_rate: 0.002\nmax_steps: 305\n"
    )
    #expect(sample.fact("experiment.fine_tuned") == "false, inferred")
    #expect(sample.findings == [])
  }

  @Test func `finds a learning rate that wipes pretrained weights out`() throws {
    let sample = try MappedSample("base_model: a/model\nmicro_batch_size: 2\nlearning_rate: 0.02\n")
    #expect(sample.findings == ["warning learning-rate/too-high-for-fine-tuning at 0.02"])
  }

  @Test func `a keep probability in an adapter's dropout`() throws {
    let sample = try MappedSample(
      "base_model: a/model\nadapter: lora\nmicro_batch_size: 2\nlearning_rate: 0.0002\nlora_dropout: 0.95\n"
    )
    #expect(sample.findings == ["warning dropout/keep-as-drop at 0.95"])
  }

  // MARK: - LLaMA-Factory

  @Test func `LLaMA-Factory takes what it leaves out from the Trainer`() throws {
    let sample = try MappedSample(
      """
      model_name_or_path: a/model
      stage: sft
      do_train: true
      finetuning_type: lora
      lora_target: all
      dataset: a_data
      template: llama3
      output_dir: out
      """
    )
    #expect(sample.dialect == "llama_factory")
    #expect(sample.fact("training.optimizer.learning_rate") == "5e-05, default")
    #expect(sample.fact("training.clip.threshold") == "1.0, default")
    #expect(sample.fact("training.epochs") == "3, default")
    #expect(sample.fact("training.micro_batch_size") == "8, default")
    #expect(sample.findings == [])
  }

  @Test func `OmegaConf reads scientific notation as a number`() throws {
    let sample = try MappedSample(
      "model_name_or_path: a/model\nstage: sft\nfinetuning_type: full\ndataset: d\nlearning_rate: 3e-6\n"
    )
    #expect(sample.fact("training.optimizer.learning_rate") == "3e-06, stated")
    #expect(sample.findings == [])
  }

  @Test func `the second generation has defaults of its own`() throws {
    let sample = try MappedSample(
      """
      model: a/model
      model_class: llm
      train_dataset: data.yaml
      peft_config: {name: lora, r: 16, lora_dropout: 0.05}
      """
    )
    #expect(sample.dialect == "llama_factory_v1")
    #expect(sample.fact("training.optimizer.learning_rate") == "0.0001, default")
    #expect(sample.fact("training.micro_batch_size") == "1, default")
    #expect(sample.fact("layers[2].rate") == "0.05, stated")
    #expect(sample.findings == [])
  }

  // MARK: - LitGPT

  private static func litgpt(_ train: String, model: String = "checkpoint_dir: checkpoints/a/model") -> String {
    """
    \(model)
    optimizer: {class_path: torch.optim.AdamW, init_args: {lr: 2e-4, weight_decay: 0.0, betas: [0.9, 0.95]}}
    train: {global_batch_size: 8, micro_batch_size: 4, \(train)}

    """
  }

  @Test func `fine-tuning does not clip, and a norm stops it`() throws {
    let sample = try MappedSample(Self.litgpt("epochs: 1, max_norm: 1.0"))
    #expect(sample.dialect == "litgpt")
    #expect(sample.findings == ["error files/invalid-value at 1.0"])
    #expect(sample.fact("training.clip.threshold") == nil)
  }

  @Test func `a norm that is left empty is none`() throws {
    let sample = try MappedSample(Self.litgpt("epochs: 1, max_norm: , max_tokens: "))
    #expect(sample.findings == [])
    #expect(sample.fact("experiment.fine_tuned") == "true, inferred")
    #expect(sample.fact("training.optimizer.name") == "adamw, stated")
    #expect(sample.fact("training.optimizer.beta_2") == "0.95, stated")
    #expect(sample.fact("training.batch_size") == "8, stated")
  }

  @Test func `pretraining clips at 1 unless told otherwise`() throws {
    let sample = try MappedSample(Self.litgpt("max_tokens: 100000", model: "model_name: tiny"))
    #expect(sample.fact("training.clip.threshold") == "1.0, default")
    #expect(sample.fact("experiment.fine_tuned") == nil)
    #expect(sample.findings == [])
  }

  @Test func `fine-tuning decays to 0, whatever the lowest rate says`() throws {
    let sample = try MappedSample(Self.litgpt("epochs: 1, min_lr: 1.0e-5"))
    #expect(sample.findings == ["warning files/ignored-key at min_lr"])
    let usual = try MappedSample(Self.litgpt("epochs: 1, min_lr: 6.0e-5"))
    #expect(usual.findings == [])
    #expect(usual.fact("training.schedule.end_learning_rate") == nil)
  }

  @Test func `epochs stop pretraining`() throws {
    let sample = try MappedSample(Self.litgpt("epochs: 3", model: "model_name: tiny"))
    #expect(sample.findings == ["error files/invalid-value at 3"])
  }
}
