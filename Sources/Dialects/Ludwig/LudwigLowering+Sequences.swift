import ConfigSyntax
import Experiment

/// Encoders of texts, sequences, time series and audio, as in `ludwig/encoders/sequence_encoders.py`.
extension LudwigLowering {
  /// Convolutions of several widths side by side, pooled over the sequence.
  mutating func lowerParallelConvolutions(_ stack: LudwigStack, type: String?, from input: Int) -> Int {
    let start = embedded(stack, type: type, from: input)
    let entries = convolutionEntries(stack.section, defaults: [2, 3, 4, 5].map { ["filter_size": $0] })
    guard let entries else { return appendBackbone(nil, stack.section, input: start, name: stack.name) }
    let branches = entries.enumerated().map { index, entry in
      lowerConvolution(entry, stack, name: "\(stack.name)/conv\(index + 1)", filterSize: 3, from: start)
    }
    let joined =
      branches.count == 1 ? branches[0] : append(.concatenate, stack.name + "/concat", Record(), inputs: branches)
    return finish(stack, default: version.isAtLeast(0, 6) ? "sum" : "max", from: joined)
  }

  /// Convolutions one behind the other.
  mutating func lowerStackedConvolutions(_ stack: LudwigStack, type: String?, from input: Int) -> Int {
    let start = embedded(stack, type: type, from: input)
    let defaults: [[String: Int]] = [
      ["filter_size": 7, "pool_size": 3], ["filter_size": 7, "pool_size": 3], ["filter_size": 3], ["filter_size": 3],
      ["filter_size": 3], ["filter_size": 3, "pool_size": 3],
    ]
    guard let entries = convolutionEntries(stack.section, defaults: defaults) else {
      return appendBackbone(nil, stack.section, input: start, name: stack.name)
    }
    var previous = start
    for (index, entry) in entries.enumerated() {
      previous = lowerConvolution(
        entry,
        stack,
        name: "\(stack.name)/conv\(index + 1)",
        filterSize: version.isAtLeast(0, 6) ? 3 : 5,
        from: previous
      )
    }
    return finish(stack, default: version.isAtLeast(0, 6) ? "sum" : "max", from: previous)
  }

  /// Recurrent layers.
  mutating func lowerRecurrent(_ stack: LudwigStack, type: String?, from input: Int) -> Int {
    let start = embedded(stack, type: type, from: input)
    return lowerRecurrentLayers(stack, count: "num_layers", from: start)
  }

  /// Convolutions, then recurrent layers.
  mutating func lowerConvolutionsThenRecurrent(_ stack: LudwigStack, type: String?, from input: Int) -> Int {
    var previous = embedded(stack, type: type, from: input)
    guard let entries = convolutionEntries(stack.section, defaults: [["pool_size": 3], ["filter_size": 5]]) else {
      return appendBackbone(nil, stack.section, input: previous, name: stack.name)
    }
    for (index, entry) in entries.enumerated() {
      previous = lowerConvolution(
        entry,
        stack,
        name: "\(stack.name)/conv\(index + 1)",
        filterSize: 5,
        prefix: "conv_",
        pool: 2,
        from: previous
      )
    }
    return lowerRecurrentLayers(stack, count: "num_rec_layers", from: previous)
  }

  // MARK: - Private

  /// One convolution as the file or Ludwig's default list has it.
  private struct ConvolutionEntry {
    var section: LudwigSection?
    var defaults: [String: Int]
  }

  /// Returns the convolutions of a section, or nil where a search decides their number.
  private mutating func convolutionEntries(_ section: LudwigSection, defaults: [[String: Int]]) -> [ConvolutionEntry]? {
    if let list = section.member(["conv_layers"])?.value, list.kind == .sequence {
      return list.elements.map { node in
        var entry = LudwigSection(root: node)
        entry.searchPaths = []
        return ConvolutionEntry(section: node.kind == .mapping ? entry : nil, defaults: [:])
      }
    }
    switch read(Int.self, [section.key("num_conv_layers")]) {
    case .stated(let count, _):
      return Array(repeating: ConvolutionEntry(defaults: [:]), count: min(max(count, 0), 1000))
    case .deferred: return nil
    case .null, .absent, .invalid: return defaults.map { ConvolutionEntry(defaults: $0) }
    }
  }

