import ConfigSyntax
import Experiment
import SourceText

/// Turns changes of facts into text edits, and makes sure of them: the edited texts must say what was asked for.
struct CaffeEdits {
  private let experiment: Experiment
  private let trees: [SyntaxTree]
  private let document: SyntaxNode

  /// Makes the edits of an experiment; nil where its trees are not at hand.
  init?(_ experiment: Experiment, trees: [SyntaxTree]) {
    guard let document = trees.first?.documents.first, trees.count == experiment.sources.count else { return nil }
    self.experiment = experiment
    self.trees = trees
    self.document = document
  }

  /// Returns the text edits, or nil where the files cannot say the changes safely.
  func textEdits(for edits: [ExperimentEdit]) -> [SourceEdit]? {
    let edits = edits.flatMap(Self.flattened)
    var texts: [SourceEdit] = []
    for edit in edits {
      guard let text = textEdit(for: edit) else { return nil }
      if !texts.contains(text) { texts.append(text) }
    }
    var edited: [SyntaxTree] = []
    for (index, tree) in trees.enumerated() {
      let own = texts.filter { $0.source == index }.map(\.edit)
      guard let bytes = own.isEmpty ? tree.source.bytes : tree.source.applying(own) else { return nil }
      edited.append(parse(SourceText(name: tree.source.name, bytes: bytes), as: tree.format))
      guard edited[index].problems.count <= tree.problems.count else { return nil }
    }
    return says(edits, edited) ? texts : nil
  }

  // MARK: - Checking

  /// Whether the edited files say what the edits ask for, and nothing in them is wrong that was right before.
  private func says(_ edits: [ExperimentEdit], _ edited: [SyntaxTree]) -> Bool {
    let before = Self.lowered(trees)
    guard let before, let after = Self.lowered(edited), after.layers.count == before.layers.count,
      after.problems.count <= before.problems.count
    else { return false }
    return edits.allSatisfy { edit in
      guard let value = after.record(at: edit.record)?[name: edit.key]?.value else { return false }
      if let wanted = Double(edit.value), let found = Double(value) { return wanted == found }
      return value == edit.value
    }
  }

  private static func lowered(_ trees: [SyntaxTree]) -> Experiment? {
    guard let document = trees.first?.documents.first else { return nil }
    let context = LoweringContext { _ in trees.count > 1 ? .tree(trees[1]) : .failed("there is no other file") }
    var lowering = CaffeLowering(document, in: context)
    lowering.run()
    return lowering.experiment
  }

  /// A change of a record is a change of each of its facts.
  private static func flattened(_ edit: ExperimentEdit) -> [ExperimentEdit] {
    guard case .record(let record) = edit.value else { return [edit] }
    return record.entries.flatMap { entry in
      flattened(ExperimentEdit(record: edit.record.appending(edit.key), key: entry.name, value: entry.fact.value))
    }
  }

  // MARK: - Places

  /// Where a fact stands or would: a message with the fields that lead on from it, and the value as the field has it.
  private struct Place {
    var message: SyntaxNode
    var source: Int
    var path: [String]
    var value: FactValue
  }

  private func textEdit(for edit: ExperimentEdit) -> SourceEdit? {
    if edit.record.nested == [LayerKeys.kernelInitializer.name]
      || edit.record.nested == [LayerKeys.biasInitializer.name],
      edit.key == InitializerKeys.name.name
    {
      return fillerEdit(edit)
    }
    guard let place = place(of: edit) else { return nil }
    return Self.write(place.value, at: place.path, in: place.message).map { SourceEdit(source: place.source, edit: $0) }
  }

  private static func write(_ value: FactValue, at path: [String], in message: SyntaxNode) -> TextEdit? {
    guard let first = path.first else { return nil }
    guard let stated = message[first] else { return message.inserting(path, value: value) }
    if path.count > 1 { return write(value, at: Array(path.dropFirst()), in: stated) }
    return stated.kind == .scalar ? stated.replacing(with: value) : nil
  }

  private func place(of edit: ExperimentEdit) -> Place? {
    switch edit.record.root {
    case .training: trainingPlace(of: edit)
    case .layer(let index): layerPlace(of: edit, index)
    default: nil
    }
  }

