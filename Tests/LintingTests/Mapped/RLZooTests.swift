import Testing

/// RL Baselines3 Zoo.
struct RLZooTests {
  private static let text = """
    default: &defaults
      n_timesteps: !!float 1e6
      policy: 'MlpPolicy'
    Walker-v1:
      <<: *defaults
      normalize: "dict(norm_obs=True, norm_reward=False)"
      learning_rate: lin_2.5e-4
      policy_kwargs: "dict(net_arch=dict(pi=[64, 32], vf=[64, 64]), activation_fn=nn.ReLU, ortho_init=False)"
    Pong-v4:
      policy: CnnPolicy
      n_timesteps: 10000000
      normalize: true
      batch_size: 256
      policy_kwargs: "dict(net_arch=[256], optimizer_class=RMSpropTFLike, optimizer_kwargs=dict(eps=1e-5))"
    """

  @Test func `each environment is an experiment, with the defaults of the algorithm that the file's name tells`() throws
  {
    let sample = try MappedSample(Self.text, name: "ppo.yml")
    #expect(sample.dialects == ["rl_zoo", "rl_zoo", "rl_zoo"])
    #expect(sample.fact("experiment.name", of: 1) == "Walker-v1, stated")
    #expect(sample.fact("training.batch_size", of: 1) == "64, default")
    #expect(sample.fact("training.optimizer.name", of: 1) == "adam, default")
    #expect(sample.fact("layers[3].units") == "64, default")
    #expect(sample.fact("layers[3].activation") == "tanh, default")
    #expect(sample.findings == [])
  }

  @Test func `no clipping key means clipping at 0.5 in PPO, 10 in DQN and none in SAC`() throws {
    #expect(try MappedSample(Self.text, name: "ppo.yml").fact("training.clip.threshold") == "0.5, default")
    #expect(try MappedSample(Self.text, name: "dqn.yml").fact("training.clip.threshold") == "10, default")
    #expect(try MappedSample(Self.text, name: "sac.yml").fact("training.clip.kind") == "off, default")
  }

  @Test func `a file of another name has no defaults`() throws {
    let sample = try MappedSample(Self.text, name: "mine.yml")
    #expect(sample.dialect == "rl_zoo")
    #expect(sample.fact("training.batch_size", of: 1) == nil)
    #expect(sample.fact("training.clip.kind", of: 1) == nil)
    #expect(sample.fact("training.optimizer.name", of: 1) == nil)
    #expect(sample.findings == [])
  }

  @Test func `Python in strings is read`() throws {
    let sample = try MappedSample(Self.text, name: "ppo.yml")
    #expect(sample.layers(of: 1) == ["backbone features", "dense hidden_1", "dense hidden_2", "dense action"])
    #expect(sample.fact("layers[4].units", of: 1) == "32, stated")
    #expect(sample.fact("layers[4].activation", of: 1) == "relu, stated")
    #expect(sample.fact("layers[3].units", of: 2) == "256, stated")
    #expect(sample.fact("training.optimizer.name", of: 2) == "rmsprop, stated")
    #expect(sample.fact("training.optimizer.epsilon", of: 2) == "1e-05, stated")
  }

  @Test func `normalize is a truth value or Python, and absent it is off`() throws {
    let sample = try MappedSample(Self.text, name: "ppo.yml")
    #expect(sample.fact("inputs[1].normalization") == "none, default")
    #expect(sample.fact("inputs[1].normalization", of: 1) == "zscore, stated")
    #expect(sample.fact("inputs[1].normalization", of: 2) == "zscore, stated")
  }

  @Test func `lin_ before a learning rate makes it fall to 0`() throws {
    let sample = try MappedSample(Self.text, name: "ppo.yml")
    #expect(sample.fact("training.optimizer.learning_rate", of: 1) == "0.00025, stated")
    #expect(sample.fact("training.schedule.name", of: 1) == "linear, stated")
  }

  @Test func `CrossQ normalises between its layers, so they are not known`() throws {
    let sample = try MappedSample(
      """
      Ant-v4:
        n_timesteps: 5000000
        policy: 'MlpPolicy'
        policy_kwargs: "dict(net_arch=dict(pi=[256, 256], qf=[2048, 2048]))"
      """,
      name: "crossq.yml"
    )
    #expect(sample.layers() == ["backbone features", "backbone hidden", "dense action"])
  }

  @Test func `a rate in scientific notation without a point is text to PyYAML`() throws {
    let sample = try MappedSample("Cart-v1: {n_timesteps: 100000, policy: MlpPolicy, learning_rate: 1e-4}")
    #expect(sample.findings == ["warning files/ambiguous-number at 1e-4"])
  }
}
