import ConfigSyntax
import Experiment
import SourceText

/// Reads typed values from the messages of one file, and notes what is wrong with them.
struct CaffeReader {
  /// The index of the file in ``Experiment/sources``.
  let source: Int
  var problems: [Problem] = []
  /// Settings of fillers that have no effect.
  var idleFields: [IdleField] = []

  /// A setting that a filler does not look at.
  struct IdleField {
    var key: SyntaxNode
    /// The filler's type.
    var filler: String
  }

  init(source: Int) {
    self.source = source
  }

  /// Returns what the file states.
  func stated(_ node: SyntaxNode) -> Origin { .stated(node.location(source: source)) }

  /// Returns the value of a field that stands once; of several values the last.
  ///
  /// A wrong type is noted.
  mutating func read<Value: FactRepresentable>(
    _ type: Value.Type,
    _ key: String,
    of message: SyntaxNode?
  ) -> Fact<Value>? {
    guard let node = message?[key], node.kind == .scalar else { return nil }
    if type == Bool.self, let number = node.integer, number == 0 || number == 1 {
      return Value(.boolean(number == 1)).map { Fact($0, stated(node)) }
    }
    if let value = Value(FactValue(node, source: source)) { return Fact(value, stated(node)) }
    noteWrongType(node, key, wanted: Self.description(of: type))
    return nil
  }

  /// Returns the numbers of a field that may stand several times.
  func integers(_ key: String, of message: SyntaxNode?) -> [Int] {
    message?.values(of: key).compactMap(\.integer) ?? []
  }

  /// Returns the place of the first value of a field.
  func place(_ key: String, of message: SyntaxNode?) -> Origin? { message?.values(of: key).first.map(stated) }

  /// Returns the standard word for a word of an enumeration, which may be given by its number.
  mutating func word(
    _ key: String,
    of message: SyntaxNode?,
    among words: [String],
    help: String? = nil
  ) -> Fact<String>? {
    guard let node = message?[key], let text = node.text else { return nil }
    if let number = node.integer, words.indices.contains(number) { return Fact(words[number], stated(node)) }
    if words.contains(text) { return Fact(text, stated(node)) }
    let nearest = Spelling.nearest(to: text, among: words)
    note(
      .invalidValue,
      "\"\(text)\" is not a value of \"\(key)\" in Caffe",
      at: node,
      help: nearest.map { "did you mean \($0)?" } ?? "it takes \(words.joined(separator: ", "))"
    )
    return nil
  }

  mutating func note(_ kind: Problem.Kind, _ message: String, at node: SyntaxNode, help: String? = nil) {
    problems.append(
      Problem(kind: kind, message: message, location: node.location(source: source), help: help)
    )
  }

  /// Notes names of fields that are one slip away from one that Caffe knows; forks of Caffe have many more of their own.
  mutating func noteMisspelledFields(of message: SyntaxNode, _ type: CaffeMessage, subject: String) {
    let known = type.fieldNames
    let members = message.writtenMembers.map { ($0, $0.name) }
    let unknown = members.filter { !known.contains($0.1) }.prefix(Self.unknownLimit)
    guard !unknown.isEmpty else { return }
    let free = known.subtracting(members.map(\.1)).sorted()
    for (member, name) in unknown {
      guard let nearest = Spelling.nearest(to: name, among: free),
        Spelling.distance(Array(name.utf8), Array(nearest.utf8), limit: 1) != nil, nearest.utf8.count > 4
      else { continue }
      problems.append(
        Problem(
          kind: .unknownKey,
          message: "unknown field \"\(name)\" in \(subject)",
          location: member.key.location(source: source),
          help: "did you mean \"\(nearest)\"?",
          edits: [member.key.replacingText(with: nearest)]
        )
      )
    }
  }

  // MARK: - Private

  /// How many unknown fields of a message are looked at.
  private static let unknownLimit = 50

  private mutating func noteWrongType(_ node: SyntaxNode, _ key: String, wanted: String) {
    note(.wrongType, "\"\(key)\" must be \(wanted), not \(node.typeDescription)", at: node)
  }

  private static func description<Value: FactRepresentable>(of type: Value.Type) -> String {
    switch type {
    case is Bool.Type: "true or false"
    case is Int.Type: "an integer"
    case is Double.Type: "a number"
    default: "text in quotes"
    }
  }
}
