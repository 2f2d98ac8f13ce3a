import Testing

/// rl_games, as Isaac Gym and Isaac Lab use it.
struct RLGamesTests {
  /// A file like those of Isaac Gym, with what is to stand in `config` and in `network`.
  private static func isaac(_ config: String, network: String = "separate: False", activation: String = "elu") -> String
  {
    """
    params:
      algo: {name: a2c_continuous}
      model: {name: continuous_a2c_logstd}
      network:
        name: actor_critic
        \(network)
        space: {continuous: {mu_activation: None, sigma_activation: None, fixed_sigma: True}}
        mlp:
          units: [256, 128, 64]
          activation: \(activation)
          initializer: {name: default}
      config:
        name: ${resolve_default:Ant,${....experiment}}
        normalize_input: True
        num_actors: ${....task.env.numEnvs}
        learning_rate: 3e-4
        lr_schedule: adaptive
        kl_threshold: 0.008
        horizon_length: 16
        minibatch_size: 32768
        mini_epochs: 4
        max_epochs: ${resolve_default:500,${....max_iterations}}
        \(config)
    """
  }

  @Test func `reads network and training`() throws {
    let sample = try MappedSample(Self.isaac("grad_norm: 1.0\n    truncate_grads: True"))
    #expect(sample.dialect == "rl_games")
    #expect(sample.layers() == ["dense mlp_1", "dense mlp_2", "dense mlp_3", "dense action"])
    #expect(sample.fact("layers[3].units") == "128, stated")
    #expect(sample.fact("layers[3].activation") == "elu, stated")
    #expect(sample.fact("layers[3].kernel_initializer.name") == nil)
    #expect(sample.fact("layers[5].activation") == "linear, stated")
    #expect(sample.fact("inputs[1].normalization") == "zscore, stated")
    #expect(sample.fact("training.batch_size") == "32768, stated")
    #expect(sample.fact("training.optimizer.learning_rate") == "0.0003, stated")
    #expect(sample.fact("training.clip.kind") == "global_norm, stated")
    #expect(sample.fact("training.clip.threshold") == "1.0, stated")
  }

  @Test func `resolvers of OmegaConf are unknown, and a batch of thousands is right for rewards`() throws {
    let sample = try MappedSample(Self.isaac("grad_norm: 1.0\n    truncate_grads: True"))
    #expect(sample.findings == [])
  }

  @Test func `tanh in hidden layers is customary in reinforcement learning`() throws {
    let text = Self.isaac("grad_norm: 1.0\n    truncate_grads: True", activation: "tanh")
    #expect(try MappedSample(text).findings == [])
  }

  @Test(arguments: ["truncate_grads: False", "e_clip: 0.2"])
  func `a clipping norm without truncate_grads has no effect`(switch text: String) throws {
    let sample = try MappedSample(Self.isaac("grad_norm: 1.0\n    \(text)"))
    #expect(sample.findings == ["warning clipping/ignored-by-framework at grad_norm"])
    #expect(sample.fact("training.clip.kind") == "off, inferred")
    #expect(sample.fact("training.clip.threshold") == nil)
  }

  @Test func `normalization is layers of the network and not of the data, and a plain mlp gets none`() throws {
    let config = "grad_norm: 1.0\n    truncate_grads: True"
    let plain = try MappedSample(Self.isaac(config, network: "normalization: layer_norm"))
    #expect(plain.findings == ["warning files/ignored-key at layer_norm"])
    #expect(plain.fact("inputs[1].normalization") == "zscore, stated")
    let images = Self.isaac(config, network: "normalization: batch_norm\n    cnn: {type: conv2d, convs: []}")
    #expect(try MappedSample(images).findings == [])
  }

  @Test func `a Hydra config that takes the rest from another has no defaults`() throws {
    let sample = try MappedSample(
      """
      defaults: [AllegroLSTMPPO, _self_]
      params:
        network: {mlp: {units: [768, 512], activation: elu}}
        config: {minibatch_size: 32768, mini_epochs: 2, grad_norm: 1.0}
      """
    )
    #expect(sample.dialect == "rl_games")
    #expect(sample.fact("training.clip.kind") == nil)
    #expect(sample.findings == [])
  }

  @Test func `the soft actor-critic has keys of its own`() throws {
    let sample = try MappedSample(
      """
      params:
        algo: {name: sac}
        model: {name: soft_actor_critic}
        network: {name: soft_actor_critic, mlp: {units: [512, 256], activation: relu, initializer: {name: default}}}
        config: {actor_lr: 0.0005, critic_lr: 0.001, batch_size: 4096}
      """
    )
    #expect(sample.fact("training.optimizer.learning_rate") == "0.0005, stated")
    #expect(sample.fact("training.batch_size") == "4096, stated")
    #expect(sample.fact("inputs[1].normalization") == "none, default")
    #expect(sample.fact("training.clip.kind") == nil)
    #expect(sample.findings == [])
  }
}
