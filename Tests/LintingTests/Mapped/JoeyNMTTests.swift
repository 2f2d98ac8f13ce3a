import Testing

/// JoeyNMT.
struct JoeyNMTTests {
  /// A config of a Transformer with what is to stand in `training`.
  private static func transformer(_ training: String, version: String = "2.3.0") -> String {
    """
    name: experiment
    joeynmt_version: \(version)
    data: {train: data/train, dev: data/dev, src: {lang: de}, trg: {lang: en}}
    testing: {beam_size: 5}
    training: {\(training)}
    model:
      initializer: xavier_uniform
      encoder: {type: transformer, num_layers: 6, num_heads: 8, hidden_size: 512, embeddings: {embedding_dim: 512}}
      decoder: {type: transformer, num_layers: 6, num_heads: 8, hidden_size: 512, embeddings: {embedding_dim: 512}}
    """
  }

  @Test func `Noam's factor of 2 is no learning rate`() throws {
    let sample = try MappedSample(
      Self.transformer("scheduling: noam, learning_rate_factor: 2, learning_rate_warmup: 4000, batch_size: 32")
    )
    #expect(sample.dialect == "joeynmt")
    #expect(sample.fact("training.schedule.name") == "noam, stated")
    #expect(sample.fact("training.optimizer.learning_rate") == nil)
    #expect(sample.findings == [])
  }

  @Test func `a learning rate under Noam has no effect`() throws {
    let sample = try MappedSample(Self.transformer("scheduling: noam, learning_rate: 0.5, batch_size: 32"))
    #expect(sample.findings == ["warning learning-rate/ignored-by-framework at 0.5"])
  }

  @Test func `normalization is of the loss and not of the data`() throws {
    let sample = try MappedSample(Self.transformer("normalization: tokens, batch_size: 32"))
    #expect(sample.fact("inputs[1].normalization") == nil)
    #expect(sample.findings == [])
  }

  @Test func `a batch of tokens is none of sentences`() throws {
    let tokens = try MappedSample(Self.transformer("batch_size: 8192, batch_type: token, learning_rate: 0.0002"))
    #expect(tokens.fact("training.batch_size") == nil)
    let sentences = try MappedSample(Self.transformer("batch_size: 32, batch_multiplier: 4, learning_rate: 0.0002"))
    #expect(sentences.fact("training.batch_size") == "128, inferred")
  }

  @Test(
    arguments: [
      ("2.3.0", "0.005, default", "adam, default"), ("2.0.0", "0.0003, default", "sgd, default"),
    ]
  )
  func `defaults are those of the version that the file says`(version: String, rate: String, optimizer: String) throws {
    let sample = try MappedSample(Self.transformer("batch_size: 32", version: version))
    #expect(sample.fact("training.optimizer.learning_rate") == rate)
    #expect(sample.fact("training.optimizer.name") == optimizer)
  }

  @Test func `no clipping key means no clipping, and two stop JoeyNMT`() throws {
    #expect(try MappedSample(Self.transformer("batch_size: 32")).fact("training.clip.kind") == "off, default")
    let both = try MappedSample(Self.transformer("batch_size: 32, clip_grad_norm: 1.0, clip_grad_val: 1.0"))
    #expect(both.findings == ["error files/invalid-value at 1.0"])
  }

  @Test func `dropout between the layers of a recurrent encoder with one layer has no effect`() throws {
    func config(_ layers: Int) -> String {
      """
      data: {train: data/train, src: {lang: de}, trg: {lang: en}}
      training: {batch_size: 32, learning_rate: 0.001}
      model:
        encoder: {type: recurrent, num_layers: \(layers), hidden_size: 64, dropout: 0.2, embeddings: {embedding_dim: 64, dropout: 0.1}}
        decoder: {type: recurrent, num_layers: 1, hidden_size: 64, embeddings: {embedding_dim: 64}}
      """
    }
    #expect(try MappedSample(config(1)).findings == ["warning files/ignored-key at 0.2"])
    #expect(try MappedSample(config(2)).findings == [])
  }

  @Test func `PyYAML takes 1e-3 for text`() throws {
    let sample = try MappedSample(Self.transformer("batch_size: 32, learning_rate: 1e-3"))
    #expect(sample.findings == ["warning files/ambiguous-number at 1e-3"])
  }
}
