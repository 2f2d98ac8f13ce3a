/// Named facts about one thing: a layer, an optimizer, an output.
///
/// A fact that is absent is unknown. Facts keep the order in which they were set.
///
/// What is generic over the type of a fact is inlinable, here and in ``FactKey`` and ``Fact``: in other modules the runtime would
/// look up the metadata of that type at each use, which took a twentieth of the time of linting a small file.
@usableFromInline package struct Record: Hashable, Sendable {
  /// A fact with its name.
  @usableFromInline package struct Entry: Hashable, Sendable {
    @usableFromInline package var name: String
    @usableFromInline package var fact: Fact<FactValue>

    @inlinable init(name: String, fact: Fact<FactValue>) {
      self.name = name
      self.fact = fact
    }
  }

  /// The facts, in the order in which they were set.
  @usableFromInline package internal(set) var entries: [Entry] = []
  /// Where a finding on the thing as a whole stands.
  package var location: SourceLocation?
  /// The mapping in the source that holds the thing's keys; a fix puts a missing key there.
  package var container: SourceLocation?

  package init(location: SourceLocation? = nil, container: SourceLocation? = nil) {
    self.location = location
    self.container = container
  }

  /// Makes room for facts: a record that grows fact by fact is copied several times.
  package mutating func reserve(_ count: Int) {
    entries.reserveCapacity(count)
  }

  /// Whether nothing is known.
  package var isEmpty: Bool { entries.isEmpty }

  /// The fact under a key, or nil when it is unknown or of another type.
  @inlinable package subscript<Value>(key: FactKey<Value>) -> Fact<Value>? {
    get {
      guard let fact = self[name: key.name], let value = Value(fact.value) else { return nil }
      return Fact(value, fact.origin)
    }
    set {
      self[name: key.name] = newValue.map { Fact($0.value.factValue, $0.origin) }
    }
  }

  /// The fact under a name, whatever its type.
  @usableFromInline package subscript(name name: String) -> Fact<FactValue>? {
    get { index(of: name).map { entries[$0].fact } }
    set {
      switch (index(of: name), newValue) {
      case (let index?, let fact?): entries[index].fact = fact
      case (let index?, nil): entries.remove(at: index)
      case (nil, let fact?): entries.append(Entry(name: name, fact: fact))
      case (nil, nil): break
      }
    }
  }

  /// Returns the value under a key, or nil when it is unknown.
  @inlinable package func value<Value>(_ key: FactKey<Value>) -> Value? {
    index(of: key.name).flatMap { Value(entries[$0].fact.value) }
  }

  /// Returns the value under a name, without a copy of where it comes from.
  package func value(named name: String) -> FactValue? { index(of: name).map { entries[$0].fact.value } }

  /// Sets a fact unless the record has one under that key already.
  @inlinable package mutating func setIfUnknown<Value>(_ key: FactKey<Value>, _ value: Value?, _ origin: Origin) {
    guard let value, index(of: key.name) == nil else { return }
    entries.append(Entry(name: key.name, fact: Fact(value.factValue, origin)))
  }

  /// Sets a fact, whose value was made already, unless the record has one under that key.
  mutating func setIfUnknown(_ key: FactKey<Shape>, _ shape: FactValue?, _ origin: Origin) {
    guard let shape, index(of: key.name) == nil else { return }
    entries.append(Entry(name: key.name, fact: Fact(shape, origin)))
  }

  /// Looks a name up in place: copying an entry to look at it would cost more than the comparison.
  @usableFromInline func index(of name: String) -> Int? {
    // Lengths first: they tell most names apart, and comparing two long strings is a call.
    let count = name.utf8.count
    for index in entries.indices where entries[index].name.utf8.count == count && entries[index].name == name {
      return index
    }
    return nil
  }
}
