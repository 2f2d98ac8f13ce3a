import Testing

/// `config.json`, TrainingArguments and TRL's recipes.
struct HuggingFaceTests {
  // MARK: - config.json

  @Test func `a dropout that is named a probability is a drop rate`() throws {
    let sample = try MappedSample(
      """
      {"model_type": "bert", "architectures": ["BertForMaskedLM"], "hidden_size": 256, "hidden_dropout_prob": 0.2}
      """,
      name: "config.json"
    )
    #expect(sample.dialect == "hf_config")
    #expect(sample.fact("layers[2].rate") == "0.2, stated")
    #expect(sample.findings == [])
  }

  @Test(
    arguments: [
      ("bert", "0.1, default"), ("gpt2", "0.1, default"), ("t5", "0.1, default"), ("vit", "0.0, default"),
      ("albert", "0.0, default"),
      ("of-a-house", nil),
    ] as [(String, String?)]
  )
  func `a dropout that is left out is the model type's, and unknown of types that were not read`(
    type: String,
    rate: String?
  ) throws {
    let sample = try MappedSample("{\"model_type\": \"\(type)\", \"architectures\": [\"Model\"]}", name: "config.json")
    #expect(sample.fact("layers[2].rate") == rate)
    #expect(sample.findings == [])
  }

  @Test(arguments: ["resid_pdrop", "hidden_dropout_prob", "dropout_rate", "dropout"])
  func `finds a keep probability under every name of dropout`(name: String) throws {
    let sample = try MappedSample(
      "{\"model_type\": \"gpt2\", \"architectures\": [\"GPT2LMHeadModel\"], \"\(name)\": 0.9}",
      name: "config.json"
    )
    #expect(sample.findings == ["warning dropout/keep-as-drop at 0.9"])
  }

  @Test func `one label without a problem type means regression`() throws {
    let sample = try MappedSample(
      """
      {"model_type": "bert", "architectures": ["BertForSequenceClassification"], "id2label": {"0": "spam"}}
      """,
      name: "config.json"
    )
    #expect(sample.fact("outputs[1].task") == "regression, inferred")
    #expect(sample.fact("outputs[1].loss") == "mean_squared_error, inferred")
    #expect(sample.findings == ["hint loss/one-label-means-regression at {\"0\": \"spam\"}"])
  }

  @Test(arguments: [
    "\"id2label\": {\"0\": \"score\"}, \"problem_type\": \"regression\"",
    "\"id2label\": {\"0\": \"ham\", \"1\": \"spam\"}", "\"num_labels\": 3",
  ])
  func `says nothing of regression that is meant, and of two labels`(keys: String) throws {
    let sample = try MappedSample(
      "{\"model_type\": \"bert\", \"architectures\": [\"BertForSequenceClassification\"], \(keys)}",
      name: "config.json"
    )
    #expect(sample.findings == [])
  }

  @Test func `one label cannot be a single label of several`() throws {
    let sample = try MappedSample(
      """
      {"model_type": "bert", "architectures": ["BertForSequenceClassification"], "id2label": {"0": "spam"},
       "problem_type": "single_label_classification"}
      """,
      name: "config.json"
    )
    #expect(sample.findings.contains("error files/invalid-value at \"single_label_classification\""))
  }

  @Test func `a width that the heads do not divide stops transformers`() throws {
    let sample = try MappedSample(
      "{\"model_type\": \"bert\", \"architectures\": [\"BertModel\"], \"hidden_size\": 100, \"num_attention_heads\": 12}",
      name: "config.json"
    )
    #expect(sample.findings == ["error files/invalid-value at 12"])
  }

  // MARK: - TrainingArguments

  @Test func `gradients are clipped at 1 without a key that says so`() throws {
    let sample = try MappedSample(
      """
      output_dir: out
      learning_rate: 3.0e-5
      num_train_epochs: 2.0
      per_device_train_batch_size: 16
      """
    )
    #expect(sample.dialect == "hf_training")
    #expect(sample.fact("training.clip.threshold") == "1.0, default")
    #expect(sample.fact("training.clip.kind") == "global_norm, default")
    #expect(sample.fact("training.optimizer.name") == "adamw, default")
    #expect(sample.fact("training.epochs") == "2, stated")
    #expect(sample.fact("training.schedule.name") == "linear, default")
    #expect(sample.findings == [])
  }

  @Test func `a norm of 0 switches clipping off`() throws {
    let sample = try MappedSample("output_dir: out\nper_device_train_batch_size: 8\nmax_grad_norm: 0\n")
    #expect(sample.fact("training.clip.kind") == "off, stated")
    #expect(sample.fact("training.clip.threshold") == nil)
    #expect(sample.findings == [])
  }

