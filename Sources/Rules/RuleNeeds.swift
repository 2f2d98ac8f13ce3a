package import Experiment

/// What must be there for a rule to have anything to say: where it is not, the rule is not run, and not even loaded.
package struct RuleNeeds: Hashable, Sendable {
  /// The facts that must all be known, and be what is asked of them.
  package var facts: [NeededFact]
  /// The kinds of layers of which at least one must be there; empty where any will do.
  package var kinds: [LayerKind]

  package init(facts: [NeededFact] = [], kinds: [LayerKind] = []) {
    self.facts = facts
    self.kinds = kinds
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
    case .about:
      fact.record == nil && fact.key == NeededFact.dialectKey
        ? fact.accepts(.text(experiment.dialect)) : knows(experiment.about, fact)
    case .training: knows(experiment.training, fact)
    case .data: knows(experiment.data, fact)
    case .inputs: experiment.inputs.contains { knows($0, fact) }
    case .outputs: experiment.outputs.contains { knows($0.facts, fact) }
    case .layers:
      // The names save looking through the layers of a large model for each rule.
      layerFacts.contains(fact.record ?? fact.key)
        && (fact.record == nil && fact.condition == nil || experiment.layers.contains { knows($0.facts, fact) })
    }
  }

  private func knows(_ record: Record, _ fact: NeededFact) -> Bool {
    guard let name = fact.record else { return fact.accepts(record[name: fact.key]?.value) }
    guard case .record(let inner)? = record[name: name]?.value else { return false }
    return fact.accepts(inner[name: fact.key]?.value)
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
