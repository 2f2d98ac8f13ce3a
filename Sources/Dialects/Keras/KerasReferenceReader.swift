import ConfigSyntax

/// Reads where applications of layers take their inputs from, in the forms of Keras 1 to 3.
struct KerasReferenceReader {
  /// The index of each layer by its name.
  let indices: [String: Int]
  /// The names that are no layer's.
  private(set) var missing: [SyntaxNode] = []

  init(indices: [String: Int]) {
    self.indices = indices
  }

  /// Returns the inputs of one application.
  ///
  /// - Parameters:
  ///   - node: An element of `inbound_nodes`.
  ///   - ofAttention: Whether inputs are told apart by the names query, value and key.
  /// - Returns: The inputs in argument order; none when one of them is no layer's.
  mutating func inputs(of node: SyntaxNode, ofAttention: Bool) -> [KerasPlan.Reference] {
    let known = missing.count
    var found: [KerasPlan.Reference] = []
    if node.kind == .mapping {
      if let arguments = node["args"] { collect(arguments, &found) }
      if let arguments = node["kwargs"] { collectKeywords(arguments, ofAttention: ofAttention, &found) }
    } else if node[0]?.kind == .scalar {
      // TensorFlow's operations have one flat reference, or a constant.
      collectOld(node, ofAttention: ofAttention, &found)
    } else {
      for reference in node.elements { collectOld(reference, ofAttention: ofAttention, &found) }
    }
    return missing.count > known ? [] : found
  }

  /// Returns the tensors of `input_layers` or `output_layers`, with a name where they stand in a mapping.
  mutating func outputs(of node: SyntaxNode?) -> [(name: String?, reference: KerasPlan.Reference)] {
    guard let node else { return [] }
    if node.kind == .mapping {
      return node.members.flatMap { member in outputs(of: member.value).map { (member.name, $0.reference) } }
    }
    if let reference = reference(node) { return [(nil, reference)] }
    return node.elements.flatMap { outputs(of: $0) }
  }

  // MARK: - Keras 3

  private mutating func collect(_ node: SyntaxNode, _ found: inout [KerasPlan.Reference]) {
    switch node.kind {
    case .sequence:
      for position in 0..<node.count {
        if let element = node[position] { collect(element, &found) }
      }
    case .mapping:
      if let config = node["config"], let history = config["keras_history"] {
        if var reference = reference(history) {
          reference.config = config
          found.append(reference)
        }
      } else {
        for member in node.members { collect(member.value, &found) }
      }
    default: break
    }
  }

  private mutating func collectKeywords(_ node: SyntaxNode, ofAttention: Bool, _ found: inout [KerasPlan.Reference]) {
    var key: [KerasPlan.Reference] = []
    for member in node.members where member.value.kind == .mapping || member.value.kind == .sequence {
      switch member.name {
      case "mask", "attention_mask", "query_mask", "value_mask", "key_mask": break
      case "key" where ofAttention: collect(member.value, &key)
      default: collect(member.value, &found)
      }
    }
    found += key
  }

  // MARK: - Keras 1 and 2

  private mutating func collectOld(_ node: SyntaxNode, ofAttention: Bool, _ found: inout [KerasPlan.Reference]) {
    if let reference = reference(node) {
      found.append(reference)
    } else if node.kind == .sequence, node[0]?.kind != .scalar {
      for element in node.elements { collectOld(element, ofAttention: ofAttention, &found) }
    }
    guard let keywords = node[3], keywords.kind == .mapping else { return }
    var key: [KerasPlan.Reference] = []
    for member in keywords.members where member.value.kind == .sequence && !member.name.hasSuffix("mask") {
      if member.name == "key", ofAttention {
        collectKeyword(member.value, &key)
      } else {
        collectKeyword(member.value, &found)
      }
    }
    found += key
  }

  /// Collects the references in a keyword argument; a list of numbers is none, and neither is a word that is no layer's.
  private mutating func collectKeyword(_ node: SyntaxNode, _ found: inout [KerasPlan.Reference]) {
    if let name = node[0]?.string {
      if indices[name] != nil, let reference = reference(node) { found.append(reference) }
    } else {
      for element in node.elements where element.kind == .sequence { collectKeyword(element, &found) }
    }
  }

  /// Returns the tensor that `[name, node, tensor]` stands for.
  private mutating func reference(_ node: SyntaxNode) -> KerasPlan.Reference? {
    guard node.kind == .sequence, let name = node[0], let text = name.string, let application = node[1]?.integer,
      let tensor = node[2]?.integer
    else { return nil }
    guard let element = indices[text] else {
      if text != "_CONSTANT_VALUE" { missing.append(name) }
      return nil
    }
    return KerasPlan.Reference(element: element, node: application, tensor: tensor)
  }
}
