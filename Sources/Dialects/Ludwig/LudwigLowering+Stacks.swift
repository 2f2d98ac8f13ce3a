import ConfigSyntax
import Experiment

/// How a stack of fully connected or convolution layers spells its keys; `fc_dropout` here is `dropout` there.
struct LudwigStackKeys {
  var layers = ["fc_layers"]
  var count = ["num_fc_layers"]
  var units = ["output_size", "fc_size"]
  var activation = ["activation"]
  var dropout = ["dropout"]
  var norm = ["norm"]
  var useBias = ["use_bias", "bias"]
  var weights = ["weights_initializer"]
  var bias = ["bias_initializer"]
  var residual: [String] = []

  /// Combiners and most encoders.
  static let plain = LudwigStackKeys()

  /// The `dense` encoder.
  static let denseEncoder = LudwigStackKeys(layers: ["fc_layers", "layers"], count: ["num_layers"])

  /// Recurrent and transformer modules, whose plain keys mean their own layers.
  static let behindOtherLayers = LudwigStackKeys(activation: ["fc_activation"], dropout: ["fc_dropout"])

  /// The image convolutions, and decoders since 0.6.
  static let prefixed = LudwigStackKeys(
    units: ["fc_output_size"],
    activation: ["fc_activation"],
    dropout: ["fc_dropout"],
    norm: ["fc_norm"],
    useBias: ["fc_use_bias"],
    weights: ["fc_weights_initializer"],
    bias: ["fc_bias_initializer"]
  )

  /// One entry of `fc_layers`.
  static let entry = LudwigStackKeys()
}

/// What a stack has when its section does not say.
struct LudwigStackDefaults {
  var count = 0
  var units = 256
  /// The widths of the layers when neither their number nor their list is stated; instead of `count`.
  var sizes: [Int]?
}

extension LudwigLowering {
  /// Lowers a stack of fully connected layers: each is linear, normalised, activated, then dropped out.
  ///
  /// - Returns: The index of the last layer; `input` when there is none.
  mutating func lowerStack(
    _ section: LudwigSection,
    _ keys: LudwigStackKeys,
    _ defaults: LudwigStackDefaults = LudwigStackDefaults(),
    input: Int?,
    name: String,
    role: String
  ) -> Int? {
    var previous = input
    let entries = section.member(keys.layers)?.value.elements.filter { $0.kind == .mapping } ?? []
    var count = entries.count
    var sizes: [Int] = []
    if entries.isEmpty {
      switch read(Int.self, [LudwigKey(section: section, names: keys.count)]) {
      case .stated(let stated, _): count = min(stated, 1000)
      case .deferred(let text, let node):
        return appendUnknownStack(text, at: node, name: name, role: role, input: previous)
      case .null, .absent, .invalid:
        sizes = defaults.sizes ?? []
        count = defaults.sizes?.count ?? defaults.count
      }
    }
    var width: Int?
    for index in 0..<max(count, 0) {
      var candidates = [(section: section, keys: keys)]
      if entries.indices.contains(index) {
        var entry = section
        entry.node = entries[index]
        entry.anchor = entries[index]
        entry.missing = []
        entry.fallbacks = []
        entry.searchPaths = []
        candidates.insert((section: entry, keys: .entry), at: 0)
      }
      let before = previous
      let units = lowerFullyConnected(
        candidates,
        units: sizes.indices.contains(index) ? sizes[index] : defaults.units,
        name: "\(name)/fc\(index + 1)",
        role: role,
        previous: &previous
      )
      if !keys.residual.isEmpty,
        case .stated(true, _) = read(Bool.self, [LudwigKey(section: section, names: keys.residual)]),
        let before, let last = previous, let units, units == width
      {
        previous = append(.add, "\(name)/fc\(index + 1)_residual", Record(location: nil), inputs: [before, last])
      }
      width = units
    }
    return previous
  }

