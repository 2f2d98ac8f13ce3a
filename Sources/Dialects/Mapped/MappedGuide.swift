import ConfigSyntax
import Experiment

/// What may be written at the places of a mapped dialect's documents.
struct MappedGuide {
  private let definition: DialectDefinition
  /// Where the document's experiments are.
  private let experiments: [[String]]

  init(_ definition: DialectDefinition, document: SyntaxNode) {
    self.definition = definition
    experiments = definition.places(in: document).map(\.steps)
  }

  /// The name of a step, as paths have it.
  static func name(_ step: SyntaxPlace.Step) -> String? {
    switch step {
    case .member(let member): member.name
    case .element(let index, _): "\(index)"
    }
  }

  /// Returns the scope of the mapping that keys lead to from the document; nil where nothing is known of it.
  func scope(_ steps: [String]) -> GuideScope? {
    let experiment = experiments.first { steps.starts(with: $0) }
    let own = experiment.map { Array(steps[$0.count...]) }
    var keys: [KeyGuide] = []
    for key in definition.keys {
      add(key, at: key.path, own: own, steps, isAlias: false, to: &keys)
      for alias in key.aliases { add(key, at: alias, own: own, steps, isAlias: true, to: &keys) }
    }
    guard !keys.isEmpty else { return nil }
    return GuideScope(title: steps.last ?? definition.title, keys: keys)
  }

  // MARK: - Private

  private func add(
    _ key: MappedKey,
    at path: MappedPath,
    own: [String]?,
    _ steps: [String],
    isAlias: Bool,
    to keys: inout [KeyGuide]
  ) {
    guard let above = path.isAbsolute ? steps : own else { return }
    let names = path.names
    guard names.count > above.count, names.starts(with: above) else { return }
    let name = names[above.count]
    if names.count > above.count + 1 {
      if !keys.contains(where: { $0.name == name }), !isAlias {
        keys.append(KeyGuide(name: name, summary: "", valueTypes: [.mapping]))
      }
      return
    }
    keys.removeAll { $0.name == name && $0.summary.isEmpty }
    guard !keys.contains(where: { $0.name == name }) else { return }
    keys.append(guide(of: key, named: name, isAlias: isAlias))
  }

  private func guide(of key: MappedKey, named name: String, isAlias: Bool) -> KeyGuide {
    let fact = key.target.flatMap { FactGuide.of($0.key, at: $0.record) }
    return KeyGuide(
      name: name,
      summary: key.summary ?? fact?.summary ?? "",
      unit: key.unit ?? fact?.unit,
      valueTypes: ValueType(key.type).map { [$0] } ?? [],
      absent: absent(key),
      values: values(key),
      fact: key.target?.key,
      replacement: isAlias ? key.path.text : key.replacement,
      isDeprecated: key.isDeprecated
    )
  }

  private func absent(_ key: MappedKey) -> String? {
    let sentences = key.defaults.compactMap { value -> String? in
      guard case .constant(let constant) = value.content else { return nil }
      var sentence = "\(definition.title) takes \(constant == .unknown ? "none" : constant.shownInText)"
      if let condition = value.condition { sentence += " where \(condition.sentence)" }
      if let since = value.since { sentence += " since \(since)" }
      if let until = value.until { sentence += " before \(until)" }
      if let note = value.note { sentence += " (\(note))" }
      return sentence
    }
    if sentences.isEmpty { return key.isRequired ? "\(definition.title) does not start" : nil }
    return sentences.joined(separator: "; ")
  }

  private func values(_ key: MappedKey) -> [ValueGuide] {
    var values = key.words.map { word in
      ValueGuide(word: word.word, summary: word.word == word.standard ? nil : word.standard)
    }
    let glossary: Glossary? =
      switch key.vocabulary {
      case .activations?: ActivationVocabulary.glossary
      case .optimizers?: OptimizerVocabulary.glossary
      case .losses?: LossVocabulary.glossary
      case .initializers?: InitializerVocabulary.glossary
      case .schedules?, nil: nil
      }
    if values.isEmpty, let glossary { values += glossary.values }
    if key.type == .boolean, values.isEmpty { values = [ValueGuide(word: "true"), ValueGuide(word: "false")] }
    return values
  }
}

extension ValueType {
  fileprivate init?(_ type: MappedType) {
    switch type {
    case .number: self = .number
    case .integer: self = .integer
    case .boolean: self = .boolean
    case .text: self = .text
    case .list: self = .list
    case .mapping: self = .mapping
    case .any: return nil
    }
  }
}
