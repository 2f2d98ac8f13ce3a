import ConfigSyntax
import Experiment

/// A config as its framework sees it: the documents that make it up laid over one another, with what refers from one place to another.
final class ConfigTree: Sendable {
  /// A document, or a part of one, with where it goes.
  struct Sheet: Sendable {
    /// The keys from the root to the place where the node lies.
    var prefix: [String]
    var node: SyntaxNode
    /// The index of the node's text in ``Experiment/sources``.
    var source: Int
  }

  /// How a value says that it stands somewhere else.
  enum References: Sendable {
    /// `${a.b}`, and `???` for what is to be given on the command line.
    case interpolations
    /// `@a#b`, with `$` before what is Python.
    case identifiers
  }

  /// Weakest first: of two that state a value the later one counts.
  let sheets: [Sheet]
  let references: References

  init(_ sheets: [Sheet], references: References) {
    self.sheets = sheets
    self.references = references
  }

  var root: TreeNode {
    let pieces = sheets.reversed().map { TreeNode.Piece(node: $0.node, source: $0.source, ahead: $0.prefix[...]) }
    return TreeNode(tree: self, path: [], pieces: pieces)
  }

  /// Returns the node that keys lead to from the root.
  func node(at path: some Sequence<String>) -> TreeNode? {
    var node = root
    for key in path {
      guard let next = node[key] else { return nil }
      node = next
    }
    return node
  }
}

/// A place of a config, with what each of its documents says there.
struct TreeNode {
  /// What one document says.
  struct Piece {
    var node: SyntaxNode
    var source: Int
    /// The keys that lead on to where the node lies, where it lies deeper.
    var ahead: ArraySlice<String>

    var isMapping: Bool { !ahead.isEmpty || node.kind == .mapping }
  }

  let tree: ConfigTree
  /// The keys from the root.
  let path: [String]
  /// Strongest first: all mappings, or one piece of another kind.
  let pieces: [Piece]

  /// The key under which it stands; empty for the root.
  var name: String { path.last ?? "" }

  /// What the strongest document says here, where it is a node of its own.
  var own: Piece? { pieces.first { $0.ahead.isEmpty } }

  var isMapping: Bool { pieces.first?.isMapping ?? false }
  var isSequence: Bool { own?.node.kind == .sequence }
  var isNull: Bool { !isMapping && own?.node.isNull ?? true }
  /// The text of a scalar, whatever its type.
  var text: String? { isMapping ? nil : own?.node.text }

  /// The place of the strongest document's node.
  var location: SourceLocation? { own.map { $0.node.location(source: $0.source) } }

  /// What stands under a key, or at a position of a list; references are not followed.
  subscript(key: String) -> TreeNode? {
    var found: [Piece] = []
    for piece in pieces {
      if let next = piece.ahead.first {
        if next == key { found.append(Piece(node: piece.node, source: piece.source, ahead: piece.ahead.dropFirst())) }
      } else if let value = piece.node.kind == .sequence ? Int(key).flatMap({ piece.node[$0] }) : piece.node[key] {
        found.append(Piece(node: value, source: piece.source, ahead: []))
      }
    }
    // A value that is no mapping hides what lies below it; one that is still to be given hides nothing.
    while found.count > 1, let first = found.first, first.ahead.isEmpty, first.node.hasText("???") {
      found.removeFirst()
    }
    guard let first = found.first else { return nil }
    let kept = first.isMapping ? Array(found.prefix { $0.isMapping }) : [first]
    return TreeNode(tree: tree, path: path + [key], pieces: kept)
  }

  /// The members of a mapping; references are not followed.
  var members: [TreeNode] {
    if pieces.count == 1, let own, own.node.kind == .mapping {
      return own.node.members.map { member in
        let piece = Piece(node: member.value, source: own.source, ahead: [])
        return TreeNode(tree: tree, path: path + [member.name], pieces: [piece])
      }
    }
    var names: [String] = []
    var seen: Set<String> = []
    for piece in pieces.reversed() {
      for name in piece.ahead.first.map({ [$0] }) ?? piece.node.members.map(\.name) where seen.insert(name).inserted {
        names.append(name)
      }
    }
    return names.prefix(Self.mergedMemberLimit).compactMap { self[$0] }
  }

  /// How many members a mapping has at most that several documents make up: each is looked for in all of them.
  private static let mergedMemberLimit = 2000

  /// The elements of a list; references are not followed.
  var elements: [TreeNode] {
    guard let own, own.node.kind == .sequence else { return [] }
    return own.node.elements.enumerated().map { position, element in
      TreeNode(
        tree: tree,
        path: path + ["\(position)"],
        pieces: [Piece(node: element, source: own.source, ahead: [])]
      )
    }
  }

  /// What the node stands for: itself, or what its reference leads to in the end; nil where only running the code tells.
  var resolved: TreeNode? {
    var node = self
    for _ in 0..<Interpolation.hopLimit {
      guard let text = node.text else { return node }
      let target: [String]?
      switch tree.references {
      case .interpolations:
        if text == "???" { return nil }
        guard Interpolation.occurs(in: text) else { return node }
        target = Interpolation(text)?.path(from: node.path.dropLast())
      case .identifiers:
        guard IdentifierReference.isCode(text) else { return node }
        if IdentifierReference.literal(text) != nil { return node }
        target = IdentifierReference(text)?.path(from: node.path)
      }
      guard let target, let next = tree.node(at: target) else { return nil }
      node = next
    }
    return nil
  }

  /// What stands under a key, references followed; nil where it is absent, null or not known.
  func value(_ keys: String...) -> TreeNode? {
    for key in keys {
      if let node = self[key]?.resolved, !node.isNull { return node }
    }
    return nil
  }

  /// What stands at the end of a path of keys, references followed on the way.
  func value(at path: String) -> TreeNode? {
    var node = self
    for key in path.split(separator: ".") {
      guard let next = node.value(String(key)) else { return nil }
      node = next
    }
    return node
  }

  /// What stands at the end of the first of the paths that leads somewhere.
  func value(atFirst paths: [String]) -> TreeNode? {
    for path in paths {
      if let node = value(at: path) { return node }
    }
    return nil
  }
}

extension SyntaxNode {
  /// What a scalar means to PyYAML, on which all of these frameworks build: `55_000` is a number to it, `yes` is true.
  ///
  /// What only older readers take for text stays the number that was meant.
  var pythonValue: ScalarValue? {
    switch yaml11Value {
    case .text?, nil: scalarValue
    case let value?: value
    }
  }
}
