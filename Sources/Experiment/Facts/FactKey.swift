/// A Swift type that a fact's value is read as.
@usableFromInline package protocol FactRepresentable: Hashable, Sendable {
  init?(_ value: FactValue)
  var factValue: FactValue { get }
}

/// The name of a fact in a record, with the type it is read as.
///
/// The names are the ones that rules, `epochzero facts` and the documentation use. Each key is declared once, in `Keys/`.
@usableFromInline package struct FactKey<Value: FactRepresentable>: Sendable {
  @usableFromInline package let name: String

  @inlinable package init(_ name: String) {
    self.name = name
  }
}

extension Bool: FactRepresentable {
  @inlinable package init?(_ value: FactValue) {
    guard case .boolean(let value) = value else { return nil }
    self = value
  }

  @inlinable package var factValue: FactValue { .boolean(self) }
}

extension Int: FactRepresentable {
  @inlinable package init?(_ value: FactValue) {
    switch value {
    case .integer(let value): self = value
    case .number(let value):
      guard let exact = Int(exactly: value) else { return nil }
      self = exact
    default: return nil
    }
  }

  @inlinable package var factValue: FactValue { .integer(self) }
}

extension Double: FactRepresentable {
  @inlinable package init?(_ value: FactValue) {
    switch value {
    case .integer(let value): self = Double(value)
    case .number(let value): self = value
    default: return nil
    }
  }

  @inlinable package var factValue: FactValue { .number(self) }
}

extension String: FactRepresentable {
  @inlinable package init?(_ value: FactValue) {
    guard case .text(let value) = value else { return nil }
    self = value
  }

  @inlinable package var factValue: FactValue { .text(self) }
}

extension Record: FactRepresentable {
  @inlinable package init?(_ value: FactValue) {
    guard case .record(let value) = value else { return nil }
    self = value
  }

  @inlinable package var factValue: FactValue { .record(self) }
}

extension Array: FactRepresentable where Element: FactRepresentable {
  @inlinable package init?(_ value: FactValue) {
    guard case .list(let elements) = value else { return nil }
    self = []
    for element in elements {
      guard let element = Element(element) else { return nil }
      append(element)
    }
  }

  @inlinable package var factValue: FactValue { .list(map(\.factValue)) }
}
