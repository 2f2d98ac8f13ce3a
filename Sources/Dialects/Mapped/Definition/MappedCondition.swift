import Experiment

/// What must hold of the values of an experiment, as definitions write it: `{truncate_grads: true, layers: {above: 1}}`.
struct MappedCondition: Hashable, Sendable {
  enum Comparison: String, Hashable, Sendable, CaseIterable {
    case above, below
    case atLeast = "at_least"
    case atMost = "at_most"

    func holds(_ left: Double, _ right: Double) -> Bool {
      switch self {
      case .above: left > right
      case .below: left < right
      case .atLeast: left >= right
      case .atMost: left <= right
      }
    }
  }

  enum Operand: Hashable, Sendable {
    case number(Double)
    case value(of: MappedPath)
  }

  enum Test: Hashable, Sendable {
    /// The value is one of these; `unknown` stands for null.
    case oneOf([FactValue])
    /// The value is none of these.
    case noneOf([FactValue])
    case compares(Comparison, Operand)
    /// The file says something other than null, or does not.
    case isStated(Bool)
    /// A text with this in it, or a list with this among its elements.
    case contains(String)
    /// The number is a multiple of another, or is not.
    case isMultiple(Bool, of: Operand)
    /// So many elements or members.
    indirect case count([Test])
  }

  struct Clause: Hashable, Sendable {
    var path: MappedPath
    var test: Test
  }

  var clauses: [Clause]

  /// Returns whether all clauses hold; nil where that is not known.
  func holds(of values: some MappedValueSource) -> Bool? {
    var isUnknown = false
    for clause in clauses {
      if case .isStated(let wanted) = clause.test {
        if values.isStated(clause.path) != wanted { return false }
        continue
      }
      if clause.path == .file {
        let name = values.fileName
        switch clause.test {
        case .oneOf(let patterns):
          if !patterns.contains(where: { Wildcard.matches(name, pattern: $0.shownInText) }) { return false }
        case .noneOf(let patterns):
          if patterns.contains(where: { Wildcard.matches(name, pattern: $0.shownInText) }) { return false }
        default: isUnknown = true
        }
        continue
      }
      switch values.fact(at: clause.path).flatMap({ clause.test.holds(of: $0, in: values) }) {
      case false?: return false
      case nil: isUnknown = true
      case true?: break
      }
    }
    return isUnknown ? nil : true
  }
}

extension MappedCondition.Test {
  /// Returns whether a value passes; nil where that cannot be told.
  func holds(of value: FactValue, in values: some MappedValueSource) -> Bool? {
    if case .deferred = value { return nil }
    switch self {
    case .oneOf(let allowed): return allowed.contains { $0.means(value) }
    case .noneOf(let refused): return !refused.contains { $0.means(value) }
    case .compares(let comparison, let operand):
      guard let left = Double(value), let right = operand.number(in: values) else { return nil }
      return comparison.holds(left, right)
    case .isMultiple(let wanted, let operand):
      guard let left = Double(value), let right = operand.number(in: values), right != 0, left.isFinite, right.isFinite
      else { return nil }
      return (left.remainder(dividingBy: right) == 0) == wanted
    case .contains(let part):
      switch value {
      case .text(let text): return part.isEmpty || text.contains(part)
      case .list(let elements): return elements.contains { $0.means(.text(part)) }
      default: return nil
      }
    case .isStated(let wanted): return (value != .unknown) == wanted
    case .count(let tests):
      let count: Int
      switch value {
      case .list(let elements): count = elements.count
      case .record(let record): count = record.entries.count
      default: return nil
      }
      let results = tests.map { $0.holds(of: .integer(count), in: values) }
      return results.contains(false) ? false : results.contains(nil) ? nil : true
    }
  }
}

extension MappedCondition.Operand {
  /// Returns the number; nil where it is not known.
  func number(in values: some MappedValueSource) -> Double? {
    switch self {
    case .number(let number): number
    case .value(let path): values.fact(at: path).flatMap { Double($0) }
    }
  }
}

/// Where conditions look values up.
protocol MappedValueSource {
  /// Returns the effective value at a path, as the dialect writes it: `unknown` where it is null, nil where nobody knows it.
  func fact(at path: MappedPath) -> FactValue?
  /// Whether the file says something other than null at a path.
  func isStated(_ path: MappedPath) -> Bool
  /// The last part of the file's name.
  var fileName: String { get }
}

extension FactValue {
  /// Whether two values are the same to a reader: 1 and 1.0 are.
  func means(_ other: FactValue) -> Bool {
    if let left = Double(self), let right = Double(other) { return left == right }
    return self == other
  }
}
