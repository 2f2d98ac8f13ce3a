import Testing

/// Unity ML-Agents.
struct MLAgentsTests {
  private static let nested = """
    default_settings:
      trainer_type: ppo
      network_settings: {num_layers: 3}
    behaviors:
      Crawler:
        trainer_type: ppo
        hyperparameters: {batch_size: 2048, buffer_size: 20480}
        network_settings: {normalize: true, hidden_units: 512}
      Guard: {trainer_type: sac, max_steps: 1000000}
    """

  @Test func `each behaviour is an experiment with the defaults of its trainer`() throws {
    let sample = try MappedSample(Self.nested)
    #expect(sample.dialects == ["ml_agents", "ml_agents"])
    #expect(sample.fact("experiment.name") == "Crawler, stated")
    #expect(sample.fact("training.batch_size") == "2048, stated")
    #expect(sample.fact("training.optimizer.learning_rate") == "0.0003, default")
    #expect(sample.fact("training.schedule.name") == "linear, default")
    #expect(sample.fact("training.batch_size", of: 1) == "128, default")
    #expect(sample.fact("training.schedule.name", of: 1) == "constant, default")
    #expect(sample.fact("inputs[1].normalization", of: 1) == "none, default")
    #expect(sample.findings == [])
  }

  @Test func `default_settings hold for every behaviour`() throws {
    let sample = try MappedSample(Self.nested)
    #expect(sample.layers() == ["dense hidden_1", "dense hidden_2", "dense hidden_3", "dense action"])
    #expect(sample.fact("layers[2].units") == "512, stated")
    #expect(sample.fact("layers[2].activation") == "silu, default")
    #expect(sample.layers(of: 1) == sample.layers())
    #expect(sample.fact("layers[2].units", of: 1) == "128, default")
  }

  @Test func `no clipping key means no clipping, as no trainer clips`() throws {
    #expect(try MappedSample(Self.nested).fact("training.clip.kind") == "off, default")
  }

  @Test func `a flat file takes what is left out from its default brain, and has no other defaults`() throws {
    let sample = try MappedSample(
      """
      default:
        trainer: ppo
        batch_size: 1024
        buffer_size: 10240
        hidden_units: 128
        num_layers: 2
        time_horizon: 64
        use_recurrent: false
        normalize: true
      Ball3D:
        batch_size: 64
      """
    )
    #expect(sample.dialects == ["ml_agents"])
    #expect(sample.fact("experiment.name") == "Ball3D, stated")
    #expect(sample.fact("training.batch_size") == "64, stated")
    #expect(sample.fact("inputs[1].normalization") == "zscore, stated")
    #expect(sample.fact("training.optimizer.learning_rate") == nil)
    #expect(sample.layers() == ["dense hidden_1", "dense hidden_2", "dense action"])
    #expect(sample.findings == [])
  }

  @Test func `flat behaviours may stand under behaviors`() throws {
    let sample = try MappedSample(
      """
      behaviors:
        Hallway:
          trainer: ppo
          batch_size: 128
          buffer_size: 1024
          hidden_units: 128
          num_layers: 2
          normalize: true
          sequence_length: 64
          use_recurrent: true
      """
    )
    #expect(sample.dialects == ["ml_agents"])
    #expect(sample.layers() == ["dense hidden_1", "dense hidden_2", "lstm memory", "dense action"])
    #expect(sample.findings == [])
  }

  @Test func `a linear head behind rewards is right`() throws {
    let sample = try MappedSample(Self.nested)
    #expect(sample.fact("outputs[1].task") == "reinforcement, inferred")
    #expect(sample.fact("outputs[1].activation") == "linear, inferred")
  }

  @Test func `observations that are switched off to be normalised are told`() throws {
    let sample = try MappedSample("behaviors: {Walker: {trainer_type: ppo, network_settings: {normalize: false}}}")
    #expect(sample.findings == ["hint normalization/raw-observations at false"])
  }

  @Test func `a buffer below one batch trains nothing`() throws {
    let sample = try MappedSample(
      """
      behaviors:
        Roller:
          trainer_type: ppo
          hyperparameters: {batch_size: 100, buffer_size: 10}
      """
    )
    #expect(sample.findings == ["warning files/contradiction at 10"])
  }

  @Test func `a buffer of exactly one batch is enough`() throws {
    let sample = try MappedSample(
      "behaviors: {Roller: {trainer_type: ppo, hyperparameters: {batch_size: 10, buffer_size: 10}}}"
    )
    #expect(sample.findings == [])
  }

  @Test(arguments: ["memory: {sequence_length: 64}", "memory: {memory_size: 128}"])
  func `a sequence longer than a batch stops ML-Agents, the default's length too`(memory: String) throws {
    let sample = try MappedSample(
      """
      behaviors:
        Hallway:
          trainer_type: ppo
          hyperparameters: {batch_size: 32, buffer_size: 1024}
          network_settings: {normalize: true, \(memory)}
      """
    )
    #expect(sample.findings.count == 1)
    #expect(sample.findings.first?.hasPrefix("error batch-size/shorter-than-sequence at ") == true)
  }

  @Test func `hyperparameters without a trainer stop it, and misspelled network settings are found`() throws {
    let sample = try MappedSample(
      "behaviors: {A: {hyperparameters: {batch_size: 32}, network_settings: {hidden_unit: 12}}}"
    )
    #expect(
      sample.findings.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }.sorted() == [
        "error files/missing-key", "warning files/unknown-key",
      ]
    )
  }
}
