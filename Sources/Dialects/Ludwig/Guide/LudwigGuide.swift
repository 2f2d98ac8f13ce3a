package import ConfigSyntax
import Experiment
import SourceText

extension LudwigDialect {
  package func guide(at place: SyntaxPlace) -> PlaceGuide? {
    let configs = Self.configs(in: place.document)
    // A list of reference configs holds several documents in one.
    let levels = 0...place.steps.count
    let level = levels.first { level in
      configs.contains(level == 0 ? place.document : place.steps[level - 1].value)
    }
    guard let level else { return nil }
    let config = level == 0 ? place.document : place.steps[level - 1].value
    let defaults = LudwigAbsentKeys(place, config: config)
    let guide = LudwigGuide(config, defaults)
    return self.guide(at: place) { steps in
      steps.count < level ? nil : guide.scope(Array(steps.dropFirst(level)))
    }
  }
}

/// What the mappings of a config may hold.
struct LudwigGuide {
  private let config: SyntaxNode
  private let absent: LudwigAbsentKeys

  init(_ config: SyntaxNode, _ absent: LudwigAbsentKeys) {
    self.config = config
    self.absent = absent
  }

  /// Returns the scope of what steps from the config lead to; nil for what is no mapping that is known.
  func scope(_ steps: [SyntaxPlace.Step]) -> GuideScope? {
    let node = steps.last?.value ?? config
    let path = steps.map { $0.key ?? "-" }
    let found: GuideScope? =
      switch path.first {
      case nil: scope("Ludwig config", Self.topLevel)
      case "trainer", "training": trainer(Array(path.dropFirst()), node)
      case "input_features", "output_features":
        path.count > 1 && path[1] == "-"
          ? feature(Array(path.dropFirst(2)), steps[1].value, node, isInput: path[0] == "input_features") : nil
      case "combiner": module(Array(path.dropFirst()), node, combiner)
      case "preprocessing": preprocessing(Array(path.dropFirst()))
      case "defaults": typeDefaults(Array(path.dropFirst()), node)
      case "hyperopt": search(Array(path.dropFirst()), node)
      default: languageModel(path, node)
      }
    guard var found else { return nil }
    absent.add(to: &found.keys, of: node)
    return found
  }

  // MARK: - Trainer

  private func trainer(_ path: [String], _ node: SyntaxNode) -> GuideScope? {
    let isTrees = config["model_type"]?.string == "gbm"
    switch path {
    case []:
      if isTrees { return scope("trainer of trees", Self.treeTrainer) }
      let isLanguageModel = config["model_type"]?.string == "llm"
      let name = !isLanguageModel ? "trainer" : node["type"]?.string == "finetune" ? "finetune" : "none"
      return scope("trainer", Self.trainer, defaults: LudwigDefaults.sections, name)
    case ["optimizer"]:
      let type = node["type"]?.string?.lowercased() ?? "adam"
      var optimizer = scope("optimizer \(type)", Self.optimizer, defaults: LudwigDefaults.optimizers, type)
      optimizer.known(LudwigKeys.optimizers.keys(of: type).map { $0 + LudwigKeys.type + LudwigKeySet("lr") })
      if type != "adafactor", let index = optimizer.keys.firstIndex(where: { $0.name == "lr" }) {
        optimizer.keys[index].summary = "the rate, which the trainer's learning_rate overwrites"
        optimizer.keys[index].replacement = "trainer.learning_rate"
        optimizer.keys[index].isDeprecated = true
      }
      return optimizer
    case ["learning_rate_scheduler"]:
      return scope(
        "learning_rate_scheduler",
        Self.scheduler,
        defaults: LudwigDefaults.sections,
        "learning_rate_scheduler"
      )
    case ["gradient_clipping"]:
      return scope("gradient_clipping", Self.clipping, defaults: LudwigDefaults.sections, "gradient_clipping")
    default: return nil
    }
  }

  // MARK: - Features

