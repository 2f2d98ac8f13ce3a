import ConfigSyntax
import Experiment
import SourceText

/// One experiment of a document, with what it inherits: where its values are looked up.
struct MappedDocument {
  /// A node with the index of its source in ``Experiment/sources``.
  struct Place: Hashable {
    var node: SyntaxNode
    var source: Int
  }

  /// A mapping that values are looked up in.
  struct Layer {
    var place: Place
    /// The document that it is in.
    var root: SyntaxNode
    /// The keys that lead to it from there.
    var steps: [String]
  }

  /// What a value is looked up in, what counts most first; the first is the experiment itself.
  private(set) var layers: [Layer]
  private(set) var sources: [SourceText]
  /// Whether something is inherited from a file that cannot be read, so that what is absent is not known.
  private(set) var isIncomplete = false
  private let definition: DialectDefinition

  /// Whether some text is Python source, in which paths go on.
  private let readsPython: Bool

  private static let fileLimit = 16

  /// - Parameters:
  ///   - experiment: Where in the document the experiment is.
  ///   - document: The root of its document.
  ///   - definition: What the dialect says of inheritance and references.
  ///   - context: What opens the files that are inherited from.
  init(
    _ experiment: DialectDefinition.Place,
    in document: SyntaxNode,
    _ definition: DialectDefinition,
    _ context: LoweringContext
  ) {
    self.definition = definition
    readsPython = definition.keys.contains(where: \.isPython)
    let whole = Layer(place: Place(node: document, source: 0), root: document, steps: [])
    let place = Place(node: experiment.node, source: 0)
    layers = [Layer(place: place, root: document, steps: experiment.steps)]
    sources = [document.tree.source]
    for inheritance in definition.inherits {
      switch inheritance {
      case .place(let path):
        if let place = find(path, in: whole), place.node.kind == .mapping, place.node != experiment.node {
          layers.append(Layer(place: place, root: document, steps: path.names))
        }
      case .file(let path): inherit(fileAt: path, of: whole, context)
      }
    }
  }

  /// Returns what stands at a path, in the experiment or in what it inherits; null counts.
  func find(_ path: MappedPath) -> Place? {
    if path.isAbsolute {
      let root = layers[0].root
      return find(path, in: Layer(place: Place(node: root, source: 0), root: root, steps: []))
    }
    for layer in layers {
      if let found = find(path, in: layer) { return found }
    }
    return nil
  }

  /// Returns the mapping in the experiment itself in which a key would stand, with the keys that are missing on the way to it.
  func placeToWrite(_ path: MappedPath) -> (mapping: SyntaxNode, missing: [String])? {
    var mapping = path.isAbsolute ? layers[0].root : layers[0].place.node
    var names = path.names[...]
    while let name = names.first, let next = mapping[name], names.count > 1, next.kind == .mapping, !next.isAlias {
      mapping = next
      names = names.dropFirst()
    }
    return mapping.kind == .mapping ? (mapping, Array(names)) : nil
  }

  // MARK: - Private

  private mutating func inherit(fileAt path: MappedPath, of document: Layer, _ context: LoweringContext) {
    var document = document
    var seen: Set<String> = []
    while let named = find(path, in: document)?.node, !named.isNull {
      guard seen.count < Self.fileLimit, let name = named.text, seen.insert(name).inserted,
        case .tree(let tree) = context.load(name), let next = tree.documents.first
      else {
        isIncomplete = true
        return
      }
      document = Layer(place: Place(node: next, source: sources.count), root: next, steps: [])
      sources.append(tree.source)
      layers.append(document)
    }
  }

  private func find(_ path: MappedPath, in layer: Layer) -> Place? {
    var holder = layer.steps
    guard var node = target(of: layer.place.node, heldBy: holder.dropLast(), in: layer.root) else { return nil }
    for name in path.names {
      var container = node
      if readsPython, node.kind == .scalar { container = node.tree.pythonLiteral(in: node) ?? node }
      guard let child = container.child(name), let next = target(of: child, heldBy: holder, in: layer.root) else {
        return nil
      }
      node = next
      holder.append(name)
    }
    return Place(node: node, source: layer.place.source)
  }

  /// What a reference such as `${a.b}` leads to; the node itself where it is none, or cannot be followed.
  private func target(of node: SyntaxNode, heldBy holder: some Sequence<String>, in root: SyntaxNode) -> SyntaxNode? {
    guard !definition.interpolations.isEmpty, node.kind == .scalar, let text = node.text else { return node }
    if definition.interpolations.contains(.ref), node.tag == "!ref", text.hasPrefix("<"), text.hasSuffix(">") {
      return MappedPath(String(text.dropFirst().dropLast())).flatMap { root.descendant(at: $0.names) } ?? node
    }
    guard definition.interpolations.contains(.dollar) else { return node }
    return Interpolation.target(of: node, heldBy: Array(holder), in: root) ?? node
  }
}

extension SyntaxNode {
  /// Whether the value is a reference or an expression that only the framework can work out.
  var isExpression: Bool {
    if let tag, tag.hasPrefix("!"), !tag.hasPrefix("!!") || tag.contains("python") { return true }
    guard kind == .scalar, let text else { return false }
    return Interpolation.occurs(in: text) || text == "???"
  }
}