  private mutating func lowerConvolution(
    _ entry: ConvolutionEntry,
    _ stack: LudwigStack,
    name: String,
    filterSize: Int,
    prefix: String = "",
    pool: Int? = nil,
    from input: Int
  ) -> Int {
    func places(_ names: [String], own: [String]? = nil) -> [LudwigKey] {
      [entry.section, stack.section].compactMap { $0 }.enumerated().map { index, section in
        LudwigKey(section: section, names: index == 0 && entry.section != nil ? own ?? names : names)
      }
    }
    var previous: Int? = input
    var facts = record(of: entry.section ?? stack.section)
    let path = RecordPath(.layer(experiment.layers.count))
    set(LayerKeys.filters, in: &facts, at: path, from: places(["num_filters"]), default: 256)
    facts[LayerKeys.kernelSize] = size(places(["filter_size"]), default: entry.defaults["filter_size"] ?? filterSize)
    facts[LayerKeys.strides] = size(places(["strides"]), default: 1)
    facts[LayerKeys.dilationRate] = size(places(["dilation_rate"]), default: 1)
    set(LayerKeys.padding, in: &facts, at: path, from: places(["padding"]), default: "same")
    let activation = places([prefix + "activation"], own: ["activation"])
    let norm = setActivation(in: &facts, at: path, from: activation, norm: places(["norm"]))
    set(LayerKeys.useBias, in: &facts, at: path, from: places(["use_bias", "bias"]), default: true)
    setInitializers(
      in: &facts,
      at: path,
      weights: places(["weights_initializer"]),
      bias: places(["bias_initializer"])
    )
    facts[LayerKeys.role] = Fact("encoder", .inferred(from: "the section", at: nil))
    previous = append(.conv1d, name, facts, inputs: [input])
    if let norm { appendNormalization(norm, activation: activation, name: name, role: "encoder", previous: &previous) }
    appendDropout(places([prefix + "dropout"], own: ["dropout"]), name: name, role: "encoder", previous: &previous)
    // Ludwig's own lists say null for the layers that are not pooled, whatever the section's default.
    let isOwnList = entry.section == nil && !entry.defaults.isEmpty
    let poolDefault = entry.defaults["pool_size"] ?? (isOwnList ? nil : pool)
    if let poolSize = size(places(["pool_size"]), default: poolDefault) {
      var facts = record(of: entry.section ?? stack.section)
      facts[LayerKeys.poolSize] = poolSize
      facts[LayerKeys.strides] = size(places(["pool_strides"]), default: nil) ?? poolSize
      let isAverage = ["average", "avg", "mean"].contains(stack.section.text("pool_function") ?? "max")
      previous = append(
        isAverage ? .averagePooling1d : .maxPooling1d,
        name + "_pool",
        facts,
        inputs: [previous ?? input]
      )
    }
    return previous ?? input
  }

  /// Returns a size of one axis; null is none.
  private mutating func size(_ keys: [LudwigKey], default: Int?) -> Fact<[Int]>? {
    switch read(Int.self, keys) {
    case .stated(let value, let node): return Fact([value], stated(node))
    case .absent: return `default`.map { Fact([$0], Self.default()) }
    case .deferred, .null, .invalid: return nil
    }
  }

  private mutating func lowerRecurrentLayers(_ stack: LudwigStack, count: String, from input: Int) -> Int {
    let section = stack.section
    var layers = 1
    switch read(Int.self, [section.key(count)]) {
    case .stated(let stated, _): layers = min(max(stated, 1), 1000)
    case .deferred: return appendBackbone(nil, section, input: input, name: stack.name)
    case .null, .absent, .invalid: break
    }
    var cell = "simple_rnn"
    if case .stated(let word, _) = read(String.self, [section.key("cell_type")], words: LudwigWords.cellTypes) {
      cell = word
    }
    let mode = section.member(["reduce_output"])?.value
    let isLast = mode.map { $0.string == "last" } ?? true
    var previous: Int? = input
    for index in 0..<layers {
      let name = "\(stack.name)/rnn\(index + 1)"
      let path = RecordPath(.layer(experiment.layers.count))
      var facts = record(of: section)
      set(LayerKeys.units, in: &facts, at: path, from: [section.key("state_size", "hidden_size")], default: 256)
      set(LayerKeys.bidirectional, in: &facts, at: path, from: [section.key("bidirectional")], default: false)
      set(LayerKeys.useBias, in: &facts, at: path, from: [section.key("use_bias", "bias")], default: true)
      facts[LayerKeys.activation] = Fact("tanh", Self.default(note: "PyTorch's recurrent layers have no other"))
      let returnsSequences = index < layers - 1 || !isLast
      facts[LayerKeys.returnSequences] = Fact(returnsSequences, .inferred(from: "\"reduce_output\"", at: nil))
      facts[LayerKeys.role] = Fact("encoder", .inferred(from: "the section", at: nil))
      let kind: LayerKind = cell == "lstm" ? .lstm : cell == "gru" ? .gru : .simpleRNN
      previous = append(kind, name, facts, inputs: previous.map { [$0] } ?? [])
      if index < layers - 1 {
        appendDropout([section.key("recurrent_dropout")], name: name, role: "encoder", previous: &previous)
      }
    }
    let last = previous ?? input
    guard !isLast else {
      return lowerStack(section, .behindOtherLayers, input: last, name: stack.name, role: "encoder") ?? last
    }
    guard let pooled = reduced(stack, default: "last", from: last) else { return last }
    return lowerStack(section, .behindOtherLayers, input: pooled, name: stack.name, role: "encoder") ?? pooled
  }

  /// Reduces the sequence and appends the fully connected layers of the convolution encoders.
  private mutating func finish(_ stack: LudwigStack, default: String, from input: Int) -> Int {
    guard let pooled = reduced(stack, default: `default`, from: input) else { return input }
    return lowerStack(
      stack.section,
      .plain,
      LudwigStackDefaults(sizes: [512, 256]),
      input: pooled,
      name: stack.name,
      role: "encoder"
    ) ?? pooled
  }

  /// Embeds what is made of symbols; time series and audio are numbers already.
  private mutating func embedded(_ stack: LudwigStack, type: String?, from input: Int) -> Int {
    if type == "timeseries" {
      var facts = record(of: stack.section)
      facts[LayerKeys.targetShape] = Fact([-1, 1], .inferred(from: "one value for each step", at: nil))
      return append(.reshape, stack.name + "/steps", facts, inputs: [input])
    }
    guard type == "text" || type == "sequence" || type == nil else { return input }
    if case .stated(false, _) = read(Bool.self, [stack.section.key("should_embed")]) { return input }
    return lowerEmbedding(stack, from: input)
  }
}
