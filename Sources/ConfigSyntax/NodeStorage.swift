/// One node as it is stored: 32 bytes, no reference counts.
///
/// A large file has a hundred thousand, and every page of memory that they fill is paid for; so what only collections, only
/// scalars and only aliases have lies in the same place.
struct NodeStorage: Sendable {
  var kind: NodeKind
  var style: ScalarStyle
  private var flags: Flags
  var start: Int32
  var end: Int32
  private var first: Int32
  private var second: Int32
  /// For scalars: the index of the decoded text, or -1 where the bytes between `contentStart` and `contentEnd` are the text.
  var decodedText: Int32
  /// Indices into `labels`, or -1.
  var tag: Int32
  var anchor: Int32

  private struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    static let isFlow = Flags(rawValue: 1)
    static let needsMerging = Flags(rawValue: 2)
    static let isUnreadable = Flags(rawValue: 4)
  }

  private init(
    _ kind: NodeKind,
    style: ScalarStyle = .plain,
    flags: Flags = [],
    _ start: Int32,
    _ end: Int32,
    first: Int32 = 0,
    second: Int32 = 0,
    decodedText: Int32 = -1,
    tag: Int32 = -1,
    anchor: Int32 = -1
  ) {
    self.kind = kind
    self.style = style
    self.flags = flags
    self.start = start
    self.end = end
    self.first = first
    self.second = second
    self.decodedText = decodedText
    self.tag = tag
    self.anchor = anchor
  }

  // MARK: - Kinds

  static func collection(
    isMapping: Bool,
    isFlow: Bool,
    start: Int32,
    end: Int32,
    tag: Int32 = -1,
    anchor: Int32 = -1
  ) -> NodeStorage {
    let kind = isMapping ? NodeKind.mapping : .sequence
    return NodeStorage(kind, flags: isFlow ? .isFlow : [], start, end, tag: tag, anchor: anchor)
  }

  static func scalar(
    style: ScalarStyle = .plain,
    start: Int32,
    end: Int32,
    decodedText: Int32 = -1,
    contentStart: Int32,
    contentEnd: Int32,
    tag: Int32 = -1,
    anchor: Int32 = -1
  ) -> NodeStorage {
    NodeStorage(
      .scalar,
      style: style,
      start,
      end,
      first: contentStart,
      second: contentEnd,
      decodedText: decodedText,
      tag: tag,
      anchor: anchor
    )
  }

  static func alias(of target: Int32, start: Int32, end: Int32) -> NodeStorage {
    NodeStorage(.alias, start, end, first: target)
  }

  /// A value that is not written, which is null.
  static func missing(start: Int32, end: Int32) -> NodeStorage {
    NodeStorage(.missing, start, end)
  }

  /// A value that stands there and could not be read, or that is missing where there must be one.
  static func unreadable(start: Int32, end: Int32) -> NodeStorage {
    NodeStorage(.missing, flags: .isUnreadable, start, end)
  }

  // MARK: - Flags

  /// Whether a collection is written with brackets, as all JSON is.
  var isFlow: Bool { flags.contains(.isFlow) }

  /// For mappings: whether it has equal keys or a merge key, so that its members are not those written.
  var needsMerging: Bool {
    get { flags.contains(.needsMerging) }
    set { if newValue { flags.insert(.needsMerging) } else { flags.remove(.needsMerging) } }
  }

  /// For missing nodes: whether something stands there that could not be read; otherwise it is null.
  var isUnreadable: Bool {
    get { flags.contains(.isUnreadable) }
    set { if newValue { flags.insert(.isUnreadable) } else { flags.remove(.isUnreadable) } }
  }

  // MARK: - What only one kind has

  /// For collections: the slice of `children`, in which the keys and values of a mapping take turns.
  var firstChild: Int32 {
    get { first }
    set { first = newValue }
  }

  var childCount: Int32 {
    get { second }
    set { second = newValue }
  }

  /// For scalars: the bytes of the text, quotes left out.
  var contentStart: Int32 {
    get { first }
    set { first = newValue }
  }

  var contentEnd: Int32 {
    get { second }
    set { second = newValue }
  }

  /// For aliases: the node they stand for.
  var target: Int32 { first }
}
