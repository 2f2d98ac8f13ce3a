package import SourceText

/// The formats that are read into a syntax tree.
package enum ConfigFormat: String, Hashable, Sendable {
  case json
  case yaml
  /// Sections of `key = value`: spaCy's `.cfg`, Darknet's `.cfg`.
  case ini
  /// The text format of protocol buffers.
  case protoText = "prototxt"
  /// A literal of Python, as stands in strings of some configs; nothing is evaluated.
  case python
}

/// A parsed file: its documents as far as they could be built, its comments, and every problem found on the way.
///
/// Nodes lie in one flat array and are reached through ``SyntaxNode``, a cursor. Trees are made by ``parse(_:as:)`` and
/// never change.
package final class SyntaxTree: Sendable {
  /// The text that was parsed.
  package let source: SourceText
  /// The format the text was read as.
  package let format: ConfigFormat
  /// The ranges of the comments, markers included, in order.
  package let comments: [TextRange]
  /// What is wrong with the text, in order of position.
  package let problems: [SyntaxProblem]

  let nodes: GrowingBuffer<NodeStorage>
  let children: GrowingBuffer<Int32>
  let decodedTexts: [String]
  let labels: [String]
  let roots: [Int32]

  init(builder: consuming SyntaxTreeBuilder) {
    source = builder.source
    format = builder.format
    comments = builder.comments
    problems = Self.sorted(builder.problems)
    nodes = builder.nodes
    children = builder.children
    decodedTexts = builder.decodedTexts
    labels = builder.labels
    roots = builder.roots
  }

  /// The problems in order of position, each once: a place that was read again is found wrong again.
  private static func sorted(_ problems: [SyntaxProblem]) -> [SyntaxProblem] {
    var sorted: [SyntaxProblem] = []
    for problem in problems.sorted(by: { $0.range < $1.range }) where problem != sorted.last { sorted.append(problem) }
    return sorted
  }

  /// The root node of each document; a file without content has none.
  package var documents: [SyntaxNode] {
    roots.map { SyntaxNode(tree: self, index: $0) }
  }

  /// Whether the text breaks the grammar of its format, so that some of it may be read otherwise than was meant.
  package var isBroken: Bool { problems.contains { $0.kind == .invalidSyntax } }
}

/// A fault of the text itself.
package struct SyntaxProblem: Hashable, Sendable {
  /// What kind of fault it is.
  package enum Kind: String, Hashable, Sendable {
    /// The text breaks the grammar of its format.
    case invalidSyntax = "invalid-syntax"
    /// The text has something that a strict reader refuses and that we read all the same: a comment or a trailing comma in JSON.
    case lenientSyntax = "lenient-syntax"
    /// A mapping says one key twice; the last one counts.
    case duplicateKey = "duplicate-key"
    /// The bytes are not UTF-8.
    case invalidEncoding = "invalid-encoding"
    /// A bound was passed (size, depth, alias expansion); what lies beyond it was not read.
    case limit = "limit"
  }

  /// What kind of fault it is.
  package var kind: Kind
  /// What is wrong, lower case, without a final period.
  package var message: String
  /// Where it is wrong.
  package var range: TextRange
  /// A second place that explains the first, such as the earlier of two equal keys.
  package var related: TextRange?

  package init(kind: Kind, message: String, range: TextRange, related: TextRange? = nil) {
    self.kind = kind
    self.message = message
    self.range = range
    self.related = related
  }
}

/// What a node is.
package enum NodeKind: UInt8, BitwiseCopyable, Hashable, Sendable {
  case mapping
  case sequence
  case scalar
  /// A YAML alias; cursors follow it to its anchor.
  case alias
  /// A value that is not there: a key without a value, which is null, or what could not be read, which is nothing.
  case missing
}

/// How a scalar is written.
package enum ScalarStyle: UInt8, BitwiseCopyable, Hashable, Sendable {
  case plain
  case singleQuoted
  case doubleQuoted
  /// A YAML block scalar, `|`.
  case literal
  /// A YAML block scalar, `>`.
  case folded
}
