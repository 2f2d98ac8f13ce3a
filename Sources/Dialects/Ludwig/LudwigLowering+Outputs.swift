import ConfigSyntax
import Experiment

extension LudwigLowering {
  /// What kind of model the outputs belong to.
  enum Model {
    case network, trees, languageModel
  }

  /// Lowers the output features: those that others depend on first, kept in the order of the file.
  mutating func lowerOutputs(_ root: LudwigSection, trunk: Int?, model: Model) {
    let features = (config["output_features"]?.elements ?? []).filter { $0.kind == .mapping }
    experiment.outputs = Array(repeating: Output(facts: Record(), layer: nil), count: features.count)
    let names = features.map { $0["name"]?.text }
    var hidden: [String: Int] = [:]
    var left = Array(features.indices)
    while !left.isEmpty {
      let ready = left.filter { index in
        dependencies(of: features[index]).allSatisfy { name in
          hidden[name] != nil || !left.contains { names[$0] == name && $0 != index }
        }
      }
      // Outputs that depend on each other in a ring are lowered as if they did not.
      for index in ready.isEmpty ? left : ready {
        let end = lowerOutput(features[index], at: index, root: root, trunk: trunk, model: model, hidden: hidden)
        if let name = names[index], let end { hidden[name] = end }
      }
      left = ready.isEmpty ? [] : left.filter { !ready.contains($0) }
    }
  }

  // MARK: - Private

  private func dependencies(of feature: SyntaxNode) -> [String] {
    feature["dependencies"]?.elements.compactMap(\.text) ?? []
  }

  /// - Returns: The index of the last layer before the head, which outputs that depend on this one also take.
  private mutating func lowerOutput(
    _ feature: SyntaxNode,
    at index: Int,
    root: LudwigSection,
    trunk: Int?,
    model: Model,
    hidden: [String: Int]
  ) -> Int? {
    let type = featureType(feature)
    let section = section(of: feature, type: type, root: root)
    let location = feature.location(source: source)
    let path = RecordPath(.output(index))
    var facts = Record(location: location, container: location)
    set(OutputKeys.name, in: &facts, at: path, from: [section.key("name")])
    if let type, let node = feature["type"] {
      facts[OutputKeys.type] = Fact(type, stated(node))
      if let task = LudwigWords.tasks[type] {
        facts[OutputKeys.task] = Fact(task, .inferred(from: "the feature's type", at: node.location(source: source)))
      }
    }
    lowerLoss(of: section, type: type, model: model, in: &facts, at: path)
    lowerTarget(of: section, type: type, in: &facts, at: path)
    var last: Int?
    var end: Int?
    switch model {
    case .trees: break
    case .languageModel: last = trunk
    case .network:
      let names = dependencies(of: feature)
      let others = names.compactMap { hidden[$0] }
      var start = trunk
      if let trunk, !others.isEmpty {
        let name = (feature["name"]?.text ?? "output\(index + 1)") + "/dependencies"
        start = append(.concatenate, name, Record(location: location), inputs: [trunk] + others)
      }
      (end, last) = lowerDecoder(of: section, type: type, from: start, at: index, in: &facts)
    }
    experiment.outputs[index] = Output(facts: facts, layer: last)
    return end
  }

  private mutating func lowerLoss(
    of feature: LudwigSection,
    type: String?,
    model: Model,
    in facts: inout Record,
    at path: RecordPath
  ) {
    let section = feature.child("loss")
    var word = type.flatMap { LudwigWords.defaultLosses[$0] }.map { Fact($0, Self.default()) }
    if let node = section.member(["type"])?.value, let text = node.string {
      word = Fact(text, stated(node))
      let known = LudwigWords.losses.words + LudwigWords.otherLosses
      noteMisspelledWord(text, at: node.location(source: source), key: "loss", words: known)
      // What Ludwig refuses says nothing of the loss that was meant.
      if noteLossOfOtherType(text, type: type, at: node.location(source: source)) { word = nil }
    }
    if let word, model != .trees {
      let loss = LudwigWords.losses[word.value]
      facts[OutputKeys.loss] = Fact(loss ?? word.value, word.origin)
      noteSlot(
        path,
        OutputKeys.loss.name,
        reading: section.member(["type"]).map { Reading<String>.stated(word.value, $0.value) } ?? .absent,
        keys: [section.key("type")],
        words: LudwigTable(entries: LudwigWords.losses.entries.filter { $0 == $1 })
      )
      if let loss, LudwigWords.lossesOfLogits.contains(loss) {
        facts[OutputKeys.fromLogits] = Fact(true, .inferred(from: "the loss", at: word.origin.location))
      }
    }
    set(OutputKeys.lossWeight, in: &facts, at: path, from: [section.key("weight")], default: 1)
  }

