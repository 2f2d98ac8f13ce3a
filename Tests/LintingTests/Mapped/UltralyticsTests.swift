import Testing

struct UltralyticsTests {
  private static func arguments(_ keys: String) -> String {
    """
    task: detect
    mode: train
    model: yolo11n.pt
    data: coco8.yaml
    imgsz: 640
    \(keys)

    """
  }

  @Test func `a learning rate beside an optimizer that is chosen has no effect`() throws {
    let sample = try MappedSample(Self.arguments("epochs: 50\noptimizer: auto\nlr0: 0.003"), name: "args.yaml")
    #expect(sample.dialect == "ultralytics")
    #expect(sample.findings == ["warning learning-rate/ignored-by-framework at lr0"])
    #expect(sample.messages.first?.contains("optimizer: auto") == true)
    #expect(sample.fact("training.optimizer.learning_rate") == nil)
  }

  @Test func `of a dump with all defaults nobody is blamed`() throws {
    let sample = try MappedSample(
      Self.arguments(
        "epochs: 50\nbatch: 16\nnbs: 64\noptimizer: auto\nlr0: 0.01\nlrf: 0.01\nmomentum: 0.937\ndropout: 0.0\npatience: 100"
      ),
      name: "args.yaml"
    )
    #expect(sample.findings.allSatisfy { $0.hasPrefix("hint ") })
    #expect(sample.fact("training.optimizer.learning_rate") == nil)
  }

  @Test func `a named optimizer takes rate and momentum`() throws {
    let sgd = try MappedSample(Self.arguments("optimizer: SGD\nlr0: 0.01\nmomentum: 0.9"), name: "args.yaml")
    #expect(sgd.fact("training.optimizer.learning_rate") == "0.01, stated")
    #expect(sgd.fact("training.optimizer.momentum") == "0.9, stated")
    #expect(sgd.fact("training.optimizer.beta_1") == nil)
    #expect(sgd.findings == [])
    let adam = try MappedSample(Self.arguments("optimizer: AdamW\nlr0: 0.001"), name: "args.yaml")
    #expect(adam.fact("training.optimizer.beta_1") == "0.937, default")
    #expect(adam.findings == [])
  }

  @Test func `gradients are always clipped, at 10`() throws {
    let sample = try MappedSample(Self.arguments("optimizer: SGD"), name: "args.yaml")
    #expect(sample.fact("training.clip.threshold") == "10.0, default")
    #expect(sample.fact("training.clip.kind") == "global_norm, default")
  }

  @Test(arguments: [(1, "64, stated"), (4, "64, stated"), (128, "128, stated")])
  func `small batches add up to the nominal one`(batch: Int, step: String) throws {
    let sample = try MappedSample(Self.arguments("batch: \(batch)\nnbs: 64"), name: "args.yaml")
    #expect(sample.fact("training.micro_batch_size") == "\(batch), stated")
    #expect(sample.fact("training.batch_size") == step)
  }

  @Test func `a batch of -1 is measured when it runs`() throws {
    let sample = try MappedSample(Self.arguments("batch: -1"), name: "args.yaml")
    #expect(sample.fact("training.micro_batch_size") == nil)
    #expect(sample.fact("training.batch_size") == nil)
    #expect(sample.findings == [])
  }

  @Test func `dropout is for classification only`() throws {
    let sample = try MappedSample(Self.arguments("dropout: 0.2"), name: "args.yaml")
    #expect(sample.findings == ["warning files/ignored-key at dropout"])
  }

  @Test func `pixels are always scaled`() throws {
    #expect(
      try MappedSample(Self.arguments("epochs: 3"), name: "args.yaml").fact("inputs[1].normalization")
        == "rescaled, default"
    )
  }

  @Test func `PyYAML reads scientific notation without a point as text, and Ultralytics stops`() throws {
    let sample = try MappedSample(Self.arguments("optimizer: SGD\nlr0: 1e-2"), name: "args.yaml")
    #expect(sample.findings == ["warning files/ambiguous-number at 1e-2"])
  }
}