  private func feature(_ path: [String], _ feature: SyntaxNode, _ node: SyntaxNode, isInput: Bool) -> GuideScope? {
    let type = feature["type"]?.string.flatMap { LudwigWords.featureTypes[$0] }
    if path.isEmpty {
      let name = feature["name"]?.text
      let title = [isInput ? "input" : "output", name].compactMap(\.self).joined(separator: " ")
      var scope = scope(type.map { "\(title), \($0)" } ?? title, isInput ? Self.inputFeature : Self.outputFeature)
      if let type { setModuleTypes(of: type, in: &scope.keys) }
      scope.values = []
      // Keys of the encoder and the decoder stood here before 0.6, and Ludwig still reads them.
      let module = isInput ? "encoder" : "decoder"
      let own = scope.keys.map(\.name)
      let flat = (isInput ? LudwigKeys.flatEncoder : LudwigKeys.flatDecoder).words
      for var key in Self.modules.keys(words) + Self.textModels.keys(words)
      where flat.contains(key.name) && !own.contains(key.name) {
        key.replacement = "\(module).\(key.replacement ?? key.name)"
        key.isDeprecated = true
        scope.keys.append(key)
      }
      return scope
    }
    return part(path, type ?? "", node, isInput: isInput)
  }

  /// The scope of a part of a feature, or of a type's defaults: encoder, decoder, loss or preprocessing.
  private func part(_ path: [String], _ type: String, _ node: SyntaxNode, isInput: Bool) -> GuideScope? {
    let rest = Array(path.dropFirst())
    switch path[0] {
    case "encoder" where isInput: return module(rest, node, isOfImages: type == "image") { self.encoder($0, type) }
    case "decoder" where !isInput: return module(rest, node) { self.decoder($0, type) }
    case "loss" where !isInput && rest.isEmpty:
      let name = node["type"]?.string ?? LudwigWords.defaultLosses[type] ?? ""
      var scope = scope("loss \(name)", Self.loss, defaults: LudwigDefaults.losses, name)
      scope.known(LudwigKeys.losses.keys(of: name).map { $0 + LudwigKeys.type })
      scope.setWords(of: "type", lossTypes(of: type))
      return scope
    case "preprocessing" where rest.isEmpty: return preprocessing(ofType: type, isInput: isInput)
    case "preprocessing": return languageModel(rest, node)
    case "augmentation" where isInput && rest == ["-"]:
      let name = node["type"]?.string ?? ""
      return scope("augmentation \(name)", Self.augmentation, defaults: LudwigDefaults.augmentations, name)
    default: return nil
    }
  }

  private func typeDefaults(_ path: [String], _ node: SyntaxNode) -> GuideScope? {
    guard let word = path.first else {
      return GuideScope(title: "defaults", keys: Self.featureTypes.entries.map { KeyGuide($0, "defaults of every") })
    }
    guard let type = LudwigWords.featureTypes[word] else { return nil }
    guard path.count > 1 else {
      var scope = scope("defaults of \(type)", Self.featureDefaults)
      setModuleTypes(of: type, in: &scope.keys)
      return scope
    }
    let isInput = path[1] == "encoder" || path[1] == "preprocessing"
    return part(Array(path.dropFirst()), type, node, isInput: isInput)
  }

  private func setModuleTypes(of type: String, in keys: inout [KeyGuide]) {
    let decoder = LudwigWords.defaultDecoders[type].map { [$0] } ?? []
    let words: [String: [ValueGuide]] = [
      "encoder": values(LudwigWords.encoders(of: type), Self.encoderWords),
      "decoder": values(decoder, Self.decoderWords),
      "loss": lossTypes(of: type),
    ]
    for index in keys.indices {
      if let values = words[keys[index].name], !values.isEmpty { keys[index].values = values }
    }
    for (name, table) in [
      ("encoder", LudwigWords.defaultEncoders), ("decoder", LudwigWords.defaultDecoders),
      ("loss", LudwigWords.defaultLosses),
    ] {
      guard let word = table[type], let index = keys.firstIndex(where: { $0.name == name }) else { continue }
      keys[index].absent = "Ludwig takes \(word)"
    }
  }

