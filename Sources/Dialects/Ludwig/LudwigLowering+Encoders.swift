import ConfigSyntax
import Experiment
import SourceText

extension LudwigLowering {
  /// Lowers a feature's encoder.
  ///
  /// - Returns: The index of its last layer; `input` for an encoder that passes its input through.
  mutating func lowerEncoder(
    _ feature: LudwigSection,
    _ preprocessing: LudwigSection,
    type: String?,
    input: Int,
    name: String
  ) -> Int {
    var usual = type.flatMap { LudwigWords.defaultEncoders[$0] }
    if type == "sequence", !version.isAtLeast(0, 6) { usual = "parallel_cnn" }
    let (section, encoder) = module("encoder", of: feature, featureType: type, default: usual)
    guard let encoder else { return appendBackbone(nil, section, input: input, name: name) }
    let index = experiment.inputs.count - 1
    experiment.inputs[index][InputKeys.encoder] = encoder
    let own = feature.node?["encoder"]
    let word = own?.kind == .mapping ? own?["type"] : own
    noteWord(InputKeys.encoder.name, of: RecordPath(.input(index)), at: word, in: section)
    checkEncoder(encoder, of: type)
    let stack = LudwigStack(section: section, name: name)
    switch (type, encoder.value) {
    case ("category", "passthrough"):
      // The number of the class, as one value.
      var facts = record(of: section)
      facts[LayerKeys.className] = encoder
      facts[LayerKeys.role] = Fact("encoder", .inferred(from: "the section", at: nil))
      facts[LayerKeys.targetShape] = Fact([1], .inferred(from: "the encoder", at: encoder.origin.location))
      return append(.reshape, name + "/number", facts, inputs: [input])
    case (_, "passthrough"), (_, "null"), (_, "none"), (_, "None"):
      guard let type, ["text", "sequence", "timeseries", "audio"].contains(type) else { return input }
      return reduced(stack, default: nil, from: input) ?? input
    case ("category", "dense"):
      return lowerEmbedding(stack, from: input)
    case ("category", "sparse"), ("category", "onehot"), ("text", "tf_idf"):
      var facts = record(of: section)
      facts[LayerKeys.className] = encoder
      facts[LayerKeys.role] = Fact("encoder", .inferred(from: "the section", at: nil))
      return append(.categoryEncoding, name + "/onehot", facts, inputs: [input])
    case ("number", "dense"), ("binary", "dense"), ("vector", "dense"), ("timeseries", "dense"):
      return lowerStack(
        section,
        .denseEncoder,
        LudwigStackDefaults(count: 1),
        input: input,
        name: name,
        role: "encoder"
      ) ?? input
    case ("set", "embed"), ("bag", "embed"), ("date", "embed"), ("h3", "embed"), ("h3", "weighted_sum"),
      ("date", "wave"):
      // How these sum, mask or wave their parts is not in the file; what follows is.
      let inside = appendOperation(encoder.value, section, input: input, name: name)
      let count = encoder.value == "wave" && version.isAtLeast(0, 6) ? 1 : 0
      return lowerStack(
        section,
        .plain,
        LudwigStackDefaults(count: count, units: 10),
        input: inside,
        name: name,
        role: "encoder"
      ) ?? inside
    case ("image", "stacked_cnn"):
      return lowerImageConvolutions(stack, from: input)
    case ("text", "embed"), ("sequence", "embed"):
      return reduced(stack, default: "sum", from: lowerEmbedding(stack, from: input)) ?? input
    case (_, "parallel_cnn"): return lowerParallelConvolutions(stack, type: type, from: input)
    case (_, "stacked_cnn"): return lowerStackedConvolutions(stack, type: type, from: input)
    case (_, "rnn") where type != "h3": return lowerRecurrent(stack, type: type, from: input)
    case (_, "cnnrnn"): return lowerConvolutionsThenRecurrent(stack, type: type, from: input)
    case ("text", "transformer"), ("sequence", "transformer"), ("timeseries", "transformer"):
      let inside = appendBackbone(encoder, section, input: input, name: name)
      guard let pooled = reduced(stack, default: "last", from: inside) else { return inside }
      return lowerStack(section, .behindOtherLayers, input: pooled, name: name, role: "encoder") ?? pooled
    default: return appendBackbone(encoder, section, input: input, name: name)
    }
  }

  /// Appends a network given by its name, where it has one: what is inside is not in the file.
  mutating func appendBackbone(
    _ type: Fact<String>?,
    _ section: LudwigSection,
    input: Int,
    name: String,
    role: String = "encoder"
  ) -> Int {
    var facts = record(of: section)
    let path = RecordPath(.layer(experiment.layers.count))
    facts[LayerKeys.className] = type
    facts[LayerKeys.role] = Fact(role, .inferred(from: "the section", at: nil))
    if let name = type?.value, role == "encoder" {
      setPretrained(name, in: &facts, at: path, section)
    }
    if case .stated(let size, let node) = read(Int.self, [section.key("output_size")]) {
      facts[LayerKeys.statedOutputShape] = Fact([size], stated(node))
    }
    return append(.backbone, "\(name)/\(type?.value ?? role)", facts, inputs: [input])
  }

