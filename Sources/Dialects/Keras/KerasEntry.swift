import ConfigSyntax

/// An entry of a model's list of layers, its keys looked up once.
///
/// Not copyable: a copy would count the references of all its nodes.
struct KerasEntry: ~Copyable {
  let node: SyntaxNode
  /// The value that names the class: `class_name`, of Keras 0.3 `name`.
  private(set) var classNode: SyntaxNode?
  /// The mapping with the layer's settings; of Keras 0.3 and where there is none, the entry itself.
  private(set) var config: SyntaxNode
  private(set) var name: SyntaxNode?
  private(set) var module: SyntaxNode?
  private(set) var inboundNodes: SyntaxNode?

  private enum Key {
    case className, config, name, module, inboundNodes
  }

  init(_ node: SyntaxNode, _ generation: KerasGeneration) {
    self.node = node
    config = node
    node.forEachMember { key, value in
      switch Self.key(key) {
      case .className: classNode = value
      case .config: if generation != .zero { config = value }
      case .name: name = value
      case .module: module = value
      case .inboundNodes: inboundNodes = value
      case nil: break
      }
    }
    if generation == .zero { classNode = name }
  }

  /// Whether it is an operation of Keras 3 on tensors, not a layer.
  var isOperation: Bool {
    guard let module = module?.string else { return false }
    return module.hasPrefix("keras.src.ops") || module.hasPrefix("keras.ops")
  }

  private static func key(_ text: UnsafeBufferPointer<UInt8>) -> Key? {
    let (key, name): (Key, StaticString)
    switch text.count {
    case 4: (key, name) = (.name, "name")
    case 6 where text[0] == UInt8(ascii: "c"): (key, name) = (.config, "config")
    case 6: (key, name) = (.module, "module")
    case 10: (key, name) = (.className, "class_name")
    case 13: (key, name) = (.inboundNodes, "inbound_nodes")
    default: return nil
    }
    for offset in text.indices where text[offset] != name.utf8Start[offset] { return nil }
    return key
  }
}
