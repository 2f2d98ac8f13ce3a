import ConfigSyntax
import Experiment
import SourceText

/// The effective values of one experiment's keys: stated, inherited or default.
struct MappedValues {
  /// What is known of a key's value.
  enum Value {
    case stated(FactValue, MappedDocument.Place)
    /// Decided only when the experiment runs.
    case deferred(String, MappedDocument.Place)
    case `default`(FactValue, DefaultSource)
    /// The default is another in each version, and the version is not known; the text says which.
    case dependsOnVersion(String, DefaultSource)
    case absent
  }

  let document: MappedDocument
  let definition: DialectDefinition
  /// The framework's version, where somebody says it.
  let version: VersionNumber?

  /// How far a condition may lead to other conditions: defaults that rest on each other come to an end.
  private static let depthLimit = 8
  private var depth = 0

  init(_ document: MappedDocument, _ definition: DialectDefinition, version: VersionNumber?) {
    self.document = document
    self.definition = definition
    self.version = version
  }

  /// Returns the effective value of a key.
  func value(of key: MappedKey) -> Value {
    for path in [key.path] + key.aliases {
      guard let place = document.find(path) else { continue }
      if place.node.isNull {
        if key.off.contains(where: { $0.holds(of: .unknown, in: self) == true }) { return .stated(.unknown, place) }
        continue
      }
      return stated(key, place)
    }
    return defaultValue(key.defaults)
  }

  /// Returns the value that a list of alternatives gives in this experiment.
  func defaultValue(_ alternatives: [DefinedValue]) -> Value {
    // What a file that cannot be read says, a default must not say in its place.
    if document.isIncomplete { return .absent }
    var possible: [(value: FactValue, defined: DefinedValue)] = []
    for alternative in alternatives {
      if let condition = alternative.condition {
        switch holds(condition) {
        case false?: continue
        case nil: return .absent
        case true?: break
        }
      }
      guard case .constant(let value) = alternative.content else { continue }
      if let version {
        if let since = alternative.since.flatMap(VersionNumber.init), version < since { continue }
        if let until = alternative.until.flatMap(VersionNumber.init), !(version < until) { continue }
        return .default(value, source(alternative))
      }
      possible.append((value, alternative))
      if alternative.since == nil, alternative.until == nil { break }
    }
    guard let first = possible.first else { return .absent }
    if possible.allSatisfy({ $0.value.means(first.value) }) {
      // A default that ends with some version is not known to hold where the version is not.
      if possible.count > 1 || first.defined.until == nil { return .default(first.value, source(first.defined)) }
    }
    let text = possible.map { value, defined in
      let shown = value == .unknown ? "none" : value.shownInText
      return switch (defined.since, defined.until) {
      case (let since?, let until?): "\(shown) from \(since) to before \(until)"
      case (let since?, nil): "\(shown) since \(since)"
      case (nil, let until?): "\(shown) before \(until)"
      case (nil, nil): "\(shown) otherwise"
      }
    }.joined(separator: ", ")
    return .dependsOnVersion("depends on the version: \(text)", source(first.defined))
  }

  func holds(_ condition: MappedCondition) -> Bool? {
    guard depth < Self.depthLimit else { return nil }
    var deeper = self
    deeper.depth += 1
    return condition.holds(of: deeper)
  }

  /// The key that a path names, by its own path or an alias.
  func key(at path: MappedPath) -> MappedKey? {
    definition.keyPositions[path].map { definition.keys[$0] }
  }

  // MARK: - Private

  private func source(_ value: DefinedValue) -> DefaultSource {
    DefaultSource(framework: definition.title, since: value.since, note: value.note)
  }

  private func stated(_ key: MappedKey, _ place: MappedDocument.Place) -> Value {
    let node = place.node
    if node.isExpression { return .deferred(node.text ?? "", place) }
    let value = FactValue(node, source: place.source)
    if key.deferred.contains(where: { $0.means(value) }) { return .deferred(node.text ?? "", place) }
    guard case .text(let text) = value else { return .stated(value, place) }
    guard key.type == .number || key.type == .integer else { return .stated(value, place) }
    // A number in quotes, or with a word before it that says what it is.
    let rest = key.prefixes.first { text.hasPrefix($0.text) }.map { text.dropFirst($0.text.count) } ?? text[...]
    if key.off.contains(where: { $0.holds(of: value, in: self) == true }) { return .stated(value, place) }
    guard let number = Self.number(rest), number.isFinite else { return .stated(value, place) }
    return .stated(Int(exactly: number).map { .integer($0) } ?? .number(number), place)
  }

  /// The number of a text: `1e-4`, or `1_000_000` as YAML 1.1 and Python write it.
  private static func number(_ text: Substring) -> Double? {
    if let number = Double(text) { return number }
    let digits = text.utf8.filter { $0 != UInt8(ascii: "_") }
    guard digits.count < text.utf8.count, let first = digits.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first,
      !text.contains("e_"), !text.contains("E_")
    else { return nil }
    return Double(String(decoding: digits, as: UTF8.self))
  }
}

extension MappedValues: MappedValueSource {
  func fact(at path: MappedPath) -> FactValue? {
    guard let key = key(at: path) else {
      guard let node = document.find(path)?.node else { return nil }
      return node.isExpression ? nil : FactValue(node, source: 0)
    }
    return switch value(of: key) {
    case .stated(let value, _), .default(let value, _): value
    case .deferred(let text, let place): key.deferred.isEmpty || place.node.isExpression ? nil : .text(text)
    case .dependsOnVersion, .absent: nil
    }
  }

  var fileName: String { document.sources[0].lastName }

  func isStated(_ path: MappedPath) -> Bool {
    let paths = key(at: path).map { [$0.path] + $0.aliases } ?? [path]
    return paths.contains { document.find($0).map { !$0.node.isNull } ?? false }
  }
}

extension FactValue {
  /// The value as a sentence names it.
  var shownInText: String {
    if case .text(let text) = self { return text }
    return written(in: .yaml) ?? description
  }
}

/// A version such as `0.10.4`, of which the numbers count.
struct VersionNumber: Hashable, Comparable {
  private let parts: [Int]

  /// Reads the numbers up to the first part that is none: `5.23.0`, `v0.7`, `2.0rc1`.
  init?(_ text: String) {
    var parts: [Int] = []
    let text = text.hasPrefix("v") ? text.dropFirst() : text[...]
    for part in text.utf8.split(separator: UInt8(ascii: ".")) {
      let digits = part.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      guard let number = String(digits).flatMap({ Int($0) }) else { break }
      parts.append(number)
      if digits.count < part.count { break }
    }
    guard !parts.isEmpty else { return nil }
    while parts.last == 0 { parts.removeLast() }
    self.parts = parts
  }

  static func < (left: VersionNumber, right: VersionNumber) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}
