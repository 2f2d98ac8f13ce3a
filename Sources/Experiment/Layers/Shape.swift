/// The shape of one example: the size of each axis but the batch axis, nil where it is not known.
@usableFromInline package struct Shape: Hashable, Sendable {
  @usableFromInline package var axes: [Int?]

  @inlinable package init(_ axes: [Int?]) {
    self.axes = axes
  }

  /// The number of axes.
  package var rank: Int { axes.count }

  /// The number of elements; nil when an axis is unknown or the product is too large.
  package var elementCount: Int? {
    var product = 1
    for axis in axes {
      guard let axis else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: axis)
      guard !overflow else { return nil }
      product = next
    }
    return product
  }
}

extension Shape: FactRepresentable {
  @inlinable package init?(_ value: FactValue) {
    guard case .list(let elements) = value else { return nil }
    self.init(elements.map(Int.init))
  }

  @inlinable package var factValue: FactValue { .list(axes.map { $0.map(FactValue.integer) ?? .unknown }) }
}

extension Shape: CustomStringConvertible {
  /// The shape as Keras prints it, the batch axis left out: `(224, 224, 3)`, with `?` for an unknown axis.
  @usableFromInline package var description: String {
    "(" + axes.map { $0.map(String.init) ?? "?" }.joined(separator: ", ") + (rank == 1 ? ",)" : ")")
  }
}
