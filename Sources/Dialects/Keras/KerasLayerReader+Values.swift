import ConfigSyntax
import Experiment
import SourceText

/// Typed values, initialisers and what Keras does where a file is silent.
extension KerasLayerReader {
  /// The origin of what Keras does when a key is absent.
  var keras: Origin { .default(DefaultSource(framework: "Keras")) }

  func stated(_ node: SyntaxNode) -> Origin {
    .stated(node.location(source: source))
  }

  mutating func set<Value>(_ key: FactKey<Value>, _ value: Value, _ node: SyntaxNode) {
    set(key.name, value.factValue, node)
  }

  /// Sets a fact by its name: most facts are set here, and a generic setter of another module is not specialised.
  mutating func set(_ name: String, _ value: FactValue, _ node: SyntaxNode) {
    facts[name: name] = Fact(value, stated(node))
  }

  mutating func readInteger(_ fact: FactKey<Int>, _ key: KerasKey, _ other: KerasKey? = nil) {
    guard let node = config.value(key, other) else { return }
    if let value = node.integer {
      set(fact.name, .integer(value), node)
    } else {
      noteWrongType(key, node, wanted: "an integer")
    }
  }

  mutating func readNumber(
    _ fact: FactKey<Double>,
    _ key: KerasKey,
    _ second: KerasKey? = nil,
    _ third: KerasKey? = nil,
    listsAllowed: Bool = false
  ) {
    guard let node = config.value(key, second, third) else { return }
    if let value = node.number {
      set(fact.name, .number(KerasNumber.narrowed(value)), node)
    } else if node.kind == .scalar || !(listsAllowed || node.kind == .mapping) {
      noteWrongType(key, node, wanted: "a number")
    }
  }

  /// Reads a number or lists of numbers, however deep they nest, as one list.
  mutating func readNumbers(_ fact: FactKey<[Double]>, _ key: KerasKey) {
    guard let node = config.value(key) else { return }
    let numbers = [SyntaxNode](leavesOf: node).map(\.number)
    let known = numbers.compactMap { $0 }
    if !known.isEmpty, known.count == numbers.count { set(fact, known.map(KerasNumber.narrowed), node) }
  }

  mutating func readFlag(_ fact: FactKey<Bool>, _ key: KerasKey, _ other: KerasKey? = nil) {
    guard let node = config.value(key, other) else { return }
    if let value = node.boolean ?? node.integer.map({ $0 != 0 }) {
      set(fact.name, .boolean(value), node)
    } else {
      noteWrongType(key, node, wanted: "true or false")
    }
  }

  mutating func readText(_ fact: FactKey<String>, _ key: KerasKey) {
    if let node = config.value(key), let text = node.string { set(fact.name, .text(text), node) }
  }

  /// Reads one integer or a list of them; a list with something else in it is not taken.
  mutating func readIntegers(
    _ fact: FactKey<[Int]>,
    _ key: KerasKey,
    _ second: KerasKey? = nil,
    _ third: KerasKey? = nil,
    orNull null: Int? = nil,
    repeated: Int = 1
  ) {
    guard let node = config.value(key, second, third) else { return }
    if let value = node.integer {
      return set(fact.name, .list(Array(repeating: .integer(value), count: repeated)), node)
    }
    let parts = elements(node)
    let values = parts.compactMap { $0.integer ?? ($0.isNull ? null : nil) }
    if values.count == parts.count, !(values.isEmpty && node.kind == .scalar) {
      set(fact.name, .list(values.map(FactValue.integer)), node)
    } else if node.kind == .scalar {
      noteWrongType(key, node, wanted: "an integer or a list of integers")
    }
  }

  /// The elements of a list; Keras 3 wraps a tuple in an object.
  func elements(_ node: SyntaxNode) -> [SyntaxNode] {
    node.kind == .mapping ? node["items"]?.elements ?? [] : node.elements
  }

  /// The sizes of a shape, nil where it says null.
  func axes(_ node: SyntaxNode) -> [Int?] {
    elements(node).map(\.integer)
  }

  // MARK: - Activations

