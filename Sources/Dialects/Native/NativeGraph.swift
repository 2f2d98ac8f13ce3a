import ConfigSyntax
import Experiment
import SourceText

/// Reads the layers that stand in an experiment file itself.
struct NativeGraph {
  private(set) var layers: [Layer] = []
  private(set) var inputs: [Record] = []
  private(set) var outputs: [Output] = []
  private(set) var problems: [Problem] = []

  private let node: SyntaxNode
  private let data: Record
  private var indexByName: [String: Int] = [:]
  private var countByKind: [LayerKind: Int] = [:]
  private var isTaken: [Bool] = []

  /// - Parameters:
  ///   - node: The mapping under `model`.
  ///   - data: The facts of the data, which tell the input's shape where no input layer does.
  init(_ node: SyntaxNode, data: Record) {
    self.node = node
    self.data = data
  }

  /// Reads all layers; each takes from the one above unless it says `from`.
  mutating func read() {
    var reader = KeyReader(node, source: 0, subject: "\"model\"")
    if let member = reader.member("layers") {
      if member.value.kind == .sequence {
        let elements = member.value.elements
        if elements.first.map({ Self.kind(of: $0) != .input }) ?? false { addImpliedInput(at: node) }
        for element in elements { readLayer(element) }
      } else {
        reader.noteWrongType(member, wanted: "a list of layers")
      }
    }
    reader.finish(into: &problems)
    addOutputs()
  }

  // MARK: - Layers

  /// Adds the input that nothing states; its shape is that of the data.
  private mutating func addImpliedInput(at node: SyntaxNode) {
    var facts = Record()
    let stated = data.value(DataKeys.inputs)
    if let shape = stated?[InputKeys.shape] {
      facts[LayerKeys.inputShapeStated] = shape
    } else if let features = stated?[TargetKeys.features] {
      facts[LayerKeys.inputShapeStated] = Fact(
        Shape([features.value]),
        .inferred(from: "the number of features", at: features.origin.location)
      )
    }
    add(Layer(kind: .input, name: "input", facts: facts, inputs: []))
  }

  private mutating func readLayer(_ element: SyntaxNode) {
    guard element.kind == .mapping || element.string != nil else {
      problems.append(
        Problem(
          kind: .wrongType,
          message: "a layer must be a mapping or a kind's name, not \(element.typeDescription)",
          location: element.location(source: 0)
        )
      )
      return
    }
    let kindNode = element.kind == .mapping ? element["kind"] ?? element : element
    let kind = Self.kind(of: element)
    countByKind[kind, default: 0] += 1
    let implied = "\(kind.rawValue)_\(countByKind[kind, default: 0])"
    var reader = KeyReader(element, source: 0, subject: "layer \"\(element["name"]?.text ?? implied)\"")
    reader.passOver("kind")
    let name = reader.read(String.self, "name")
    var facts = Record(location: kindNode.location(source: 0), container: element.location(source: 0))
    noteUnknownKind(kind, kindNode, &reader, &facts)
    let takes = readSources(kind, &reader)
    reader.setLayerFacts(of: kind, in: &facts)
    reader.noteIgnoredKeys(of: kind, facts)
    reader.finish(into: &problems)
    if let name, indexByName[name.value] != nil {
      problems.append(
        Problem(
          kind: .invalidValue,
          message: "two layers are named \"\(name.value)\"",
          location: name.origin.location,
          help: "give one of them another name"
        )
      )
    }
    add(Layer(kind: kind, name: name?.value ?? implied, facts: facts, inputs: takes))
  }

  private mutating func add(_ layer: Layer) {
    let index = layers.count
    for input in layer.inputs { isTaken[input] = true }
    isTaken.append(false)
    indexByName[layer.name] = indexByName[layer.name] ?? index
    layers.append(layer)
    guard layer.kind == .input else { return }
    var facts = Record(location: layer.facts.location, container: layer.facts.container)
    let place = layer.facts.location
    facts[InputKeys.name] = Fact(layer.name, .inferred(from: "the input layer", at: place))
    facts[InputKeys.layer] = Fact(index, .inferred(from: "the input layer", at: place))
    facts[InputKeys.shape] = layer.facts[LayerKeys.inputShapeStated]
    inputs.append(facts)
  }

  /// The kind a layer states, `unknown` for words that name none.
  static func kind(of element: SyntaxNode) -> LayerKind {
    let word = element.kind == .mapping ? element["kind"]?.text : element.text
    return word.flatMap(kind(named:)) ?? .unknown
  }

  /// Returns the kind that a word names, in whichever spelling.
  static func kind(named word: String) -> LayerKind? {
    // Most are written as they are kept.
    kinds[word] ?? kinds[folded(word)]
  }

  private mutating func noteUnknownKind(
    _ kind: LayerKind,
    _ node: SyntaxNode,
    _ reader: inout KeyReader,
    _ facts: inout Record
  ) {
    guard kind == .unknown else { return }
    guard let word = node.string else {
      problems.append(
        Problem(
          kind: node.kind == .scalar ? .wrongType : .missingKey,
          message: "\(reader.subject) does not say its \"kind\"",
          location: node.location(source: 0)
        )
      )
      return
    }
    guard Self.folded(word) != LayerKind.unknown.rawValue else { return }
    let help =
      if let activation = ActivationVocabulary.standardName(of: word) {
        "write kind: activation, activation: \(activation)"
      } else {
        Spelling.nearest(to: word, among: LayerKind.allCases.map(\.rawValue)).map { "did you mean \"\($0)\"?" }
      }
    problems.append(
      Problem(
        kind: .unknownLayer,
        message: "layer kind \"\(word)\" is not known here, so what it gives is unknown",
        location: node.location(source: 0),
        help: help
      )
    )
  }

  // MARK: - Edges

  /// Returns the layers that a layer takes from: those it names, else the one above.
  private mutating func readSources(_ kind: LayerKind, _ reader: inout KeyReader) -> [Int] {
    guard kind != .input else { return [] }
    guard let member = reader.member("from"), !member.value.isNull else {
      return layers.isEmpty ? [] : [layers.count - 1]
    }
    let names = member.value.kind == .sequence ? member.value.elements : [member.value]
    var indices: [Int] = []
    for name in names {
      guard let text = name.text else {
        reader.noteWrongType(member, wanted: "a layer's name or a list of names")
        continue
      }
      if let index = indexByName[text] {
        indices.append(index)
      } else {
        let nearest = Spelling.nearest(to: text, among: indexByName.keys)
        reader.note(
          .brokenGraph,
          "\(reader.subject) takes from \"\(text)\", and no layer above it has that name",
          at: name,
          help: nearest.map { "did you mean \"\($0)\"?" } ?? "layers stand below those that they take from"
        )
      }
    }
    return indices
  }

  /// The layers that no other takes from are the outputs.
  private mutating func addOutputs() {
    for index in layers.indices where !isTaken[index] && layers[index].kind != .input {
      var facts = Record()
      let origin = Origin.inferred(from: "the layer that no other takes from", at: layers[index].facts.location)
      facts[OutputKeys.name] = Fact(layers[index].name, origin)
      outputs.append(Output(facts: facts, layer: index))
    }
  }

  // MARK: - Kinds

  private static let kinds = Dictionary(uniqueKeysWithValues: LayerKind.allCases.map { (folded($0.rawValue), $0) })

  /// `MaxPooling2D`, `max_pooling_2d` and `max_pooling2d` are one kind.
  private static func folded(_ word: String) -> String {
    word.lowercased().filter { $0 != "_" && $0 != "-" }
  }
}