  /// Lowers one fully connected layer with what stands behind it, and returns its number of units where that is known.
  ///
  /// The candidates are the sections that may state its keys, best first.
  private mutating func lowerFullyConnected(
    _ candidates: [(section: LudwigSection, keys: LudwigStackKeys)],
    units: Int,
    name: String,
    role: String,
    previous: inout Int?
  ) -> Int? {
    func places(_ names: (LudwigStackKeys) -> [String]) -> [LudwigKey] {
      candidates.map { LudwigKey(section: $0.section, names: names($0.keys)) }
    }
    let index = experiment.layers.count
    let path = RecordPath(.layer(index))
    var facts = record(of: candidates.first?.section)
    set(LayerKeys.units, in: &facts, at: path, from: places { $0.units }, default: units)
    let normed = setActivation(in: &facts, at: path, from: places { $0.activation }, norm: places { $0.norm })
    set(LayerKeys.useBias, in: &facts, at: path, from: places { $0.useBias }, default: true)
    setInitializers(in: &facts, at: path, weights: places { $0.weights }, bias: places { $0.bias })
    facts[LayerKeys.role] = Fact(role, .inferred(from: "the section", at: nil))
    let result = facts.value(LayerKeys.units)
    // What is before may be of a width that only the data tell; what comes out is a vector.
    facts[LayerKeys.statedOutputShape] = result.map { Fact([$0], .inferred(from: "the number of units", at: nil)) }
    previous = append(.dense, name, facts, inputs: previous.map { [$0] } ?? [])
    if let normed {
      appendNormalization(normed, activation: places { $0.activation }, name: name, role: role, previous: &previous)
    }
    appendDropout(places { $0.dropout }, name: name, role: role, previous: &previous)
    return result
  }

  /// Sets a layer's activation; a normalisation between layer and activation leaves the layer linear.
  ///
  /// - Returns: The normalisation, where there is one.
  mutating func setActivation(
    in facts: inout Record,
    at path: RecordPath,
    from keys: [LudwigKey],
    norm: [LudwigKey],
    default: String = "relu"
  ) -> (kind: LayerKind, origin: Origin)? {
    guard case .stated(let word, let node) = read(String.self, norm, words: LudwigWords.norms) else {
      set(
        LayerKeys.activation,
        in: &facts,
        at: path,
        from: keys,
        words: LudwigWords.activations,
        null: "linear",
        default: `default`
      )
      return nil
    }
    facts[LayerKeys.activation] = Fact("linear", .inferred(from: "the normalisation behind it", at: nil))
    return (word == "layer" ? .layerNormalization : .batchNormalization, stated(node))
  }

  /// Appends a normalisation layer and the activation behind it.
  mutating func appendNormalization(
    _ norm: (kind: LayerKind, origin: Origin),
    activation: [LudwigKey],
    name: String,
    role: String,
    previous: inout Int?
  ) {
    var facts = Record(location: norm.origin.location)
    facts[LayerKeys.role] = Fact(role, .inferred(from: "the section", at: nil))
    previous = append(norm.kind, name + "_norm", facts, inputs: previous.map { [$0] } ?? [])
    let path = RecordPath(.layer(experiment.layers.count))
    facts = record(of: activation.first?.section)
    set(
      LayerKeys.activation,
      in: &facts,
      at: path,
      from: activation,
      words: LudwigWords.activations,
      null: "linear",
      default: "relu"
    )
    previous = append(.activation, name + "_activation", facts, inputs: previous.map { [$0] } ?? [])
  }

