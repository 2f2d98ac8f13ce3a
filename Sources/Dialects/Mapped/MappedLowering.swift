import ConfigSyntax
import Experiment
import SourceText

/// Lowers one experiment of a document by the definition of its dialect.
struct MappedLowering {
  let definition: DialectDefinition
  let document: MappedDocument
  let values: MappedValues
  var experiment: Experiment
  /// Which key states which fact, for edits.
  private(set) var slots: [MappedTarget: MappedKey] = [:]

  /// - Parameters:
  ///   - place: Where in the document the experiment is.
  ///   - root: The document.
  ///   - definition: The dialect's definition.
  ///   - context: What opens the files that the document names.
  init(
    _ place: DialectDefinition.Place,
    in root: SyntaxNode,
    _ definition: DialectDefinition,
    _ context: LoweringContext
  ) {
    self.definition = definition
    let document = MappedDocument(place, in: root, definition, context)
    self.document = document
    let stated = definition.version.flatMap { document.find($0) }
    let told = context.frameworkVersions[definition.name]
    let version = stated?.node.text ?? told?.text
    values = MappedValues(document, definition, version: version.flatMap { VersionNumber($0) })
    experiment = Experiment(dialect: definition.name, sources: document.sources)
    experiment.about = Record(location: place.node.location(source: 0), container: place.node.location(source: 0))
    let origin = Origin.inferred(from: "the dialect", at: nil)
    experiment.about[ExperimentKeys.framework] = Fact(definition.title, origin)
    if let version {
      let origin = stated.map { Origin.stated($0.location) } ?? .inferred(from: told?.from ?? "the settings", at: nil)
      experiment.about[ExperimentKeys.frameworkVersion] = Fact(version, origin)
    }
    if let name = place.name, let text = name.text {
      experiment.about[ExperimentKeys.name] = Fact(text, .stated(name.location(source: 0)))
    }
  }

  /// Lowers the experiment.
  mutating func run() -> Experiment {
    for key in definition.keys { state(key) }
    for fact in definition.facts { infer(fact) }
    for key in definition.keys { assume(key) }
    lowerLayers()
    checkKeys()
    return experiment
  }

  // MARK: - Keys

  /// Sets the fact of a key that the file states.
  private mutating func state(_ key: MappedKey) {
    switch values.value(of: key) {
    case .stated(let value, let place):
      guard hasEffect(key, value, place), isMeant(key) else { return }
      if isOff(value, key) { return switchOff(key, .stated(place.location)) }
      checkType(value, of: key, place)
      let origin = Origin.stated(place.location)
      applyPrefix(of: key, place)
      for setting in key.sets { set(setting.target, Fact(setting.value, origin)) }
      guard let target = key.target else { return }
      slots[target] = slots[target] ?? key
      if let fact = key.fact(of: value) { set(target, Fact(fact, origin)) }
    case .deferred(let text, let place):
      guard let target = key.target, hasEffect(key, .deferred(text), place), isMeant(key) else { return }
      slots[target] = slots[target] ?? key
      set(target, Fact(.deferred(text), .stated(place.location)))
    case .default, .dependsOnVersion, .absent: break
    }
  }

  /// Sets the fact of a key to its default, unless another key states it.
  private mutating func assume(_ key: MappedKey) {
    guard let target = key.target, isMeant(key) else { return }
    if let needs = key.needs, values.holds(needs) != true { return }
    switch values.value(of: key) {
    case .default(let value, let source):
      slots[target] = slots[target] ?? key
      let origin = Origin.default(source)
      if isOff(value, key) { return switchOff(key, origin) }
      guard let fact = key.fact(of: value) else { return }
      if set(target, Fact(fact, origin)) {
        for setting in key.sets { set(setting.target, Fact(setting.value, origin)) }
      }
    case .dependsOnVersion(let text, let source):
      slots[target] = slots[target] ?? key
      set(target, Fact(.deferred(text), .default(source)))
    case .absent: slots[target] = slots[target] ?? key
    case .stated, .deferred: break
    }
  }

  /// Whether the key's value is the fact that the key states, and nothing else.
  private func isMeant(_ key: MappedKey) -> Bool {
    key.condition.map { values.holds($0) == true } ?? true
  }

  /// Whether the key's value counts; notes a stated one that does not.
  private mutating func hasEffect(_ key: MappedKey, _ value: FactValue, _ place: MappedDocument.Place) -> Bool {
    guard let needs = key.needs else { return true }
    switch values.holds(needs) {
    case true?: return true
    case nil: return false
    case false?:
      // What says its own default was chosen by nobody: many frameworks write out all that they have.
      let isDefault: Bool
      if case .default(let standard, _) = values.defaultValue(key.defaults) {
        isDefault = standard.means(value)
      } else {
        isDefault = false
      }
      // A key that decides by its own value is told whatever its default is.
      let isOwnCondition = needs.clauses.contains { $0.path == key.path }
      guard place.source == 0, !isOff(value, key), !isDefault || isOwnCondition,
        let member = document.member(at: place, key)
      else { return false }
      let reason = key.because ?? "it counts only where \(needs.sentence)"
      experiment.problems.append(
        Problem(
          kind: .ignoredKey,
          message: "\"\(member.name)\" has no effect: \(reason)",
          location: member.key.location(source: 0),
          fact: key.target?.path
        )
      )
      return false
    }
  }

