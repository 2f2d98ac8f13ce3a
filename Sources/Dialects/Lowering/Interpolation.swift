package import ConfigSyntax

/// A reference to another place of the same config, as OmegaConf writes it: `${model.width}`, `${.width}`, `${..width}`, `${layers[0]}`.
///
/// Only a scalar that is a reference as a whole is one. Resolvers such as `${oc.env:HOME}`, references inside a text and references
/// inside references are code or text to be made, and are not followed.
package struct Interpolation: Hashable, Sendable {
  /// How many mappings and lists up the path starts, the one that holds the scalar counted as 1; 0 for the root.
  package let level: Int
  /// The keys, and positions in lists, that lead on from there.
  package let keys: [String]

  /// How many references may lead to one another, cycles included.
  package static let hopLimit = 16
  /// How many bytes a reference may have.
  private static let lengthLimit = 512

  /// Reads a text that is a reference as a whole; nil for any other.
  package init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.count <= Self.lengthLimit, text.hasPrefix("${"), bytes.last == UInt8(ascii: "}") else { return nil }
    let inner = bytes.dropFirst(2).dropLast()
    let dots = inner.prefix { $0 == UInt8(ascii: ".") }
    var keys: [String] = []
    var key: [UInt8] = []
    for byte in inner.dropFirst(dots.count) {
      switch byte {
      case UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "]"):
        if !key.isEmpty { keys.append(String(decoding: key, as: UTF8.self)) }
        key = []
      case UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ":"), UInt8(ascii: ","): return nil
      default: key.append(byte)
      }
    }
    if !key.isEmpty { keys.append(String(decoding: key, as: UTF8.self)) }
    guard !keys.isEmpty else { return nil }
    level = dots.count
    self.keys = keys
  }

  /// Whether a text holds a reference or a resolver anywhere, so that it does not stand for itself.
  package static func occurs(in text: String) -> Bool {
    var isAfterDollar = false
    for byte in text.utf8 {
      if isAfterDollar, byte == UInt8(ascii: "{") { return true }
      isAfterDollar = byte == UInt8(ascii: "$")
    }
    return false
  }

  /// Returns the path that is meant, from the root; nil where it leads out of the config.
  ///
  /// The scalar is held by the mapping or list that `holder`, keys from the root, leads to.
  package func path(from holder: [String]) -> [String]? {
    guard level > 0 else { return keys }
    guard level - 1 <= holder.count else { return nil }
    return Array(holder.dropLast(level - 1)) + keys
  }

  /// Returns what a node stands for: the node itself, or what its reference leads to in the end.
  ///
  /// - Parameters:
  ///   - node: A node of the config.
  ///   - holder: The keys from the root to the mapping or list that holds it.
  ///   - root: What paths start at.
  /// - Returns: The node meant; nil where it cannot be known: a resolver, a text to be made, a path that leads nowhere or in a circle.
  package static func target(of node: SyntaxNode, heldBy holder: [String], in root: SyntaxNode) -> SyntaxNode? {
    var (node, holder) = (node, holder)
    for _ in 0..<hopLimit {
      guard node.kind == .scalar, let text = node.text, occurs(in: text) else { return node }
      guard let path = Interpolation(text)?.path(from: holder), let next = root.descendant(at: path) else { return nil }
      node = next
      holder = path.dropLast()
    }
    return nil
  }
}

extension SyntaxNode {
  /// Returns the node that keys of mappings and positions in lists lead to.
  package func descendant(at path: some Sequence<String>) -> SyntaxNode? {
    var node = self
    for key in path {
      guard let next = node.kind == .sequence ? Int(key).flatMap({ node[$0] }) : node[key] else { return nil }
      node = next
    }
    return node
  }
}
