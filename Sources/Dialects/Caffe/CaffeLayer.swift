import ConfigSyntax
import Experiment

/// One layer of a net as the file has it, whichever syntax it is in.
struct CaffeLayer {
  let node: SyntaxNode
  /// The type by its name in the new syntax; empty where there is none.
  let type: String
  /// Where the type stands, else the layer.
  let typeNode: SyntaxNode
  let name: String
  let bottoms: [SyntaxNode]
  let tops: [String]

  init(_ node: SyntaxNode) {
    self.node = node
    let typeNode = (node["layer"] ?? node)["type"]
    // The oldest syntax has its settings without messages of their own: such a layer is left unknown.
    type = node["layer"] == nil ? CaffeLayerType.name(ofOld: typeNode?.text ?? "") : "V0 \(typeNode?.text ?? "")"
    self.typeNode = typeNode ?? node
    bottoms = node.values(of: "bottom")
    tops = node.values(of: "top").compactMap(\.text)
    name = (node["layer"] ?? node)["name"]?.text ?? tops.first ?? type
  }

  /// The message with the settings of the layer's own type.
  func parameters(_ key: String) -> SyntaxNode? {
    let message = node[key]
    return message?.kind == .mapping ? message : nil
  }

  /// Whether the layer takes the place of its own input.
  var isInPlace: Bool { bottoms.count == 1 && tops.count == 1 && bottoms[0].text == tops[0] }

  // MARK: - Weights

  /// The name under which the kernel is shared with other layers.
  var sharedName: SyntaxNode? {
    guard let first = node.values(of: "param").first else { return nil }
    let name = first.kind == .mapping ? first["name"] : first
    return name?.text?.isEmpty == false ? name : nil
  }

  /// What the learning rate is multiplied by for the kernel.
  var rateMultiplier: SyntaxNode? {
    let first = node.values(of: "param").first
    return first?.kind == .mapping ? first?["lr_mult"] : node.values(of: "blobs_lr").first
  }

  /// The weight that the layer's first output has in the loss, where it is stated.
  var lossWeight: SyntaxNode? { node.values(of: "loss_weight").first }
}
