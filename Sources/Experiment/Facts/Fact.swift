package import SourceText

/// A place in one of an experiment's source texts.
@usableFromInline package struct SourceLocation: Hashable, Sendable {
  /// The index in ``Experiment/sources``.
  package var source: Int
  /// The bytes meant.
  package var range: TextRange

  package init(source: Int, range: TextRange) {
    self.source = source
    self.range = range
  }
}

/// Where a fact comes from.
@usableFromInline package enum Origin: Hashable, Sendable {
  /// A file says so, here.
  case stated(SourceLocation)
  /// No file says so; the framework does it when the key is absent.
  case `default`(DefaultSource)
  /// It follows from other facts; the text goes on from "inferred from", as in "the loss", and the location is the best place to show.
  case inferred(from: String, at: SourceLocation?)

  /// The place to show for the fact, where there is one.
  package var location: SourceLocation? {
    switch self {
    case .stated(let location): location
    case .default: nil
    case .inferred(_, let location): location
    }
  }
}

/// The framework that sets a value when the key is absent.
@usableFromInline package struct DefaultSource: Hashable, Sendable {
  /// The framework's name as its users write it: `Keras`, `Ludwig`.
  package var framework: String
  /// The first version that has this default, where it changed.
  package var since: String?
  /// What to know about it, where a reader would wonder.
  package var note: String?

  package init(framework: String, since: String? = nil, note: String? = nil) {
    self.framework = framework
    self.since = since
    self.note = note
  }
}

/// A value of the IR.
@usableFromInline package enum FactValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([FactValue])
  /// A dimension or list element that is not known.
  case unknown
  /// Stated, but decided only when the experiment runs: `auto`, a hyperparameter search space. The text is what is written.
  case deferred(String)
  indirect case record(Record)

  /// A default that depends on the framework's version, where that is not known; `defaults` says which versions have which, such
  /// as `none before 0.7, zscore since 0.7`.
  package static func depending(onVersion defaults: String) -> FactValue {
    .deferred("\(dependence)\(defaults)")
  }

  /// Whether it is a default that depends on the framework's version, which is not known.
  package var dependsOnVersion: Bool {
    if case .deferred(let text) = self { text.hasPrefix(Self.dependence) } else { false }
  }

  private static let dependence = "depends on the version: "
}

/// A value with where it comes from.
///
/// Its value is of any type on paper, and hashable and sendable in fact: the runtime would look up what a declared bound promises
/// for each type that facts are read as, which takes longer than to read a small file.
@usableFromInline package struct Fact<Value> {
  @usableFromInline package var value: Value
  @usableFromInline package var origin: Origin

  @inlinable package init(_ value: Value, _ origin: Origin) {
    self.value = value
    self.origin = origin
  }
}

extension Fact: Equatable where Value: Equatable {}
extension Fact: Hashable where Value: Hashable {}
extension Fact: Sendable where Value: Sendable {}
