import CYAML
import SourceText

extension YAMLParser {
  // MARK: - Collections

  /// Opens a collection; returns a failure where nesting passes the bound.
  mutating func open(_ event: yaml_event_t) -> YAMLFailure? {
    let isMapping = event.type == YAML_MAPPING_START_EVENT
    let mark = offset(event.start_mark)
    guard frames.count < SyntaxLimits.depth else {
      let problem = "nested deeper than \(SyntaxLimits.depth) levels; this part is not read"
      return YAMLFailure(problem: problem, mark: mark, context: "", contextMark: mark, kind: .limit)
    }
    let data = event.data
    let tag = label(isMapping ? data.mapping_start.tag : data.sequence_start.tag, isTag: true)
    let anchor = label(isMapping ? data.mapping_start.anchor : data.sequence_start.anchor, isTag: false)
    let isFlow =
      isMapping
      ? data.mapping_start.style == YAML_FLOW_MAPPING_STYLE : data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    let start =
      anchor < 0 && tag < 0 ? mark : skipProperties(from: mark, count: (anchor < 0 ? 0 : 1) + (tag < 0 ? 0 : 1))
    let node = builder.add(
      .collection(
        isMapping: isMapping,
        isFlow: isFlow,
        start: Int32(start),
        end: Int32(start),
        tag: tag,
        anchor: anchor
      )
    )
    if anchor >= 0 {
      anchors[builder.labels[Int(anchor)]] = Anchor(node: node, expandedSize: 1, height: 0, isOpen: true)
    }
    let column = isFlow ? 0 : builder.source.position(at: start).utf8Column
    frames.append(
      Frame(node: node, firstPending: pending.count, isMapping: isMapping, isFlow: isFlow, column: column)
    )
    return nil
  }

  /// Closes the innermost collection; one without brackets ends with its last child.
  mutating func close(flowEnd: Int) {
    guard let frame = frames.last else { return }
    finishTop(end: frame.isFlow ? flowEnd : nil)
  }

  /// Closes everything that is open, as far as it was read.
  mutating func closeAll() {
    while !frames.isEmpty { finishTop(end: nil) }
  }

  /// Closes the innermost collection at an offset, or where its last child ends.
  mutating func finishTop(end: Int?) {
    guard let frame = frames.last else { return }
    completeMember(of: frame)
    frames.removeLast()
    let start = builder.nodes[Int(frame.node)].start
    var lastEnd = frame.isFlow ? start + 1 : start
    if pending.count > frame.firstPending, let last = pending.last {
      lastEnd = max(lastEnd, builder.nodes[Int(last)].end)
    }
    builder.nodes[Int(frame.node)].end = end.map { max(Int32($0), lastEnd) } ?? lastEnd
    builder.moveChildren(of: frame.node, from: &pending, first: frame.firstPending)
    if frame.isMapping { builder.noteKeys(of: frame.node, in: bytes) }
    let anchor = builder.nodes[Int(frame.node)].anchor
    if anchor >= 0, anchors[builder.labels[Int(anchor)]]?.node == frame.node {
      let closed = Anchor(node: frame.node, expandedSize: frame.expandedSize, height: frame.height, isOpen: false)
      anchors[builder.labels[Int(anchor)]] = closed
    }
    attach(frame.node, size: frame.expandedSize, height: frame.height)
  }

