import ConfigSyntax
import Experiment

/// Configs of Lightning's command line, and those that Hydra makes objects of.
///
/// Their keys are the author's, so parts are known by their classes: the one optimizer, the one loss. Of two nobody can tell which is
/// meant, as in a GAN.
extension ObjectTreeLowering {
  mutating func lowerLightning() {
    let root = tree.root
    let all = objects()
    var devices: Int? = 1
    if let trainer = lightningTrainer(all) {
      let hasDevices = trainer["devices"] != nil
      let known = lowerTrainer(trainer)
      devices = hasDevices ? known : 1
    }
    let named = ["optimizer", "model.optimizer", "model.init_args.optimizer", "optim", "model.optim"]
    if let optimizer = only(all.filter { ClassNames.optimizer($0.name) != nil }, orAt: named) {
      lowerOptimizer(optimizer.node)
    }
    let schedules = [
      "lr_scheduler", "scheduler", "model.scheduler", "model.lr_scheduler", "model.init_args.lr_scheduler",
    ]
    if let schedule = only(all.filter { ClassNames.schedule($0.name) != nil }, orAt: schedules) {
      lowerSchedule(schedule.node)
    }
    lowerLightningBatch(root, all, devices: devices)
    lowerLightningModel(all)
  }

  // MARK: - Private

  /// The arguments of Lightning's trainer; those of another trainer mean what its author wants.
  private func lightningTrainer(_ all: [Object]) -> TreeNode? {
    if let trainer = all.first(where: { ClassNames.isTrainer($0.name) && $0.name.contains(".") }) {
      return trainer.arguments
    }
    guard let trainer = tree.root.value("trainer"), trainer.isMapping, trainer[family.classKey] == nil else {
      return nil
    }
    if family == .lightning { return trainer }
    let marks = [
      "gradient_clip_val", "accumulate_grad_batches", "check_val_every_n_epoch", "val_check_interval",
      "num_sanity_val_steps",
    ]
    return marks.contains { trainer[$0] != nil } ? trainer : nil
  }

  /// The only object of a sort, or of several the one at the first usual place.
  private func only(_ found: [Object], orAt paths: [String]) -> Object? {
    if found.count == 1 { return found.first }
    return paths.lazy.compactMap { path in found.first { $0.node.path.joined(separator: ".") == path } }.first
  }

  private mutating func lowerLightningBatch(_ root: TreeNode, _ all: [Object], devices: Int?) {
    // A loader for each of several devices: some authors divide the batch themselves, so only that of one is known then.
    let factor = devices == 1 ? 1 : nil
    let places = ["data", "datamodule", "data_module", "dataset", "dataloader", "train_dataloader", "data.init_args"]
    if let name = all.first(where: { $0.node.path.isEmpty && $0.name.hasSuffix("DataModule") }) {
      return lowerBatch(name.arguments, ["batch_size"], factor: factor)
    }
    if let holder = places.lazy.compactMap({ root.value(at: $0) }).first(where: { $0["batch_size"] != nil }) {
      return lowerBatch(holder, ["batch_size"], factor: factor)
    }
    let loaders = all.filter { object in
      ClassNames.isLoader(object.name)
        && !object.node.path.contains { $0.contains("val") || $0.contains("test") || $0.contains("pred") }
    }
    if loaders.count == 1, let loader = loaders.first {
      // `torch/utils/data/dataloader.py` of torch 2.15.0.
      lowerBatch(loader.arguments, ["batch_size"], factor: factor, byDefault: 1)
    } else if root["batch_size"] != nil {
      lowerBatch(root, ["batch_size"], factor: factor)
    }
  }

  private mutating func lowerLightningModel(_ all: [Object]) {
    for object in all where experiment.layers.isEmpty {
      guard object.node.path.first != "data", ClassNames.known(object.name) == "Sequential" else { continue }
      _ = appendStack(object.node)
    }
    if experiment.layers.isEmpty, let start = all.first(where: isPretrained) {
      let index = appendNetwork(start.node, named: start.node.name)
      let place = start.node.location
      experiment.layers[index].facts[LayerKeys.pretrained] = Fact(true, .inferred(from: "its arguments", at: place))
      experiment.about[ExperimentKeys.fineTuned] = Fact(true, .inferred(from: "its pretrained network", at: place))
    }
    var facts = Record()
    let named = [
      "loss", "criterion", "loss_fn", "model.loss", "model.criterion", "model.loss_fn", "model.init_args.loss",
    ]
    if let loss = only(all.filter { ClassNames.loss($0.name) != nil }, orAt: named) {
      facts.location = loss.node.location
      facts.container = loss.arguments.location
      lowerLoss(loss.node, in: &facts, at: RecordPath(.output(0)))
    }
    if !facts.isEmpty || !experiment.layers.isEmpty {
      experiment.outputs = [Output(facts: facts, layer: experiment.layers.isEmpty ? nil : experiment.layers.count - 1)]
    }
  }

  /// Whether an object is a network that comes with weights.
  private func isPretrained(_ object: Object) -> Bool {
    guard ClassNames.known(object.name) != nil, object.name.contains(".") else { return false }
    if object.name.hasSuffix(".from_pretrained") {
      return !object.name.contains("okenizer") && !object.name.contains("rocessor")
    }
    if let flag = object.arguments["pretrained"]?.resolved?.own?.node.boolean { return flag }
    guard object.name.hasPrefix("torchvision.models."), let weights = object.arguments["weights"] else { return false }
    return !weights.isNull
  }
}
