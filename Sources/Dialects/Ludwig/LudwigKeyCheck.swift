import ConfigSyntax
import Experiment
import SourceText

/// Notes keys that Ludwig does not read.
///
/// Sections whose keys grow from release to release are open: there only a key is noted that looks like a known one, or that
/// belongs to another section.
extension LudwigLowering {
  mutating func checkKeys() {
    check(
      config,
      LudwigKeys.topLevel,
      subject: "the config",
      isOpen: true,
      elsewhere: [(LudwigKeys.trainer.without("type"), "trainer")]
    )
    checkRequiredKeys()
    checkNames()
    checkTrainer()
    for (index, name) in ["input_features", "output_features"].enumerated() {
      for feature in config[name]?.elements ?? [] where feature.kind == .mapping {
        checkFeature(feature, isInput: index == 0)
      }
    }
    for member in config["defaults"]?.members ?? [] where member.value.kind == .mapping {
      guard let type = LudwigWords.featureTypes[member.name] else {
        noteUnknown(member, in: "\"defaults\"", known: LudwigWords.featureTypes.words, isOpen: false)
        continue
      }
      checkParts(of: member.value, type: type, isInput: true)
      checkParts(of: member.value, type: type, isInput: false)
      check(member.value, LudwigKeys.featureDefaults, subject: "\"\(member.name)\" in \"defaults\"")
    }
    checkCombiner()
    checkPreprocessing()
    if let hyperopt = config["hyperopt"] {
      check(hyperopt, LudwigKeys.hyperopt, subject: "\"hyperopt\"", isOpen: true)
    }
  }

  // MARK: - Sections

  private mutating func checkRequiredKeys() {
    let sides = ["input_features", "output_features"]
    for (side, other) in zip(sides, sides.reversed()) {
      guard let member = config.member(side), config.member(other) == nil else { continue }
      note(.missingKey, "the config has \"\(side)\" but no \"\(other)\"", at: member.key)
    }
  }

  /// Notes feature names that are given twice, on one side or on both.
  private mutating func checkNames() {
    var seen: [String: SyntaxNode] = [:]
    for side in ["input_features", "output_features"] {
      for feature in config[side]?.elements ?? [] {
        guard let node = feature["name"], let name = node.text else { continue }
        guard let earlier = seen.updateValue(node, forKey: name) else { continue }
        experiment.problems.append(
          Problem(
            kind: .invalidValue,
            message: "feature \"\(name)\" is given twice",
            location: node.location(source: source),
            help: "give each feature a name of its own; since 0.7 Ludwig refuses the config, older releases drop one",
            related: [Related(message: "\"\(name)\" is given here first", location: earlier.location(source: source))]
          )
        )
      }
    }
  }

  private mutating func checkTrainer() {
    for name in ["trainer", "training"] {
      guard let trainer = config[name], trainer.kind == .mapping else { continue }
      let isTrees = experiment.about.value(ExperimentKeys.modelType) == "trees"
      check(
        trainer,
        isTrees ? LudwigKeys.treeTrainer : LudwigKeys.trainer,
        subject: "\"\(name)\"",
        isOpen: true,
        elsewhere: isTrees
          ? []
          : [
            (LudwigKeys.scheduler, "learning_rate_scheduler"), (LudwigKeys.clipping, "gradient_clipping"),
            (LudwigKeys.optimizers.allKeys + LudwigKeySet("lr"), "optimizer"),
          ]
      )
      if let scheduler = trainer["learning_rate_scheduler"] { checkScheduler(scheduler) }
      if let clipping = trainer["gradient_clipping"] {
        check(clipping, LudwigKeys.clipping, subject: "\"gradient_clipping\"")
      }
      if let optimizer = trainer["optimizer"] { checkOptimizer(optimizer, trainer: trainer, section: name) }
    }
  }