  mutating func readActivation(_ fact: FactKey<String>, _ key: KerasKey, _ other: KerasKey? = nil) {
    guard let node = config.value(key, other) else {
      // A null that is written says "none".
      if fact.name == LayerKeys.activation.name, config.has(key), let null = config.node[key.rawValue] {
        set(fact.name, .text("linear"), null)
      }
      return
    }
    let inner = node["config"]
    let word = node.string ?? (node["class_name"]?.string == "function" ? inner?.string : node["class_name"]?.string)
    guard let word else { return }
    let name = KerasNames.activation(word)
    set(fact.name, .text(name), node)
    if ActivationVocabulary.traits(of: name) == nil {
      noteMisspelled(node, what: "activation", among: ActivationVocabulary.names)
    }
    guard let inner, inner.kind == .mapping, fact.name == LayerKeys.activation.name else { return }
    if let slope = inner["negative_slope"] ?? inner["alpha"], let value = slope.number {
      set(LayerKeys.negativeSlope, value, slope)
    }
    if let maximum = inner["max_value"], let value = maximum.number { set(LayerKeys.maximum, value, maximum) }
    if let threshold = inner["threshold"], let value = threshold.number { set(LayerKeys.threshold, value, threshold) }
  }

  // MARK: - Initialisers and regularisers

  mutating func readInitializer(
    _ fact: FactKey<Record>,
    _ key: KerasKey,
    _ second: KerasKey? = nil,
    _ third: KerasKey? = nil
  ) {
    guard layerClass.hasKerasInitializers, let node = config.value(key, second, third) else { return }
    guard let record = KerasInitializer.record(node, source: source) else { return }
    set(fact.name, .record(record), node)
    if let name = record.value(InitializerKeys.name), !InitializerVocabulary.names.contains(name) {
      noteMisspelled(node, what: "initialiser", among: InitializerVocabulary.names)
    }
  }

  /// Reads a regulariser: a word, or an object with its factors.
  mutating func readRegularizer(
    _ key: KerasKey,
    _ second: KerasKey? = nil,
    _ third: KerasKey? = nil,
    l1: FactKey<Double> = LayerKeys.kernelL1,
    l2: FactKey<Double> = LayerKeys.kernelL2
  ) {
    guard let node = config.value(key, second, third) else { return }
    if let word = node.string {
      // The factor that Keras takes for the bare word.
      if word.hasSuffix("l2") { set(l2, 0.01, node) }
      if word.hasPrefix("l1") { set(l1, 0.01, node) }
      return
    }
    let values = node["config"] ?? node
    var isKnown = false
    for (name, fact) in [("l1", l1), ("l2", l2)] {
      guard let factor = values[name], let value = factor.number else { continue }
      set(fact, KerasNumber.narrowed(value), factor)
      isKnown = true
    }
    if !isKnown { set(LayerKeys.otherPenalty, true, node) }
  }

  /// Reads the regularisers of bias and output.
  mutating func readSmallRegularizers() {
    readRegularizer(.biasRegularizer, .bRegularizer, l1: LayerKeys.biasL1, l2: LayerKeys.biasL2)
    readRegularizer(.activityRegularizer, l1: LayerKeys.activityL1, l2: LayerKeys.activityL2)
  }

  // MARK: - Defaults

  mutating func addWeightDefaults() {
    switch kind {
    case .embedding:
      if !config.has(.embeddingsInitializer), !config.has(.initializer) {
        facts.setIfUnknown(LayerKeys.kernelInitializer, KerasInitializer.default("random_uniform"), keras)
      }
    case .multiHeadAttention, .groupedQueryAttention: addKernelDefaults()
    default:
      if !config.has(.activation) { facts.setIfUnknown(LayerKeys.activation, "linear", keras) }
      addKernelDefaults()
    }
  }

  mutating func addRecurrentDefaults() {
    if !config.has(.activation) { facts.setIfUnknown(LayerKeys.activation, "tanh", keras) }
    if kind != .simpleRNN, generation == .three {
      facts.setIfUnknown(LayerKeys.recurrentActivation, "sigmoid", keras)
    }
    facts.setIfUnknown(LayerKeys.returnSequences, false, keras)
    if kind == .gru {
      let isNew = generation == .three || className == "CuDNNGRU" || className == "GRUV2"
      facts.setIfUnknown(LayerKeys.resetAfter, isNew, keras)
    }
    if kind == .lstm, !config.has(.forgetBiasInit) { facts.setIfUnknown(LayerKeys.unitForgetBias, true, keras) }
    if layerClass.hasKerasInitializers, !config.has(.recurrentInitializer), !config.has(.innerInit) {
      facts.setIfUnknown(LayerKeys.recurrentInitializer, KerasInitializer.default("orthogonal"), keras)
    }
    addKernelDefaults()
  }

