import ConfigSyntax
import Experiment

/// One input feature on its way to the combiner.
struct LudwigInput {
  let name: String
  let type: String?
  /// The last layer of the encoder; nil where no layers are made.
  let last: Int?
}

extension LudwigLowering {
  /// Lowers the input features: as layers where the model has layers, and encoded unless it takes them as they are.
  mutating func lowerInputs(_ root: LudwigSection, asLayers: Bool, encoded: Bool) -> [LudwigInput] {
    var inputs: [LudwigInput] = []
    for feature in config["input_features"]?.elements ?? [] where feature.kind == .mapping {
      inputs.append(lowerInput(feature, of: root, asLayers: asLayers, encoded: encoded))
    }
    return inputs
  }

  /// Returns a feature's type by its current name, and notes a word that is none.
  mutating func featureType(_ feature: SyntaxNode) -> String? {
    guard let node = feature["type"], let word = node.string else { return nil }
    if let type = LudwigWords.featureTypes[word] { return type }
    noteUnknownWord(word, at: node, key: "type", words: LudwigWords.featureTypes.words, isOpen: false)
    return nil
  }

  /// Returns the section of a feature, with what `defaults` and the old `preprocessing` say for its type behind it.
  func section(of feature: SyntaxNode, type: String?, root: LudwigSection) -> LudwigSection {
    var section = LudwigSection(root: feature)
    section.searchPaths = feature["name"]?.text.map { [$0] } ?? []
    for name in [type, type == "number" ? "numerical" : nil].compactMap({ $0 }) {
      if let defaults = config["defaults"]?[name], defaults.kind == .mapping { section.fallbacks.append(defaults) }
      section.searchPaths.append("defaults.\(name)")
    }
    return section
  }

  /// Returns the section of a feature's preprocessing; up to 0.5 a type's defaults stood in the `preprocessing` section.
  func preprocessing(of section: LudwigSection, type: String?) -> LudwigSection {
    var preprocessing = section.child("preprocessing")
    for name in [type, type == "number" ? "numerical" : nil].compactMap({ $0 }) {
      if let old = config["preprocessing"]?[name], old.kind == .mapping {
        preprocessing.fallbacks.append(old)
      }
    }
    return preprocessing
  }

  /// Returns the section of a feature's encoder or decoder with its type.
  ///
  /// Up to 0.5 the keys stand on the feature, and `encoder: bert` is the type. What `defaults` says holds for the same type
  /// of encoder only.
  mutating func module(
    _ name: String,
    of feature: LudwigSection,
    featureType: String?,
    default: String?
  ) -> (section: LudwigSection, type: Fact<String>?) {
    var section = feature.child(name)
    let inherited = section.fallbacks.first?["type"]?.string
    let own = feature.node?[name]
    var type: Fact<String>?
    if let own, own.kind == .scalar, !own.isNull {
      type = own.text.map { Fact($0, stated(own)) }
      section = flat(feature, in: section)
    } else if let stated = section.node?["type"], let text = stated.text, !stated.isNull {
      type = Fact(text, self.stated(stated))
      if inherited != nil, inherited != text { section.fallbacks = [] }
    } else if let node = section.fallbacks.first?["type"], let text = node.string {
      type = Fact(text, stated(node))
    } else {
      type = `default`.map { Fact($0, Self.default()) }
    }
    if own == nil, isFlat(feature, module: name) { section = flat(feature, in: section) }
    return (section, type)
  }

  // MARK: - Private

