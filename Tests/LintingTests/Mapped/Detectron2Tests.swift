import Testing

/// Detectron2.
struct Detectron2Tests {
  private static let base = """
    MODEL:
      META_ARCHITECTURE: GeneralizedRCNN
    SOLVER: {IMS_PER_BATCH: 8, BASE_LR: 0.02, MAX_ITER: 90000, STEPS: (60000, 80000)}
    VERSION: 2
    """

  private static func config(_ solver: String, base: String = "Base-RCNN.yaml") -> String {
    """
    _BASE_: \(base)
    MODEL: {WEIGHTS: "detectron2://ImageNetPretrained/MSRA/R-50.pkl", MASK_ON: True}
    SOLVER: {\(solver)}
    """
  }

  private static func sample(_ solver: String) throws -> MappedSample {
    try MappedSample(config(solver), files: ["Base-RCNN.yaml": base])
  }

  @Test func `what a config leaves out its base says, and Detectron2 the rest`() throws {
    let sample = try Self.sample("STEPS: (210000, 250000), MAX_ITER: 270000")
    #expect(sample.dialects == ["detectron2"])
    #expect(sample.fact("training.steps") == "270000, stated")
    #expect(sample.fact("training.optimizer.learning_rate") == "0.02, stated")
    #expect(sample.fact("training.batch_size") == "8, stated")
    #expect(sample.fact("training.optimizer.momentum") == "0.9, default")
    #expect(sample.fact("training.schedule.warmup_steps") == "1000, default")
    #expect(sample.findings == [])
  }

  @Test func `pixels with a deviation of 1 are what the weights of Detectron1 want`() throws {
    let text = "MODEL: {META_ARCHITECTURE: RetinaNet, PIXEL_STD: [1.0, 1.0, 1.0], WEIGHTS: a.pkl}"
    let sample = try MappedSample(text)
    #expect(sample.dialect == "detectron2")
    #expect(sample.findings == [])
  }

  @Test func `gradients are not clipped until it is switched on`() throws {
    #expect(try Self.sample("MAX_ITER: 270000").fact("training.clip.kind") == "off, default")
    let idle = try Self.sample("CLIP_GRADIENTS: {CLIP_VALUE: 0.5}")
    #expect(idle.fact("training.clip.threshold") == nil)
    #expect(idle.findings == ["warning clipping/ignored-by-framework at CLIP_VALUE"])
    let on = try Self.sample("CLIP_GRADIENTS: {ENABLED: True, CLIP_TYPE: norm}")
    #expect(on.fact("training.clip.kind") == "norm, stated")
    #expect(on.fact("training.clip.threshold") == "1.0, default")
    #expect(on.findings == [])
  }

  @Test func `behind a base that cannot be read nothing is a default`() throws {
    let sample = try MappedSample(Self.config("MAX_ITER: 40", base: "detectron2://base.yaml"))
    #expect(sample.dialect == "detectron2")
    #expect(sample.fact("training.optimizer.learning_rate") == nil)
    #expect(sample.fact("training.schedule.warmup_steps") == nil)
    #expect(sample.findings == [])
  }

  @Test func `tags that would run Python are not run`() throws {
    let sample = try MappedSample(
      """
      MODEL: {META_ARCHITECTURE: PanopticFPN}
      SOLVER: {MAX_ITER: 1000, BASE_LR: !!python/object/apply:eval ["1 / 0"]}
      """
    )
    #expect(sample.dialect == "detectron2")
    #expect(sample.fact("training.steps") == "1000, stated")
    #expect(sample.fact("training.batch_size") == "16, default")
  }

  @Test(arguments: [
    "MODEL: {META_ARCHITECTURE: GeneralizedRCNN, WEIGHT: catalog://R-50}",
    "_BASE_: Base-bagtricks.yml\nMODEL: {META_ARCHITECTURE: Baseline, HEADS: {NUM_CLASSES: 751}}\nSOLVER: {OPT: Adam}",
    "TRAIN: {ENABLE: True}\nDATA: {NUM_FRAMES: 8}\nMODEL: {WEIGHTS: '', RESNETS: {DEPTH: 50}}",
  ])
  func `configs of the same form, with other defaults, are not taken for Detectron2's`(text: String) throws {
    #expect(try MappedSample(text).dialects == [])
  }
}
