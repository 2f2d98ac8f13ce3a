package import ConfigSyntax
import Experiment
import SourceText

extension KerasDialect {
  package func guide(at place: SyntaxPlace) -> PlaceGuide? {
    // Of Keras 0.3 a layer's class is its name and its config the layer itself; nobody writes such files any more.
    guard let document = KerasDocument(place.document), document.generation != .zero else { return nil }
    let guide = KerasGuide(generation: document.generation)
    return self.guide(at: place) { guide.scope(Array($0), of: place.document) }
  }
}

/// What the mappings of a Keras file may hold.
struct KerasGuide {
  /// The version that wrote the file.
  let generation: KerasGeneration

  /// What an object is: a mapping with a class and a config.
  enum Role {
    case model, layer, optimizer, schedule, loss, initializer, regularizer, constraint, policy, tensor
  }

  /// Returns the scope of what steps from the root lead to; nil for what is no mapping that is known.
  func scope(_ steps: [SyntaxPlace.Step], of root: SyntaxNode) -> GuideScope? {
    guard let last = steps.last else { return Self.scope("Keras model", Self.root, words: .model) }
    switch last.key {
    case "compile_config", "training_config": return Self.scope("training", Self.training)
    case "model_config", "modelTopology": return Self.scope("Keras model", Self.root, words: .model)
    case "build_config": return Self.scope("build_config", Self.build)
    case nil where steps.dropLast().last?.key == "inbound_nodes":
      return Self.scope("one application of the layer", Self.application)
    case "config":
      let object = steps.dropLast()
      guard let role = Self.role(object, of: root) else { return nil }
      return config(of: object.last?.value["class_name"]?.string ?? root["class_name"]?.string, role)
    default:
      guard let role = Self.role(steps[...], of: root), role != .model || last.value["class_name"] != nil else {
        return nil
      }
      return Self.scope(Self.name(of: role), Self.object, words: role)
    }
  }

  // MARK: - Roles

  /// What the object is that steps lead to, by the key that holds it; nil where none may stand.
  private static func role(_ steps: ArraySlice<SyntaxPlace.Step>, of root: SyntaxNode) -> Role? {
    guard let last = steps.last else { return .model }
    // In a list or a mapping by output it is what the list's key says.
    let key = last.key ?? steps.last { $0.key != nil }?.key ?? ""
    switch key {
    case _ where last.value["class_name"]?.string == "__keras_tensor__": return .tensor
    case "layers", "layer", "cell", "cells", "backward_layer":
      return KerasDocument.isModel(last.value) ? .model : .layer
    case "model_config", "modelTopology": return .model
    case "optimizer", "optimizer_config", "inner_optimizer": return .optimizer
    case "learning_rate", "lr": return .schedule
    case "loss": return .loss
    case "init", "inner_init": return .initializer
    default:
      if key.hasSuffix("_initializer") { return .initializer }
      if key.hasSuffix("_regularizer") { return .regularizer }
      if key.hasSuffix("_constraint") { return .constraint }
      if key == "dtype" { return .policy }
      return steps.dropLast().last?.key == "loss" ? .loss : nil
    }
  }

  private static func name(of role: Role) -> String {
    switch role {
    case .model: "model"
    case .layer: "layer"
    case .optimizer: "optimizer"
    case .schedule: "schedule"
    case .loss: "loss"
    case .initializer: "initialiser"
    case .regularizer: "regulariser"
    case .constraint: "constraint"
    case .policy: "policy for numbers"
    case .tensor: "output of a layer"
    }
  }

  // MARK: - Configs

  private func config(of className: String?, _ role: Role) -> GuideScope? {
    let table: KeyTable
    let defaults: DefaultTable
    switch role {
    case .model: return Self.scope("config of \(className ?? "model")", Self.model)
    case .layer: return layer(className ?? "")
    case .optimizer: (table, defaults) = (Self.optimizer, KerasDefaults.optimizers)
    case .schedule: (table, defaults) = (Self.schedule, KerasDefaults.schedules)
    case .loss: (table, defaults) = (Self.loss, KerasDefaults.losses)
    case .initializer: (table, defaults) = (Self.initializer, KerasDefaults.initializers)
    case .regularizer: (table, defaults) = (Self.regularizer, KerasDefaults.regularizers)
    case .constraint: (table, defaults) = (Self.constraint, KerasDefaults.constraints)
    case .policy: return Self.scope("policy for numbers", Self.policy)
    case .tensor: return Self.scope("output of a layer", Self.tensor)
    }
    let name = className ?? Self.name(of: role)
    var scope = Self.scope("\(Self.name(of: role)) \(name)", table)
    scope.take(defaults.keys(of: name), more: ["name"])
    return scope
  }

  /// The scope of a layer's config.
  private func layer(_ className: String) -> GuideScope {
    var scope = Self.scope("layer \(className)", Self.layer)
    guard let known = KerasClass.named(className) else { return scope }
    scope.keys = scope.keys.map { Self.key($0, of: known) }
    scope.take(
      KerasDefaults.layers.keys(of: Self.currentName(of: className, known)),
      more: ["name", "trainable", "dtype"]
    )
    if generation < .three { addOldDefaults(of: className, to: &scope.keys) }
    return scope
  }

  /// Gives keys what an older version does without them, as far as the lowering knows: of a layer with an empty config.
  private func addOldDefaults(of className: String, to keys: inout [KeyGuide]) {
    let layer = #"{"class_name": "\#(className)", "config": {}}"#
    let version = generation == .two ? "2.0" : "1.0"
    let text = #"{"class_name": "Sequential", "keras_version": "\#(version)", "config": {"layers": [\#(layer)]}}"#
    let tree = parse(SourceText(name: "probe", text: text), as: .json)
    let experiment = KerasDialect().lower(tree.documents[0], in: LoweringContext()).first
    guard let facts = experiment?.layers.last?.facts else { return }
    for index in keys.indices {
      guard let name = keys[index].fact, let fact = facts[name: name], let sentence = AbsentKey.sentence(on: fact)
      else {
        continue
      }
      keys[index].absent = sentence
    }
  }

