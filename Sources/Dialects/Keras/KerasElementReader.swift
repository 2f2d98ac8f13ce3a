import ConfigSyntax
import Experiment
import SourceText

/// Reads the layers of a model, wrappers and nested models seen through.
struct KerasElementReader {
  let generation: KerasGeneration
  let source: Int
  var problems: [Problem] = []
  private var cache = KerasLayerCache()

  init(generation: KerasGeneration, source: Int) {
    self.generation = generation
    self.source = source
  }

  /// Returns the layer that an entry of a list of layers describes.
  ///
  /// - Parameters:
  ///   - node: The mapping with class and config; of Keras 0.3 the config itself.
  ///   - fallbackName: The name of a layer that has none.
  ///   - isFirst: Whether it stands first, where it may say what it is fed with.
  /// - Returns: The layer; of kind `unknown` where its class is not known.
  mutating func element(
    _ node: SyntaxNode,
    fallbackName: @autoclosure () -> String,
    isFirst: Bool = false
  ) -> KerasElement {
    element(KerasEntry(node, generation), fallbackName: fallbackName(), isFirst: isFirst)
  }

  /// Returns the layer of an entry whose keys were looked up.
  mutating func element(
    _ entry: borrowing KerasEntry,
    fallbackName: @autoclosure () -> String,
    isFirst: Bool = false
  ) -> KerasElement {
    // Where a model is read in many applications, its first layer says more than the others of its text.
    let text = isFirst ? nil : KerasLayerCache.Text(entry)
    if let text, let hit = cache.hit(text, in: entry.node.tree.source) {
      let name = text.nameNode?.string ?? entry.name?.string ?? fallbackName()
      return KerasElement(name: name, content: .layer(hit.kind, hit.facts))
    }
    let classNode = entry.classNode
    let className = classNode?.string ?? ""
    let configNode = entry.config
    let config = KerasConfig(configNode)
    let stated = generation == .zero ? nil : config.value(.name)?.string ?? entry.name?.string
    let name = stated ?? fallbackName()
    var facts = Record(
      location: (classNode ?? entry.node).location(source: source),
      container: configNode.kind == .mapping ? configNode.location(source: source) : nil
    )
    if let classNode {
      let origin = Origin.stated(classNode.location(source: source))
      facts[name: LayerKeys.className.name] = Fact(.text(className), origin)
    }

    if entry.isOperation {
      return operation(entry, named: className, name: name, facts: facts)
    }
    guard let layerClass = KerasClass.named(className.hasPrefix("Custom>") ? String(className.dropFirst(7)) : className)
    else {
      let isModel = generation != .zero && KerasDocument.isModel(entry.node)
      return KerasElement(
        name: name,
        content: isModel ? .model(plan(entry.node), isPerStep: false) : .layer(.unknown, facts)
      )
    }
    switch layerClass.form {
    case .timeDistributed, .bidirectional, .spectralNormalization:
      return wrapper(layerClass.form, config, name: name, facts: facts, isFirst: isFirst)
    case .recurrentWrapper: return recurrent(config, name: name, facts: facts)
    default: break
    }
    facts.reserve(12 + layerClass.kind.derivedFactCount)
    var reader = KerasLayerReader(
      config,
      layerClass,
      className: className,
      name: name,
      generation: generation,
      source: source,
      facts: facts
    )
    reader.read()
    let knownProblems = problems.count
    problems += reader.problems
    noteMissingKeys(reader)
    if case .operation = layerClass.form {
      return foreignOperation(config, className: className, name: name, facts: reader.facts)
    }
    if let text, generation != .zero, problems.count == knownProblems {
      cache.keep(.init(kind: reader.kind, facts: reader.facts), text)
    }
    let element = KerasElement(name: name, content: .layer(reader.kind, reader.facts))
    if isFirst { element.impliedInput = reader.impliedInput }
    return element
  }

  // MARK: - Wrappers

