package import Experiment

/// A fact by the path that a check reads it with, such as `training.optimizer.learning_rate` or `outputs.loss`; it may say what
/// the fact must be: `outputs.task = regression`.
package struct NeededFact: Hashable, Sendable {
  /// The part of the experiment that holds it.
  package enum Part: String, Hashable, Sendable {
    /// The experiment itself: a path without a part.
    case about
    case training, data
    /// One layer, input or output that knows the fact is enough.
    case layers, inputs, outputs
  }

  package var part: Part
  /// The record inside the part, such as `optimizer`.
  package var record: String?
  package var key: String
  /// What the value must be; nil where any known one will do.
  package var condition: FactCondition?
  /// Other facts, of which one does as well.
  package var alternatives: [NeededFact]

  package init(
    _ part: Part,
    _ record: String? = nil,
    _ key: String,
    _ condition: FactCondition? = nil,
    or alternatives: [NeededFact] = []
  ) {
    self.part = part
    self.record = record
    self.key = key
    self.condition = condition
    self.alternatives = alternatives
  }

  /// What checks read the name of the dialect with, which is no fact of the record.
  static let dialectKey = "dialect"

  /// Reads a path with what is asked of it, or several with `|` between; nil where one is none.
  init?(paths: String) {
    let all = paths.split(separator: "|", omittingEmptySubsequences: false)
    var facts: [NeededFact] = []
    for path in all {
      guard let fact = NeededFact(one: path) else { return nil }
      facts.append(fact)
    }
    guard let first = facts.first else { return nil }
    self = first
    alternatives = Array(facts.dropFirst())
  }

  private init?(one text: Substring) {
    let path = text.prefix { !FactCondition.signs.contains($0) }
    self.init(path: String(path).trimmed)
    if path.endIndex < text.endIndex {
      guard let condition = FactCondition(text[path.endIndex...]) else { return nil }
      self.condition = condition
    }
  }

  private init?(path: String) {
    var words = path.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
    guard words.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isNameByte) }) else { return nil }
    let part = Part(rawValue: words[0]).flatMap { $0 == .about ? nil : $0 } ?? .about
    if part != .about { words.removeFirst() }
    guard let key = words.last, words.count <= 2 else { return nil }
    self.init(part, words.count == 2 ? words[0] : nil, key)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
  }
}

extension NeededFact {
  /// Whether a value is known and what is asked of it.
  func accepts(_ value: FactValue?) -> Bool {
    guard let value, value.isKnown else { return false }
    return condition?.accepts(value) ?? true
  }
}

/// What a needed fact's value must be.
package enum FactCondition: Hashable, Sendable {
  /// One of these words, numbers or truth values: `= sgd, rmsprop`.
  case isOne(of: [String])
  /// A number that compares so: `> 0`.
  case compares(Comparison, Double)

  package enum Comparison: String, Hashable, Sendable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
  }
}

extension FactCondition {
  /// What starts a condition.
  static let signs: [Character] = ["=", "<", ">"]

  /// Reads what stands behind a path; nil where it is no condition.
  init?(_ text: Substring) {
    if text.first == "=" {
      let words = text.dropFirst().split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
      guard words.allSatisfy({ !$0.isEmpty && !$0.contains(where: Self.signs.contains) }) else { return nil }
      self = .isOne(of: words)
      return
    }
    // The longer signs come first.
    guard let comparison = Comparison.allCases.first(where: { text.hasPrefix($0.rawValue) }),
      let limit = Double(String(text.dropFirst(comparison.rawValue.count)).trimmed)
    else { return nil }
    self = .compares(comparison, limit)
  }

  package func accepts(_ value: FactValue) -> Bool {
    switch (self, value) {
    case (.isOne(let words), .text(let text)): words.contains(text)
    case (.isOne(let words), .boolean(let value)): words.contains(value ? "true" : "false")
    case (.isOne(let words), .integer(let value)): words.contains { Double($0) == Double(value) }
    case (.isOne(let words), .number(let value)): words.contains { Double($0) == value }
    case (.compares(let comparison, let limit), .integer(let value)): comparison.holds(Double(value), limit)
    case (.compares(let comparison, let limit), .number(let value)): comparison.holds(value, limit)
    default: false
    }
  }
}

extension FactCondition.Comparison {
  fileprivate func holds(_ value: Double, _ limit: Double) -> Bool {
    switch self {
    case .atLeast: value >= limit
    case .atMost: value <= limit
    case .above: value > limit
    case .below: value < limit
    }
  }
}

extension String {
  /// The text without spaces around it.
  fileprivate var trimmed: String {
    let isSpace: (Character) -> Bool = { $0 == " " }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
