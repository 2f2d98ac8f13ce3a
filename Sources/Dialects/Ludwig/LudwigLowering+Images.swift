import ConfigSyntax
import Experiment

/// The image encoder whose layers are in the file, as in `ludwig/encoders/image/base.py`.
extension LudwigLowering {
  /// Convolutions with pooling, flattened, then fully connected layers.
  mutating func lowerImageConvolutions(_ stack: LudwigStack, from input: Int) -> Int {
    let section = stack.section
    var entries: [(section: LudwigSection?, filters: Int)] = []
    if let list = section.member(["conv_layers"])?.value, list.kind == .sequence {
      entries = list.elements.map { node in
        var entry = LudwigSection(root: node)
        entry.searchPaths = []
        return (node.kind == .mapping ? entry : nil, 32)
      }
    } else {
      switch read(Int.self, [section.key("num_conv_layers")]) {
      case .stated(let count, _): entries = Array(repeating: (nil, 32), count: min(max(count, 0), 1000))
      case .deferred: return appendBackbone(nil, section, input: input, name: stack.name)
      case .null, .absent, .invalid: entries = [(nil, 32), (nil, 64)]
      }
    }
    var previous = input
    for (index, entry) in entries.enumerated() {
      previous = lowerImageConvolution(
        entry.section,
        filters: entry.filters,
        stack,
        name: "\(stack.name)/conv\(index + 1)",
        from: previous
      )
    }
    let flat = append(.flatten, stack.name + "/flatten", record(of: section), inputs: [previous])
    var keys = LudwigStackKeys.prefixed
    keys.units = ["output_size", "fc_size"]
    return lowerStack(
      section,
      keys,
      LudwigStackDefaults(count: 1, units: 128),
      input: flat,
      name: stack.name,
      role: "encoder"
    ) ?? flat
  }

  // MARK: - Private

  private mutating func lowerImageConvolution(
    _ entry: LudwigSection?,
    filters: Int,
    _ stack: LudwigStack,
    name: String,
    from input: Int
  ) -> Int {
    func places(_ names: [String], own: [String]? = nil) -> [LudwigKey] {
      var keys = [LudwigKey(section: stack.section, names: names)]
      if let entry { keys.insert(LudwigKey(section: entry, names: own ?? names), at: 0) }
      return keys
    }
    var previous: Int? = input
    var facts = record(of: entry ?? stack.section)
    let path = RecordPath(.layer(experiment.layers.count))
    set(LayerKeys.filters, in: &facts, at: path, from: places(["out_channels", "num_filters"]), default: filters)
    facts[LayerKeys.kernelSize] = pair(places(["kernel_size", "filter_size"]), default: 3)
    facts[LayerKeys.strides] = pair(places(["stride", "strides"]), default: 1)
    facts[LayerKeys.dilationRate] = pair(places(["dilation", "dilation_rate"]), default: 1)
    if let padding = (entry?.text("padding") ?? stack.section.text("padding")) {
      facts[LayerKeys.padding] = Fact(padding, .inferred(from: "\"padding\"", at: nil))
    } else if entry?.member(["padding"]) == nil, stack.section.member(["padding"]) == nil {
      facts[LayerKeys.padding] = Fact("valid", Self.default())
    }
    let activation = places(["conv_activation"], own: ["activation"])
    let norm = setActivation(in: &facts, at: path, from: activation, norm: places(["conv_norm"], own: ["norm"]))
    set(
      LayerKeys.useBias,
      in: &facts,
      at: path,
      from: places(["conv_use_bias", "conv_bias"], own: ["use_bias", "bias"]),
      default: true
    )
    setInitializers(
      in: &facts,
      at: path,
      weights: places(["conv_weights_initializer"], own: ["weights_initializer"]),
      bias: places(["conv_bias_initializer"], own: ["bias_initializer"])
    )
    facts[LayerKeys.role] = Fact("encoder", .inferred(from: "the section", at: nil))
    previous = append(.conv2d, name, facts, inputs: [input])
    if let norm { appendNormalization(norm, activation: activation, name: name, role: "encoder", previous: &previous) }
    appendDropout(places(["conv_dropout"], own: ["dropout"]), name: name, role: "encoder", previous: &previous)
    let pool = pair(places(["pool_kernel_size", "pool_size"]), default: 2)
    guard let pool else { return previous ?? input }
    var poolFacts = record(of: entry ?? stack.section)
    poolFacts[LayerKeys.poolSize] = pool
    poolFacts[LayerKeys.strides] = pair(places(["pool_stride", "pool_strides"]), default: nil) ?? pool
    let isAverage = ["average", "avg", "mean"].contains(stack.section.text("pool_function") ?? "max")
    return append(isAverage ? .averagePooling2d : .maxPooling2d, name + "_pool", poolFacts, inputs: [previous ?? input])
  }

  /// Returns the size of both axes, written as one number or two; null is none.
  private mutating func pair(_ keys: [LudwigKey], default: Int?) -> Fact<[Int]>? {
    for key in keys {
      guard let value = key.section.member(key.names)?.value else { continue }
      if value.isNull { return nil }
      if let list = [Int](FactValue(value, source: source)), list.count == 2 { return Fact(list, stated(value)) }
      return value.integer.map { Fact([$0, $0], stated(value)) }
    }
    return `default`.map { Fact([$0, $0], Self.default()) }
  }
}
