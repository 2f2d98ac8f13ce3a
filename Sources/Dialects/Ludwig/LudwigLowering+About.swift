import ConfigSyntax
import Experiment

extension LudwigLowering {
  /// Lowers what the experiment is: framework, version, kind of model.
  mutating func lowerAbout(_ root: LudwigSection) {
    experiment.about[ExperimentKeys.framework] = Fact("Ludwig", .inferred(from: "the file's form", at: nil))
    if let stated = version.stated, let text = stated.text {
      experiment.about[ExperimentKeys.frameworkVersion] = Fact(text, self.stated(stated))
    }
    if let told = version.told {
      experiment.about[ExperimentKeys.frameworkVersion] = Fact(told.text, .inferred(from: told.from, at: nil))
    }
    var about = experiment.about
    set(
      ExperimentKeys.modelType,
      in: &about,
      at: RecordPath(.about),
      from: [root.key("model_type")],
      words: LudwigWords.modelTypes,
      default: config["base_model"] == nil ? "network" : "language_model"
    )
    experiment.about = about
  }

  /// Lowers the model of `model_type: llm`: its inside is not in the file.
  ///
  /// - Returns: The index of the model's layer.
  mutating func lowerLanguageModel(_ root: LudwigSection, inputs: [Int]) -> Int {
    let location = (config["base_model"] ?? config).location(source: source)
    var facts = Record(location: location, container: config.location(source: source))
    let path = RecordPath(.layer(experiment.layers.count))
    set(LayerKeys.className, in: &facts, at: path, from: [root.key("base_model")])
    facts[LayerKeys.pretrained] = Fact(true, .inferred(from: "\"base_model\"", at: location))
    // With an adapter the model's own weights stay as they are; without a fine-tuning trainer nothing is trained.
    let isTrained = ![nil, "none"].contains(root.child("trainer").text("type"))
    let hasAdapter = config["adapter"]?.isNull == false
    facts[LayerKeys.trainable] = Fact(isTrained, .inferred(from: "the trainer's type", at: nil))
    let origin = Origin.inferred(from: hasAdapter ? "the adapter" : "\"base_model\"", at: location)
    experiment.about[ExperimentKeys.fineTuned] = Fact(true, origin)
    return append(.backbone, "base_model", facts, inputs: inputs)
  }

  /// Adds a layer and returns its index.
  mutating func append(_ kind: LayerKind, _ name: String, _ facts: Record, inputs: [Int]) -> Int {
    experiment.layers.append(Layer(kind: kind, name: name, facts: facts, inputs: inputs))
    return experiment.layers.count - 1
  }
}