  private mutating func checkScheduler(_ scheduler: SyntaxNode) {
    var known = LudwigKeys.scheduler
    if let type = scheduler.member("type"), scheduler.member("decay") == nil {
      known = known + LudwigKeys.type
      note(
        .unknownKey,
        "unknown key \"type\" in \"learning_rate_scheduler\", so no schedule is on",
        at: type.key,
        help: "the schedule is named by \"decay\": write \"decay: \(type.value.text ?? "")\"",
        edits: [type.key.replacingText(with: "decay")]
      )
    }
    check(scheduler, known, subject: "\"learning_rate_scheduler\"")
  }

  /// Every release overwrites the optimizer's own rate with the trainer's, but for optimizers that plan their own.
  private mutating func checkOptimizer(_ optimizer: SyntaxNode, trainer: SyntaxNode, section: String) {
    guard let type = optimizer["type"]?.string?.lowercased() ?? (optimizer.kind == .mapping ? "adam" : nil) else {
      return
    }
    var own = "type"
    for name in ["lr", "learning_rate"] where type != "adafactor" {
      guard let member = optimizer.member(name) else { continue }
      own += " " + name
      let isStated = trainer["learning_rate"]?.isNull == false
      let rate = FactValue(member.value, source: source).written(in: .yaml) ?? ""
      note(
        .ignoredKey,
        "\"\(name)\" in \"optimizer\" has no effect: the rate is \"learning_rate\" of \"\(section)\"",
        at: member.key,
        fact: "training.optimizer.learning_rate",
        help: isStated ? "leave it out" : "write \"learning_rate: \(rate)\" in \"\(section)\""
      )
    }
    guard let known = LudwigKeys.optimizers.keys(of: type) else { return }
    check(optimizer, known + LudwigKeySet(own), subject: "\"optimizer\"", elsewhere: [(LudwigKeys.trainer, section)])
  }

  private mutating func checkCombiner() {
    guard let combiner = config["combiner"], combiner.kind == .mapping else { return }
    let type = combiner["type"]?.string ?? "concat"
    guard let known = LudwigKeys.combiners.keys(of: type) else { return }
    check(
      combiner,
      known + LudwigKeys.type,
      subject: "the \(type) combiner",
      others: LudwigKeys.combiners.allKeys
    )
    checkStack(combiner["fc_layers"])
  }

  private mutating func checkPreprocessing() {
    guard let preprocessing = config["preprocessing"], preprocessing.kind == .mapping else { return }
    check(
      preprocessing,
      LudwigKeys.globalPreprocessing + LudwigWords.featureTypes.wordSet,
      subject: "\"preprocessing\"",
      isOpen: true
    )
    if let split = preprocessing["split"] { check(split, LudwigKeys.split, subject: "\"split\"") }
  }

  // MARK: - Features

  private mutating func checkFeature(_ feature: SyntaxNode, isInput: Bool) {
    guard let word = feature["type"]?.string, let type = LudwigWords.featureTypes[word] else { return }
    let module = isInput ? "encoder" : "decoder"
    var known = isInput ? LudwigKeys.inputFeature : LudwigKeys.outputFeature
    // What Ludwig does not know on the feature it takes for the encoder's or the decoder's.
    known = known + (isInput ? LudwigKeys.flatEncoder : LudwigKeys.flatDecoder)
    if let moduleType = feature[module]?["type"]?.string ?? feature[module]?.string,
      let own = isInput ? LudwigKeys.encoder(moduleType) : LudwigKeys.decoders.keys(of: moduleType)
    {
      known = known + own
    }
    check(
      feature,
      known,
      subject: "\(type) feature \"\(feature["name"]?.text ?? "")\"",
      isOpen: true,
      // "window_size" is the input's, "horizon" the output's.
      elsewhere: Self.preprocessing(type, but: isInput ? "horizon" : "window_size")
    )
    checkParts(of: feature, type: type, isInput: isInput)
  }

