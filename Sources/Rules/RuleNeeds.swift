package import Experiment

/// What must be there for a rule to have anything to say: where it is not, the rule is not run, and not even loaded.
package struct RuleNeeds: Hashable, Sendable {
  /// The facts that must all be known.
  package var facts: [NeededFact]
  /// The kinds of layers of which at least one must be there; empty where any will do.
  package var kinds: [LayerKind]

  package init(facts: [NeededFact] = [], kinds: [LayerKind] = []) {
    self.facts = facts
    self.kinds = kinds
  }
}

/// A fact by the path that a check reads it with, such as `training.optimizer.learning_rate` or `outputs.loss`.
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
  /// Other facts, of which one does as well.
  package var alternatives: [NeededFact]

  package init(_ part: Part, _ record: String? = nil, _ key: String, or alternatives: [NeededFact] = []) {
    self.part = part
    self.record = record
    self.key = key
    self.alternatives = alternatives
  }

  /// Reads a path, or several with `|` between; nil where one is none.
  init?(paths: String) {
    let all = paths.split(separator: "|", omittingEmptySubsequences: false)
    var facts: [NeededFact] = []
    for path in all {
      guard let fact = NeededFact(path: String(path)) else { return nil }
      facts.append(fact)
    }
    guard let first = facts.first else { return nil }
    self = first
    alternatives = Array(facts.dropFirst())
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

/// What is known of an experiment, as far as the needs of rules ask.
struct KnownFacts {
  private let experiment: Experiment
  /// The names of the facts that some layer knows.
  private let layerFacts: [String]
  private let kinds: [LayerKind]
  /// Whether a fact that carried rules need is known, by its number: many need the same.
  private var answers: [Bool?] = []

  init(_ experiment: Experiment, layerFacts: [String], kinds: [LayerKind]) {
    self.experiment = experiment
    self.layerFacts = layerFacts
    self.kinds = kinds
  }

  /// Returns whether a layer is of one of the kinds that a rule needs, where there are any, and all facts are known.
  mutating func meet(_ rule: LoadedRule) -> Bool {
    switch rule {
    case .read(let rule):
      let needs = rule.metadata.needs
      return (needs.kinds.isEmpty || needs.kinds.contains(where: kinds.contains)) && needs.facts.allSatisfy(isKnown)
    case .carried(let plugin):
      let kinds = kinds
      return plugin.isMet(hasKind: { kinds.contains($0) }, isKnown: { isKnown($0, $1) })
    }
  }

  private mutating func isKnown(_ number: Int, _ fact: () -> NeededFact) -> Bool {
    while answers.count <= number { answers.append(nil) }
    if let answer = answers[number] { return answer }
    let answer = isKnown(fact())
    answers[number] = answer
    return answer
  }

  private func isKnown(_ fact: NeededFact) -> Bool {
    isItselfKnown(fact) || fact.alternatives.contains(where: isItselfKnown)
  }

  private func isItselfKnown(_ fact: NeededFact) -> Bool {
    switch fact.part {
    case .about: knows(experiment.about, fact)
    case .training: knows(experiment.training, fact)
    case .data: knows(experiment.data, fact)
    case .inputs: experiment.inputs.contains { knows($0, fact) }
    case .outputs: experiment.outputs.contains { knows($0.facts, fact) }
    case .layers:
      fact.record == nil
        ? layerFacts.contains(fact.key) : experiment.layers.contains { knows($0.facts, fact) }
    }
  }

  private func knows(_ record: Record, _ fact: NeededFact) -> Bool {
    guard let name = fact.record else { return record[name: fact.key]?.value.isKnown ?? false }
    guard case .record(let inner)? = record[name: name]?.value else { return false }
    return inner[name: fact.key]?.value.isKnown ?? false
  }
}

extension FactValue {
  /// Whether rules see it.
  var isKnown: Bool {
    switch self {
    case .unknown, .deferred: false
    case .boolean, .integer, .number, .text, .list, .record: true
    }
  }
}
