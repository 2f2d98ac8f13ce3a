package import ConfigSyntax
package import Experiment
package import SourceText

/// Reads typed values from one mapping, remembers which keys it was asked for, and notes what is wrong with the rest.
///
///     var reader = KeyReader(node, source: 0, subject: "\"trainer\"")
///     reader.set(TrainingKeys.epochs, from: "epochs", in: &training)
///     let rate = reader.read(Double.self, "learning_rate", "lr")
///     reader.finish(into: &experiment.problems)
package struct KeyReader {
  /// The mapping that is read.
  package let node: SyntaxNode
  /// The index of its source in ``Experiment/sources``.
  package let source: Int
  /// What the mapping is called in messages, quotes included where it is a name: `"trainer"`, `layer "conv1"`.
  package let subject: String
  /// Returns what is written where a value is decided only when the experiment runs, such as `auto`; nil for other values.
  package let deferred: @Sendable (SyntaxNode) -> String?
  /// What was found wrong so far.
  package private(set) var problems: [Problem] = []
  /// The keys that were asked for or passed over.
  package private(set) var known: [String] = []

  package init(
    _ node: SyntaxNode,
    source: Int,
    subject: String,
    deferred: @escaping @Sendable (SyntaxNode) -> String? = { _ in nil }
  ) {
    self.node = node
    self.source = source
    self.subject = subject
    self.deferred = deferred
  }

  // MARK: - Members

  /// Returns the member with the first of the keys that the mapping has; null counts as having it.
  package mutating func member(_ keys: String...) -> SyntaxNode.Member? {
    member(keys)
  }

  /// Returns the value of the first of the keys that the mapping has and that is not null.
  package mutating func value(_ keys: String...) -> SyntaxNode? {
    value(keys)
  }

  /// Returns a reader of the mapping under the first of the keys; notes a wrong type.
  package mutating func nested(_ keys: String..., subject: String? = nil) -> KeyReader? {
    guard let member = member(keys), !member.value.isNull else { return nil }
    guard member.value.kind == .mapping else {
      if deferred(member.value) == nil { noteWrongType(member, wanted: "a mapping") }
      return nil
    }
    return KeyReader(member.value, source: source, subject: subject ?? "\"\(member.name)\"", deferred: deferred)
  }

  /// Counts keys as known without reading them.
  package mutating func passOver(_ keys: String...) {
    known += keys
  }

  /// Counts keys as known without reading them.
  package mutating func passOver(_ keys: some Sequence<String>) {
    known += keys
  }

  // MARK: - Values

  /// Returns the fact that the first of the keys states, and notes a wrong type.
  ///
  /// Null and deferred values are nil.
  package mutating func read<Value: FactRepresentable>(_ type: Value.Type, _ keys: String...) -> Fact<Value>? {
    read(type, keys)
  }

  /// Sets a fact of a record to what the first of the keys states; notes a wrong type.
  ///
  /// A deferred value is set as such; null and an absent key leave the record as it is.
  package mutating func set<Value: FactRepresentable>(
    _ key: FactKey<Value>,
    from keys: String...,
    in record: inout Record
  ) {
    guard let node = value(keys) else { return }
    if let text = deferred(node) {
      record[name: key.name] = Fact(.deferred(text), .stated(node.location(source: source)))
    } else if let fact = read(Value.self, keys) {
      record[key] = fact
    }
  }

  /// Returns the standard word for what the first of the keys states, and notes a word that is not known.
  ///
  /// - Parameters:
  ///   - words: The standard word of each word that the dialect allows.
  ///   - keys: The key's spellings.
  /// - Returns: The standard word with its place, or nil when the key is absent, null, deferred or not understood.
  package mutating func word(among words: [String: String], _ keys: String...) -> Fact<String>? {
    guard let fact = read(String.self, keys) else { return nil }
    if let standard = words[fact.value] ?? words[fact.value.lowercased()] { return Fact(standard, fact.origin) }
    let nearest = Spelling.nearest(to: fact.value, among: words.keys)
    problems.append(
      Problem(
        kind: .invalidValue,
        message: "\"\(fact.value)\" is not a known value of \"\(keys.first ?? "")\" in \(subject)",
        location: fact.origin.location,
        help: nearest.map { "did you mean \"\($0)\"?" }
      )
    )
    return nil
  }

  // MARK: - Problems

  /// Notes a problem with a member's value.
  package mutating func note(
    _ kind: Problem.Kind,
    _ message: String,
    at node: SyntaxNode,
    help: String? = nil
  ) {
    problems.append(Problem(kind: kind, message: message, location: node.location(source: source), help: help))
  }

  /// Notes that a member's value has the wrong type.
  ///
  /// - Parameters:
  ///   - member: The member.
  ///   - wanted: The right type, as in "an integer".
  package mutating func noteWrongType(_ member: SyntaxNode.Member, wanted: String) {
    note(
      .wrongType,
      "\"\(member.name)\" in \(subject) must be \(wanted), not \(member.value.typeDescription)",
      at: member.value
    )
  }

  /// Takes over problems that were found elsewhere, such as in a nested mapping.
  package mutating func adopt(_ found: some Sequence<Problem>) {
    problems += found
  }

  /// Hands over the problems, with one for each key that nothing asked for.
  package consuming func finish(into problems: inout [Problem]) {
    noteUnknownKeys()
    problems += self.problems
  }

  // MARK: - Private

  private mutating func member(_ keys: [String]) -> SyntaxNode.Member? {
    known += keys
    for key in keys {
      if let member = node.member(key) { return member }
    }
    return nil
  }

  private mutating func value(_ keys: [String]) -> SyntaxNode? {
    known += keys
    for key in keys {
      if let value = node[key], !value.isNull { return value }
    }
    return nil
  }

  private mutating func read<Value: FactRepresentable>(_ type: Value.Type, _ keys: [String]) -> Fact<Value>? {
    known += keys
    for key in keys {
      guard let member = node.member(key), !member.value.isNull else { continue }
      if deferred(member.value) != nil { return nil }
      if let value = Value(FactValue(member.value, source: source)) {
        return Fact(value, .stated(member.value.location(source: source)))
      }
      noteWrongType(member, wanted: Self.description(of: type))
      return nil
    }
    return nil
  }

  private mutating func noteUnknownKeys() {
    // A set of the usual few keys would take longer to make than the few members take to look through them.
    let set = known.count > 100 ? Set(known) : []
    for member in node.members where !(set.isEmpty ? known.contains(member.name) : set.contains(member.name)) {
      let known = Set(known)
      let nearest = Spelling.nearest(to: member.name, among: known.filter { node.member($0) == nil })
      problems.append(
        Problem(
          kind: .unknownKey,
          message: "unknown key \"\(member.name)\" in \(subject)",
          location: member.key.location(source: source),
          help: nearest.map { "did you mean \"\($0)\"?" },
          edits: nearest.map { [member.key.replacingText(with: $0)] } ?? []
        )
      )
    }
  }

  private static func description<Value: FactRepresentable>(of type: Value.Type) -> String {
    switch type {
    case is Bool.Type: "true or false"
    case is Int.Type: "an integer"
    case is Double.Type: "a number"
    case is String.Type: "text"
    case is Record.Type: "a mapping"
    case is [Int].Type: "a list of integers"
    case is [Double].Type: "a list of numbers"
    case is [String].Type: "a list of texts"
    default: "a list"
    }
  }
}

extension SyntaxNode {
  /// What the value is, as in "text" or "a list".
  package var typeDescription: String {
    switch kind {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar, .alias, .missing:
      switch scalarValue {
      case .boolean(let value): value ? "true" : "false"
      case .integer, .number: "the number \(text ?? "")"
      case .text(let value): "the text \"\(value.count > 40 ? value.prefix(40) + "..." : value)\""
      case .null, nil: "null"
      }
    }
  }

  /// Returns an edit that puts another text in the place of a scalar's, and keeps its quotes.
  package func replacingText(with replacement: String) -> TextEdit {
    let quote: String =
      switch style {
      case .doubleQuoted: "\""
      case .singleQuoted: "'"
      default: ""
      }
    return TextEdit(range: range, replacement: quote + replacement + quote)
  }
}