  private mutating func wrapper(
    _ form: KerasClass.Form,
    _ config: KerasConfig,
    name: String,
    facts: Record,
    isFirst: Bool
  ) -> KerasElement {
    guard let inner = config.value(.layer), inner.kind == .mapping else {
      return KerasElement(name: name, content: .layer(.unknown, facts))
    }
    let wrapped = element(inner, fallbackName: name, isFirst: isFirst)
    let element = KerasElement(name: name, content: wrapped.content)
    if isFirst { element.impliedInput = impliedInput(of: config, like: wrapped) }
    let origin = facts[LayerKeys.className]?.origin ?? .inferred(from: "the class", at: facts.location)
    switch (form, wrapped.content) {
    case (.timeDistributed, .model(let plan, _)): element.content = .model(plan, isPerStep: true)
    case (.timeDistributed, .layer(let kind, var inner)):
      inner[LayerKeys.timeDistributed] = Fact(true, origin)
      element.content = .layer(kind, inner)
    case (.bidirectional, .layer(let kind, var inner)):
      inner[LayerKeys.bidirectional] = Fact(true, origin)
      setMergeMode(config, &inner)
      element.content = .layer(kind, inner)
    case (.spectralNormalization, .layer(let kind, var inner)):
      inner[LayerKeys.spectralNormalization] = Fact(true, origin)
      element.content = .layer(kind, inner)
    default: element.content = .layer(.unknown, facts)
    }
    return element
  }

  private func setMergeMode(_ config: KerasConfig, _ facts: inout Record) {
    let keras = Origin.default(DefaultSource(framework: "Keras"))
    guard config.has(.mergeMode) else { return facts.setIfUnknown(LayerKeys.mergeMode, "concat", keras) }
    guard let node = config.node["merge_mode"] else { return }
    facts[LayerKeys.mergeMode] = Fact(node.string ?? "none", .stated(node.location(source: source)))
  }

  private func impliedInput(of config: KerasConfig, like wrapped: KerasElement) -> Fact<Shape>? {
    guard let node = config.value(.batchInputShape, .batchShape) else { return wrapped.impliedInput }
    let axes = (node.kind == .mapping ? node["items"]?.elements ?? [] : node.elements).map(\.integer)
    return Fact(Shape(Array(axes.dropFirst())), .stated(node.location(source: source)))
  }

  /// Reads `RNN`, whose cell says what it computes; stacked cells are layers one behind the other.
  private mutating func recurrent(_ config: KerasConfig, name: String, facts: Record) -> KerasElement {
    guard let cell = config.value(.cell), let cellConfig = cell["config"] else {
      return KerasElement(name: name, content: .layer(.unknown, facts))
    }
    let cells = cell["class_name"]?.string == "StackedRNNCells" ? cellConfig["cells"]?.elements ?? [] : [cell]
    var elements: [KerasElement] = []
    for (position, cell) in cells.enumerated() {
      let isLast = position == cells.count - 1
      let inner = element(cell, fallbackName: "cell_\(position + 1)")
      guard case .layer(let kind, var innerFacts) = inner.content, kind != .unknown else {
        return KerasElement(name: name, content: .layer(.unknown, facts))
      }
      if isLast {
        for (fact, key) in [
          (LayerKeys.returnSequences, KerasKey.returnSequences), (LayerKeys.returnState, .returnState),
        ] {
          guard let node = config.value(key), let value = node.boolean else { continue }
          innerFacts[fact] = Fact(value, .stated(node.location(source: source)))
        }
      } else {
        innerFacts[LayerKeys.returnSequences] = Fact(
          true,
          .inferred(from: "the cell that is stacked on it", at: facts.location)
        )
      }
      let elementName = cells.count == 1 ? name : "\(name)/\(inner.name)"
      elements.append(KerasElement(name: elementName, content: .layer(kind, innerFacts)))
    }
    guard elements.count != 1 else { return elements[0] }
    return KerasElement(name: name, content: elements.isEmpty ? .layer(.unknown, facts) : .chain(elements))
  }

  // MARK: - Operations

