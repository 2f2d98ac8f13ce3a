import ConfigSyntax
import Experiment

/// Networks and losses.
extension ObjectTreeLowering {
  /// The keys under which networks are given what they drop.
  private static let dropKeys = [
    "dropout", "dropout_prob", "dropout_rate", "drop_rate", "drop_prob", "hidden_dropout", "lora_dropout",
  ]

  // MARK: - Networks

  /// Adds a network whose inside is not in the file as one layer, behind the last one.
  @discardableResult
  mutating func appendNetwork(_ node: TreeNode, named name: String, role: String? = nil) -> Int {
    let object = object(node)
    let arguments = object?.arguments ?? node
    var facts = Record(
      location: object?.node[family.classKey]?.location ?? node.location,
      container: arguments.location
    )
    let index = experiment.layers.count
    if let object, let place = object.node[family.classKey]?.location {
      facts[LayerKeys.className] = Fact(object.name, .stated(place))
    }
    if let role { facts[LayerKeys.role] = Fact(role, .inferred(from: "its key", at: node.location)) }
    set(LayerKeys.rate, in: &facts, at: RecordPath(.layer(index)), from: arguments, Self.dropKeys)
    let inputs = experiment.layers.isEmpty ? [] : [experiment.layers.count - 1]
    experiment.layers.append(Layer(kind: .backbone, name: name, facts: facts, inputs: inputs))
    return index
  }

  /// Adds the layers of a list of `torch.nn` objects, each behind the one before.
  ///
  /// - Returns: Whether the node holds such a list.
  mutating func appendStack(_ node: TreeNode) -> Bool {
    guard let object = object(node) else { return false }
    let lists = ["_args_", "args", "layers", "modules"].compactMap { object.arguments.value($0) }.filter(\.isSequence)
    var classes: [Object] = []
    for list in lists where classes.isEmpty {
      let found = list.elements.compactMap { self.object($0.resolved) }
      if found.count > 1, found.contains(where: { ClassNames.layer($0.name) != nil }) { classes = found }
    }
    guard !classes.isEmpty else { return false }
    let first = classes.first.flatMap { argument("in_features", at: 0, of: $0) }
    var input = Record(location: node.location)
    if let features = read(Int.self, first) {
      input[LayerKeys.inputShapeStated] = Fact(
        Shape([features.value]),
        .inferred(from: "the first layer", at: features.origin.location)
      )
    }
    experiment.layers.append(Layer(kind: .input, name: "input", facts: input, inputs: []))
    for object in classes { appendLayer(object) }
    return true
  }

  /// The argument with a name, or at a place among those without one.
  private func argument(_ name: String, at position: Int, of object: Object) -> TreeNode? {
    object.arguments[name] ?? object.arguments.value("_args_")?["\(position)"]
  }

  private mutating func appendLayer(_ object: Object) {
    let place = object.node[family.classKey]?.location
    var facts = Record(location: place, container: object.arguments.location)
    let index = experiment.layers.count
    let path = RecordPath(.layer(index))
    let known = ClassNames.layer(object.name)
    if let place { facts[LayerKeys.className] = Fact(object.name, .stated(place)) }
    if let activation = known?.activation, let place { facts[LayerKeys.activation] = Fact(activation, .stated(place)) }
    if let size = known?.size, let node = argument(size.name, at: size.position, of: object),
      let count = read(Int.self, node)
    {
      switch known?.kind {
      case .dense?: facts[LayerKeys.units] = count
      case .embedding?: facts[LayerKeys.outputDimension] = count
      default: facts[LayerKeys.filters] = count
      }
    }
    if let rate = known?.rate {
      let isAbsent = set(LayerKeys.rate, in: &facts, at: path, from: object.arguments, [rate])
      // `torch/nn/modules/dropout.py` of torch 2.15.0.
      if isAbsent, object.arguments["_args_"] == nil { facts[LayerKeys.rate] = Fact(0.5, byDefault("PyTorch")) }
    }
    if let known, known.kind.isWeightLayer, known.kind != .embedding {
      facts[LayerKeys.activation] = Fact("linear", byDefault("PyTorch", note: "activations are layers of their own"))
      set(LayerKeys.useBias, in: &facts, at: path, from: object.arguments, ["bias"])
    }
    if let known, known.rank > 0 { lowerConvolution(object, known.rank, in: &facts) }
    let name = "\(object.node.name)/\(ClassNames.known(object.name) ?? object.name)"
    experiment.layers.append(Layer(kind: known?.kind ?? .unknown, name: name, facts: facts, inputs: [index - 1]))
  }

