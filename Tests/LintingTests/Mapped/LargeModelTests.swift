import Testing

/// DeepSpeed and GPT-NeoX.
struct LargeModelTests {
  // MARK: - DeepSpeed

  @Test func `what is auto is the Trainer's to say`() throws {
    let sample = try MappedSample(
      """
      {"zero_optimization": {"stage": 2}, "train_batch_size": "auto", "train_micro_batch_size_per_gpu": "auto",
       "gradient_accumulation_steps": "auto", "gradient_clipping": "auto",
       "optimizer": {"type": "AdamW", "params": {"lr": "auto", "betas": "auto", "weight_decay": "auto"}}}
      """,
      name: "ds_config.json"
    )
    #expect(sample.dialect == "deepspeed")
    #expect(sample.fact("training.optimizer.name") == "adamw, stated")
    #expect(sample.findings == [])
  }

  @Test func `whether gradients are clipped without a key depends on the version`() throws {
    let sample = try MappedSample(
      "{\"train_batch_size\": 32, \"train_micro_batch_size_per_gpu\": 4, \"fp16\": {\"enabled\": true}}",
      name: "ds_config.json"
    )
    #expect(sample.fact("training.clip.kind") == nil)
    #expect(sample.fact("training.batch_size") == "32, stated")
    #expect(sample.fact("training.micro_batch_size") == "4, stated")
    #expect(sample.findings == [])
  }

  @Test func `a threshold of 0 switches clipping off`() throws {
    let sample = try MappedSample(
      "{\"train_batch_size\": 256, \"gradient_accumulation_steps\": 1, \"gradient_clipping\": 0}",
      name: "ds_config.json"
    )
    #expect(sample.fact("training.clip.kind") == "off, stated")
    #expect(sample.findings == [])
  }

  @Test func `Adam is AdamW to DeepSpeed`() throws {
    let sample = try MappedSample(
      """
      {"train_batch_size": 32, "steps_per_print": 10,
       "optimizer": {"type": "Adam", "params": {"lr": 3e-5, "weight_decay": 0.01, "betas": [0.9, 0.98]}}}
      """,
      name: "ds_config.json"
    )
    #expect(sample.fact("training.optimizer.decoupled") == "true, inferred")
    #expect(sample.fact("training.optimizer.learning_rate") == "3e-05, stated")
    #expect(sample.fact("training.optimizer.beta_2") == "0.98, stated")
    #expect(sample.findings == [])
  }

  @Test func `a norm among the optimizer's parameters is not read`() throws {
    let sample = try MappedSample(
      """
      {"train_batch_size": 32, "steps_per_print": 10,
       "optimizer": {"type": "Adam", "params": {"lr": 3e-5, "max_grad_norm": 1.0}}}
      """,
      name: "ds_config.json"
    )
    #expect(sample.findings == ["warning files/ignored-key at 1.0"])
  }

  @Test func `a template with bare words has no other finding than its syntax`() throws {
    let sample = try MappedSample(
      "{\"train_batch_size\": CONFIG_BATCH, \"train_micro_batch_size_per_gpu\": 4, \"steps_per_print\": 10}",
      name: "ds_TEMPLATE.json"
    )
    #expect(sample.findings.allSatisfy { $0.hasPrefix("error files/invalid-syntax") })
  }

  @Test(arguments: ["\"train_micro_batch_size_per_gpu\": 12", "\"gradient_accumulation_steps\": 3"])
  func `a batch that its parts do not divide stops DeepSpeed`(part: String) throws {
    let sample = try MappedSample(
      "{\"train_batch_size\": 32, \(part), \"steps_per_print\": 10}",
      name: "ds_config.json"
    )
    #expect(sample.findings == ["error files/invalid-value at 32"])
  }

  // MARK: - GPT-NeoX

  private static func neox(_ keys: String) -> String {
    """
    {
      # flow mapping, comments and a comma too many
      "pipe_parallel_size": 1,
      "num-layers": 6,
      "hidden_size": 512,
      "optimizer": {"type": "Adam", "params": {"lr": 0.001, "betas": [0.9, 0.95], "eps": 1.0e-8,}},
      "train_micro_batch_size_per_gpu": 4,
      "gradient_accumulation_steps": 8,
      "train-iters": 143000,
      "weight-decay": 0.1,
      \(keys)
    }

    """
  }

  @Test func `clipping at NeoX's own default is not passed on`() throws {
    let sample = try MappedSample(Self.neox("\"gradient_clipping\": 1.0,"), name: "19M.yml")
    #expect(sample.dialect == "gpt_neox")
    #expect(sample.findings == ["warning clipping/ignored-by-framework at 1.0"])
    #expect(sample.fact("training.clip.threshold") == nil)
  }

  @Test func `clipping beside the default is passed on`() throws {
    let sample = try MappedSample(Self.neox("\"gradient_clipping\": 0.5,"), name: "19M.yml")
    #expect(sample.findings == [])
    #expect(sample.fact("training.clip.threshold") == "0.5, stated")
  }

  @Test func `the other name of the clipping threshold is overwritten`() throws {
    let sample = try MappedSample(Self.neox("\"clip-grad\": 0.5,"), name: "19M.yml")
    #expect(sample.findings == ["warning files/ignored-key at 0.5"])
    #expect(sample.fact("training.clip.threshold") == nil)
  }

  @Test func `heads that Mamba passes over need not divide the width`() throws {
    let heads = "\"num_attention_heads\": 12,"
    #expect(try MappedSample(Self.neox(heads), name: "a.yml").findings == ["error files/invalid-value at 12"])
    let mamba = try MappedSample(Self.neox(heads + " \"attention_config\": [[[\"mamba\"], 6]],"), name: "a.yml")
    #expect(mamba.findings == [])
  }

  @Test func `a decay to above the rate is one finding`() throws {
    let sample = try MappedSample(Self.neox("\"min_lr\": 0.01,"), name: "19M.yml")
    #expect(sample.findings == ["warning epochs/decay-raises-rate at 0.01"])
  }

  @Test func `keys with dashes are the same keys`() throws {
    let sample = try MappedSample(Self.neox(""), name: "19M.yml")
    #expect(sample.fact("training.steps") == "143000, stated")
    #expect(sample.fact("training.optimizer.weight_decay") == "0.1, stated")
    #expect(sample.fact("training.batch_size") == "32, inferred")
    #expect(sample.fact("training.schedule.warmup_fraction") == "0.01, default")
    #expect(sample.findings == [])
  }

  @Test func `a file of several that are put together is judged by what it has`() throws {
    let model = try MappedSample(
      "{\"pipe_parallel_size\": 1, \"num_layers\": 32, \"hidden_size\": 4096, \"num_attention_heads\": 32}",
      name: "7B.yml"
    )
    #expect(model.dialect == "gpt_neox")
    #expect(model.findings == [])
    let paths = try MappedSample(
      "{\"data_path\": \"data/text\", \"vocab_file\": \"data/vocab.json\"}",
      name: "local.yml"
    )
    #expect(paths.dialects == [])
  }
}
