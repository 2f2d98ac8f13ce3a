import ConfigSyntax
import Experiment

/// Bundles of MONAI: `network_def`, `loss`, `optimizer`, and the workflow under `train` (`monai/bundle/properties.py`, 1.6.1).
extension ObjectTreeLowering {
  mutating func lowerBundle() {
    let root = tree.root
    let trainer = root.value(atFirst: ["train.trainer", "trainer"])
    if let trainer {
      experiment.training.location = trainer.location
      experiment.training.container = trainer.location
      setTraining(TrainingKeys.epochs, from: trainer, ["max_epochs"])
    }
    if let optimizer = part("optimizer", of: trainer, orAt: ["optimizer", "train.optimizer"]), object(optimizer) != nil
    {
      lowerOptimizer(optimizer)
    }
    if let schedule = root.value(atFirst: ["lr_scheduler", "train.lr_scheduler", "scheduler"]) {
      lowerSchedule(schedule)
    }
    let transforms = trainingTransforms(trainer)
    lowerTransforms(transforms)
    if let loader = part("train_data_loader", of: trainer, orAt: ["train.dataloader", "train_dataloader"]),
      let object = object(loader), ClassNames.isLoader(object.name)
    {
      lowerBatch(object.arguments, ["batch_size"], factor: crops(in: transforms), byDefault: 1)
    }
    lowerBundleHandlers()
    lowerBundleNetwork(trainer)
  }

  // MARK: - Private

  /// What the trainer is given under a key; where there is no trainer, what stands at the usual places.
  private func part(_ key: String, of trainer: TreeNode?, orAt paths: [String]) -> TreeNode? {
    if let given = trainer?[key] { return given.resolved }
    return tree.root.value(atFirst: paths)
  }

  private mutating func lowerBundleNetwork(_ trainer: TreeNode?) {
    var network = part("network", of: trainer, orAt: ["network_def", "network"])
    // A wrapper for several devices changes nothing of what the network is.
    if let object = object(network), ClassNames.known(object.name) == "DistributedDataParallel" {
      network = object.arguments.value("module")
    }
    let loss = part("loss_function", of: trainer, orAt: ["loss", "loss_function", "train.loss", "train.loss_function"])
    var facts = Record(location: loss?.location, container: loss.flatMap { object($0) }?.arguments.location)
    var layer: Int?
    if let network, let object = object(network) {
      if appendStack(network) {
        layer = experiment.layers.count - 1
      } else {
        layer = appendNetwork(network, named: network.name)
        let channels = ["out_channels", "num_classes"].compactMap { object.arguments[$0] }.first
        if ClassNames.known(object.name) != nil, let channels = read(Int.self, channels) {
          facts[OutputKeys.units] = channels
        }
        if ClassNames.endsLinear(object.name), runsUsualLoop(trainer) {
          let note = "\(ClassNames.known(object.name) ?? object.name) ends without an activation"
          facts[OutputKeys.activation] = Fact("linear", byDefault("MONAI", note: note))
        }
      }
    }
    let path = RecordPath(.output(0))
    if let loss { lowerLoss(loss, in: &facts, at: path) }
    facts[OutputKeys.metrics] = bundleMetrics()
    if layer != nil || !facts.isEmpty { experiment.outputs = [Output(facts: facts, layer: layer)] }
  }

  /// Whether the loss gets what the network gives: no iteration or inferer of the author's own.
  private func runsUsualLoop(_ trainer: TreeNode?) -> Bool {
    guard let trainer else { return true }
    guard let object = object(trainer), ClassNames.isTrainer(object.name) else { return false }
    guard object.arguments["iteration_update"].map(\.isNull) ?? true else { return false }
    guard let inferer = object.arguments["inferer"], !inferer.isNull else { return true }
    let name = self.object(inferer.resolved).flatMap { ClassNames.known($0.name) }
    return name == "SimpleInferer" || name == "SlidingWindowInferer"
  }

  private func bundleMetrics() -> Fact<[String]>? {
    guard let holder = tree.root.value(atFirst: ["validate.key_metric", "train.key_metric"]),
      let place = holder.location
    else {
      return nil
    }
    let names = holder.members.compactMap { object($0.resolved).flatMap { ClassNames.known($0.name) } }
    return names.isEmpty ? nil : Fact(names, .stated(place))
  }