  /// Checks the encoder or decoder, the loss and the preprocessing of a feature or of a type's defaults.
  private mutating func checkParts(of feature: SyntaxNode, type: String, isInput: Bool) {
    if let preprocessing = feature["preprocessing"], let known = LudwigKeys.preprocessing.keys(of: type) {
      let growing = ["text", "image", "audio", "timeseries", "sequence"]
      check(preprocessing, known, subject: "\"preprocessing\" of a \(type) feature", isOpen: growing.contains(type))
    }
    let module = isInput ? "encoder" : "decoder"
    if let node = feature[module], node.kind == .mapping {
      let usual = isInput ? LudwigWords.defaultEncoders[type] : LudwigWords.defaultDecoders[type]
      if let name = node["type"]?.string ?? usual,
        let own = isInput ? LudwigKeys.encoder(name) : LudwigKeys.decoders.keys(of: name)
      {
        let known = isInput ? own : own + LudwigKeys.decoderStack
        check(
          node,
          known + LudwigKeys.type,
          subject: "the \(name) \(module)",
          isOpen: LudwigWords.pretrainedTextEncoders.contains(name)
            || LudwigWords.pretrainedImageEncoders.contains(name),
          elsewhere: Self.preprocessing(type, but: "vocab"),
          others: isInput ? LudwigKeys.flatEncoder : LudwigKeys.flatDecoder
        )
      }
      checkStack(node["fc_layers"])
    }
    guard !isInput, let loss = feature["loss"], loss.kind == .mapping else { return }
    guard let name = loss["type"]?.string ?? LudwigWords.defaultLosses[type], let own = LudwigKeys.losses.keys(of: name)
    else {
      return
    }
    check(loss, own + LudwigKeys.flatLoss + LudwigKeys.type, subject: "the \(name) loss")
  }

  private mutating func checkStack(_ layers: SyntaxNode?) {
    for layer in layers?.elements ?? [] where layer.kind == .mapping {
      check(layer, LudwigKeys.fullyConnectedLayer, subject: "an entry of \"fc_layers\"")
    }
  }

  /// The preprocessing keys of a feature type but one, as keys that belong elsewhere.
  private static func preprocessing(_ type: String, but key: String) -> [(keys: LudwigKeySet, place: String)] {
    LudwigKeys.preprocessing.keys(of: type).map { [($0.without(key), "preprocessing")] } ?? []
  }

  // MARK: - One mapping

  /// Notes each key of a mapping that is not known.
  ///
  /// An open mapping may have keys that are not known; the keys of sections elsewhere are noted all the same. What other
  /// types of the same section know is no misspelling.
  private mutating func check(
    _ mapping: SyntaxNode,
    _ known: LudwigKeySet,
    subject: @autoclosure () -> String,
    isOpen: Bool = false,
    elsewhere: @autoclosure () -> [(keys: LudwigKeySet, place: String)] = [],
    others: @autoclosure () -> LudwigKeySet? = nil
  ) {
    for member in mapping.members where !known.contains(member.name) {
      let isMisspelled = others()?.contains(member.name) != true
      noteUnknown(member, in: subject(), known: isMisspelled ? known.words : [], isOpen: isOpen, elsewhere: elsewhere())
    }
  }

  private mutating func noteUnknown(
    _ member: SyntaxNode.Member,
    in subject: String,
    known: [String],
    isOpen: Bool,
    elsewhere: [(keys: LudwigKeySet, place: String)] = []
  ) {
    let nearest = Spelling.nearest(to: member.name, among: known)
    let place = elsewhere.first { $0.keys.contains(member.name) }?.place
    guard nearest != nil || place != nil || !isOpen else { return }
    note(
      .unknownKey,
      "unknown key \"\(member.name)\" in \(subject)",
      at: member.key,
      help: place.map { "it belongs in \"\($0)\"" } ?? nearest.map { "did you mean \"\($0)\"?" },
      edits: place == nil ? nearest.map { [member.key.replacingText(with: $0)] } ?? [] : []
    )
  }
}
