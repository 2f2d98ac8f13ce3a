package import ConfigSyntax
import Experiment

extension CaffeDialect {
  package func guide(at place: SyntaxPlace) -> PlaceGuide? {
    guide(at: place) { CaffeGuide(place.document).scope($0) }
  }
}

/// What the messages of nets and solvers may hold.
struct CaffeGuide {
  private let document: SyntaxNode

  init(_ document: SyntaxNode) {
    self.document = document
  }

  /// Returns the scope of what steps from the root lead to; nil for what is no known message.
  func scope(_ steps: ArraySlice<SyntaxPlace.Step>) -> GuideScope? {
    var path = steps.filter { $0.key != nil }
    // A net stands in a solver's message as it does in a file of its own.
    let inlineNets = ["net_param", "train_net_param", "test_net_param"]
    let isInSolver = path.first?.key.map(inlineNets.contains) ?? false
    if isInSolver { path.removeFirst() }
    guard let first = path.first else { return root(isNet: isInSolver) }
    guard first.key == "layer" || first.key == "layers" else {
      return path.count == 1 ? Self.messageScope(first.key ?? "") : nil
    }
    let layer = CaffeLayer(first.value)
    guard path.count > 1, let last = path.last?.key else { return Self.layerScope(layer, isOld: first.key == "layers") }
    return Self.messageScope(last, of: layer)
  }

  // MARK: - Private

  private func root(isNet: Bool) -> GuideScope {
    if isNet || CaffeDocument.recognizesNet(document) > CaffeDocument.recognizesSolver(document) {
      return GuideScope(title: "net", keys: Self.net.keys(Self.words))
    }
    var keys = Self.solver.keys(Self.words)
    for index in keys.indices where keys[index].absent == nil {
      keys[index].absent = Self.solverDefaults[keys[index].name]
    }
    return GuideScope(title: "solver", keys: keys)
  }

  /// The settings of a layer's own type come first, those of other types are not offered.
  private static func layerScope(_ layer: CaffeLayer, isOld: Bool) -> GuideScope {
    var keys = (isOld ? oldLayer : self.layer).keys(words)
    for type in parameterMessages where type.types.contains(layer.type) || layer.type.isEmpty {
      keys.append(KeyGuide(name: type.name, summary: "settings of \(type.what)", valueTypes: [.mapping]))
    }
    let title = layer.name.isEmpty ? "layer" : "layer \(layer.name)"
    return GuideScope(
      title: layer.type.isEmpty || layer.type == layer.name ? title : "\(title), \(layer.type)",
      keys: keys
    )
  }

  private static func messageScope(_ name: String, of layer: CaffeLayer? = nil) -> GuideScope? {
    guard let table = tables[name] else { return nil }
    return GuideScope(title: layer.map { "\(name) of \($0.name)" } ?? name, keys: table.keys(words))
  }

  private static func words(_ list: String) -> [ValueGuide] {
    switch list {
    case "types": layerTypes.map { ValueGuide(word: $0.word, summary: $0.summary) }
    case "policies": policies.map { ValueGuide(word: $0.word, summary: $0.summary) }
    case "fillers": fillers.map { ValueGuide(word: $0.word, summary: $0.summary) }
    case "solvers": solverTypes.map { ValueGuide(word: $0.word, summary: $0.summary) }
    default: []
    }
  }
}