  @Test func `a step has the examples of all its passes`() throws {
    let sample = try MappedSample(
      "output_dir: out\nper_device_train_batch_size: 4\ngradient_accumulation_steps: 8\n"
    )
    #expect(sample.fact("training.batch_size") == "32, inferred")
  }

  @Test(
    arguments: [
      ("warmup_steps: 0.1", nil, "0.1, stated"), ("warmup_steps: 200", "200, stated", nil),
      ("warmup_ratio: 0.05", nil, "0.05, stated"),
    ] as [(String, String?, String?)]
  )
  func `a warm-up below 1 is a share of the run`(key: String, steps: String?, share: String?) throws {
    let sample = try MappedSample("output_dir: out\nper_device_train_batch_size: 4\n\(key)\n")
    #expect(sample.fact("training.schedule.warmup_steps") == steps)
    #expect(sample.fact("training.schedule.warmup_fraction") == share)
  }

  @Test func `steps go before epochs, and nobody is told what everybody knows`() throws {
    let sample = try MappedSample(
      "output_dir: out\nper_device_train_batch_size: 4\nnum_train_epochs: 3\nmax_steps: 5000\n"
    )
    #expect(sample.fact("training.steps") == "5000, stated")
    #expect(sample.fact("training.epochs") == nil)
    #expect(sample.findings == [])
  }

  @Test func `no weight decay in fine-tuning is healthy`() throws {
    let sample = try MappedSample(
      """
      model_name_or_path: a/model
      output_dir: out
      per_device_train_batch_size: 16
      learning_rate: 2.0e-5
      weight_decay: 0.0
      num_train_epochs: 1
      """
    )
    #expect(sample.fact("experiment.fine_tuned") == "true, inferred")
    #expect(sample.findings == [])
  }

  @Test func `finds a learning rate for fresh networks on pretrained weights`() throws {
    let sample = try MappedSample(
      "model_name_or_path: a/model\noutput_dir: out\nper_device_train_batch_size: 16\nlearning_rate: 0.01\n"
    )
    #expect(sample.findings == ["warning learning-rate/too-high-for-fine-tuning at 0.01"])
  }

  @Test func `an optimizer that is not known is not taken for the default`() throws {
    let sample = try MappedSample("output_dir: out\nper_device_train_batch_size: 4\noptim: grokadamw\n")
    #expect(sample.fact("training.optimizer.name") == nil)
    #expect(sample.findings == [])
  }

  // MARK: - TRL

  @Test(
    arguments: [
      ("packing: true", "2e-05, default"), ("beta: 0.1", "1e-06, default"), ("num_generations: 8", "1e-06, default"),
      ("center_rewards_coefficient: 0.01", "0.0001, default"), ("use_peft: false", nil),
    ] as [(String, String?)]
  )
  func `trainers of TRL have learning rates of their own`(mark: String, rate: String?) throws {
    let sample = try MappedSample(
      "model_name_or_path: a/model\ndataset_name: a/data\noutput_dir: out\nper_device_train_batch_size: 2\n\(mark)\n"
    )
    #expect(sample.dialect == "trl")
    #expect(sample.fact("training.optimizer.learning_rate") == rate)
    #expect(sample.findings == [])
  }

  @Test func `low-rank adapters at 0.0002 are healthy`() throws {
    let sample = try MappedSample(
      """
      model_name_or_path: a/model
      dataset_name: a/data
      use_peft: true
      lora_r: 16
      lora_dropout: 0.05
      learning_rate: 2.0e-4
      num_train_epochs: 1
      per_device_train_batch_size: 4
      """
    )
    #expect(sample.fact("layers[2].rate") == "0.05, stated")
    #expect(sample.findings == [])
  }

  @Test func `adapters' settings have no effect without adapters`() throws {
    let sample = try MappedSample(
      "model_name_or_path: a/model\ndataset_name: a/data\nlora_r: 64\nper_device_train_batch_size: 4\n"
    )
    #expect(sample.findings == ["warning files/ignored-key at lora_r"])
  }

  @Test func `a number that PyYAML reads as text is a number to argparse`() throws {
    let sample = try MappedSample("model_name_or_path: a/model\ndataset_name: a/data\nlearning_rate: 2e-5\nbeta: 0.1\n")
    #expect(sample.fact("training.optimizer.learning_rate") == "2e-05, stated")
    #expect(sample.findings == [])
  }
}