  /// Gives the last key of the innermost collection a value where the text broke off before one.
  mutating func completeMember(of frame: Frame) {
    guard frame.isMapping, !(pending.count - frame.firstPending).isMultiple(of: 2), let key = pending.last else {
      return
    }
    let place = builder.nodes[Int(key)].end
    pending.append(builder.add(.unreadable(start: place, end: place)))
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

  // MARK: - Scalars

  mutating func addScalar(_ event: yaml_event_t) {
    let scalar = event.data.scalar
    let mark = offset(event.start_mark)
    let end = max(mark, offset(event.end_mark))
    let tag = label(scalar.tag, isTag: true)
    let anchor = label(scalar.anchor, isTag: false)
    var start = mark
    if tag >= 0 || anchor >= 0 {
      start = min(skipProperties(from: mark, count: (anchor < 0 ? 0 : 1) + (tag < 0 ? 0 : 1)), end)
    }
    let style = style(of: scalar.style)
    var node = NodeStorage.scalar(
      style: style,
      start: Int32(start),
      end: Int32(end),
      contentStart: 0,
      contentEnd: 0,
      tag: tag,
      anchor: anchor
    )
    if scalar.length == 0, style == .plain {
      // Nothing stands there, and libyaml's mark may lie at the next token.
      var place = start
      while place > 0, bytes[place - 1].isWhitespace { place -= 1 }
      if tag < 0 { node.kind = .missing }
      place = max(place, pending.last.map { Int(builder.nodes[Int($0)].end) } ?? 0)
      if let top = frames.last { place = max(place, Int(builder.nodes[Int(top.node)].start)) }
      node.start = Int32(place)
      node.end = node.start
      node.contentStart = node.start
      node.contentEnd = node.start
    } else {
      placeText(UnsafeRawBufferPointer(start: scalar.value, count: scalar.length), in: &node)
    }
    let index = builder.add(node)
    lastScalar = index
    if anchor >= 0 {
      anchors[builder.labels[Int(anchor)]] = Anchor(node: index, expandedSize: 1, height: 0, isOpen: false)
    }
    attach(index, size: 1, height: 0)
  }

  /// Notes which bytes are the text of a scalar, or its decoded text where the bytes differ.
  private mutating func placeText(_ value: UnsafeRawBufferPointer, in node: inout NodeStorage) {
    let start = Int(node.start)
    var end = Int(node.end)
    let isBlock = node.style == .literal || node.style == .folded
    if isBlock {
      // libyaml's mark lies behind the empty lines that follow.
      while end > start + 1, bytes[end - 1].isWhitespace { end -= 1 }
      node.end = Int32(end)
    }
    let quote = node.style == .singleQuoted || node.style == .doubleQuoted ? 1 : 0
    let contentStart = min(start + quote, end)
    let content = contentStart..<max(end - quote, contentStart)
    node.contentStart = Int32(content.lowerBound)
    node.contentEnd = Int32(content.upperBound)
    let text = UnsafeRawBufferPointer(rebasing: bytes[content])
    if text.count != value.count || !text.elementsEqual(value) {
      node.decodedText = Int32(builder.decodedTexts.count)
      builder.decodedTexts.append(String(decoding: value, as: UTF8.self))
    }
    guard text.contains(Ascii.hash) else { return }
    var opaque = content.lowerBound
    // A comment may follow the header of a block scalar.
    if isBlock { while opaque < end, !bytes[opaque].isLineEnd { opaque += 1 } }
    hashedTexts.append(TextRange(start: opaque, end: end))
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

  // MARK: - Aliases

  mutating func addAlias(_ event: yaml_event_t) {
    let start = offset(event.start_mark)
    let range = TextRange(start: start, end: max(start, offset(event.end_mark)))
    let name = event.data.alias.anchor.map { String(cString: $0) } ?? ""
    let target = target(of: name, at: range)
    let node = builder.add(
      target.map { .alias(of: $0.node, start: Int32(range.start), end: Int32(range.end)) }
        ?? .unreadable(start: Int32(range.start), end: Int32(range.end))
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
    let ownTags = "tag:yaml.org,2002:"
    if isTag, text.hasPrefix(ownTags) { text = "!!" + text.dropFirst(ownTags.count) }
    if let known = labelIndices[text] { return known }
    let index = Int32(builder.labels.count)
    builder.labels.append(text)
    labelIndices[text] = index
    return index
  }

  /// Returns where a node begins behind its anchor and tag, and the spaces and comments behind them.
  private func skipProperties(from start: Int, count: Int) -> Int {
    var offset = start
    var left = count
    while offset < bytes.count {
      switch bytes[offset] {
      case Ascii.ampersand, Ascii.exclamationMark:
        guard left > 0 else { return offset }
        left -= 1
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
