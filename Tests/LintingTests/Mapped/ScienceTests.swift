import Testing

/// DeePMD-kit, pytorch-3dunet and GraphGym.
struct ScienceTests {
  // MARK: - DeePMD-kit

  private static let water = """
    {
      "_comment": "that is a comment",
      "model": {
        "type_map": ["O", "H"],
        "descriptor": {"type": "se_e2_a", "sel": [46, 92], "rcut": 6.0, "neuron": [25, 50, 100], "_comment": "that's all"},
        "fitting_net": {"neuron": [240, 240, 240, 240, 240, 240, 240, 240, 240, 240]}
      },
      "learning_rate": {"type": "exp", "decay_steps": 5000, "start_lr": 0.001, "stop_lr": 3.51e-8},
      "loss": {"type": "ener"},
      "training": {"training_data": {"systems": ["../data"], "batch_size": "auto"}, "numb_steps": 1000000}
    }
    """

  @Test func `DeePMD's tanh, skip connections that the file does not tell and comments are no findings`() throws {
    let sample = try MappedSample(Self.water, name: "input.json")
    #expect(sample.dialect == "deepmd")
    #expect(sample.layers() == ["backbone descriptor", "backbone fitting_net"])
    #expect(sample.fact("layers[3].activation") == "tanh, default")
    #expect(sample.fact("training.optimizer.learning_rate") == "0.001, stated")
    #expect(sample.fact("training.optimizer.name") == "adam, default")
    #expect(sample.fact("training.steps") == "1000000, stated")
    #expect(sample.fact("training.batch_size") == nil)
    #expect(sample.fact("training.clip.kind") == "off, default")
    #expect(sample.findings == [])
  }

  @Test func `the flat inputs of version 0 state the same`() throws {
    let sample = try MappedSample(
      """
      {"use_smooth": true, "sel_a": [46, 92], "rcut": 6.0, "filter_neuron": [25, 50, 100], "fitting_neuron": [240, 240],
       "systems": ["../data"], "stop_batch": 1000000, "batch_size": 4, "start_lr": 0.005, "decay_steps": 20000}
      """,
      name: "water.json"
    )
    #expect(sample.dialect == "deepmd")
    #expect(sample.fact("training.optimizer.learning_rate") == "0.005, stated")
    #expect(sample.fact("training.steps") == "1000000, stated")
    #expect(sample.fact("training.batch_size") == "4, stated")
    #expect(sample.findings == [])
  }

  // MARK: - pytorch-3dunet

  private static func unet(order: String = "gcr", loss: String = "BCEWithLogitsLoss", sigmoid: Bool = true) -> String {
    """
    model: {name: UNet3D, in_channels: 1, out_channels: 2, layer_order: \(order), f_maps: 32, final_sigmoid: \(sigmoid), dropout_prob: 0.9}
    loss: {name: \(loss)}
    optimizer: {learning_rate: 0.0002, weight_decay: 0.00001}
    trainer: {checkpoint_dir: out, max_num_epochs: 1000, max_num_iterations: 150000}
    loaders:
      train:
        transformer:
          raw: [{name: Standardize}, {name: RandomFlip}, {name: ToTensor}]
    """
  }

  @Test func `a sigmoid that meets predictions only is none under a loss with its own`() throws {
    let sample = try MappedSample(Self.unet())
    #expect(sample.dialect == "pytorch_3dunet")
    #expect(sample.fact("outputs[1].activation") == "linear, inferred")
    #expect(sample.fact("outputs[1].loss") == "binary_crossentropy, stated")
    #expect(sample.fact("outputs[1].from_logits") == "true, inferred")
    #expect(sample.fact("training.optimizer.name") == "adam, default")
    #expect(sample.fact("training.batch_size") == "1, default")
    #expect(sample.fact("inputs[1].normalization") == "zscore, inferred")
    #expect(sample.findings == [])
  }