  /// Appends a dropout layer where something is dropped.
  mutating func appendDropout(
    _ keys: [LudwigKey],
    name: String,
    role: String,
    previous: inout Int?,
    default: Double = 0
  ) {
    var facts = record(of: keys.first?.section)
    switch read(Double.self, keys) {
    case .stated(let rate, let node):
      // Old configs say `dropout: false`; a rate of 0 is no layer either.
      guard rate != 0 else { return }
      facts.location = node.location(source: source)
    case .deferred: break
    case .null, .absent:
      guard `default` > 0 else { return }
    case .invalid: return
    }
    set(
      LayerKeys.rate,
      in: &facts,
      at: RecordPath(.layer(experiment.layers.count)),
      from: keys,
      default: `default` > 0 ? `default` : nil
    )
    facts[LayerKeys.role] = Fact(role, .inferred(from: "the section", at: nil))
    previous = append(.dropout, name + "_dropout", facts, inputs: previous.map { [$0] } ?? [])
  }

  /// Returns an empty record that stands for a section.
  func record(of section: LudwigSection?) -> Record {
    let location = (section?.node ?? section?.anchor)?.location(source: source)
    return Record(location: location, container: section?.node?.location(source: source))
  }

  // MARK: - Initialisers

  mutating func setInitializers(
    in facts: inout Record,
    at path: RecordPath,
    weights: [LudwigKey],
    bias: [LudwigKey]
  ) {
    facts[LayerKeys.kernelInitializer] = initializer(
      weights,
      at: path.appending("kernel_initializer"),
      default: "glorot_uniform"
    )
    facts[LayerKeys.biasInitializer] = initializer(bias, at: path.appending("bias_initializer"), default: "zeros")
  }

  /// Returns an initialiser, written as a word or as a mapping with `type`.
  private mutating func initializer(_ keys: [LudwigKey], at path: RecordPath, default: String) -> Fact<Record>? {
    for key in keys {
      guard let member = key.section.member(key.names), member.value.kind == .mapping else { continue }
      var section = key.section
      section.node = member.value
      section.anchor = member.value
      section.fallbacks = []
      let location = member.value.location(source: source)
      var record = Record(location: location, container: location)
      set(InitializerKeys.name, in: &record, at: path, from: [section.key("type")], words: LudwigWords.initializers)
      set(InitializerKeys.mean, in: &record, at: path, from: [section.key("mean")])
      set(InitializerKeys.standardDeviation, in: &record, at: path, from: [section.key("std", "stddev")])
      set(InitializerKeys.minimum, in: &record, at: path, from: [section.key("a", "minval")])
      set(InitializerKeys.maximum, in: &record, at: path, from: [section.key("b", "maxval")])
      set(InitializerKeys.value, in: &record, at: path, from: [section.key("val", "value")])
      set(InitializerKeys.gain, in: &record, at: path, from: [section.key("gain")])
      return Fact(record, stated(member.value))
    }
    var record = Record()
    set(
      InitializerKeys.name,
      in: &record,
      at: path,
      from: keys,
      words: LudwigWords.initializers,
      default: `default`
    )
    guard let name = record[InitializerKeys.name] else { return nil }
    record.location = name.origin.location
    // PyTorch's own arguments where the word says nothing: `normal_` has deviation 1, `uniform_` runs from 0 to 1.
    let torch = Self.default(note: "of torch.nn.init")
    switch name.value {
    case "random_normal":
      record[InitializerKeys.mean] = Fact(0, torch)
      record[InitializerKeys.standardDeviation] = Fact(1, torch)
    case "random_uniform":
      record[InitializerKeys.minimum] = Fact(0, torch)
      record[InitializerKeys.maximum] = Fact(1, torch)
    default: break
    }
    return Fact(record, name.origin)
  }

  // MARK: - Private

  /// A stack whose depth a hyperparameter search decides.
  private mutating func appendUnknownStack(
    _ text: String,
    at node: SyntaxNode,
    name: String,
    role: String,
    input: Int?
  ) -> Int {
    var facts = Record(location: node.location(source: source))
    facts[LayerKeys.className] = Fact("as many fully connected layers as \(text)", stated(node))
    facts[LayerKeys.role] = Fact(role, .inferred(from: "the section", at: nil))
    return append(.backbone, name + "/fc", facts, inputs: input.map { [$0] } ?? [])
  }
}
