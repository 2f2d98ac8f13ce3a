import ConfigSyntax
import Experiment

/// What may be written at a place of a document.
package struct PlaceGuide: Hashable, Sendable {
  /// What is around the place, such as `layer dense` or `trainer`.
  package var title: String
  /// The keys that the mapping at the place may have, those that it has already included, best known first.
  ///
  /// Empty where only a value can stand. Spellings that are understood but not to be written any more are not among them.
  package var keys: [KeyGuide]
  /// The key at the place, or the one whose value stands there; nil where it is not known.
  package var key: KeyGuide?
  /// The words that may stand at the place as a value.
  package var values: [ValueGuide]
  /// What the word that stands at the place means, in whichever spelling; nil where it is not known.
  package var value: ValueGuide?

  package init(
    title: String,
    keys: [KeyGuide] = [],
    key: KeyGuide? = nil,
    values: [ValueGuide] = [],
    value: ValueGuide? = nil
  ) {
    self.title = title
    self.keys = keys
    self.key = key
    self.values = values
    self.value = value
  }
}

/// What is known of a key that a dialect reads.
package struct KeyGuide: Hashable, Sendable {
  /// As written in the dialect.
  package var name: String
  /// What it is, in a sentence or two, without a capital and a final period.
  package var summary: String
  /// What its number counts or its range: "optimiser steps", "share from 0 to 1".
  package var unit: String?
  /// What it may be written as; empty for anything.
  package var valueTypes: [ValueType]
  /// What happens when the key is absent, in words that go on from "when absent: "; nil where that is not known.
  package var absent: String?
  /// The words that it takes; others may be right too.
  package var values: [ValueGuide]
  /// The fact that it states, by its name in the IR.
  package var fact: String?
  /// What to write instead: of another spelling the usual one, of a deprecated key its successor.
  package var replacement: String?
  /// Whether the framework gave the key up.
  package var isDeprecated: Bool

  package init(
    name: String,
    summary: String,
    unit: String? = nil,
    valueTypes: [ValueType] = [],
    absent: String? = nil,
    values: [ValueGuide] = [],
    fact: String? = nil,
    replacement: String? = nil,
    isDeprecated: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.unit = unit
    self.valueTypes = valueTypes
    self.absent = absent
    self.values = values
    self.fact = fact
    self.replacement = replacement
    self.isDeprecated = isDeprecated
  }
}

/// What a value may be written as.
package enum ValueType: String, Hashable, Sendable {
  case number, integer, boolean, text, list, mapping, null
}

/// A word that may stand as a value.
package struct ValueGuide: Hashable, Sendable {
  package var word: String
  /// What it means, without a capital and a final period; nil where the word says it all.
  package var summary: String?

  package init(word: String, summary: String? = nil) {
    self.word = word
    self.summary = summary
  }
}

/// A mapping with what is known of its keys.
struct GuideScope {
  var title: String
  /// All keys, other spellings and old ones included.
  var keys: [KeyGuide]
  /// The words that may stand in place of the mapping.
  var values: [ValueGuide] = []
  /// The keys that the framework's newest release takes; nil where all count.
  var offeredNames: [String]?

  /// The keys to offer.
  var offered: [KeyGuide] {
    keys.filter { $0.replacement == nil && !$0.isDeprecated && offeredNames?.contains($0.name) != false }
  }
}

extension GuideScope {
  /// The scope of a mapping whose keys are names that the file gives.
  init(title: String, membersOf node: SyntaxNode, summary: (String) -> String) {
    let names = node.members.map(\.name)
    self.init(
      title: title,
      keys: names.map { KeyGuide(name: $0, summary: summary($0), valueTypes: [.mapping]) },
      offeredNames: []
    )
  }
}

extension Dialect {
  /// Makes the guide of a place from the scopes of the mappings on the way to it.
  ///
  /// - Parameters:
  ///   - place: The place.
  ///   - scope: Returns the scope of what some steps from the root lead to; nil where nothing is known of it.
  /// - Returns: The guide, or nil where nothing is known.
  func guide(at place: SyntaxPlace, _ scope: (ArraySlice<SyntaxPlace.Step>) -> GuideScope?) -> PlaceGuide? {
    guard let last = place.steps.last else {
      return scope([]).map { PlaceGuide(title: $0.title, keys: $0.offered, values: $0.values) }
    }
    guard case .member(let member) = last else { return elementGuide(place, scope) }
    guard let around = scope(place.steps.dropLast()) else { return nil }
    let key = around.keys.first { $0.name == member.name }
    switch place.side {
    case .key:
      return PlaceGuide(title: around.title, keys: around.offered, key: key)
    case .value:
      guard let key else { return nil }
      return PlaceGuide(title: around.title, key: key, values: key.values, value: key.values.meaning(of: member.value))
    }
  }

  /// The guide of a list's element: a mapping with a scope of its own, or one of the words of the key that has the list.
  private func elementGuide(
    _ place: SyntaxPlace,
    _ scope: (ArraySlice<SyntaxPlace.Step>) -> GuideScope?
  ) -> PlaceGuide? {
    if let element = scope(place.steps[...]) {
      let value = element.values.meaning(of: place.steps.last?.value)
      return PlaceGuide(title: element.title, keys: element.offered, values: element.values, value: value)
    }
    guard let holder = place.steps.lastIndex(where: { $0.key != nil }), let name = place.steps[holder].key,
      let around = scope(place.steps[..<holder]), let key = around.keys.first(where: { $0.name == name })
    else { return nil }
    let value = key.values.meaning(of: place.steps.last?.value)
    return PlaceGuide(title: around.title, key: key, values: key.values, value: value)
  }
}

extension [ValueGuide] {
  /// Returns what the word of a scalar means, as it is written or as what all frameworks understand by it.
  fileprivate func meaning(of node: SyntaxNode?) -> ValueGuide? {
    guard let word = node?.text, !word.isEmpty else { return nil }
    if let own = first(where: { $0.word == word }) { return own }
    let standard = [
      ActivationVocabulary.standardName(of: word), LossVocabulary.resolve(word)?.name,
      InitializerVocabulary.standardName(of: word), OptimizerVocabulary.standardName(of: word),
      NativeGraph.kind(named: word)?.rawValue,
    ]
    for case let name? in standard {
      if let value = first(where: { $0.word == name }) { return ValueGuide(word: word, summary: value.summary) }
    }
    return nil
  }
}
