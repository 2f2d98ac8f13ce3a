import Testing

struct SpacyTests {
  private static func config(_ optimizer: String, training: String = "") -> String {
    """
    [paths]
    train = null

    [system]
    seed = 0

    [nlp]
    lang = "en"
    pipeline = ["textcat"]

    [training]
    seed = ${system.seed}
    \(training)

    [training.optimizer]
    \(optimizer)

    """
  }

  @Test func `gradients are clipped at 1 and weights decay without keys that say so`() throws {
    let sample = try MappedSample(Self.config("@optimizers = \"Adam.v1\""), name: "config.cfg")
    #expect(sample.dialect == "spacy")
    #expect(sample.fact("training.clip.threshold") == "1.0, default")
    #expect(sample.fact("training.clip.kind") == "norm, default")
    #expect(sample.fact("training.optimizer.weight_decay") == "0.01, default")
    #expect(sample.fact("training.optimizer.decoupled") == "true, default")
    #expect(sample.fact("training.optimizer.learning_rate") == "0.001, default")
    #expect(sample.fact("training.steps") == "20000, default")
    #expect(sample.fact("layers[2].rate") == "0.1, default")
    #expect(sample.findings == [])
  }

  @Test func `a schedule stands in a section of its own`() throws {
    let sample = try MappedSample(
      Self.config(
        """
        @optimizers = "Adam.v1"

        [training.optimizer.learn_rate]
        @schedules = "warmup_linear.v1"
        warmup_steps = 250
        total_steps = 20000
        initial_rate = 5e-5
        """
      ),
      name: "config.cfg"
    )
    #expect(sample.fact("training.optimizer.learning_rate") == "5e-05, stated")
    #expect(sample.fact("training.schedule.name") == "linear, stated")
    #expect(sample.fact("training.schedule.warmup_steps") == "250, stated")
    #expect(sample.findings == [])
  }

  @Test func `patience counts steps, not evaluations`() throws {
    let sample = try MappedSample(
      Self.config("@optimizers = \"Adam.v1\"", training: "patience = 160000\nmax_epochs = 10\nmax_steps = 0"),
      name: "config.cfg"
    )
    #expect(sample.fact("training.early_stopping") == nil)
    #expect(sample.fact("training.epochs") == "10, stated")
    #expect(sample.fact("training.steps") == nil)
    #expect(sample.findings == [])
  }

  @Test func `another optimizer has thinc's defaults`() throws {
    let sample = try MappedSample(Self.config("@optimizers = \"RAdam.v1\""), name: "config.cfg")
    #expect(sample.fact("training.optimizer.weight_decay") == "0.0, default")
  }

  @Test func `a transformer starts from weights of an earlier training`() throws {
    let sample = try MappedSample(
      Self.config(
        "@optimizers = \"Adam.v1\"\nlearn_rate = 0.01\n\n[components.transformer.model]\nname = \"roberta-base\""
      ),
      name: "config.cfg"
    )
    #expect(sample.fact("experiment.fine_tuned") == "true, inferred")
    #expect(sample.findings == ["warning learning-rate/too-high-for-fine-tuning at 0.01"])
  }

  @Test func `an INI file of another kind is none`() throws {
    #expect(try MappedSample("[metadata]\nname = x\n[training]\nx = 1\n", name: "setup.cfg").dialects == [])
  }
}
