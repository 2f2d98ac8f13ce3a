package import ConfigSyntax
import Experiment
import SourceText

extension NativeDialect {
  package func guide(at place: SyntaxPlace) -> PlaceGuide? {
    let guide = NativeGuide(place.document)
    return self.guide(at: place) { guide.scope($0) }
  }
}

/// What the mappings of an experiment file may hold.
struct NativeGuide {
  private let document: SyntaxNode

  init(_ document: SyntaxNode) {
    self.document = document
  }

  /// Returns the scope of what steps from the root lead to; nil for what is no mapping of the format.
  func scope(_ steps: ArraySlice<SyntaxPlace.Step>) -> GuideScope? {
    let path = steps.map { $0.key ?? "-" }
    switch (path.first, path.count) {
    case (nil, _): return Self.scope("experiment file", Self.root)
    case ("data", 1): return Self.scope("data", Self.data)
    case ("data", 2) where path[1] == "inputs": return Self.scope("data.inputs", Self.inputs)
    case ("data", 2) where path[1] == "targets": return Self.scope("data.targets", Self.targets)
    case ("data", 2) where path[1] == "columns":
      return steps.last.map {
        GuideScope(title: "columns", membersOf: $0.value) { "what is known of the column \($0)" }
      }
    case ("data", 3) where path[1] == "columns": return Self.scope("column \(path[2])", Self.column)
    case ("outputs", 1):
      return steps.last.map { GuideScope(title: "outputs", membersOf: $0.value) { "what holds for the output \($0)" } }
    case ("outputs", 2): return Self.scope("output \(path[1])", Self.output)
    case ("outputs", 3) where path[2] == "target": return Self.scope("target of \(path[1])", Self.targets)
    case ("training", 1): return Self.scope("training", Self.training, and: Self.loss)
    case ("training", 2) where path[1] == "optimizer":
      return Self.scope("optimizer", Self.optimizer, values: OptimizerVocabulary.glossary)
    case ("training", 2) where path[1] == "schedule": return Self.scope("schedule", Self.schedule)
    case ("training", 2) where path[1] == "clip": return Self.scope("clip", Self.clip)
    case ("training", 3) where path[1...] == ["optimizer", "clip"]: return Self.scope("clip", Self.clip)
    case ("model", 1): return Self.scope("model", Self.model)
    case ("model", 3) where path[1...] == ["layers", "-"]:
      return steps.last.map { layerScope($0.value, above: layers(above: $0)) }
    case ("model", 4) where path[1...2] == ["layers", "-"] && Self.initializerKeys.contains(path[3]):
      return Self.scope("initialiser", Self.initializer, values: InitializerVocabulary.glossary)
    default: return nil
    }
  }

  // MARK: - Layers

  /// The keys of a layer of a kind, in the order in which the lowering asks for them, with what it takes when they are absent.
  static func layerKeys(of kind: LayerKind) -> [KeyGuide] {
    let probe = parse(SourceText(name: "probe", text: "{kind: \(kind.rawValue)}"), as: .yaml).documents[0]
    var reader = KeyReader(probe, source: 0, subject: "a layer")
    var facts = Record()
    reader.setLayerFacts(of: kind, in: &facts)
    let all = layer.keys(words)
    let ignored = KeyReader.keysWithoutEffect(on: kind)
    var keys = all.filter { key in
      guard !everyLayer.contains(key.name) else { return true }
      return reader.known.contains(key.name) && reader.known.contains(key.replacement ?? key.name)
        && !ignored.contains(key.name)
    }
    // `scale` is the factor of a rescaling, and of a normalisation a switch.
    let others = keys.filter { $0.replacement != nil }.map(\.name)
    keys.removeAll { $0.replacement == nil && others.contains($0.name) }
    if kind == .activityRegularization { keys = keys.map(Self.onOutput) }
    if kind == .input { keys.removeAll { $0.name == "from" } }
    if kind == .backbone || kind == .augmentation || kind == .unknown {
      keys.append(contentsOf: all.filter { $0.name == "output_shape" && !reader.known.contains($0.name) })
    }
    AbsentKey.add(from: facts, to: &keys)
    for index in keys.indices { keys[index].absent = keys[index].absent ?? unknown }
    return keys
  }

  /// `l1` and `l2`, as penalties on what a layer gives.
  private static func onOutput(_ key: KeyGuide) -> KeyGuide {
    guard key.name == "l1" || key.name == "l2" else { return key }
    let fact = FactGuide.named("activity_\(key.name)", in: .layer)
    var key = key
    key.fact = fact?.name
    key.summary = fact?.summary ?? key.summary
    return key
  }

  private func layerScope(_ node: SyntaxNode, above: [(name: String, kind: LayerKind)]) -> GuideScope {
    let kind = NativeGraph.kind(of: node)
    var keys = Self.layerKeys(of: kind)
    if let from = keys.firstIndex(where: { $0.name == "from" }) {
      keys[from].values = above.map { ValueGuide(word: $0.name, summary: $0.kind.rawValue) }
    }
    let name = node["name"]?.text ?? kind.rawValue
    return GuideScope(
      title: kind == .unknown ? "layer" : name == kind.rawValue ? "layer \(name)" : "layer \(name), \(kind.rawValue)",
      keys: keys,
      values: LayerKind.glossary.values
    )
  }

  /// The layers that stand above a step's element, nearest first; only those with a name can be taken from.
  private func layers(above step: SyntaxPlace.Step) -> [(name: String, kind: LayerKind)] {
    guard case .element(let position, _) = step, let layers = document["model"]?["layers"] else { return [] }
    return layers.elements.prefix(position).reversed().compactMap { layer in
      layer["name"]?.text.map { ($0, NativeGraph.kind(of: layer)) }
    }
  }

  // MARK: - Tables

  private static let unknown = "it is unknown, and rules that need it say nothing"

  private static func scope(
    _ title: String,
    _ table: KeyTable,
    and other: KeyTable? = nil,
    values: Glossary? = nil
  ) -> GuideScope {
    var keys = table.keys(words) + (other?.keys(words) ?? [])
    for index in keys.indices { keys[index].absent = keys[index].absent ?? unknown }
    return GuideScope(title: title, keys: keys, values: values?.values ?? [])
  }

  /// The lists of words that the tables name.
  private static func words(_ list: String) -> [ValueGuide] {
    switch list {
    case "activations": ActivationVocabulary.glossary.values
    case "losses": LossVocabulary.glossary.values
    case "initializers": InitializerVocabulary.glossary.values
    case "optimizers": OptimizerVocabulary.glossary.values
    case "kinds": LayerKind.glossary.values
    case "tasks": tasks.values
    case "normalizations": normalizations.values
    case "number_kinds": numberKinds.values
    case "encodings": encodings.values
    default: []
    }
  }
}
