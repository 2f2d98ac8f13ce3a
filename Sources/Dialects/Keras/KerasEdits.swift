import ConfigSyntax
import Experiment
import SourceText

/// Turns changes of facts into text edits of a Keras file.
struct KerasEdits {
  private let experiment: Experiment
  private let root: SyntaxNode
  private let generation: KerasGeneration

  /// Makes an editor of the document that an experiment was lowered from; nil when it is no longer Keras.
  init?(_ experiment: Experiment, _ root: SyntaxNode) {
    guard let document = KerasDocument(root) else { return nil }
    self.experiment = experiment
    self.root = root
    generation = document.generation
  }

  /// Returns the edits that make all changes, or nil when one of them cannot be said.
  func textEdits(for edits: [ExperimentEdit]) -> [TextEdit]? {
    var result: [TextEdit] = []
    let edits = edits.map(Self.spelledOut)
    let clipping = edits.filter { $0.record == RecordPath(.training, nested: [TrainingKeys.clip.name]) }
    if !clipping.isEmpty {
      guard let made = clip(clipping) else { return nil }
      result += made
    }
    for edit in edits where !clipping.contains(edit) {
      guard let made = textEdit(for: edit) else { return nil }
      // Several applications of a layer share one place in the file.
      if !result.contains(made) { result.append(made) }
    }
    return result
  }

  /// Returns the edit of the name, or kind, in a record that an edit replaces by one word.
  private static func spelledOut(_ edit: ExperimentEdit) -> ExperimentEdit {
    guard case .text = edit.value else { return edit }
    if edit.key.hasSuffix("_initializer") {
      return ExperimentEdit(record: edit.record.appending(edit.key), key: InitializerKeys.name.name, value: edit.value)
    }
    if edit.record == RecordPath(.training), edit.key == TrainingKeys.clip.name {
      return ExperimentEdit(record: edit.record.appending(edit.key), key: ClipKeys.kind.name, value: edit.value)
    }
    return edit
  }

  // MARK: - One fact

  private func textEdit(for edit: ExperimentEdit) -> TextEdit? {
    guard let record = experiment.record(at: edit.record) else { return nil }
    if edit.key == InitializerKeys.name.name, let last = edit.record.nested.last, last.hasSuffix("_initializer") {
      return initializer(edit, keptIn: record)
    }
    if edit.record.root.isOutput { return output(edit, record) }
    let value = edit.value
    if let fact = record[name: edit.key] {
      switch fact.origin {
      case .stated(let location):
        return isBound(edit, location, record) ? nil : node(at: location)?.replacingValue(with: value)
      case .default: return insertion(of: edit.key, value, in: record, edit.record)
      case .inferred: return nil
      }
    }
    return insertion(of: edit.key, value, in: record, edit.record)
  }

  /// Whether a fact hangs on the class of its layer or optimizer, so that another value would need another class.
  private func isBound(_ edit: ExperimentEdit, _ location: SourceLocation, _ record: Record) -> Bool {
    if record[LayerKeys.className]?.origin.location == location { return true }
    if edit.key == OptimizerKeys.name.name, !edit.record.nested.isEmpty { return record.container != nil }
    guard edit.key == LayerKeys.activation.name, case .layer(let index) = edit.record.root,
      experiment.layers.indices.contains(index), experiment.layers[index].kind == .activation
    else { return false }
    return record.value(LayerKeys.className) != "Activation"
  }

  private func insertion(
    of fact: String,
    _ value: FactValue,
    in record: Record,
    _ path: RecordPath
  ) -> TextEdit? {
    guard let container = record.container, let mapping = node(at: container), mapping.kind == .mapping,
      let key = key(of: fact, in: record, path)
    else { return nil }
    if let member = mapping.member(key) { return member.value.isNull ? member.value.replacing(with: value) : nil }
    return mapping.inserting([key], value: value)
  }

  /// The key that states a fact in this generation; nil where none does.
  private func key(of fact: String, in record: Record, _ path: RecordPath) -> String? {
    switch path.root {
    case .layer(let index) where path.nested.isEmpty && experiment.layers.indices.contains(index):
      return layerKey(of: fact, experiment.layers[index])
    case .layer where path.nested.last?.hasSuffix("_initializer") == true: return Self.initializerKeys[fact]
    case .training where path.nested == [TrainingKeys.optimizer.name]:
      guard Self.optimizerKeys.contains(fact) else { return nil }
      return fact == OptimizerKeys.learningRate.name ? generation.learningRateKey : fact
    case .layer, .about, .input, .output, .training, .data: return nil
    }
  }

