import ConfigSyntax
import Experiment
import SourceText

extension MappedLowering {
  /// Notes a value of a wrong type.
  ///
  /// A list where one number is wanted is a search over several, and a mapping a form that the definition does not describe: both are
  /// passed by unless the definition says the type itself.
  mutating func checkType(_ value: FactValue, of key: MappedKey, _ place: MappedDocument.Place) {
    // Of a text that is broken nobody knows what was meant to stand there.
    guard place.source == 0, !place.node.tree.isBroken, let member = document.member(at: place, key) else { return }
    checkNumber(key, member)
    if key.words.contains(where: { $0.word == value.shownInText }) { return }
    let wanted: String
    switch (key.type, value) {
    case (_, .unknown), (.any, _): return
    case (.number, _) where Double(value) != nil, (.integer, _) where Int(value) != nil: return
    case (.boolean, .boolean), (.text, .text), (.list, .list), (.mapping, .record): return
    case (.integer, .number) where !key.isTypeStated: return
    case (.number, .text), (.number, _): wanted = "a number"
    case (.integer, _): wanted = "an integer"
    case (.boolean, _): wanted = "true or false"
    case (.text, _): wanted = "text"
    case (.list, _): wanted = "a list"
    case (.mapping, _): wanted = "a mapping"
    }
    let isTextForNumber = if case .text = value { key.type == .number || key.type == .integer } else { false }
    guard key.isTypeStated || isTextForNumber else { return }
    note(
      .wrongType,
      "\"\(member.name)\" must be \(wanted), not \(member.value.typeDescription)",
      at: member.value
    )
  }

  /// Notes what is wrong beyond single values: keys that are absent or unknown, and what the definition checks.
  mutating func checkKeys() {
    for key in definition.keys where key.isRequired && !values.isStated(key.path) {
      if let needs = key.needs, values.holds(needs) != true { continue }
      // Of a text that is broken, the key may be in what could not be read.
      guard !document.layers[0].place.node.tree.isBroken else { break }
      experiment.problems.append(
        Problem(
          kind: .missingKey,
          message: "\"\(key.path.text)\" is missing, without which \(definition.title) does not start",
          location: experiment.about.location
        )
      )
    }
    for check in definition.checks where values.holds(check.condition) == true {
      let key = values.key(at: check.place)
      let paths = key.map { [$0.path] + $0.aliases } ?? [check.place]
      let place = paths.compactMap { document.find($0) }.first
      experiment.problems.append(
        Problem(
          kind: check.kind,
          message: filled(check.message),
          location: place?.location ?? experiment.about.location,
          fact: key?.target?.path,
          help: check.help.map { filled($0) }
        )
      )
    }
    for path in definition.complete { checkUnknownKeys(path) }
  }

  // MARK: - Private

  private mutating func note(_ kind: Problem.Kind, _ message: String, at node: SyntaxNode) {
    experiment.problems.append(Problem(kind: kind, message: message, location: node.location(source: 0)))
  }

  /// Notes a number that the framework's own reader takes for text.
  private mutating func checkNumber(_ key: MappedKey, _ member: SyntaxNode.Member) {
    guard definition.readsYAML11, key.type == .number || key.type == .integer, case .number? = member.value.scalarValue,
      case .text? = member.value.yaml11Value, let text = member.value.text, let pointed = YAML11Spelling.pointed(text)
    else { return }
    experiment.problems.append(
      Problem(
        kind: .ambiguousNumber,
        message: "\(definition.title) takes \"\(member.name): \(text)\" for text, not for a number",
        location: member.value.location(source: 0),
        help: "YAML 1.1 readers want a point and a signed exponent: write \(pointed)",
        edits: member.value.isAlias ? [] : [TextEdit(range: member.value.range, replacement: pointed)]
      )
    )
  }

  /// A message with values in the place of the paths in braces.
  private func filled(_ message: String) -> String {
    var result = ""
    var rest = message[...]
    while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
      result += rest[..<start]
      let path = MappedPath(String(rest[rest.index(after: start)..<end]))
      result += path.flatMap { values.fact(at: $0) }?.shownInText ?? "?"
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private mutating func checkUnknownKeys(_ path: MappedPath) {
    guard let mapping = path.steps.isEmpty ? document.layers[0].place.node : document.find(path)?.node else { return }
    let above = path.names
    var known: Set<String> = []
    for path in definition.keys.flatMap({ [$0.path] + $0.aliases }) where path.names.count > above.count {
      if path.names.starts(with: above) { known.insert(path.names[above.count]) }
    }
    for member in mapping.members where !known.contains(member.name) {
      let nearest = Spelling.nearest(to: member.name, among: known.filter { mapping.member($0) == nil })
      experiment.problems.append(
        Problem(
          kind: .unknownKey,
          message: "unknown key \"\(member.name)\"\(path.steps.isEmpty ? "" : " in \"\(path.text)\"")",
          location: member.key.location(source: 0),
          help: nearest.map { "did you mean \"\($0)\"?" },
          edits: nearest.map { [member.key.replacingText(with: $0)] } ?? []
        )
      )
    }
  }
}

extension MappedDocument {
  /// Returns the member whose value a place is, by one of a key's paths.
  func member(at place: Place, _ key: MappedKey) -> SyntaxNode.Member? {
    for path in [key.path] + key.aliases {
      guard let found = find(path), found == place else { continue }
      let parent = path.parent
      let holder = parent.steps.isEmpty && !parent.isAbsolute ? layers[0].place.node : find(parent)?.node
      if let member = holder?.member(path.lastName) { return member }
    }
    return nil
  }
}
