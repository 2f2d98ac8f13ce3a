import ConfigSyntax

/// The parts of a Keras file, wherever its generation puts them.
struct KerasDocument {
  /// The mapping with the model's class and config; of Keras 0.3 the whole document.
  let model: SyntaxNode
  /// The mapping with loss, optimizer and metrics, where the file has one.
  let training: SyntaxNode?
  let generation: KerasGeneration
  /// The value of `keras_version`.
  let version: SyntaxNode?
  /// How sure it is that this is Keras.
  let recognition: Recognition

  init?(_ root: SyntaxNode) {
    guard root.kind == .mapping else { return nil }
    // TensorFlow.js writes the model under its own key, Python's HDF5 attributes and their dumps under another.
    let topology = root["modelTopology"]
    let holder = topology ?? root
    if let model = holder["model_config"] ?? topology ?? root["modelConfig"], model.kind == .mapping,
      Self.isModel(model)
    {
      self.model = model
      training =
        holder["training_config"] ?? root["trainingConfig"] ?? root["training_config"] ?? root["compile_config"]
      version = holder["keras_version"] ?? root["keras_version"]
      recognition = .certain
    } else if Self.isModel(root) {
      model = root
      training = root["compile_config"] ?? root["training_config"]
      version = root["keras_version"]
      recognition = Self.hasLayers(root) ? .certain : .likely
    } else if Self.isOldModel(root) {
      model = root
      training = root
      version = root["keras_version"]
      generation = .zero
      recognition = root["optimizer"] != nil || root["class_mode"] != nil ? .certain : .likely
      return
    } else {
      return nil
    }
    generation = Self.generation(of: model, version: version?.text)
  }

  /// Whether a mapping is an object of Keras whose class is a model.
  static func isModel(_ node: SyntaxNode) -> Bool {
    guard let name = node["class_name"]?.string, let config = node["config"] else { return false }
    if modelClasses.contains(name) { return true }
    if config["layers"]?.kind == .sequence { return !["StackedRNNCells", "Merge"].contains(name) }
    // A model of one's own that is not built of layers: its training is in the file all the same.
    return node["compile_config"]?.kind == .mapping
  }

  // MARK: - Private

  private static let modelClasses: Set<String> = ["Sequential", "Functional", "Model"]

  private static func hasLayers(_ model: SyntaxNode) -> Bool {
    model["config"]?.kind == .sequence || model["config"]?["layers"]?.kind == .sequence
  }

  /// Whether a document is of Keras 0.3, where a layer's class is its `name`.
  private static func isOldModel(_ root: SyntaxNode) -> Bool {
    guard let layers = root["layers"], layers.kind == .sequence, let first = layers[0], first["class_name"] == nil,
      let name = first["name"]?.string
    else { return false }
    return KerasClass.named(name) != nil
  }

  private static func generation(of model: SyntaxNode, version: String?) -> KerasGeneration {
    if model["module"] != nil || model["registered_name"] != nil { return .three }
    switch version?.first {
    case "3": return .three
    case "2": return .two
    case "1", "0": return .one
    default: break
    }
    let layers = (model["config"]?["layers"] ?? model["config"])?.elements ?? []
    for layer in layers {
      if layer["module"] != nil { return .three }
      guard let config = layer["config"], config.kind == .mapping else { continue }
      if oldKeys.contains(where: { config.member($0) != nil }) { return .one }
      if config.member("kernel_initializer") != nil { return .two }
    }
    return .two
  }

  private static let oldKeys = ["nb_filter", "border_mode", "dim_ordering", "init", "W_regularizer", "subsample"]
}
