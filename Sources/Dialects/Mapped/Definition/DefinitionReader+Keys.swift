import ConfigSyntax
import Experiment
import SourceText

extension DefinitionReader {
  /// Reads one key: only the fact that it states, or all that is to know of it.
  mutating func readKey(_ member: SyntaxNode.Member) {
    guard let path = path(member.key) else { return }
    var key = MappedKey(path)
    if member.value.kind == .mapping {
      readDetails(of: &key, member.value)
    } else if member.value.text != nil {
      key.target = target(member.value)
      key.type = key.target.map(FactTypes.type) ?? .any
    } else {
      note(.wrongType, "key \"\(member.name)\" is a fact's name or a mapping", at: member.value)
    }
    for path in [key.path] + key.aliases where definition.keyPositions[path] == nil {
      definition.keyPositions[path] = definition.keys.count
    }
    definition.keys.append(key)
  }

  private mutating func readDetails(of key: inout MappedKey, _ node: SyntaxNode) {
    var reader = KeyReader(node, source: 0, subject: "key \"\(key.path.text)\"")
    key.target = reader.value("fact").flatMap { target($0) }
    key.type = key.target.map(FactTypes.type) ?? .any
    if let type = reader.value("type") {
      if let known = type.text.flatMap(MappedType.init) {
        key.type = known
        key.isTypeStated = true
      } else {
        noteWord(type, MappedType.allCases.map(\.rawValue))
      }
    }
    key.summary = reader.read(String.self, "summary")?.value
    key.unit = reader.read(String.self, "unit")?.value
    key.aliases = paths(reader.value("aliases"))
    for word in mapping(reader.value("words"), "words")?.members ?? [] {
      key.words.append((word.name, word.value.text ?? ""))
    }
    if let vocabulary = reader.value("vocabulary") {
      key.vocabulary = vocabulary.text.flatMap(MappedKey.Vocabulary.init)
      if key.vocabulary == nil { noteWord(vocabulary, MappedKey.Vocabulary.allCases.map(\.rawValue)) }
    }
    key.isKeepProbability = reader.read(Bool.self, "keep")?.value ?? false
    key.scale = reader.read(Double.self, "scale")?.value
    for prefix in mapping(reader.value("prefixes"), "prefixes")?.members ?? [] {
      key.prefixes.append((prefix.name, settings(prefix.value, "prefixes")))
    }
    key.off = reader.member("off").map { tests($0.value) } ?? []
    key.deferred = reader.value("deferred").map { values($0) } ?? []
    key.sets = reader.value("sets").map { settings($0, "sets") } ?? []
    key.isPython = reader.read(Bool.self, "python")?.value ?? false
    key.defaults = defaults(&reader, node)
    key.isRequired = reader.read(Bool.self, "required")?.value ?? false
    key.needs = reader.value("needs").flatMap { condition($0) }
    key.because = reader.read(String.self, "because")?.value
    key.condition = reader.value("if").flatMap { condition($0) }
    if let deprecated = reader.value("deprecated") {
      key.isDeprecated = deprecated.boolean != false
      if deprecated.boolean == nil { key.replacement = deprecated.text }
    }
    reader.finish(into: &problems)
  }

  /// Reads one fact that holds without a key.
  mutating func readFact(_ member: SyntaxNode.Member) {
    guard let target = target(member.key) else { return }
    let elements = member.value.kind == .sequence ? member.value.elements : [member.value]
    let values = elements.map { definedValue($0, "fact \"\(member.name)\"") }
    definition.facts.append(.init(target: target, values: values))
  }

  // MARK: - Values

  private mutating func defaults(_ reader: inout KeyReader, _ node: SyntaxNode) -> [DefinedValue] {
    let alternatives = reader.value("defaults")
    let since = reader.value("since")?.text
    let until = reader.value("until")?.text
    let source = reader.value("source").flatMap { self.source($0) }
    let note = reader.read(String.self, "note")?.value
    if let member = reader.member("default") {
      let value = FactValue(member.value, source: 0)
      return [DefinedValue(content: .constant(value), since: since, until: until, source: source, note: note)]
    }
    guard let alternatives else { return [] }
    return elements(alternatives, "defaults").map { element in
      var value = definedValue(element, "\"defaults\"")
      value.source = value.source ?? source
      return value
    }
  }