  private mutating func lowerBundleHandlers() {
    let handlers = ["train.handlers", "validate.handlers"].compactMap { tree.root.value(at: $0) }.flatMap(\.elements)
    for handler in handlers {
      guard let object = object(handler.resolved), let name = ClassNames.known(object.name) else { continue }
      if name == "EarlyStopHandler" {
        setTraining(
          TrainingKeys.earlyStopping,
          from: object.arguments,
          ["patience"]
        )
      } else if name == "CheckpointLoader", handler.path.first == "train", let place = object.node.location {
        experiment.about[ExperimentKeys.fineTuned] = Fact(
          true,
          .inferred(from: "the weights that are loaded", at: place)
        )
      }
    }
  }

  // MARK: - Transforms

  /// What is done to the examples of training, in order; nil where only running tells.
  private func trainingTransforms(_ trainer: TreeNode?) -> [Object]? {
    let root = tree.root
    let loader = object(part("train_data_loader", of: trainer, orAt: ["train.dataloader", "train_dataloader"]))
    let dataset = loader?.arguments.value("dataset") ?? root.value(atFirst: ["train.dataset", "train_dataset"])
    let transform = dataset?["transform"] ?? root["train"]?["preprocessing"]
    return transform.flatMap { transforms($0, depth: 0) }
  }

  private func transforms(_ node: TreeNode, depth: Int) -> [Object]? {
    guard depth < 8 else { return nil }
    if let text = node.text, text.utf8.first == UInt8(ascii: "$"), text.utf8.contains(UInt8(ascii: "+")) {
      // `$@train#deterministic_transforms + @train#random_transforms`.
      var all: [Object] = []
      for term in text.dropFirst().split(separator: "+") {
        let bare = term.split(separator: " ").joined()
        guard let path = IdentifierReference(bare)?.path(from: node.path), let target = tree.node(at: path)?.resolved,
          let found = transforms(target, depth: depth + 1)
        else { return nil }
        all += found
      }
      return all
    }
    guard let node = node.resolved else { return nil }
    if node.isSequence {
      var all: [Object] = []
      for element in node.elements {
        guard let found = transforms(element, depth: depth + 1) else { return nil }
        all += found
      }
      return all
    }
    guard node.isMapping else { return nil }
    guard let object = object(node) else { return node[family.classKey] == nil ? nil : [] }
    guard ClassNames.known(object.name) == "Compose" else { return [object] }
    return object.arguments["transforms"].flatMap { transforms($0, depth: depth + 1) }
  }

  private mutating func lowerTransforms(_ transforms: [Object]?) {
    // What is known of a list that is not known to its end counts all the same.
    let known = transforms ?? objects().filter { $0.node.path.first == "train" }
    var input = Record()
    for object in known {
      guard let place = object.node.location else { continue }
      if ClassNames.isAugmentation(object.name), experiment.data[DataKeys.augmentation] == nil {
        experiment.data[DataKeys.augmentation] = Fact(true, .inferred(from: "a random transform", at: place))
      }
      guard let word = ClassNames.normalization(object.name), isOfImage(object) else { continue }
      input[InputKeys.normalization] = Fact(word, .stated(place))
    }
    guard !input.isEmpty else { return }
    input.location = input[InputKeys.normalization]?.origin.location
    input[InputKeys.type] = Fact("image", .inferred(from: "its transforms", at: input.location))
    experiment.inputs = [input]
  }

  /// Whether a transform works on more than labels.
  private func isOfImage(_ object: Object) -> Bool {
    guard let keys = object.arguments.value("keys") else { return true }
    let names = keys.isSequence ? keys.elements.compactMap { $0.resolved?.text } : [keys.text].compactMap(\.self)
    return names.isEmpty || names.contains { !$0.contains("label") }
  }

  /// How many examples the network gets for one of the dataset: crops are laid into one batch (`list_data_collate`).
  private mutating func crops(in transforms: [Object]?) -> Int? {
    guard let transforms else { return nil }
    var factor = 1
    for object in transforms {
      guard let name = ClassNames.known(object.name) else { return nil }
      guard let samples = object.arguments["num_samples"] else { continue }
      guard
        name.hasPrefix("RandCrop") || name.hasPrefix("RandSpatialCropSamples") || name.hasPrefix("RandWeightedCrop"),
        let count = read(Int.self, samples)?.value, (1...4096).contains(count)
      else { return nil }
      factor = min(factor * count, 1 << 20)
    }
    return factor
  }
}