  private func isOff(_ value: FactValue, _ key: MappedKey) -> Bool {
    key.off.contains { $0.holds(of: value, in: values) == true }
  }

  private mutating func switchOff(_ key: MappedKey, _ origin: Origin) {
    guard let target = key.target else { return }
    slots[target] = slots[target] ?? key
    guard target.isOfClip else { return }
    set(MappedTarget(record: target.record, key: ClipKeys.kind.name), Fact(.text("off"), origin))
  }

  private mutating func applyPrefix(of key: MappedKey, _ place: MappedDocument.Place) {
    guard let text = place.node.text, let prefix = key.prefixes.first(where: { text.hasPrefix($0.text) }) else {
      return
    }
    for setting in prefix.sets { set(setting.target, Fact(setting.value, .stated(place.location))) }
  }

  // MARK: - Facts without keys

  private mutating func infer(_ fact: DialectDefinition.FixedFact) {
    for value in fact.values {
      if let condition = value.condition {
        switch values.holds(condition) {
        case false?: continue
        case nil: return
        case true?: break
        }
      }
      switch value.content {
      case .constant(let constant):
        let origin =
          value.source == nil
          ? Origin.inferred(from: value.because ?? "the dialect", at: nil)
          : .default(DefaultSource(framework: definition.title, since: value.since, note: value.note))
        set(fact.target, Fact(constant, origin))
      case .value(let path):
        guard let key = values.key(at: path) else { return }
        slots[fact.target] = slots[fact.target] ?? key
        if let (found, origin) = known(key) { set(fact.target, Fact(found, origin)) }
      case .count(let path):
        guard let place = document.find(path), place.node.kind == .mapping || place.node.kind == .sequence else {
          return
        }
        let count = FactValue.integer(place.node.kind == .mapping ? place.node.members.count : place.node.count)
        set(fact.target, Fact(count, .inferred(from: "\"\(path.text)\"", at: place.location)))
      case .product(let factors): multiply(factors, into: fact.target)
      }
      return
    }
  }

  private mutating func multiply(_ factors: [MappedCondition.Operand], into target: MappedTarget) {
    var product = 1.0
    var names: [String] = []
    var location: SourceLocation?
    for factor in factors {
      switch factor {
      case .number(let number): product *= number
      case .value(let path):
        guard let key = values.key(at: path), let (value, origin) = known(key), let number = Double(value) else {
          return
        }
        product *= number
        names.append(key.path.lastName)
        location = location ?? origin.location
      }
    }
    guard product.isFinite else { return }
    let value = Int(exactly: product).map { FactValue.integer($0) } ?? .number(product)
    set(target, Fact(value, .inferred(from: names.joined(separator: " × "), at: location)))
  }

  /// The value of a key as a fact, with where it comes from; nil where it is not known, off, or without effect.
  func known(_ key: MappedKey) -> (value: FactValue, origin: Origin)? {
    if let needs = key.needs, values.holds(needs) != true { return nil }
    switch values.value(of: key) {
    case .stated(let value, let place):
      return isOff(value, key) ? nil : key.fact(of: value).map { ($0, .stated(place.location)) }
    case .default(let value, let source):
      return isOff(value, key) ? nil : key.fact(of: value).map { ($0, .default(source)) }
    case .deferred(let text, let place): return (.deferred(text), .stated(place.location))
    case .dependsOnVersion(let text, let source): return (.deferred(text), .default(source))
    case .absent: return nil
    }
  }

  // MARK: - Setting

  /// Sets a fact unless it is known already; returns whether it was set.
  @discardableResult
  private mutating func set(_ target: MappedTarget, _ fact: Fact<FactValue>) -> Bool {
    let place = experiment.about.location
    switch target.record.root {
    case .about: return experiment.about.set(fact, target.key, at: target.record.nested[...], place)
    case .training: return experiment.training.set(fact, target.key, at: target.record.nested[...], place)
    case .data: return experiment.data.set(fact, target.key, at: target.record.nested[...], place)
    case .input:
      if experiment.inputs.isEmpty { experiment.inputs.append(Record(location: place)) }
      return experiment.inputs[0].set(fact, target.key, at: target.record.nested[...], place)
    case .output:
      if experiment.outputs.isEmpty { experiment.outputs.append(Output(facts: Record(location: place), layer: nil)) }
      return experiment.outputs[0].facts.set(fact, target.key, at: target.record.nested[...], place)
    case .layer: return false
    }
  }

  /// Remembers which key a layer's fact comes from.
  mutating func remember(_ key: MappedKey, for target: MappedTarget) {
    slots[target] = key
  }
}

extension Record {
  /// Sets a fact in the record that keys lead to, unless it is known; makes the records on the way.
  mutating func set(
    _ fact: Fact<FactValue>,
    _ key: String,
    at path: ArraySlice<String>,
    _ place: SourceLocation?
  ) -> Bool {
    location = location ?? place
    guard let first = path.first else {
      guard self[name: key] == nil else { return false }
      self[name: key] = fact
      return true
    }
    var nested = value(FactKey<Record>(first)) ?? Record(location: fact.origin.location ?? place)
    let isNew = nested.set(fact, key, at: path.dropFirst(), place)
    if isNew { self[name: first] = Fact(.record(nested), self[name: first]?.origin ?? fact.origin) }
    return isNew
  }
}

extension MappedDocument.Place {
  var location: SourceLocation { node.location(source: source) }
}