  private mutating func addKernelDefaults() {
    facts.setIfUnknown(LayerKeys.useBias, true, keras)
    let isSilent = ![.kernelInitializer, .depthwiseInitializer, .pointwiseInitializer, .initializer].contains {
      config.has($0)
    }
    if isSilent, layerClass.hasKerasInitializers {
      facts.setIfUnknown(LayerKeys.kernelInitializer, KerasInitializer.default("glorot_uniform"), keras)
    }
    if layerClass.hasKerasInitializers, !config.has(.biasInitializer), !config.has(.forgetBiasInit) {
      facts.setIfUnknown(LayerKeys.biasInitializer, KerasInitializer.default("zeros"), keras)
    }
  }

  // MARK: - Problems

  private mutating func noteMisspelled(_ node: SyntaxNode, what: String, among names: [String]) {
    guard layerClass.hasKerasInitializers else { return }
    problems += KerasMisspelling.problem(node, what: what, among: names, source: source).map { [$0] } ?? []
  }

  mutating func noteWrongType(_ key: KerasKey, _ node: SyntaxNode, wanted: String) {
    problems.append(
      Problem(
        kind: .wrongType,
        message: "\"\(key.rawValue)\" of layer \"\(name)\" must be \(wanted), not \(node.typeDescription)",
        location: node.location(source: source)
      )
    )
  }

  /// Notes keys that are nearly those of the class.
  ///
  /// Configs are written by machines of many versions, and by authors of subclasses: a key that is near to none is somebody's own.
  mutating func noteMisspelledKeys() {
    for member in config.strangers {
      let missing = KerasKey.spelled(for: layerClass).filter { config.node.member($0) == nil }
      guard let nearest = Spelling.nearest(to: member.name, among: missing) else { continue }
      problems.append(
        Problem(
          kind: .unknownKey,
          message: "unknown key \"\(member.name)\" in layer \"\(name)\"",
          location: member.key.location(source: source),
          help: "did you mean \"\(nearest)\"?",
          edits: [member.key.replacingText(with: nearest)]
        )
      )
    }
  }
}

extension KerasKey {
  /// Returns the keys that people write for a class by hand, in the spelling of Keras 2 and 3.
  static func spelled(for layerClass: KerasClass) -> [String] {
    let common = ["name", "trainable"]
    switch layerClass.form {
    case .weights:
      let dense = ["units", "activation", "use_bias", "kernel_initializer", "bias_initializer", "kernel_regularizer"]
      let spatial = ["filters", "kernel_size", "strides", "padding", "dilation_rate", "groups", "data_format"]
      return common + dense.dropFirst(layerClass.rank > 0 ? 1 : 0) + (layerClass.rank > 0 ? spatial : [])
    case .recurrent:
      return common + [
        "units", "activation", "recurrent_activation", "use_bias", "kernel_initializer", "recurrent_initializer",
        "bias_initializer", "dropout", "recurrent_dropout", "return_sequences", "return_state",
      ]
    case .activation: return common + ["activation", "max_value", "negative_slope"]
    case .plain where layerClass.kind.isDropout: return common + ["rate", "noise_shape"]
    case .plain where layerClass.rank > 0: return common + ["pool_size", "strides", "padding", "data_format"]
    case .plain where layerClass.kind.isNormalization:
      return common + ["axis", "momentum", "epsilon", "center", "scale"]
    default: return common
    }
  }
}

extension LayerKind {
  fileprivate var isDropout: Bool { self == .dropout || self == .spatialDropout || self == .alphaDropout }
}

extension [SyntaxNode] {
  /// The scalars in a tree of lists, in order.
  fileprivate init(leavesOf node: SyntaxNode) {
    self = node.kind == .sequence ? node.elements.flatMap { [SyntaxNode](leavesOf: $0) } : [node]
  }
}