  /// Notes a loss that Ludwig knows, but refuses for the feature's type; returns whether it is one.
  private mutating func noteLossOfOtherType(_ loss: String, type: String?, at location: SourceLocation) -> Bool {
    guard let type, let own = LudwigWords.lossesByType[type], !own.contains(loss),
      LudwigWords.lossesByType.contains(where: { $1.contains(loss) })
    else { return false }
    experiment.problems.append(
      Problem(
        kind: .invalidValue,
        message: "\"\(loss)\" is no loss for outputs of type \"\(type)\"",
        location: location,
        help: "use " + own.map { "\"\($0)\"" }.joined(separator: " or ")
      )
    )
    return true
  }

  private mutating func lowerTarget(
    of feature: LudwigSection,
    type: String?,
    in facts: inout Record,
    at path: RecordPath
  ) {
    let preprocessing = preprocessing(of: feature, type: type)
    let classes = [feature.key("num_classes"), preprocessing.key("num_classes")]
    if let weights = feature.child("loss").member(["class_weights"])?.value, weights.kind == .mapping, weights.count > 0
    {
      let origin = Origin.inferred(from: "the class weights", at: weights.location(source: source))
      facts[OutputKeys.classes] = Fact(weights.count, origin)
      let list = weights.members.compactMap(\.value.number)
      if list.count == weights.count { facts[OutputKeys.classWeights] = Fact(list, stated(weights)) }
    } else if let weights = feature.child("loss").member(["class_weights"])?.value,
      let list = [Double](FactValue(weights, source: source))
    {
      facts[OutputKeys.classWeights] = Fact(list, stated(weights))
      // One weight for each class: Ludwig refuses any other number of them.
      facts[OutputKeys.classes] = Fact(
        list.count,
        .inferred(from: "the class weights", at: weights.location(source: source))
      )
    }
    if type == "binary",
      case .stated(let weight, let node) = read(Double.self, [feature.child("loss").key("positive_class_weight")])
    {
      facts[OutputKeys.classWeights] = Fact(
        [1, weight],
        .inferred(from: "the weight of the positive class", at: node.location(source: source))
      )
    }
    if case .stated(let count, let node) = read(Int.self, classes), count > 0 {
      facts[OutputKeys.classes] = Fact(count, stated(node))
    } else if let vocabulary = preprocessing.member(["vocab"])?.value, vocabulary.kind == .sequence {
      facts[OutputKeys.classes] = Fact(vocabulary.count, stated(vocabulary))
    }
    guard type == "number" else { return }
    let clip = feature.member(["clip"]) ?? feature.child("decoder").member(["clip"])
    if let bounds = clip?.value, let list = [Double](FactValue(bounds, source: source)), list.count == 2 {
      facts[OutputKeys.clip] = Fact(list, stated(bounds))
    }
    var target = record(of: preprocessing)
    // The target of a regression is left as it is in every release.
    set(
      TargetKeys.normalization,
      in: &target,
      at: path.appending("target"),
      from: [preprocessing.key("normalization")],
      words: LudwigWords.normalizations,
      null: "none",
      default: "none"
    )
    guard let origin = target[TargetKeys.normalization]?.origin else { return }
    facts[OutputKeys.target] = Fact(target, origin)
  }

  // MARK: - Decoders