  private func layerKey(of fact: String, _ layer: Layer) -> String? {
    let isRecurrent = layer.facts[LayerKeys.recurrentInitializer] != nil
    switch fact {
    case LayerKeys.rate.name: return isRecurrent ? "dropout" : generation.rateKey
    case LayerKeys.units.name: return generation.unitsKey
    case LayerKeys.recurrentDropRate.name: return generation <= .one ? "dropout_U" : "recurrent_dropout"
    case LayerKeys.recurrentActivation.name: return generation <= .one ? "inner_activation" : fact
    case LayerKeys.filters.name: return generation <= .one ? "nb_filter" : fact
    case LayerKeys.activation.name where layer.kind == .activation:
      return layer.facts.value(LayerKeys.className) == "Activation" ? fact : nil
    case LayerKeys.useBias.name, LayerKeys.activation.name, LayerKeys.unitForgetBias.name,
      LayerKeys.returnSequences.name, LayerKeys.epsilon.name, LayerKeys.momentum.name, LayerKeys.trainable.name:
      return fact
    default: return nil
    }
  }

  private static let initializerKeys = [
    InitializerKeys.mean.name: "mean", InitializerKeys.standardDeviation.name: "stddev",
    InitializerKeys.minimum.name: "minval", InitializerKeys.maximum.name: "maxval", InitializerKeys.gain.name: "gain",
    InitializerKeys.scale.name: "scale",
  ]

  private static let optimizerKeys: Set<String> = [
    OptimizerKeys.learningRate.name, OptimizerKeys.momentum.name, OptimizerKeys.nesterov.name,
    OptimizerKeys.beta1.name, OptimizerKeys.beta2.name, OptimizerKeys.epsilon.name, OptimizerKeys.weightDecay.name,
  ]

  // MARK: - Initialisers

  /// Puts another initialiser, by its bare word, in the place of a whole one.
  private func initializer(_ edit: ExperimentEdit, keptIn record: Record) -> TextEdit? {
    guard case .text(let word) = edit.value else { return nil }
    let value = FactValue.text(word)
    if case .stated(let location)? = record[name: edit.key]?.origin {
      return node(at: location).flatMap { node in
        node.isAlias ? nil : value.written(in: node.tree.format).map { TextEdit(range: node.range, replacement: $0) }
      }
    }
    guard case .layer(let index) = edit.record.root, experiment.layers.indices.contains(index),
      let container = experiment.layers[index].facts.container, let mapping = node(at: container),
      let fact = edit.record.nested.last, let key = initializerKey(of: fact, experiment.layers[index].kind)
    else { return nil }
    return mapping.inserting([key], value: value)
  }

  private func initializerKey(of fact: String, _ kind: LayerKind) -> String? {
    switch (fact, kind) {
    case (LayerKeys.kernelInitializer.name, _) where generation <= .one: "init"
    case (LayerKeys.recurrentInitializer.name, _) where generation <= .one: "inner_init"
    case (_, _) where generation <= .one: nil
    case (LayerKeys.kernelInitializer.name, .embedding): "embeddings_initializer"
    case (LayerKeys.kernelInitializer.name, .depthwiseConv1d), (LayerKeys.kernelInitializer.name, .depthwiseConv2d):
      "depthwise_initializer"
    case (LayerKeys.kernelInitializer.name, .separableConv1d), (LayerKeys.kernelInitializer.name, .separableConv2d):
      "pointwise_initializer"
    default: fact
    }
  }

  // MARK: - Losses