  private mutating func lowerInput(
    _ feature: SyntaxNode,
    of root: LudwigSection,
    asLayers: Bool,
    encoded: Bool
  ) -> LudwigInput {
    let type = featureType(feature)
    let section = section(of: feature, type: type, root: root)
    let preprocessing = preprocessing(of: section, type: type)
    let location = feature.location(source: source)
    let path = RecordPath(.input(experiment.inputs.count))
    var facts = Record(location: location, container: location)
    set(InputKeys.name, in: &facts, at: path, from: [section.key("name")])
    if let type, let node = feature["type"] { facts[InputKeys.type] = Fact(type, stated(node)) }
    noteWord(InputKeys.type.name, of: path, at: feature["type"], in: section)
    let name = feature["name"]?.text ?? "input\(experiment.inputs.count + 1)"
    let shape = shape(of: type, preprocessing, feature: section)
    facts[InputKeys.shape] = shape
    if type == "number" {
      // Input numbers are normalised since 0.7, never before: `NumberPreprocessingConfig` in `schema/features/preprocessing/number.py`.
      let isNormalized = version.isSurelyAtLeast(0, 7)
      set(
        InputKeys.normalization,
        in: &facts,
        at: path,
        from: [preprocessing.key("normalization")],
        words: LudwigWords.normalizations,
        null: "none",
        default: isNormalized.map { $0 ? "zscore" : "none" },
        since: isNormalized == true ? "0.7" : nil
      )
      if isNormalized == nil {
        noteDependence(InputKeys.normalization.name, in: &facts, "none before 0.7, zscore since 0.7")
      }
    }
    guard asLayers else {
      experiment.inputs.append(facts)
      return LudwigInput(name: name, type: type, last: nil)
    }
    var layer = Record(location: location, container: location)
    layer[LayerKeys.inputShapeStated] = shape
    let index = append(.input, name, layer, inputs: [])
    facts[InputKeys.layer] = Fact(index, .inferred(from: "the feature", at: location))
    experiment.inputs.append(facts)
    guard encoded else { return LudwigInput(name: name, type: type, last: index) }
    let last =
      lowerTiedEncoder(section, input: index, name: name)
      ?? lowerEncoder(section, preprocessing, type: type, input: index, name: name)
    encoders[name] = EncoderLayers(first: index + 1, end: experiment.layers.count, last: last)
    return LudwigInput(name: name, type: type, last: last)
  }

  /// A tied feature goes through the encoder of another, with its weights.
  private mutating func lowerTiedEncoder(_ feature: LudwigSection, input: Int, name: String) -> Int? {
    guard let other = feature.text("tied", "tied_weights"), let encoder = encoders[other],
      encoder.first < encoder.end
    else { return nil }
    let first = encoder.first
    let offset = experiment.layers.count - first
    for index in first..<encoder.end {
      var layer = experiment.layers[index]
      layer.name = "\(name)/" + (layer.name.split(separator: "/", maxSplits: 1).last ?? "")
      layer.inputs = layer.inputs.map { $0 >= first ? $0 + offset : input }
      layer.sharesWeightsWith = index
      experiment.layers.append(layer)
    }
    return encoder.last >= first ? encoder.last + offset : input
  }

  /// The shape of one example, as far as the file says: sizes that come from the data stay unknown.
  ///
  /// Images are given with the channels last, as in Keras: PyTorch's order makes no difference to what is learned.
  private mutating func shape(
    of type: String?,
    _ preprocessing: LudwigSection,
    feature: LudwigSection
  ) -> Fact<Shape>? {
    func axis(_ names: String...) -> SyntaxNode? {
      (preprocessing.member(names) ?? (type == "timeseries" ? nil : feature.member(names)))?.value
    }
    let byType = Origin.inferred(from: "the feature's type", at: nil)
    switch type {
    case "number", "binary": return Fact(Shape([1]), byType)
    case "category": return Fact(Shape([]), byType)
    case "image":
      let axes = [axis("height"), axis("width"), axis("num_channels")]
      let stated = axes.compactMap { $0 }.first
      return Fact(Shape(axes.map { $0?.integer }), stated.map(self.stated) ?? byType)
    case "vector":
      let size = axis("vector_size")
      return Fact(Shape([size?.integer]), size.map(self.stated) ?? byType)
    case "text", "sequence": return Fact(Shape([nil]), byType)
    case "timeseries":
      let size = axis("window_size")
      return Fact(Shape([size?.integer]), size.map(self.stated) ?? byType)
    case "audio": return Fact(Shape([nil, nil]), byType)
    case "set", "bag", "date", "h3": return Fact(Shape([nil]), byType)
    default: return nil
    }
  }

  private func isFlat(_ feature: LudwigSection, module: String) -> Bool {
    guard let node = feature.node, node[module] == nil else { return false }
    let keys = module == "encoder" ? LudwigKeys.flatEncoder : LudwigKeys.flatDecoder
    let own = module == "encoder" ? LudwigKeys.inputFeature : LudwigKeys.outputFeature
    return node.members.contains { !own.contains($0.name) && keys.contains($0.name) } || !version.isAtLeast(0, 6)
  }

  /// The feature itself as the section of its encoder or decoder.
  private func flat(_ feature: LudwigSection, in section: LudwigSection) -> LudwigSection {
    var flat = section
    flat.node = feature.node
    flat.anchor = feature.node
    flat.missing = []
    flat.searchPaths = section.searchPaths + feature.searchPaths
    return flat
  }
}