  /// Reads a value that stands alone, or in a mapping with when it holds.
  mutating func definedValue(_ node: SyntaxNode, _ subject: String) -> DefinedValue {
    guard node.kind == .mapping else { return DefinedValue(content: .constant(FactValue(node, source: 0))) }
    var reader = KeyReader(node, source: 0, subject: subject)
    var value = DefinedValue(content: .constant(.unknown))
    if let member = reader.member("value") {
      value.content = .constant(FactValue(member.value, source: 0))
    } else if let key = reader.value("from") {
      if let path = path(key) { value.content = .value(of: path) }
    } else if let factors = reader.value("product") {
      value.content = .product((factors.kind == .sequence ? factors.elements : [factors]).compactMap { operand($0) })
    } else if let counted = reader.value("count") {
      if let path = path(counted) { value.content = .count(of: path) }
    } else {
      note(.missingKey, "\(subject) needs \"value\", \"from\", \"product\" or \"count\"", at: node)
    }
    value.condition = reader.value("if").flatMap { condition($0) }
    value.since = reader.value("since")?.text
    value.until = reader.value("until")?.text
    value.source = reader.value("source").flatMap { source($0) }
    value.note = reader.read(String.self, "note")?.value
    value.because = reader.read(String.self, "because")?.value
    reader.finish(into: &problems)
    return value
  }

  private mutating func source(_ node: SyntaxNode) -> String? {
    guard let text = node.text else { return nil }
    let cited = text.prefix { $0 != " " }
    let names = definition.sources.map(\.name)
    if !names.contains(String(cited)) {
      let nearest = Spelling.nearest(to: String(cited), among: names)
      note(
        .invalidValue,
        "\"\(cited)\" is none of \"sources\"",
        at: node,
        help: nearest.map { "did you mean \"\($0)\"?" } ?? "a source is written \"NAME FILE:WHAT\""
      )
    }
    return text
  }

  private mutating func settings(_ node: SyntaxNode, _ name: String) -> [MappedKey.Setting] {
    (mapping(node, name)?.members ?? []).compactMap { member in
      target(member.key).map { MappedKey.Setting(target: $0, value: FactValue(member.value, source: 0)) }
    }
  }

  /// Reads the name of a fact, and notes one that there is not.
  private mutating func target(_ node: SyntaxNode) -> MappedTarget? {
    guard let text = node.text, let target = MappedTarget(text) else {
      note(
        .invalidValue,
        "\"\(node.text ?? node.typeDescription)\" is no fact",
        at: node,
        help: "facts are named \"training.batch_size\", \"training.optimizer.learning_rate\", \"output.loss\", ..."
      )
      return nil
    }
    let fault = factTypes.fault(of: target)
    if fault.isFault { note(.invalidValue, "there is no fact \"\(text)\"", at: node, help: fault.help) }
    return fault.isFault ? nil : target
  }

  // MARK: - Conditions

  /// Reads a condition: paths with what must hold of their values.
  mutating func condition(_ node: SyntaxNode) -> MappedCondition? {
    guard let node = mapping(node, "if") else { return nil }
    var clauses: [MappedCondition.Clause] = []
    for member in node.members {
      guard let path = path(member.key) else { continue }
      clauses += tests(member.value).map { MappedCondition.Clause(path: path, test: $0) }
    }
    return MappedCondition(clauses: clauses)
  }

  /// Reads what must hold of a value: the value itself, a list of which it is one, or a mapping of tests.
  private mutating func tests(_ node: SyntaxNode) -> [MappedCondition.Test] {
    node.kind == .mapping ? node.members.compactMap { test($0) } : [.oneOf(values(node))]
  }

  private mutating func test(_ member: SyntaxNode.Member) -> MappedCondition.Test? {
    switch member.name {
    case "not": return .noneOf(values(member.value))
    case "stated": return .isStated(member.value.boolean ?? true)
    case "contains": return .contains(member.value.text ?? "")
    case "count": return .count(tests(member.value))
    case "multiple_of": return operand(member.value).map { .isMultiple(true, of: $0) }
    case "no_multiple_of": return operand(member.value).map { .isMultiple(false, of: $0) }
    default:
      if let comparison = MappedCondition.Comparison(rawValue: member.name) {
        return operand(member.value).map { .compares(comparison, $0) }
      }
      let known = ["not", "stated", "contains", "count", "multiple_of", "no_multiple_of"]
      noteWord(member.key, known + MappedCondition.Comparison.allCases.map(\.rawValue))
      return nil
    }
  }

  private mutating func operand(_ node: SyntaxNode) -> MappedCondition.Operand? {
    if let number = node.number { return .number(number) }
    return path(node).map { .value(of: $0) }
  }
}