  private func output(_ edit: ExperimentEdit, _ record: Record) -> TextEdit? {
    guard edit.record.nested.isEmpty, let loss = record[OutputKeys.loss],
      case .stated(let location) = loss.origin, let node = node(at: location), !isShared(location)
    else { return nil }
    switch (edit.key, edit.value) {
    case (OutputKeys.loss.name, .text(let name)):
      guard !node.isAlias, let text = FactValue.text(name).written(in: node.tree.format) else { return nil }
      return TextEdit(range: node.range, replacement: text)
    case (OutputKeys.fromLogits.name, .boolean(let flag)):
      if case .stated(let place)? = record[OutputKeys.fromLogits]?.origin {
        return self.node(at: place)?.replacing(with: .boolean(flag))
      }
      return stateLogits(flag, of: loss.value, at: node)
    default: return nil
    }
  }

  /// Whether several outputs have their loss from one place.
  private func isShared(_ location: SourceLocation) -> Bool {
    experiment.outputs.count { $0.facts[OutputKeys.loss]?.origin.location == location } > 1
  }

  /// Writes a loss that is a bare word as an object, which has a place for `from_logits`.
  private func stateLogits(_ flag: Bool, of loss: String, at node: SyntaxNode) -> TextEdit? {
    if let config = node["config"], config.kind == .mapping {
      return config.inserting([OutputKeys.fromLogits.name], value: .boolean(flag))
    }
    guard generation >= .two, node.kind == .scalar, node.tree.format == .json, let name = Self.lossClasses[loss] else {
      return nil
    }
    let config = "\"class_name\": \"\(name)\", \"config\": {\"from_logits\": \(flag)}"
    let isNew = generation == .three
    let object =
      isNew ? "{\"module\": \"keras.losses\", \(config), \"registered_name\": null}" : "{\(config)}"
    return TextEdit(range: node.range, replacement: object)
  }

  private static let lossClasses = [
    "binary_crossentropy": "BinaryCrossentropy",
    "binary_focal_crossentropy": "BinaryFocalCrossentropy",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "categorical_focal_crossentropy": "CategoricalFocalCrossentropy",
    "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
  ]

  // MARK: - Clipping

  /// Clips by another threshold or in another way, or not at all: one key says it, the others say null.
  private func clip(_ edits: [ExperimentEdit]) -> [TextEdit]? {
    guard let record = experiment.training.value(TrainingKeys.clip), let container = record.container,
      let config = node(at: container), config.kind == .mapping
    else { return nil }
    var kind = record.value(ClipKeys.kind)
    var threshold = record.value(ClipKeys.threshold)
    for edit in edits {
      if edit.key == ClipKeys.kind.name, let value = String(edit.value) { kind = value }
      if edit.key == ClipKeys.threshold.name, let value = Double(edit.value) { threshold = value }
    }
    var result: [TextEdit] = []
    for (key, keyKind) in KerasOptimizers.clipKinds {
      let written = config.member(key)?.value
      let isWanted = keyKind == kind
      guard isWanted || written?.isNull == false else { continue }
      guard let threshold = isWanted ? threshold.map(FactValue.number) : .unknown else { return nil }
      guard let edit = written.map({ $0.replacing(with: threshold) }) ?? config.inserting([key], value: threshold)
      else {
        return nil
      }
      result.append(edit)
    }
    return result.isEmpty ? nil : result
  }

  // MARK: - Nodes

  /// Returns the node that covers exactly the bytes of a location.
  private func node(at location: SourceLocation) -> SyntaxNode? {
    guard location.source == 0 else { return nil }
    var current = root
    while current.range != location.range {
      let children = current.kind == .mapping ? current.writtenMembers.map(\.value) : current.elements
      guard !current.isAlias, let next = children.first(where: { $0.range.contains(location.range) }) else {
        return nil
      }
      current = next
    }
    return current
  }
}

extension RecordPath.Root {
  fileprivate var isOutput: Bool {
    if case .output = self { true } else { false }
  }
}

extension SyntaxNode {
  /// Returns an edit that puts a value in the place of one of its type: a scalar, a list, or an activation that is an object.
  fileprivate func replacingValue(with value: FactValue) -> TextEdit? {
    guard !isAlias else { return nil }
    let fits =
      switch value {
      case .boolean: boolean != nil
      case .integer, .number: number != nil
      case .text: string != nil || kind == .mapping
      case .list: kind == .sequence && isFlow
      case .unknown, .deferred, .record: false
      }
    guard fits || isNull else { return nil }
    if kind == .scalar { return replacing(with: value) }
    return value.written(in: tree.format).map { TextEdit(range: range, replacement: $0) }
  }
}
