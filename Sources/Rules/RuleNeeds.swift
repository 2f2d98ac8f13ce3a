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
///
/// All rules ask, for every file: nothing is copied or made that an answer can do without.
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
  ///
  /// `carried` keeps the facts that carried rules need, for the experiments that come.
  mutating func meet(_ rule: LoadedRule, _ carried: inout CarriedFacts) -> Bool {
    switch rule {
    case .read(let rule):
      let needs = rule.metadata.needs
      return (needs.kinds.isEmpty || needs.kinds.contains(where: kinds.contains)) && needs.facts.allSatisfy(isKnown)
    case .carried(let plugin):
      return meet(plugin, plugin.row, &carried)
    }
  }

  private mutating func meet(_ plugin: CarriedPlugin, _ row: CarriedRow, _ carried: inout CarriedFacts) -> Bool {
    if row.kindCount > 0 {
      var isThere = false
      for index in 0..<row.kindCount where !isThere { isThere = kinds.contains(plugin.neededKind(index)) }
      guard isThere else { return false }
    }
    for index in row.kindCount..<row.needs.count {
      guard isKnown(plugin.neededFact(index), of: plugin, &carried) else { return false }
    }
    return true
  }

  private mutating func isKnown(_ number: Int, of plugin: CarriedPlugin, _ carried: inout CarriedFacts) -> Bool {
    if number >= answers.count {
      answers.append(contentsOf: repeatElement(nil, count: number + 1 + Self.growth - answers.count))
    }
    if let answer = answers[number] { return answer }
    let answer = isKnown(carried.fact(number, of: plugin))
    answers[number] = answer
    return answer
  }

  /// Some more than the rules of a dialect need.
  private static let growth = 64

  private func isKnown(_ fact: NeededFact) -> Bool {
    if isItselfKnown(fact) { return true }
    for index in fact.alternatives.indices where isItselfKnown(fact.alternatives[index]) { return true }
    return false
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
        && (fact.record == nil && fact.condition == nil || someLayerKnows(fact))
    }
  }

  private func someLayerKnows(_ fact: NeededFact) -> Bool {
    for index in experiment.layers.indices where knows(experiment.layers[index].facts, fact) { return true }
    return false
  }

  private func knows(_ record: Record, _ fact: NeededFact) -> Bool {
    guard let name = fact.record else { return fact.accepts(record.value(named: fact.key)) }
    guard case .record(let inner)? = record.value(named: name) else { return false }
    return fact.accepts(inner.value(named: fact.key))
  }
}

/// The facts that carried rules need, each made when it is first asked for.
struct CarriedFacts {
  private var made: [NeededFact?] = []

  mutating func fact(_ number: Int, of plugin: CarriedPlugin) -> NeededFact {
    while made.count <= number { made.append(nil) }
    if let fact = made[number] { return fact }
    let fact = plugin.fact(number)
    made[number] = fact
    return fact
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
