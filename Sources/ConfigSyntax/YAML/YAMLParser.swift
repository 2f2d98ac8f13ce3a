import CYAML
import SourceText

/// Reads YAML through libyaml's events into a located tree.
struct YAMLParser {
  static func parse(_ source: SourceText) -> SyntaxTree {
    var builder = SyntaxTreeBuilder(source: source, format: .yaml)
    if TextEncoding.check(&builder) {
      source.bytes.withUnsafeBytes { bytes in
        let text = YAMLText(bytes: bytes, builder: &builder)
        text.withBytes(bytes) { bytes in
          var parser = YAMLParser(bytes: bytes, start: source.byteOrderMarkCount, builder: builder)
          parser.readStream()
          builder = parser.builder
        }
      }
    }
    return SyntaxTree(builder: builder)
  }

  /// An open collection.
  struct Frame {
    var node: Int32
    /// Where its children begin in `pending`.
    var firstPending: Int
    var isMapping: Bool
    /// How many nodes it stands for with aliases expanded.
    var expandedSize = 1
    /// How deep it is below its own level, aliases followed.
    var height = 0
  }

  /// What an alias to an anchor stands for.
  struct Anchor {
    var node: Int32
    var expandedSize: Int
    var height: Int
    var isOpen: Bool
  }

  let bytes: UnsafeRawBufferPointer
  let start: Int
  let offsets: YAMLOffsets
  var builder: SyntaxTreeBuilder
  var frames: [Frame] = []
  /// The children of all open collections, outermost first.
  var pending: [Int32] = []
  var anchors: [String: Anchor] = [:]
  var labelIndices: [String: Int32] = [:]
  var totalExpansion = 0
  var notedExpansion = false

  init(bytes: UnsafeRawBufferPointer, start: Int, builder: SyntaxTreeBuilder) {
    self.bytes = bytes
    self.start = start
    self.builder = builder
    offsets = YAMLOffsets(bytes: bytes, start: start)
    self.builder.nodes.reserveCapacity(bytes.count / 12)
    self.builder.children.reserveCapacity(bytes.count / 12)
  }

  mutating func readStream() {
    guard var events = YAMLEvents(UnsafeRawBufferPointer(rebasing: bytes[start...])) else { return }
    while let event = events.next() {
      if event.pointee.type == YAML_STREAM_END_EVENT { return }
      guard read(event.pointee) else {
        closeAll()
        return
      }
    }
    let failure = events.failure
    let mark = offsets.offset(ofCodePoint: failure.mark)
    builder.note(.invalidSyntax, failure.message, TextRange(at: mark))
    closeAll()
  }