  private func lossTypes(of type: String) -> [ValueGuide] {
    let names = LudwigWords.lossesByType[type] ?? LudwigWords.defaultLosses[type].map { [$0] } ?? []
    return names.map { name in
      ValueGuide(word: name, summary: LudwigWords.losses[name].flatMap { LossVocabulary.glossary[$0] })
    }
  }

  // MARK: - Encoders, combiners, decoders

  /// The scope of a module, or of an entry of its fully connected stack.
  private func module(
    _ path: [String],
    _ node: SyntaxNode,
    isOfImages: Bool = false,
    _ own: (SyntaxNode) -> GuideScope?
  ) -> GuideScope? {
    switch path {
    case []: return own(node)
    case ["fc_layers", "-"]:
      var scope = scope("entry of fc_layers", Self.modules)
      scope.known(LudwigKeys.fullyConnectedLayer)
      return scope
    case ["conv_layers", "-"]:
      var scope = scope("entry of conv_layers", Self.modules)
      scope.known(LudwigKeySet(isOfImages ? Self.imageConvolution : Self.sequenceConvolution))
      return scope
    default: return languageModel(path, node)
    }
  }

  private func encoder(_ node: SyntaxNode, _ type: String) -> GuideScope? {
    let name = node["type"]?.string ?? LudwigWords.defaultEncoders[type] ?? ""
    let isTextModel = LudwigWords.pretrainedTextEncoders.contains(name) && name != "llm"
    var scope = scope(
      "encoder \(name)",
      Self.modules,
      and: isTextModel || name == "vit" || name == "_vit_legacy" ? Self.textModels : nil,
      defaults: isTextModel ? LudwigDefaults.textModels : LudwigDefaults.encoders,
      isTextModel || LudwigDefaults.encoders.keys(of: "\(type).\(name)") == nil ? name : "\(type).\(name)"
    )
    scope.known(LudwigKeys.encoder(name).map { $0 + LudwigKeys.type })
    scope.setWords(of: "type", values(LudwigWords.encoders(of: type), Self.encoderWords))
    return scope
  }

  private func combiner(_ node: SyntaxNode) -> GuideScope? {
    let name = node["type"]?.string ?? "concat"
    var scope = scope("combiner \(name)", Self.modules, defaults: LudwigDefaults.combiners, name)
    scope.known(LudwigKeys.combiners.keys(of: name).map { $0 + LudwigKeys.type })
    scope.setWords(of: "type", values(LudwigWords.combiners, Self.combinerWords))
    scope.setAbsent(of: "type", "Ludwig takes concat")
    return scope
  }

  private func decoder(_ node: SyntaxNode, _ type: String) -> GuideScope? {
    let name = node["type"]?.string ?? LudwigWords.defaultDecoders[type] ?? ""
    var scope = scope("decoder \(name)", Self.modules, defaults: LudwigDefaults.decoders, name)
    scope.known(LudwigKeys.decoders.keys(of: name).map { $0 + LudwigKeys.decoderStack + LudwigKeys.type })
    scope.setWords(of: "type", Self.decoderWords.values)
    return scope
  }

  // MARK: - Preprocessing

  private func preprocessing(_ path: [String]) -> GuideScope? {
    switch path {
    case []:
      var scope = scope("preprocessing", Self.globalPreprocessing)
      scope.keys += Self.featureTypes.entries.map { KeyGuide($0, "preprocessing of every", isDeprecated: true) }
      return scope
    case ["split"]: return scope("split", Self.split)
    default:
      guard path.count == 1, let type = LudwigWords.featureTypes[path[0]] else { return nil }
      return preprocessing(ofType: type, isInput: true)
    }
  }

  private func preprocessing(ofType type: String, isInput: Bool) -> GuideScope? {
    guard let known = LudwigKeys.preprocessing.keys(of: type) else { return nil }
    var name = type
    if !isInput, LudwigDefaults.preprocessing.keys(of: "\(type)_output") != nil { name = "\(type)_output" }
    let isLanguageModel = config["model_type"]?.string == "llm"
    var scope = scope(
      "preprocessing of \(type)",
      Self.preprocessing,
      defaults: isLanguageModel ? nil : LudwigDefaults.preprocessing,
      name
    )
    scope.known(known)
    return scope
  }