  /// The name that Keras 3 has for a class of an older one.
  private static func currentName(of className: String, _ known: KerasClass) -> String {
    let types = KerasDefaults.layers.types
    guard !types.contains(className), case .plain = known.form, known.kind != .operation else {
      guard !types.contains(className), known.rank > 0 || known.kind == .dense else { return className }
      return types.first { KerasClass.named($0).map { $0.kind == known.kind && $0.rank == known.rank } == true }
        ?? className
    }
    return types.first { KerasClass.named($0).map { $0.kind == known.kind && $0.rank == known.rank } == true }
      ?? className
  }

  /// A key as layers of a class mean it, where they mean something else than others.
  private static func key(_ key: KeyGuide, of known: KerasClass) -> KeyGuide {
    var key = key
    func mean(_ fact: String, replacement: String? = nil) {
      let guide = FactGuide.named(fact, in: .layer)
      (key.fact, key.unit, key.summary) = (fact, guide?.unit, guide?.summary ?? key.summary)
      if let replacement { (key.replacement, key.isDeprecated) = (replacement, true) }
    }
    switch (key.name, known.kind) {
    case ("padding", .zeroPadding):
      mean("amounts")
      (key.values, key.valueTypes) = ([], [.integer, .list])
    case ("scale", .rescaling): mean("input_scale")
    case ("output_dim", let kind) where kind != .embedding: mean("units", replacement: "units")
    case ("input_dim", let kind) where kind != .embedding:
      (key.fact, key.unit, key.isDeprecated) = (nil, "elements", true)
      key.summary = "the width of what a first layer is given, before Keras 3"
    case ("alpha", .activation):
      if case .activation("leaky_relu") = known.form { mean("negative_slope", replacement: "negative_slope") }
    default: break
    }
    return key
  }

  // MARK: - Words

  private static func scope(_ title: String, _ table: KeyTable, words role: Role? = nil) -> GuideScope {
    var scope = GuideScope(title: title, keys: table.keys(words))
    if let role, let index = scope.keys.firstIndex(where: { $0.name == "class_name" }) {
      scope.keys[index].values = classes(role)
    }
    return scope
  }

  /// The classes of a role that Keras has.
  private static func classes(_ role: Role) -> [ValueGuide] {
    switch role {
    case .model:
      [
        ValueGuide(word: "Functional", summary: "layers as a graph, each with the layers it takes from"),
        ValueGuide(word: "Sequential", summary: "layers one behind the other"),
      ]
    case .layer:
      KerasDefaults.layers.types.map { name in
        let kind = KerasClass.named(name)?.kind
        return ValueGuide(word: name, summary: kind == .unknown ? wrappers[name] : kind?.summary ?? wrappers[name])
      }
    case .optimizer:
      KerasDefaults.optimizers.types.map { name in
        let standard = OptimizerVocabulary.standardName(of: name)
        return ValueGuide(word: name, summary: standard.flatMap { OptimizerVocabulary.glossary[$0] })
      }
    case .loss:
      KerasDefaults.losses.types.map { name in
        ValueGuide(word: name, summary: LossVocabulary.resolve(name).flatMap { LossVocabulary.glossary[$0.name] })
      }
    case .initializer:
      KerasDefaults.initializers.types.map { name in
        let standard = InitializerVocabulary.standardName(of: name)
        return ValueGuide(word: name, summary: standard.flatMap { InitializerVocabulary.glossary[$0] })
      }
    case .schedule: schedules.values
    case .regularizer: regularizers.values
    case .constraint: constraints.values
    case .policy: [ValueGuide(word: "DTypePolicy", summary: "the type of a layer's numbers and of its weights")]
    case .tensor: [ValueGuide(word: "__keras_tensor__", summary: "what another layer gives")]
    }
  }

  /// The lists of words that the tables name.
  private static func words(_ list: String) -> [ValueGuide] {
    switch list {
    // PReLU has weights, so it is a layer only.
    case "activations": ActivationVocabulary.glossary.values.filter { $0.word != "prelu" }
    case "initializers": InitializerVocabulary.glossary.values
    case "regularizers": regularizers.values
    case "losses":
      LossVocabulary.glossary.values.filter { value in
        KerasDefaults.losses.types.contains { LossVocabulary.resolve($0)?.name == value.word }
      }
    default: []
    }
  }

  private static let wrappers = Glossary(
    """
    TimeDistributed: applies a layer to each step of a sequence by itself
    Bidirectional: runs a recurrent layer over the sequence in both directions
    SpectralNormalization: divides a layer's kernel by its largest singular value
    RNN: runs a cell over the steps of a sequence
    StackedRNNCells: several cells as one, each on top of the last
    """
  )
}

extension GuideScope {
  /// Takes what a constructor has: the keys to offer, and what happens without each.
  fileprivate mutating func take(_ arguments: [(name: String, value: String?)]?, more: [String]) {
    guard let arguments else { return }
    offeredNames = arguments.map(\.name) + more
    for (name, value) in arguments {
      guard let value, let index = keys.firstIndex(where: { $0.name == name }) else { continue }
      keys[index].absent =
        value == "!"
        ? "Keras \(KerasDefaults.release) cannot make the object: it needs this"
        : "Keras \(KerasDefaults.release) takes \(value.replacing(",", with: ", "))"
    }
  }
}