  /// Appends an embedding, and the dropout that Ludwig puts behind it.
  mutating func lowerEmbedding(_ stack: LudwigStack, from input: Int) -> Int {
    let section = stack.section
    var previous: Int? = input
    var facts = record(of: section)
    let path = RecordPath(.layer(experiment.layers.count))
    facts[LayerKeys.role] = Fact("encoder", .inferred(from: "the section", at: nil))
    if section.text("representation") == "sparse" {
      previous = append(.categoryEncoding, stack.name + "/onehot", facts, inputs: [input])
    } else {
      // Its width is the smaller of "embedding_size" and the vocabulary, which only the data tell.
      set(LayerKeys.trainable, in: &facts, at: path, from: [section.key("embeddings_trainable")], default: true)
      if let node = section.member(["pretrained_embeddings"])?.value, !node.isNull {
        facts[LayerKeys.pretrained] = Fact(true, stated(node))
      }
      previous = append(.embedding, stack.name + "/embedding", facts, inputs: [input])
    }
    appendDropout(
      [section.key("dropout")],
      name: stack.name + "/embedding",
      role: "encoder",
      previous: &previous
    )
    return previous ?? input
  }

  /// Reduces a sequence to a vector the way `reduce_output` says.
  ///
  /// - Returns: The index of the layer; nil where the sequence stays one.
  mutating func reduced(_ stack: LudwigStack, default: String?, from input: Int) -> Int? {
    let key = stack.section.key("reduce_output")
    let mode: String
    let origin: Origin
    switch read(String.self, [key]) {
    case .stated(let stated, let node): (mode, origin) = (stated.lowercased(), self.stated(node))
    case .absent:
      guard let `default` else { return nil }
      (mode, origin) = (`default`, Self.default())
    case .null: return nil
    case .deferred(let text, let node): (mode, origin) = (text, stated(node))
    case .invalid: return nil
    }
    let kind: LayerKind
    switch mode {
    case "none", "null": return nil
    case "mean", "avg", "average": kind = .globalAveragePooling
    case "max": kind = .globalMaxPooling
    case "concat": kind = .flatten
    default: kind = .operation
    }
    var facts = record(of: stack.section)
    facts[LayerKeys.className] = Fact(mode, origin)
    facts[LayerKeys.role] = Fact("encoder", .inferred(from: "the section", at: nil))
    return append(kind, stack.name + "/reduce", facts, inputs: [input])
  }

  /// Appends an operation whose inside is not in the file.
  mutating func appendOperation(_ what: String, _ section: LudwigSection, input: Int, name: String) -> Int {
    var facts = record(of: section)
    facts[LayerKeys.className] = Fact(what, Self.default())
    return append(.operation, "\(name)/\(what)", facts, inputs: [input])
  }

  // MARK: - Private

  private mutating func setPretrained(
    _ name: String,
    in facts: inout Record,
    at path: RecordPath,
    _ section: LudwigSection
  ) {
    let isText = LudwigWords.pretrainedTextEncoders.contains(name)
    var isKnown = isText || LudwigWords.pretrainedImageEncoders.contains(name)
    // Before 0.7 "resnet" was a network of Ludwig's own without pretrained weights.
    if name == "resnet", !version.isAtLeast(0, 7) || section.member(["resnet_size", "first_pool_kernel_size"]) != nil {
      isKnown = false
    }
    if name == "llm", let base = section.member(["base_model"])?.value {
      facts[LayerKeys.pretrained] = Fact(true, .inferred(from: "\"base_model\"", at: base.location(source: source)))
      return
    }
    set(
      LayerKeys.pretrained,
      in: &facts,
      at: path,
      from: [section.key("use_pretrained")],
      default: isKnown ? true : nil
    )
    let trained: Bool? = isText ? (version.isAtLeast(0, 6) ? false : nil) : isKnown ? true : nil
    set(LayerKeys.trainable, in: &facts, at: path, from: [section.key("trainable")], default: trained)
  }

  /// Notes an encoder that is another one's misspelling; a word that is near none may be a newer release's.
  private mutating func checkEncoder(_ encoder: Fact<String>, of type: String?) {
    guard case .stated(let location) = encoder.origin, let type else { return }
    noteMisspelledWord(encoder.value, at: location, key: "encoder", words: LudwigWords.encoders(of: type))
  }

  /// Notes a word that is not known and near one that is; the set of words grows from release to release.
  mutating func noteMisspelledWord(
    _ word: String,
    at location: SourceLocation,
    key: String,
    words: some Sequence<String>
  ) {
    let words = Set(words)
    guard !words.contains(word), let nearest = Spelling.nearest(to: word, among: words) else { return }
    experiment.problems.append(
      Problem(
        kind: .invalidValue,
        message: "\"\(word)\" is not a known \(key)",
        location: location,
        help: "did you mean \"\(nearest)\"?"
      )
    )
  }
}

/// The section of an encoder with the name its layers begin with.
struct LudwigStack {
  let section: LudwigSection
  let name: String
}
