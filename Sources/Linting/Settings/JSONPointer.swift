package import ConfigSyntax
package import SourceText

/// The way to a value of a JSON or YAML document, as in RFC 6901: `/config/layers/3/config/rate`.
package struct JSONPointer: Hashable, Sendable {
  /// The keys and positions, unescaped; empty for the whole document.
  package let steps: [String]

  /// Reads a pointer; nil for text that is none.
  package init?(_ text: String) {
    if text.isEmpty {
      steps = []
      return
    }
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    var steps: [String] = []
    for step in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let unescaped = Self.unescaped(step) else { return nil }
      steps.append(unescaped)
    }
    self.steps = steps
  }

  /// Returns the ranges that the pointer leads to, one for each document that has the value: its key included.
  package func ranges(in tree: SyntaxTree) -> [TextRange] {
    tree.documents.compactMap { range(in: $0) }
  }

  // MARK: - Private

  private func range(in document: SyntaxNode) -> TextRange? {
    var node = document
    var range = document.range
    for step in steps {
      if let member = node.member(step) {
        node = member.value
        range = member.range
      } else if let position = Int(step), let element = node[position] {
        node = element
        range = element.range
      } else {
        return nil
      }
    }
    return range
  }

  /// `~1` stands for `/`, `~0` for `~`; nothing else may follow a `~`.
  private static func unescaped(_ step: Substring) -> String? {
    var result = ""
    var rest = step[...]
    while let character = rest.popFirst() {
      if character != "~" {
        result.append(character)
        continue
      }
      switch rest.popFirst() {
      case "0": result.append("~")
      case "1": result.append("/")
      default: return nil
      }
    }
    return result
  }
}