  private mutating func lowerConvolution(_ object: Object, _ rank: Int, in facts: inout Record) {
    facts[LayerKeys.dataFormat] = Fact("channels_first", byDefault("PyTorch"))
    for (key, name, position) in [(LayerKeys.kernelSize, "kernel_size", 2), (LayerKeys.strides, "stride", 3)] {
      guard let node = argument(name, at: position, of: object) else { continue }
      if let size = read(Int.self, node) {
        facts[key] = Fact(Array(repeating: size.value, count: rank), size.origin)
      } else {
        facts[key] = read([Int].self, node)
      }
    }
    if let node = argument("padding", at: 4, of: object) {
      if let word = read(String.self, node) { facts[LayerKeys.padding] = word }
      if let count = read(Int.self, node), count.value == 0 { facts[LayerKeys.padding] = Fact("valid", count.origin) }
    } else {
      facts[LayerKeys.padding] = Fact("valid", byDefault("PyTorch"))
    }
  }

  // MARK: - Losses

  /// Lowers a loss into an output's facts.
  mutating func lowerLoss(_ node: TreeNode, in facts: inout Record, at path: RecordPath) {
    guard let object = object(node) else { return }
    // `monai/losses/ds_loss.py`: the loss inside is applied to each of several depths.
    if ClassNames.known(object.name) == "DeepSupervisionLoss" {
      if let inner = object.arguments.value("loss") { lowerLoss(inner, in: &facts, at: path) }
      return
    }
    guard let loss = ClassNames.loss(object.name), let place = object.node[family.classKey]?.location else { return }
    facts[OutputKeys.loss] = Fact(loss.name, .stated(place))
    if let fromLogits = loss.fromLogits {
      facts[OutputKeys.fromLogits] = Fact(fromLogits, .inferred(from: "the loss's class", at: place))
    }
    if let weights = read([Double].self, object.arguments["weight"]) { facts[OutputKeys.classWeights] = weights }
    if loss.name == "dice" || loss.name == "tversky" { lowerOverlapLoss(object, in: &facts, at: path) }
  }

  /// Lowers what the Dice losses of MONAI do with the network's values first: nothing unless a flag is set.
  ///
  /// `sigmoid`, `softmax` and `other_act` of `DiceLoss` and its relatives in `monai/losses/dice.py`, and of `TverskyLoss`, MONAI 1.6.1.
  private mutating func lowerOverlapLoss(_ object: Object, in facts: inout Record, at path: RecordPath) {
    guard family == .monai || object.name.hasPrefix("monai.") else { return }
    let flags = ["sigmoid", "softmax", "other_act"].compactMap { object.arguments[$0] }.filter { !$0.isNull }
    var stated: Fact<Bool>?
    for flag in flags {
      guard let value = read(Bool.self, flag) else {
        // An activation of the author's own, or a flag that only running tells.
        facts[OutputKeys.lossExpects] = Fact("any", .inferred(from: "an activation of the loss", at: flag.location))
        return
      }
      if value.value {
        facts[OutputKeys.fromLogits] = value
        facts[OutputKeys.lossExpects] = Fact(
          "logits",
          .inferred(from: "the loss's activation", at: value.origin.location)
        )
        return
      }
      stated = value
    }
    facts[OutputKeys.fromLogits] = Fact(
      false,
      stated?.origin ?? byDefault("MONAI", note: "neither sigmoid nor softmax")
    )
    noteOverlapSlot(object, facts, at: path)
  }

  /// Remembers which flag would give the loss the activation that fits the network's channels.
  private mutating func noteOverlapSlot(_ object: Object, _ facts: Record, at path: RecordPath) {
    guard slots != nil, let own = object.arguments.own else { return }
    let channels = facts.value(OutputKeys.units)
    let isOneHot = read(Bool.self, object.arguments["to_onehot_y"])?.value ?? false
    let flag: String
    switch (channels, isOneHot) {
    case (1?, _): flag = "sigmoid"
    // Classes that exclude each other are given as one index and made one-hot here.
    case (_, true): flag = "softmax"
    // Several channels whose targets are channels already: labels that may overlap, or classes. Nobody can tell.
    case (_, false): return
    }
    let stated = object.arguments[flag]
    slots?[TreeSlot.Place(record: path, key: OutputKeys.fromLogits.name)] = TreeSlot(
      stated: stated?.own?.node,
      source: stated?.own?.source ?? own.source,
      container: own.node,
      containerSource: own.source,
      names: [flag]
    )
  }
}
