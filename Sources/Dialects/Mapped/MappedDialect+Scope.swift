package import Experiment

/// What the configs of a mapped dialect can say, for the documentation.
package struct DialectScope: Sendable {
  /// A fact that the dialect states, sets by default, or infers.
  package struct Fact: Sendable {
    package var record: RecordPath
    package var key: String
    /// All values that it can have; nil where a key gives any.
    package var values: [FactValue]?
  }

  package var facts: [Fact] = []
  package var layerKinds: [LayerKind] = []
  /// The kinds of problems that it notes beyond those of every text.
  package var problems: Set<Problem.Kind> = []

  package init() {}
}

extension MappedDialect {
  /// What its configs can say, by its definition.
  package var scope: DialectScope {
    let definition = definition
    var scope = DialectScope()
    for key in definition.keys {
      if let target = key.target { scope.add(target, nil) }
      for setting in key.sets { scope.add(setting.target, [setting.value]) }
      for prefix in key.prefixes { for setting in prefix.sets { scope.add(setting.target, [setting.value]) } }
      if key.isRequired { scope.problems.insert(.missingKey) }
      if key.needs != nil { scope.addIgnored(key.target) }
    }
    for fact in definition.facts {
      let values = fact.values.map { value in
        if case .constant(let constant) = value.content { return constant as FactValue? }
        return nil
      }
      scope.add(fact.target, values.contains(nil) ? nil : values.compactMap(\.self))
    }
    scope.addLayers(definition.layers)
    for check in definition.checks {
      if check.kind == .ignoredKey {
        scope.addIgnored(definition.keyPositions[check.place].flatMap { definition.keys[$0].target })
      } else {
        scope.problems.insert(check.kind)
      }
    }
    if !definition.complete.isEmpty { scope.problems.insert(.unknownKey) }
    if definition.readsYAML11 { scope.problems.insert(.ambiguousNumber) }
    scope.problems.insert(.wrongType)
    return scope
  }
}

extension DialectScope {
  fileprivate mutating func add(_ target: MappedTarget, _ values: [FactValue]?) {
    guard let index = facts.firstIndex(where: { $0.record == target.record && $0.key == target.key }) else {
      return facts.append(Fact(record: target.record, key: target.key, values: values))
    }
    facts[index].values = facts[index].values.flatMap { known in values.map { known + $0 } }
  }

  fileprivate mutating func addIgnored(_ target: MappedTarget?) {
    problems.insert(Problem(kind: .ignoredKey, message: "", location: nil, fact: target?.path).kind)
  }

  fileprivate mutating func addLayers(_ layers: [MappedLayer]) {
    for layer in layers {
      addLayers(layer.block)
      guard layer.block.isEmpty else { continue }
      if !layerKinds.contains(layer.kind) { layerKinds.append(layer.kind) }
      for (path, _) in layer.facts {
        guard let key = path.last else { continue }
        add(MappedTarget(record: RecordPath(.layer(0), nested: path.dropLast()), key: key), nil)
      }
      // The elements of a list are the sizes of the layers.
      if layer.each != nil {
        add(MappedTarget(record: RecordPath(.layer(0)), key: layer.kind.sizeKey), nil)
      }
    }
  }
}

extension LayerKind {
  /// The fact that says how large a layer of the kind is.
  fileprivate var sizeKey: String {
    rawValue.hasPrefix("conv") ? LayerKeys.filters.name : LayerKeys.units.name
  }
}