  /// Takes one event in; returns false where nesting passes the bound.
  mutating func read(_ event: yaml_event_t) -> Bool {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: anchors.removeAll(keepingCapacity: true)
    case YAML_ALIAS_EVENT: addAlias(event)
    case YAML_SCALAR_EVENT: addScalar(event)
    case YAML_MAPPING_START_EVENT, YAML_SEQUENCE_START_EVENT: return open(event)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
      close(flowEnd: offsets.offset(ofCodePoint: event.end_mark.index))
    default: break
    }
    return true
  }

  // MARK: - Collections

  private mutating func open(_ event: yaml_event_t) -> Bool {
    let isMapping = event.type == YAML_MAPPING_START_EVENT
    let mark = offsets.offset(ofCodePoint: event.start_mark.index)
    guard frames.count < SyntaxLimits.depth else {
      let range = TextRange(start: mark, end: min(mark + 1, bytes.count))
      builder.note(.limit, "nested deeper than \(SyntaxLimits.depth) levels; this part is not read", range)
      return false
    }
    let data = event.data
    let tag = label(isMapping ? data.mapping_start.tag : data.sequence_start.tag, isTag: true)
    let anchor = isMapping ? data.mapping_start.anchor : data.sequence_start.anchor
    let isFlow =
      isMapping
      ? data.mapping_start.style == YAML_FLOW_MAPPING_STYLE : data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    let nodeStart = anchor == nil && tag < 0 ? mark : skipProperties(from: mark)
    let anchorLabel = label(anchor, isTag: false)
    let node = builder.add(
      NodeStorage(
        kind: isMapping ? .mapping : .sequence,
        isFlow: isFlow,
        start: Int32(nodeStart),
        end: Int32(nodeStart),
        tag: tag,
        anchor: anchorLabel
      )
    )
    if anchorLabel >= 0 {
      anchors[builder.labels[Int(anchorLabel)]] = Anchor(node: node, expandedSize: 1, height: 0, isOpen: true)
    }
    frames.append(Frame(node: node, firstPending: pending.count, isMapping: isMapping))
    return true
  }

  private mutating func close(flowEnd: Int) {
    guard let frame = frames.popLast() else { return }
    if builder.nodes[Int(frame.node)].isFlow {
      builder.nodes[Int(frame.node)].end = Int32(flowEnd)
    } else if pending.count > frame.firstPending, let last = pending.last {
      builder.nodes[Int(frame.node)].end = max(builder.nodes[Int(last)].end, builder.nodes[Int(frame.node)].start)
    }
    finish(frame)
  }

  private mutating func finish(_ frame: Frame) {
    builder.setChildren(pending[frame.firstPending...], of: frame.node)
    pending.removeLast(pending.count - frame.firstPending)
    if frame.isMapping { builder.noteDuplicateKeys(of: frame.node, in: bytes) }
    let anchor = builder.nodes[Int(frame.node)].anchor
    if anchor >= 0, anchors[builder.labels[Int(anchor)]]?.node == frame.node {
      anchors[builder.labels[Int(anchor)]] = Anchor(
        node: frame.node,
        expandedSize: frame.expandedSize,
        height: frame.height,
        isOpen: false
      )
    }
    attach(frame.node, size: frame.expandedSize, height: frame.height)
  }

  mutating func closeAll() {
    while let frame = frames.popLast() {
      if frame.isMapping, !(pending.count - frame.firstPending).isMultiple(of: 2), let key = pending.last {
        let place = builder.nodes[Int(key)].end
        pending.append(builder.add(NodeStorage(kind: .missing, start: place, end: place)))
      }
      if pending.count > frame.firstPending, let last = pending.last {
        builder.nodes[Int(frame.node)].end = max(builder.nodes[Int(last)].end, builder.nodes[Int(frame.node)].start)
      }
      finish(frame)
    }
  }

  private mutating func attach(_ node: Int32, size: Int, height: Int) {
    guard let top = frames.indices.last else {
      builder.roots.append(node)
      return
    }
    pending.append(node)
    frames[top].expandedSize = min(frames[top].expandedSize + size, SyntaxLimits.totalAliasExpansion * 2)
    frames[top].height = max(frames[top].height, height + 1)
  }

  // MARK: - Scalars and aliases

  private mutating func addScalar(_ event: yaml_event_t) {
    let scalar = event.data.scalar
    let mark = offsets.offset(ofCodePoint: event.start_mark.index)
    var end = offsets.offset(ofCodePoint: event.end_mark.index)
    let tag = label(scalar.tag, isTag: true)
    let anchor = label(scalar.anchor, isTag: false)
    var nodeStart = mark
    if tag >= 0 || anchor >= 0 { nodeStart = min(skipProperties(from: mark), end) }
    let style = style(of: scalar.style)
    let length = Int(scalar.length)
    var node = NodeStorage(
      kind: .scalar,
      style: style,
      start: Int32(nodeStart),
      end: Int32(end),
      tag: tag,
      anchor: anchor
    )
    if length == 0, style == .plain {
      // Nothing stands there; libyaml's mark may lie behind spaces and line ends.
      if tag < 0 { node.kind = .missing }
      node.end = node.start
      node.contentStart = node.start
      node.contentEnd = node.start
    } else {
      if style == .literal || style == .folded {
        while end > nodeStart + 1, bytes[end - 1].isWhitespace { end -= 1 }
        node.end = Int32(end)
      }
      let quotes = style == .singleQuoted || style == .doubleQuoted ? 1 : 0
      let content = min(nodeStart + quotes, end)..<max(end - quotes, min(nodeStart + quotes, end))
      node.contentStart = Int32(content.lowerBound)
      node.contentEnd = Int32(content.upperBound)
      let value = UnsafeRawBufferPointer(start: scalar.value, count: length)
      if content.count != length || !bytes[content].elementsEqual(value) {
        node.decodedText = Int32(builder.decodedTexts.count)
        builder.decodedTexts.append(String(decoding: value, as: UTF8.self))
      }
    }
    let index = builder.add(node)
    if anchor >= 0 {
      anchors[builder.labels[Int(anchor)]] = Anchor(node: index, expandedSize: 1, height: 0, isOpen: false)
    }
    attach(index, size: 1, height: 0)
  }

  private func style(of style: yaml_scalar_style_t) -> ScalarStyle {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private mutating func addAlias(_ event: yaml_event_t) {
    let start = offsets.offset(ofCodePoint: event.start_mark.index)
    let range = TextRange(start: start, end: max(start, offsets.offset(ofCodePoint: event.end_mark.index)))
    let name = event.data.alias.anchor.map { String(cString: $0) } ?? ""
    let target = target(of: name, at: range)
    let node = builder.add(
      NodeStorage(
        kind: target == nil ? .missing : .alias,
        start: Int32(range.start),
        end: Int32(range.end),
        target: target?.node ?? -1
      )
    )
    attach(node, size: target?.expandedSize ?? 1, height: target?.height ?? 0)
  }

  /// Returns what an alias stands for; nil, and a problem, where it cannot be followed.
  private mutating func target(of name: String, at range: TextRange) -> Anchor? {
    guard let anchor = anchors[name] else {
      builder.note(.invalidSyntax, "alias \"\(name)\" names no anchor above it", range)
      return nil
    }
    guard !anchor.isOpen else {
      let start = Int(builder.nodes[Int(anchor.node)].start)
      let open = TextRange(start: start, end: min(start + 1, bytes.count))
      builder.note(.limit, "alias \"\(name)\" stands inside the value that it names", range, related: open)
      return nil
    }
    guard anchor.expandedSize <= SyntaxLimits.aliasExpansion,
      totalExpansion + anchor.expandedSize <= SyntaxLimits.totalAliasExpansion,
      frames.count + anchor.height < SyntaxLimits.depth
    else {
      if !notedExpansion {
        notedExpansion = true
        builder.note(
          .limit,
          "alias \"\(name)\" expands to more than is read; it and others like it are left out",
          range
        )
      }
      return nil
    }
    totalExpansion += anchor.expandedSize
    return anchor
  }

  // MARK: - Properties

  /// Returns the index of an anchor's name or a tag, or -1 for none.
  private mutating func label(_ name: UnsafeMutablePointer<UInt8>?, isTag: Bool) -> Int32 {
    guard let name else { return -1 }
    var text = String(cString: name)
    if isTag, text.hasPrefix("tag:yaml.org,2002:") { text = "!!" + text.dropFirst(18) }
    if let known = labelIndices[text] { return known }
    let index = Int32(builder.labels.count)
    builder.labels.append(text)
    labelIndices[text] = index
    return index
  }

  /// Returns where a node begins behind its anchor and tag, and the spaces and comments behind them.
  private func skipProperties(from start: Int) -> Int {
    var offset = start
    var found = 0
    while offset < bytes.count {
      switch bytes[offset] {
      case Ascii.ampersand, Ascii.exclamationMark:
        guard found < 2 else { return offset }
        found += 1
        while offset < bytes.count, !bytes[offset].isWhitespace, !endsProperty(bytes[offset]) { offset += 1 }
      case Ascii.hash: while offset < bytes.count, !bytes[offset].isLineEnd { offset += 1 }
      case let byte where byte.isWhitespace: offset += 1
      default: return offset
      }
    }
    return offset
  }

  /// Whether a byte ends a tag or anchor inside a flow collection.
  private func endsProperty(_ byte: UInt8) -> Bool {
    byte == Ascii.comma || byte == Ascii.closeBrace || byte == Ascii.closeBracket
  }
}
