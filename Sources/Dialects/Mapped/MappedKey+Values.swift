import Experiment

extension MappedKey {
  /// Returns the fact that a value of the key states; nil where it states none.
  func fact(of value: FactValue) -> FactValue? {
    let written = value.shownInText
    if let word = words.first(where: { $0.word == written }) ?? words.first(where: { $0.word == "*" }) {
      return Self.typed(word.standard, as: type)
    }
    if case .text(let text) = value, let vocabulary {
      return vocabulary.standardName(of: text).map { .text($0) }
    }
    if let number = Double(value), type == .number || type == .integer || isKeepProbability || scale != nil {
      return fact(of: number, isInteger: value)
    }
    switch (type, value) {
    case (_, .unknown), (.number, _), (.integer, _): return nil
    case (.boolean, .boolean), (.text, .text), (.any, _), (.list, .list), (.mapping, .record): break
    default: return nil
    }
    // Metrics and such are lists of words; one may stand alone.
    if case .text = value, let target, Self.listFacts.contains(target.key) { return .list([value]) }
    return value
  }

  /// Returns how the dialect writes a fact; nil where it cannot.
  func written(_ fact: FactValue) -> FactValue? {
    if let word = words.first(where: { $0.standard == fact.shownInText }) { return Self.typed(word.word, as: .any) }
    if case .text(let text) = fact {
      // Without a table of the framework's own words, only what reads as itself is safe.
      guard let vocabulary else { return words.isEmpty ? fact : nil }
      return vocabulary.standardName(of: text) == text && words.isEmpty ? fact : nil
    }
    guard let number = Double(fact) else { return fact }
    if isKeepProbability { return .number(1 - number) }
    if let scale, scale != 0 { return .number(number / scale) }
    return fact
  }

  // MARK: - Private

  private static let listFacts: Set<String> = ["monitor", "metrics"]

  private func fact(of number: Double, isInteger value: FactValue) -> FactValue? {
    var number = number
    if isKeepProbability {
      // A share of 0.9 that is kept drops 0.1, not 0.09999999999999998.
      number = ((1 - number) * 1e12).rounded() / 1e12
    } else if let scale {
      number *= scale
    } else if type != .integer {
      return value
    }
    if type == .integer { return Int(exactly: number).map { .integer($0) } }
    return .number(number)
  }

  private static func typed(_ word: String, as type: MappedType) -> FactValue {
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "null": return .unknown
    default: break
    }
    if let integer = Int(word) { return .integer(integer) }
    if let number = Double(word), number.isFinite { return .number(number) }
    return .text(word)
  }
}

extension MappedKey.Vocabulary {
  /// Returns the standard word of a spelling, nil for one that is not known.
  func standardName(of spelling: String) -> String? {
    switch self {
    case .activations: ActivationVocabulary.standardName(of: spelling)
    case .optimizers: OptimizerVocabulary.standardName(of: spelling)
    case .losses: LossVocabulary.resolve(spelling)?.name
    case .initializers: InitializerVocabulary.standardName(of: spelling)
    case .schedules: spelling.lowercased()
    }
  }
}

extension MappedCondition {
  /// The condition as a sentence goes on: `"truncate_grads" is true`.
  var sentence: String {
    clauses.map { "\"\($0.path.lastName)\" \($0.test.sentence)" }.joined(separator: " and ")
  }
}

extension MappedCondition.Test {
  fileprivate var sentence: String {
    switch self {
    case .oneOf(let values): "is \(Self.list(values))"
    case .noneOf(let values): "is not \(Self.list(values))"
    case .compares(.above, let operand): "is above \(operand.sentence)"
    case .compares(.below, let operand): "is below \(operand.sentence)"
    case .compares(.atLeast, let operand): "is at least \(operand.sentence)"
    case .compares(.atMost, let operand): "is at most \(operand.sentence)"
    case .isStated(let wanted): wanted ? "is given" : "is not given"
    case .contains(let part): "has \"\(part)\" in it"
    case .count(let tests): "has a number of members that " + tests.map(\.sentence).joined(separator: " and ")
    case .isMultiple(let wanted, let operand): "is \(wanted ? "a" : "no") multiple of \(operand.sentence)"
    }
  }

  private static func list(_ values: [FactValue]) -> String {
    values.map { $0 == .unknown ? "null" : $0.shownInText }.joined(separator: " or ")
  }
}

extension MappedCondition.Operand {
  fileprivate var sentence: String {
    switch self {
    case .number(let number): FactValue.number(number).shownInText
    case .value(let path): "\"\(path.lastName)\""
    }
  }
}
