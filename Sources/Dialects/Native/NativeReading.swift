import ConfigSyntax
import Experiment
import SourceText

/// The values that a key may take.
struct Domain<Value: Sendable>: Sendable {
  /// How it goes on from "must be".
  let name: String
  let contains: @Sendable (Value) -> Bool
}

extension Domain<Double> {
  static let finite = Domain(name: "a finite number") { $0.isFinite }
  static let notNegative = Domain(name: "a finite number of at least 0") { $0.isFinite && $0 >= 0 }
  static let share = Domain(name: "a share from 0 to 1") { $0 >= 0 && $0 <= 1 }
}

extension Domain<[Double]> {
  static let notNegative = Domain(name: "a list of finite numbers of at least 0") { list in
    list.allSatisfy { $0.isFinite && $0 >= 0 }
  }
  static let shares = Domain(name: "a list of shares from 0 to 1") { list in list.allSatisfy { $0 >= 0 && $0 <= 1 } }
}

extension Domain<Int> {
  static func atLeast(_ minimum: Int) -> Domain {
    Domain(name: "at least \(minimum)") { $0 >= minimum }
  }
}

extension KeyReader {
  /// Returns an empty record for what the mapping states.
  func record() -> Record {
    let place = node.location(source: source)
    return Record(location: place, container: place)
  }

  /// Hands over a nested reader's problems and returns its record as a stated fact.
  mutating func close(_ reader: consuming KeyReader, _ record: Record) -> Fact<Record> {
    let place = reader.node.location(source: reader.source)
    var found: [Problem] = []
    reader.finish(into: &found)
    adopt(found)
    return Fact(record, .stated(place))
  }

  /// Sets a fact to what a key states when it lies in the domain; else notes a problem and leaves it unknown.
  mutating func set<Value: FactRepresentable>(
    _ key: FactKey<Value>,
    from name: String,
    _ alias: String? = nil,
    in domain: Domain<Value>,
    of record: inout Record
  ) {
    guard let fact = read(Value.self, name, alias ?? name) else { return }
    if domain.contains(fact.value) {
      record[key] = fact
    } else if let node = value(name, alias ?? name) {
      note(.invalidValue, "\"\(name)\" in \(subject) must be \(domain.name), not \(fact.value.factValue)", at: node)
    }
  }

  /// Sets a fact to the standard word for what a key states.
  mutating func setWord(
    _ key: FactKey<String>,
    from name: String,
    among words: [String: String],
    in record: inout Record
  ) {
    if let word = word(among: words, name) { record[key] = word }
  }

  /// Sets a list of texts; one text stands for a list of one.
  mutating func setTexts(_ key: FactKey<[String]>, from name: String, in record: inout Record) {
    if let node = value(name), let text = node.string {
      record[key] = Fact([text], .stated(node.location(source: source)))
    } else {
      set(key, from: name, in: &record)
    }
  }

  /// Sets a list of integers; one integer stands for as many as there are axes.
  mutating func setAxes(_ key: FactKey<[Int]>, from name: String, count: Int, in record: inout Record) {
    if let node = value(name), let integer = node.integer {
      record[key] = Fact(Array(repeating: integer, count: count), .stated(node.location(source: source)))
    } else {
      set(key, from: name, in: &record)
    }
  }

  /// Notes a word that is nearly a known one; other words are the reader's own.
  mutating func noteNearMiss(_ word: Fact<String>, among known: [String]) {
    guard let nearest = Spelling.nearest(to: word.value, among: known) else { return }
    adopt([
      Problem(
        kind: .invalidValue,
        message: "\"\(word.value)\" is not known in \(subject)",
        location: word.origin.location,
        help: "did you mean \"\(nearest)\"?"
      )
    ])
  }
}

extension Origin {
  /// Whether a file says so.
  var isStated: Bool {
    if case .stated = self { true } else { false }
  }
}