  /// Lowers an output's decoder: fully connected layers, then the head.
  ///
  /// - Returns: The index of the last layer before the head, and of the head.
  private mutating func lowerDecoder(
    of feature: LudwigSection,
    type: String?,
    from trunk: Int?,
    at index: Int,
    in facts: inout Record
  ) -> (hidden: Int?, head: Int?) {
    let name = feature.node?["name"]?.text ?? "output\(index + 1)"
    let usual = type.flatMap { LudwigWords.defaultDecoders[$0] }
    let (section, decoder) = module("decoder", of: feature, featureType: type, default: usual)
    var keys = LudwigStackKeys.prefixed
    var defaults = LudwigStackDefaults()
    if section.node != nil, section.node == feature.node {
      keys.units = ["output_size", "fc_size", "fc_output_size"]
      keys.activation = ["activation", "fc_activation"]
      keys.dropout = ["dropout", "fc_dropout"]
      keys.norm = ["norm", "fc_norm"]
      keys.useBias = ["use_bias", "bias", "fc_use_bias"]
      keys.weights = ["weights_initializer", "fc_weights_initializer"]
      keys.bias = ["bias_initializer", "fc_bias_initializer"]
    } else if decoder?.value == "mlp_classifier" {
      keys = .plain
      defaults.count = 1
    }
    if let decoder, case .stated(let location) = decoder.origin {
      let known = LudwigKeys.decoders.words + ["anomaly", "fpn", "null", "none", "segformer"]
      noteMisspelledWord(decoder.value, at: location, key: "decoder", words: known)
    }
    let hidden = lowerStack(section, keys, defaults, input: trunk, name: name, role: "decoder")
    let head: Int
    switch (type, decoder?.value) {
    case ("anomaly", _):
      guard let hidden else { return (nil, nil) }
      head = appendOperation("distance", section, input: hidden, name: name)
    case (_, "regressor"), (_, "classifier"), (_, "mlp_classifier"), (_, "projector"), (_, "null"), (_, "none"),
      (_, "None"):
      head = lowerHead(section, feature, type: type, from: hidden, name: name, facts: facts)
    default:
      guard let hidden else { return (nil, nil) }
      head = appendBackbone(decoder, section, input: hidden, name: name, role: "decoder")
    }
    return (hidden, head)
  }

  /// Appends the dense layer that gives the output.
  private mutating func lowerHead(
    _ section: LudwigSection,
    _ feature: LudwigSection,
    type: String?,
    from hidden: Int?,
    name: String,
    facts output: Record
  ) -> Int {
    let path = RecordPath(.layer(experiment.layers.count))
    var facts = record(of: section)
    let byType = Origin.inferred(from: "the feature's type", at: nil)
    switch type {
    case "number", "binary": facts[LayerKeys.units] = Fact(1, byType)
    case "category", "category_distribution", "set":
      facts[LayerKeys.units] = output[OutputKeys.classes].map {
        Fact($0.value, .inferred(from: "the number of classes", at: $0.origin.location))
      }
    case "vector":
      let size = preprocessing(of: feature, type: type)
      if case .stated(let units, let node) = read(Int.self, [feature.key("vector_size"), size.key("vector_size")]) {
        facts[LayerKeys.units] = Fact(units, stated(node))
      }
    case "timeseries":
      if case .stated(let units, let node) = read(Int.self, [preprocessing(of: feature, type: type).key("horizon")]) {
        facts[LayerKeys.units] = Fact(units, stated(node))
      }
    default: break
    }
    // Only the projector, which vectors and time series have, takes an activation.
    if type == "vector" || type == "timeseries" {
      set(
        LayerKeys.activation,
        in: &facts,
        at: path,
        from: [section.key("activation")],
        words: LudwigWords.activations,
        null: "linear",
        default: "linear"
      )
    } else {
      facts[LayerKeys.activation] = Fact("linear", Self.default())
    }
    set(LayerKeys.useBias, in: &facts, at: path, from: [section.key("use_bias", "bias")], default: true)
    setInitializers(
      in: &facts,
      at: path,
      weights: [section.key("weights_initializer")],
      bias: [section.key("bias_initializer")]
    )
    facts[LayerKeys.role] = Fact("decoder", .inferred(from: "the section", at: nil))
    return append(.dense, name, facts, inputs: hidden.map { [$0] } ?? [])
  }
}