  // MARK: - Scopes

  /// Returns the scope of a table, with what Ludwig takes for its keys; the keys of that release are those to offer.
  func scope(
    _ title: String,
    _ table: KeyTable,
    and other: KeyTable? = nil,
    defaults: DefaultTable? = nil,
    _ type: String = ""
  ) -> GuideScope {
    var scope = GuideScope(title: title, keys: table.keys(words) + (other?.keys(words) ?? []))
    guard let defaults = defaults?.keys(of: type) else { return scope }
    scope.offeredNames = ["type"] + defaults.map(\.name)
    for (name, value) in defaults {
      guard let value, let index = scope.keys.firstIndex(where: { $0.name == name }) else { continue }
      if scope.keys[index].absent == nil {
        scope.keys[index].absent = "Ludwig \(LudwigDefaults.release) takes \(value.replacing(",", with: ", "))"
      }
    }
    return scope
  }

  private func values(_ names: [String], _ glossary: Glossary) -> [ValueGuide] {
    let entries = glossary.entries
    return names.map { name in ValueGuide(word: name, summary: entries.first { $0.word == name }?.summary) }
  }

  /// The lists of words that the tables name.
  private func words(_ list: String) -> [ValueGuide] {
    switch list {
    case "activations": values(LudwigWords.activations, ActivationVocabulary.glossary)
    case "initializers": values(LudwigWords.initializers, InitializerVocabulary.glossary)
    case "optimizers": values(LudwigWords.optimizers, OptimizerVocabulary.glossary)
    case "types": Self.featureTypes.values
    case "model_types": Self.modelTypes.values
    case "splits": Self.splits.values
    case "decays": Self.decays.values
    case "spaces": Self.spaces.values
    case "augmentations": Self.augmentations.values
    case "missing": Self.missingValueStrategies.values
    case "number_normalizations": Self.numberNormalizations.values
    case "inputs": featureNames("input_features")
    case "outputs": featureNames("output_features") + [ValueGuide(word: "combined", summary: "all outputs together")]
    default: []
    }
  }

  /// Ludwig's words with what their standard names mean.
  private func values(_ table: LudwigTable, _ glossary: Glossary) -> [ValueGuide] {
    let entries = glossary.entries
    return table.entries.map { word, meaning in
      ValueGuide(word: word, summary: entries.first { $0.word == meaning }?.summary)
    }
  }

  private func featureNames(_ side: String) -> [ValueGuide] {
    (config[side]?.elements ?? []).compactMap { feature in
      feature["name"]?.text.map { ValueGuide(word: $0, summary: feature["type"]?.text.map { "a \($0) feature" }) }
    }
  }
}

extension GuideScope {
  /// Drops the keys that are not in a set; with none, all stay.
  fileprivate mutating func known(_ names: LudwigKeySet?) {
    guard let names else { return }
    keys.removeAll { !names.contains($0.name) }
  }

  fileprivate mutating func setWords(of name: String, _ values: [ValueGuide]) {
    guard let index = keys.firstIndex(where: { $0.name == name }) else { return }
    keys[index].values = values
    self.values = values
  }

  fileprivate mutating func setAbsent(of name: String, _ sentence: String) {
    guard let index = keys.firstIndex(where: { $0.name == name }) else { return }
    keys[index].absent = sentence
  }
}

extension KeyGuide {
  /// A key that is a feature type.
  fileprivate init(_ type: Glossary.Entry, _ what: String, isDeprecated: Bool = false) {
    self.init(
      name: type.word,
      summary: "\(what) \(type.word) feature",
      valueTypes: [.mapping],
      replacement: isDeprecated ? "defaults.\(type.word).preprocessing" : nil,
      isDeprecated: isDeprecated
    )
  }
}