  /// An operation of Keras 3 on tensors: `keras.ops.add(x, y)`, or `x + y`.
  private func operation(
    _ entry: borrowing KerasEntry,
    named className: String,
    name: String,
    facts: Record
  ) -> KerasElement {
    var facts = facts
    let place = facts[LayerKeys.className]?.origin ?? .inferred(from: "the operation", at: facts.location)
    if entry.module?.string?.hasSuffix(".nn") == true,
      let activation = ActivationVocabulary.standardName(of: className)
    {
      facts[LayerKeys.activation] = Fact(activation, place)
      return KerasElement(name: name, content: .layer(.activation, facts))
    }
    var operation = KerasOperation(className)
    if operation.name == "cast", let type = entry.config["dtype"]?.string, Self.isInteger(type) {
      operation = KerasOperation("cast_to_integer")
    }
    for (fact, key) in [(LayerKeys.minimum, "x_min"), (LayerKeys.maximum, "x_max")] where operation.name == "clip" {
      guard let node = entry.config[key], let bound = node.number else { continue }
      facts[fact] = Fact(bound, .stated(node.location(source: source)))
    }
    facts[LayerKeys.operand] = operand(of: operation, entry.inboundNodes?[0]?["args"])
    return element(of: operation, name: name, facts: facts, origin: place)
  }

  /// The number beside the one tensor that an operation is given: in `x + 3` behind it, and before it where the order makes no difference.
  private func operand(of operation: KerasOperation, _ arguments: SyntaxNode?) -> Fact<Double>? {
    guard let arguments, arguments.count == 2, let first = arguments[0], let second = arguments[1] else { return nil }
    let isSymmetric = operation.name == "add" || operation.name == "multiply"
    let node = first.kind == .mapping ? second : isSymmetric && second.kind == .mapping ? first : nil
    guard let node, let number = node.number else { return nil }
    return Fact(number, .stated(node.location(source: source)))
  }

  /// An operation that TensorFlow wrote: `math.multiply`, `__operators__.add`, `nn.relu`, a slice.
  private func foreignOperation(_ config: KerasConfig, className: String, name: String, facts: Record) -> KerasElement {
    guard className == "TFOpLambda", let function = config.value(.function), let path = function.string,
      let word = path.split(separator: ".").last.map(String.init)
    else { return KerasElement(name: name, content: .layer(.operation, facts)) }
    let place = Origin.stated(function.location(source: source))
    if let activation = ActivationVocabulary.standardName(of: word), activation != "linear" {
      var facts = facts
      facts[LayerKeys.activation] = Fact(activation, place)
      return KerasElement(name: name, content: .layer(.activation, facts))
    }
    return element(of: KerasOperation(word), name: name, facts: facts, origin: place)
  }

  private func element(of operation: KerasOperation, name: String, facts: Record, origin: Origin) -> KerasElement {
    var facts = facts
    facts[LayerKeys.operation] = Fact(operation.name, origin)
    if operation.isElementwise {
      facts[LayerKeys.elementwise] = Fact(true, .inferred(from: "the operation", at: facts.location))
    }
    let element = KerasElement(name: name, content: .layer(.operation, facts))
    element.kindOfTwo = operation.kindOfTwo
    return element
  }

  /// Whether a type holds whole numbers or truth values, which carry no gradient.
  private static func isInteger(_ type: String) -> Bool {
    type.hasPrefix("int") || type.hasPrefix("uint") || type == "bool"
  }

  // MARK: - Problems

  private mutating func noteMissingKeys(_ reader: KerasLayerReader) {
    let needed: [(name: String, key: String)] =
      switch reader.kind {
      case .dense, .simpleRNN, .gru, .lstm: [(LayerKeys.units.name, generation.unitsKey)]
      case .conv1d, .conv2d, .conv3d:
        [
          (LayerKeys.filters.name, generation <= .one ? "nb_filter" : "filters"),
          (LayerKeys.kernelSize.name, "kernel_size"),
        ]
      case .embedding: [(LayerKeys.vocabularySize.name, "input_dim"), (LayerKeys.outputDimension.name, "output_dim")]
      default: []
      }
    for (fact, key) in needed where reader.facts[name: fact] == nil {
      // A key of a wrong type or a wrong spelling has its own problem.
      let isBlamed = reader.problems.contains {
        $0.message.contains("\"\(key)\"") || $0.help?.contains("\"\(key)\"") == true
      }
      guard !isBlamed, reader.layerClass.hasKerasInitializers else { continue }
      problems.append(
        Problem(
          kind: .missingKey,
          message: "layer \"\(reader.name)\" has no \"\(key)\", which \(reader.className) needs",
          location: reader.facts.location
        )
      )
    }
  }
}