  @Test func `dropout is there only where the order of layers has it`() throws {
    #expect(try MappedSample(Self.unet()).layers() == ["backbone unet", "conv3d final_conv"])
    let dropped = try MappedSample(Self.unet(order: "cgrd"))
    #expect(dropped.layers() == ["backbone unet", "dropout dropout", "conv3d final_conv"])
    #expect(dropped.findings == ["warning dropout/keep-as-drop at 0.9"])
    #expect(try MappedSample(Self.unet(order: "cgrD")).layers()[1] == "spatial_dropout dropout")
  }

  @Test func `normalization of a Dice loss is its activation and not one of the data`() throws {
    let softmax = try MappedSample(Self.unet(loss: "DiceLoss, normalization: softmax"))
    #expect(softmax.findings == [])
    let raw = try MappedSample(Self.unet(loss: "DiceLoss, normalization: none"))
    #expect(raw.fact("outputs[1].loss") == "dice, inferred")
    #expect(raw.fact("inputs[1].normalization") == "zscore, inferred")
  }

  @Test func `predictions through a sigmoid do not fit a network that a softmax trained`() throws {
    #expect(try MappedSample(Self.unet(loss: "CrossEntropyLoss")).findings == ["warning files/contradiction at true"])
    #expect(try MappedSample(Self.unet(loss: "CrossEntropyLoss", sigmoid: false)).findings == [])
  }

  @Test func `a config that only predicts has no training defaults`() throws {
    let sample = try MappedSample(
      """
      model_path: best.pytorch
      model: {name: ResidualUNet3D, in_channels: 1, out_channels: 1, layer_order: gcr, f_maps: 32}
      predictor: {name: StandardPredictor}
      loaders: {batch_size: 1, test: {file_paths: [test]}}
      """
    )
    #expect(sample.dialect == "pytorch_3dunet")
    #expect(sample.fact("training.optimizer.learning_rate") == nil)
    #expect(sample.fact("training.clip.kind") == nil)
    #expect(sample.findings == [])
  }

  // MARK: - GraphGym

  private static func graph(_ gnn: String, optim: String = "optimizer: adam") -> String {
    """
    dataset: {format: PyG, name: Cora, task: node, task_type: classification, split: [0.0, 0.0, 0.0]}
    train: {batch_size: 128}
    gnn: {layers_pre_mp: 1, layers_post_mp: 1, dim_inner: 64, \(gnn)}
    optim: {\(optim)}
    """
  }

  @Test(arguments: ["stack", "skipsum", "skipconcat"])
  func `deep message passing is code with skip connections and normalisation of its own`(stage: String) throws {
    let sample = try MappedSample(Self.graph("layers_mp: 24, stage_type: \(stage), act: prelu"))
    #expect(sample.dialect == "graphgym")
    #expect(sample.layers() == ["backbone gnn", "dense head"])
    #expect(sample.fact("training.optimizer.learning_rate") == "0.01, default")
    #expect(sample.fact("training.optimizer.weight_decay") == "0.0005, default")
    #expect(sample.fact("training.epochs") == "200, default")
    #expect(sample.fact("training.schedule.name") == "cosine, default")
    #expect(sample.findings == [])
  }

  @Test func `keep_edge is a share that is kept, and no dropout`() throws {
    let sample = try MappedSample(Self.graph("layers_mp: 2, keep_edge: 0.9, dropout: 0.1"))
    #expect(sample.layers() == ["backbone gnn", "dropout dropout", "dense head"])
    #expect(sample.fact("layers[3].rate") == "0.1, stated")
    #expect(sample.findings == [])
  }

  @Test func `a batch counts graphs, and a node task has one`() throws {
    #expect(try MappedSample(Self.graph("layers_mp: 2")).fact("training.batch_size") == nil)
  }

  @Test func `momentum has no effect on Adam`() throws {
    let sample = try MappedSample(Self.graph("layers_mp: 2", optim: "optimizer: adam, momentum: 0.5"))
    #expect(sample.findings == ["warning files/ignored-key at momentum"])
  }
}
