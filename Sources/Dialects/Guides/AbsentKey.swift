import Experiment

/// What happens when a key is absent, told by lowering a document that leaves it out: no default is written down twice.
enum AbsentKey {
  /// Returns the sentence on a fact that a framework sets by default; nil for facts that come from elsewhere.
  static func sentence(on fact: Fact<FactValue>) -> String? {
    guard case .default(let source) = fact.origin else { return nil }
    if fact.value.dependsOnVersion { return "the default of \(source.framework) \(shown(fact.value))" }
    var sentence = "\(source.framework) takes \(shown(fact.value))"
    if let since = source.since { sentence += " since \(since)" }
    if let note = source.note { sentence += " (\(note))" }
    return sentence
  }

  /// Gives keys the sentences on the facts of a record, those that state no fact of it and those with a sentence left out.
  static func add(from record: Record, to keys: inout [KeyGuide]) {
    for index in keys.indices where keys[index].absent == nil {
      guard let name = keys[index].fact, let fact = record[name: name] else { continue }
      keys[index].absent = sentence(on: fact)
    }
  }

  /// A value as a file would say it; of a record with a name or kind that.
  private static func shown(_ value: FactValue) -> String {
    switch value {
    case .text(let text): text
    case .record(let record):
      [InitializerKeys.name.name, ClipKeys.kind.name, ClipKeys.threshold.name].compactMap { record[name: $0] }
        .map { shown($0.value) }.joined(separator: " ")
    default: value.description
    }
  }
}

extension Glossary {
  /// The words as values.
  var values: [ValueGuide] { entries.map { ValueGuide(word: $0.word, summary: $0.summary) } }
}
