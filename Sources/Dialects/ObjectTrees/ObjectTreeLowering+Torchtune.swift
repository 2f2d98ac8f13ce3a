import ConfigSyntax
import Experiment

/// Recipes of torchtune: a model builder, its checkpoint, and the settings of the loop at the root.
extension ObjectTreeLowering {
  mutating func lowerRecipe() {
    let root = tree.root
    experiment.training.location = root.location
    experiment.about[ExperimentKeys.modelType] = Fact("language_model", .inferred(from: "the format", at: nil))
    // Every recipe that trains loads a model first (`recipes/*_finetune_*.py`).
    if let checkpointer = root.value("checkpointer"), object(checkpointer) != nil {
      let origin = Origin.inferred(from: "the checkpoint that it loads", at: checkpointer.location)
      experiment.about[ExperimentKeys.fineTuned] = Fact(true, origin)
    }
    lowerBuilder(root)
    guard let optimizer = root.value("optimizer") else { return }
    lowerOptimizer(optimizer)
    if let schedule = root.value("lr_scheduler") { lowerSchedule(schedule) }
    setTraining(TrainingKeys.epochs, from: root, ["epochs"])
    setAbout(ExperimentKeys.stepsPerEpoch, from: root, ["max_steps_per_epoch"])
    setTraining(TrainingKeys.accumulationSteps, from: root, ["gradient_accumulation_steps"])
    // In reinforcement learning it counts what is sampled, and not what a step is made of.
    let samples = root["ppo_batch_size"] != nil || root["grpo_samples"] != nil
    if !samples { lowerBatch(root, ["batch_size"]) }
    lowerRecipeClip(root)
    lowerRecipeLoss(root)
  }

  // MARK: - Private

  private mutating func lowerBuilder(_ root: TreeNode) {
    guard let model = root.value("model"), let builder = object(model) else { return }
    let index = appendNetwork(model, named: "model")
    guard let fineTuned = experiment.about[ExperimentKeys.fineTuned] else { return }
    experiment.layers[index].facts[LayerKeys.pretrained] = Fact(true, fineTuned.origin)
    let name = ClassNames.known(builder.name) ?? ""
    if name.hasPrefix("lora_") || name.hasPrefix("qlora_") || name.hasPrefix("dora_") || name.hasPrefix("qdora_") {
      // The weights of the checkpoint stay as they are; only the adapters are trained.
      let place = builder.node[family.classKey]?.location
      experiment.layers[index].facts[LayerKeys.trainable] = Fact(false, .inferred(from: "its adapters", at: place))
    }
  }

  /// Lowers `clip_grad_norm`: none when absent or null, and `inf` only logs.
  private mutating func lowerRecipeClip(_ root: TreeNode) {
    var clip = record(of: root)
    let isAbsent = set(ClipKeys.threshold, in: &clip, at: Self.clipPath, from: root, ["clip_grad_norm"])
    if let threshold = clip[ClipKeys.threshold], threshold.value.isFinite {
      clip[ClipKeys.kind] = Fact("global_norm", threshold.origin)
      experiment.training[TrainingKeys.clip] = Fact(clip, threshold.origin)
    } else if isAbsent {
      let place = root["clip_grad_norm"]?.location
      let origin = place.map { Origin.stated($0) } ?? byDefault()
      clip[ClipKeys.kind] = Fact("off", origin)
      experiment.training[TrainingKeys.clip] = Fact(clip, origin)
    }
  }

  private mutating func lowerRecipeLoss(_ root: TreeNode) {
    var facts = Record(location: root.value("loss")?.location)
    if let loss = root.value("loss") { lowerLoss(loss, in: &facts, at: RecordPath(.output(0))) }
    let samples = root["ppo_batch_size"] != nil || root["grpo_samples"] != nil
    facts[OutputKeys.task] = Fact(samples ? "reinforcement" : "sequence", .inferred(from: "the format", at: nil))
    experiment.outputs = [Output(facts: facts, layer: experiment.layers.isEmpty ? nil : 0)]
  }
}