  private func trainingPlace(of edit: ExperimentEdit) -> Place? {
    func solver(_ key: String, _ value: FactValue? = nil) -> Place? {
      guard CaffeDocument.recognizesSolver(document) > .no else { return nil }
      return Place(message: document, source: 0, path: [key], value: value ?? edit.value)
    }
    let optimizer = experiment.training.value(TrainingKeys.optimizer)
    let policy = document["lr_policy"]?.text
    switch (edit.record.nested.first, edit.key) {
    case (nil, "steps"): return solver("max_iter")
    case (nil, "batch_size"): return batchPlace(edit)
    case ("optimizer", "learning_rate"): return solver("base_lr")
    case ("optimizer", "momentum"): return solver("momentum")
    case ("optimizer", "beta_1"): return solver("momentum")
    case ("optimizer", "beta_2"): return solver("momentum2")
    case ("optimizer", "rho"):
      return solver(optimizer?.value(OptimizerKeys.name) == "rmsprop" ? "rms_decay" : "momentum")
    case ("optimizer", "epsilon"): return solver("delta")
    case ("optimizer", "weight_decay"): return solver("weight_decay")
    case ("optimizer", "name"):
      let types = ["sgd": "SGD", "adam": "Adam", "rmsprop": "RMSProp", "adagrad": "AdaGrad", "adadelta": "AdaDelta"]
      guard case .text(let name) = edit.value, let type = types[name], document["solver_type"] == nil else {
        return nil
      }
      return solver("type", .text(type))
    case ("clip", "threshold"): return solver("clip_gradients")
    case ("clip", "kind"): return edit.value == .text("off") ? solver("clip_gradients", .integer(-1)) : nil
    case ("schedule", "decay_steps"): return policy == "step" ? solver("stepsize") : nil
    case ("schedule", "decay_rate"): return policy == "step" || policy == "exp" ? solver("gamma") : nil
    default: return nil
    }
  }

  /// The batch stands with the data, unless it is several of those together.
  private func batchPlace(_ edit: ExperimentEdit) -> Place? {
    guard let batch = experiment.training[TrainingKeys.batchSize], case .stated(let location) = batch.origin,
      let root = trees[location.source].documents.first
    else { return nil }
    let net = root["train_net_param"] ?? root["net_param"] ?? root
    for layer in net.values(of: "layer") + net.values(of: "layers") {
      for member in layer.writtenMembers where member.value["batch_size"]?.range == location.range {
        return Place(message: member.value, source: location.source, path: ["batch_size"], value: edit.value)
      }
    }
    return nil
  }

  private func layerPlace(of edit: ExperimentEdit, _ index: Int) -> Place? {
    guard let (layer, source) = layer(at: index) else { return nil }
    let parameters = Self.parameters[CaffeLayer(layer).type] ?? ""
    func field(_ path: String...) -> Place { Place(message: layer, source: source, path: path, value: edit.value) }
    switch (edit.record.nested.first, edit.key) {
    case (nil, "rate"): return field("dropout_param", "dropout_ratio")
    case (nil, "units"), (nil, "filters"): return parameters.isEmpty ? nil : field(parameters, "num_output")
    case (nil, "use_bias"): return parameters.isEmpty ? nil : field(parameters, "bias_term")
    case (nil, "negative_slope"): return field("relu_param", "negative_slope")
    case (nil, "epsilon"): return CaffeLayer(layer).type == "BatchNorm" ? field("batch_norm_param", "eps") : nil
    case ("kernel_initializer", let key), ("bias_initializer", let key):
      guard !parameters.isEmpty, let name = Self.fillerFields[key] else { return nil }
      let filler = edit.record.nested.first == LayerKeys.kernelInitializer.name ? "weight_filler" : "bias_filler"
      return field(parameters, filler, name)
    default: return nil
    }
  }

  private static let parameters = [
    "Convolution": "convolution_param", "Deconvolution": "convolution_param", "InnerProduct": "inner_product_param",
    "Embed": "embed_param", "LSTM": "recurrent_param", "RNN": "recurrent_param",
  ]

  private static let fillerFields = ["value": "value", "mean": "mean", "stddev": "std", "min": "min", "max": "max"]

  /// Returns the layer's message and the index of its file.
  private func layer(at index: Int) -> (SyntaxNode, Int)? {
    guard experiment.layers.indices.contains(index), let place = experiment.layers[index].facts.container,
      trees.indices.contains(place.source), let root = trees[place.source].documents.first
    else { return nil }
    let nets = [root, root["train_net_param"], root["net_param"]].compactMap(\.self)
    let layers = nets.flatMap { $0.values(of: "layer") + $0.values(of: "layers") }
    return layers.first { $0.range == place.range }.map { ($0, place.source) }
  }

  // MARK: - Fillers

  /// Another filler has other settings: those of the old one go with its type.
  private func fillerEdit(_ edit: ExperimentEdit) -> SourceEdit? {
    guard case .layer(let index) = edit.record.root, let (layer, source) = layer(at: index),
      case .text(let name) = edit.value,
      let parameters = Self.parameters[CaffeLayer(layer).type], let text = Self.fillers[name]
    else { return nil }
    let field = edit.record.nested.first == LayerKeys.kernelInitializer.name ? "weight_filler" : "bias_filler"
    guard let message = layer[parameters] else { return nil }
    guard let filler = message[field] else {
      return message.inserting([field, "type"], value: .deferred(text)).map { SourceEdit(source: source, edit: $0) }
    }
    let hasComment = filler.tree.comments.contains { filler.range.contains($0) }
    guard !hasComment, filler.kind == .mapping else { return nil }
    return SourceEdit(source: source, edit: TextEdit(range: filler.range, replacement: "{ type: \(text) }"))
  }

  /// What stands behind `type:` for each initialiser.
  private static let fillers = [
    "he_normal": "\"msra\"", "lecun_uniform": "\"xavier\"", "glorot_uniform": "\"xavier\" variance_norm: AVERAGE",
  ]
}
