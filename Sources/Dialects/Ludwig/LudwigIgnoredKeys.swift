import ConfigSyntax
import Experiment

/// Notes keys that Ludwig knows and that have no effect where they stand, because another key turns off what they set.
///
/// Read in Ludwig 0.10.4: `get_total_steps` in `utils/trainer_utils.py`, `LRScheduler` in `modules/lr_scheduler.py`, `FCStack` in
/// `modules/fully_connected_modules.py`. A penalty without a factor is told by the rule `regularization/switched-off`.
extension LudwigLowering {
  mutating func checkIgnoredKeys() {
    for name in ["trainer", "training"] {
      guard let trainer = config[name], trainer.kind == .mapping,
        experiment.about.value(ExperimentKeys.modelType) != "trees"
      else { continue }
      checkTrainer(trainer)
      if let scheduler = trainer["learning_rate_scheduler"], scheduler.kind == .mapping { checkScheduler(scheduler) }
    }
    if let combiner = config["combiner"], combiner.kind == .mapping, combiner["type"]?.string ?? "concat" == "concat" {
      noteIgnored(
        ["output_size", "fc_size", "activation", "use_bias", "weights_initializer", "bias_initializer", "residual"],
        in: combiner,
        unless: hasLayers(combiner),
        why: "the combiner has no layers",
        help: "say how many with \"num_fc_layers\""
      )
    }
    for feature in config["output_features"]?.elements ?? [] {
      guard let decoder = feature["decoder"], decoder.kind == .mapping, config["defaults"] == nil else { continue }
      noteIgnored(
        ["fc_output_size", "fc_activation", "fc_use_bias", "fc_weights_initializer", "fc_bias_initializer"],
        in: decoder,
        unless: hasLayers(decoder) || hasLayers(feature),
        why: "the decoder has no layers before its own",
        help: "say how many with \"num_fc_layers\""
      )
    }
  }

  // MARK: - Private

  private mutating func checkTrainer(_ trainer: SyntaxNode) {
    noteIgnored(
      ["epochs"],
      in: trainer,
      unless: !isOn(trainer["train_steps"]),
      why: "\"train_steps\" says how long the run is",
      help: "leave out one of the two"
    )
    noteIgnored(
      [
        "increase_batch_size_on_plateau_patience", "increase_batch_size_on_plateau_rate",
        "increase_batch_size_on_plateau_max",
      ],
      in: trainer,
      unless: isOn(trainer["increase_batch_size_on_plateau"]),
      why: "\"increase_batch_size_on_plateau\" is 0",
      help: "say how often with \"increase_batch_size_on_plateau\""
    )
  }

  private mutating func checkScheduler(_ scheduler: SyntaxNode) {
    // A schedule that is named by "type" has a problem of its own.
    noteIgnored(
      ["decay_rate", "decay_steps", "staircase"],
      in: scheduler,
      unless: isOn(scheduler["decay"]) || scheduler["type"] != nil,
      why: "\"decay\" is not set, so the rate does not decay",
      help: "say how with \"decay\", such as \"decay: exponential\""
    )
    noteIgnored(
      ["reduce_on_plateau_rate", "reduce_on_plateau_patience"],
      in: scheduler,
      unless: isOn(scheduler["reduce_on_plateau"]),
      why: "\"reduce_on_plateau\" is 0",
      help: "say how often with \"reduce_on_plateau\""
    )
  }

  /// Notes each of the keys that a mapping states, unless what they set is on.
  private mutating func noteIgnored(
    _ keys: [String],
    in mapping: SyntaxNode,
    unless isOn: Bool,
    why: String,
    help: String
  ) {
    // A search over hyperparameters, or a mapping that is merged into others, may turn on what is off here.
    guard !isOn, searched.isEmpty, config["output_features"] != nil else { return }
    for key in keys {
      guard let member = mapping.member(key), !member.value.isNull else { continue }
      note(.ignoredKey, "\"\(key)\" has no effect: \(why)", at: member.key, help: help)
    }
  }

  private func hasLayers(_ mapping: SyntaxNode) -> Bool {
    isOn(mapping["num_fc_layers"]) || mapping["fc_layers"]?.isNull == false
  }

  /// Whether a value is there and is neither null, 0 nor false.
  private func isOn(_ node: SyntaxNode?) -> Bool {
    guard let node, !node.isNull else { return false }
    return node.integer != 0 && node.number != 0 && node.boolean != false
  }
}
