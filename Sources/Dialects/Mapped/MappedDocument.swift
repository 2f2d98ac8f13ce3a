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

  /// What a value is looked up in, what counts most first; the first is the experiment itself.
  private(set) var layers: [Place]
  /// The document that each layer is in, in step.
  private var roots: [SyntaxNode]
  private(set) var sources: [SourceText]
  /// Whether something is inherited from a file that cannot be read, so that what is absent is not known.
  private(set) var isIncomplete = false
  private let definition: DialectDefinition

  private static let fileLimit = 16
  private static let referenceLimit = 8

  /// - Parameters:
  ///   - experiment: The experiment's mapping.
  ///   - document: The root of its document.
  init(_ experiment: SyntaxNode, in document: SyntaxNode, _ definition: DialectDefinition, _ context: LoweringContext) {
    self.definition = definition
    layers = [Place(node: experiment, source: 0)]
    roots = [document]
    sources = [document.tree.source]
    for inheritance in definition.inherits {
      switch inheritance {
      case .place(let path):
        if let node = descend(from: Place(node: document, source: 0), path.steps[...], in: document)?.node,
          node.kind == .mapping, node != experiment
        {
          layers.append(Place(node: node, source: 0))
          roots.append(document)
        }
      case .file(let path): inherit(fileAt: path, of: document, source: 0, context)
      }
    }
  }

  /// Returns what stands at a path, in the experiment or in what it inherits; null counts.
  func find(_ path: MappedPath) -> Place? {
    if path.isAbsolute {
      return descend(from: Place(node: roots[0], source: 0), path.steps[...], in: roots[0])
    }
    for (layer, root) in zip(layers, roots) {
      if let found = descend(from: layer, path.steps[...], in: root) { return found }
    }
    return nil
  }

  /// Returns the mapping in the experiment itself in which a key would stand, with the keys that are missing on the way to it.
  func placeToWrite(_ path: MappedPath) -> (mapping: SyntaxNode, missing: [String])? {
    var mapping = path.isAbsolute ? roots[0] : layers[0].node
    var names = path.names[...]
    while let name = names.first, let next = mapping[name], names.count > 1, next.kind == .mapping, !next.isAlias {
      mapping = next
      names = names.dropFirst()
    }
    return mapping.kind == .mapping ? (mapping, Array(names)) : nil
  }

  // MARK: - Private

  private mutating func inherit(
    fileAt path: MappedPath,
    of document: SyntaxNode,
    source: Int,
    _ context: LoweringContext
  ) {
    var document = document
    var source = source
    var seen: Set<String> = []
    while let named = descend(from: Place(node: document, source: source), path.steps[...], in: document)?.node,
      !named.isNull
    {
      guard seen.count < Self.fileLimit, let name = named.text, seen.insert(name).inserted,
        case .tree(let tree) = context.load(name), let next = tree.documents.first
      else {
        isIncomplete = true
        return
      }
      source = sources.count
      sources.append(tree.source)
      layers.append(Place(node: next, source: source))
      roots.append(next)
      document = next
    }
  }

  private func descend(
    from place: Place,
    _ steps: ArraySlice<MappedPath.Step>,
    in root: SyntaxNode,
    depth: Int = 0
  ) -> Place? {
    guard depth < Self.referenceLimit else { return nil }
    let node = place.node
    if let target = target(of: node, in: root), target != node {
      return descend(from: Place(node: target, source: place.source), steps, in: root, depth: depth + 1)
    }
    guard case .key(let name)? = steps.first else { return steps.isEmpty ? place : nil }
    guard let child = node.child(name) ?? pythonChild(of: node, name) else { return nil }
    return descend(from: Place(node: child, source: place.source), steps.dropFirst(), in: root, depth: depth)
  }

  /// What a reference such as `${a.b}` leads to; nil for all else.
  private func target(of node: SyntaxNode, in root: SyntaxNode) -> SyntaxNode? {
    guard !definition.interpolations.isEmpty, node.kind == .scalar, let text = node.text else { return nil }
    if definition.interpolations.contains(.ref), node.tag == "!ref", text.hasPrefix("<"), text.hasSuffix(">") {
      return Self.walk(MappedPath(String(text.dropFirst().dropLast())), from: root)
    }
    guard definition.interpolations.contains(.dollar) else { return nil }
    return nil
  }

  private static func walk(_ path: MappedPath?, from root: SyntaxNode) -> SyntaxNode? {
    path?.names.reduce(SyntaxNode?.some(root)) { node, name in node?.child(name) }
  }

  private func pythonChild(of node: SyntaxNode, _ name: String) -> SyntaxNode? { nil }
}

extension SyntaxNode {
  /// Whether the value is a reference or an expression that only the framework can work out.
  var isExpression: Bool {
    if let tag, tag.hasPrefix("!"), !tag.hasPrefix("!!") || tag.contains("python") { return true }
    guard kind == .scalar, let text else { return false }
    return text.contains("${") || text == "???"
  }
}
