package import ConfigSyntax
import SourceText

/// A value in a message: a cursor that reading never fails on, so that what is absent and what is of another type are both nil.
package struct JSONValue: Sendable {
  /// Where the value stands in the tree of its message, for readers of their own; nil where there is none.
  package let node: SyntaxNode?

  init(_ node: SyntaxNode?) {
    self.node = node
  }

  /// Stands for what is not there.
  package static let absent = JSONValue(nil)

  /// Reads a text, for tests and values that were written before; absent where it is no JSON.
  package init(json: String) {
    let tree = parse(SourceText(name: "json", text: json), as: .json)
    node = tree.isBroken ? nil : tree.documents.first
  }

  /// The value of a member of an object.
  package subscript(key: String) -> JSONValue { JSONValue(node?[key]) }

  /// Whether there is a value, be it null.
  package var isPresent: Bool { node != nil }

  /// Whether there is a value other than null.
  package var hasValue: Bool { node.map { !$0.isNull } ?? false }

  /// Whether it is an object.
  package var isObject: Bool { node?.kind == .mapping }

  package var string: String? { node?.string }

  package var integer: Int? { node?.integer }

  package var boolean: Bool? { node?.boolean }

  /// The elements of an array; nil for anything else.
  package var elements: [JSONValue]? {
    guard let node, node.kind == .sequence else { return nil }
    return node.elements.map { JSONValue($0) }
  }

  /// The texts of an array, other elements left out; nil for anything else.
  package var strings: [String]? { elements?.compactMap(\.string) }

  /// The members of an object in order; nil for anything else.
  package var members: [(key: String, value: JSONValue)]? {
    guard let node, node.kind == .mapping else { return nil }
    return node.members.map { ($0.name, JSONValue($0.value)) }
  }

  /// The value as it was written; nil where there is none.
  package var json: String? { node.map { $0.tree.source.text(in: $0.range) } }

  /// Returns what a closure makes of the bytes of a text; nil for anything else.
  package func withTextBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    guard let node, node.style == .doubleQuoted else { return nil }
    return node.withTextBytes(body)
  }
}
