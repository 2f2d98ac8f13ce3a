package import ConfigSyntax
package import Experiment

extension SyntaxNode {
  /// Returns the place of the node in the source with the given index in ``Experiment/sources``.
  package func location(source: Int) -> SourceLocation {
    SourceLocation(source: source, range: range)
  }
}

extension FactValue {
  /// Makes a value from a node as it stands: lists and mappings with all they hold.
  ///
  /// - Parameters:
  ///   - node: The value's node. Null, and what is missing, is unknown.
  ///   - source: The index of the node's source in ``Experiment/sources``.
  package init(_ node: SyntaxNode, source: Int) {
    switch node.kind {
    case .mapping:
      var record = Record(location: node.location(source: source), container: node.location(source: source))
      for member in node.members {
        let origin = Origin.stated(member.value.location(source: source))
        record[name: member.name] = Fact(FactValue(member.value, source: source), origin)
      }
      self = .record(record)
    case .sequence:
      self = .list(node.elements.map { FactValue($0, source: source) })
    case .scalar, .alias, .missing:
      switch node.scalarValue {
      case .boolean(let value): self = .boolean(value)
      case .integer(let value): self = .integer(value)
      case .number(let value): self = .number(value)
      case .text(let value): self = .text(value)
      case .null, nil: self = .unknown
      }
    }
  }
}
