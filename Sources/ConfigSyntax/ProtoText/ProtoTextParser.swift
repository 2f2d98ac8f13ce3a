import SourceText

/// Reads the text format of protocol buffers, <https://protobuf.dev/reference/protobuf/textformat-spec>; everything that can be
/// understood is read.
///
/// A message is a mapping, the file itself one without brackets. A field that is given several times stands in the mapping several
/// times: whether that is meant only the schema knows, so it is no fault here; see ``SyntaxNode/values(of:)``. A name in brackets,
/// of an extension, is a key with its brackets. Nothing recurses: open collections lie in `frames`.
struct ProtoTextParser: ~Copyable {
  static func parse(_ source: SourceText) -> SyntaxTree {
    var builder = SyntaxTreeBuilder(source: source, format: .protoText)
    if TextEncoding.check(&builder) {
      source.bytes.withUnsafeBytes { bytes in
        TextEncoding.note(TextEncoding.invalidRanges(in: bytes), in: &builder)
        var parser = ProtoTextParser(bytes: bytes, offset: source.byteOrderMarkCount, builder: builder.take())
        parser.readFile()
        builder = parser.builder
      }
    }
    return SyntaxTree(builder: builder)
  }

  /// An open collection.
  private struct Frame: BitwiseCopyable {
    var node: Int32
    /// Where its children begin in `pending`.
    var firstPending: Int
    /// The bracket that closes it; 0 for the file, which its end closes.
    var closing: UInt8
    /// Whether a comma or semicolon stands behind the last child.
    var isSeparated = true

    var isMapping: Bool { closing != Ascii.closeBracket }
  }

  let bytes: JSONBytes
  var offset: Int
  var builder: SyntaxTreeBuilder
  /// The open collections, outermost first.
  private var frames = GrowingBuffer<Frame>()
  /// The children of all open collections, outermost first.
  private var pending = GrowingBuffer<Int32>(capacity: 256)

  private init(bytes: UnsafeRawBufferPointer, offset: Int, builder: consuming SyntaxTreeBuilder) {
    self.bytes = JSONBytes(bytes)
    self.offset = offset
    self.builder = builder
  }

  // MARK: - Collections

  private mutating func readFile() {
    skipTrivia()
    guard offset < bytes.count else {
      builder.note(.invalidSyntax, "the file holds no fields", TextRange(at: offset))
      return
    }
    let root = builder.add(.collection(isMapping: true, isFlow: false, start: Int32(offset), end: Int32(offset)))
    frames.append(Frame(node: root, firstPending: pending.count, closing: 0))
    while offset < bytes.count {
      let before = offset
      if frames[frames.count - 1].isMapping { readField() } else { readElement() }
      // Progress is certain even where nothing could be read.
      if offset == before { offset += 1 }
      skipTrivia()
    }
    while frames.count > 1 {
      let missing = Self.shown(frames[frames.count - 1].closing)
      noteInvalid("\"\(missing)\" is missing at the end of the file", TextRange(at: bytes.count), related: openRange())
      close(end: endOfLastChild)
    }
    close(end: endOfLastChild)
  }

  /// Reads a field of a message, or what stands in its place.
  private mutating func readField() {
    let byte = bytes[offset]
    switch byte {
    case Ascii.comma, Ascii.semicolon: readSeparator()
    case Ascii.closeBrace, Ascii.closeAngle, Ascii.closeBracket: readClosing(byte)
    case Ascii.openBracket: addField(named: readBracketedName())
    case Ascii.quote, Ascii.apostrophe:
      noteInvalid("a field's name stands without quotes", TextRange(start: offset, end: offset + 1))
      addField(named: readScalar())
    case Ascii.openBrace, Ascii.openAngle:
      noteInvalid("a field's name is missing before this", TextRange(start: offset, end: offset + 1))
      skipBalanced()
    default:
      guard let name = readName() else { return skipGarbage() }
      addField(named: name)
    }
  }

  /// Reads what follows a field's name.
  private mutating func addField(named name: Int32) {
    frames[frames.count - 1].isSeparated = false
    let nameEnd = Int(builder.nodes[Int(name)].end)
    skipTrivia()
    let hasColon = offset < bytes.count && bytes[offset] == Ascii.colon
    if hasColon {
      offset += 1
      skipTrivia()
    }
    pending.append(name)
    guard offset < bytes.count, !isMissing(afterNameEndingAt: nameEnd, hasColon: hasColon) else {
      let place = hasColon ? min(endOfText(before: offset, from: nameEnd), bytes.count) : nameEnd
      noteInvalid("the value of this field is missing", TextRange(at: place))
      pending.append(builder.add(.unreadable(start: Int32(place), end: Int32(place))))
      return
    }
    switch bytes[offset] {
    case Ascii.openBrace: open(closing: Ascii.closeBrace)
    case Ascii.openAngle: open(closing: Ascii.closeAngle)
    case Ascii.openBracket:
      if !hasColon { noteInvalid("\":\" is missing after the field's name", TextRange(at: nameEnd)) }
      open(closing: Ascii.closeBracket)
    default:
      if !hasColon { noteInvalid("\":\" is missing after the field's name", TextRange(at: nameEnd)) }
      pending.append(readScalar())
    }
  }

  /// Whether what follows a field's name is not its value: a bracket that closes, a separator, or the next field on another line.
  private func isMissing(afterNameEndingAt nameEnd: Int, hasColon: Bool) -> Bool {
    switch bytes[offset] {
    case Ascii.closeBrace, Ascii.closeAngle, Ascii.closeBracket, Ascii.comma, Ascii.semicolon, Ascii.colon: return true
    default: break
    }
    guard bytes[offset].isNameStart, bytes[nameEnd..<offset].contains(where: \.isLineEnd) else { return false }
    if !hasColon { return true }
    var next = offset
    while next < bytes.count, bytes[next].isNameByte { next += 1 }
    while next < bytes.count, bytes[next].isBlank { next += 1 }
    return next < bytes.count
      && (bytes[next] == Ascii.colon || bytes[next] == Ascii.openBrace || bytes[next] == Ascii.openAngle)
  }

  /// Reads an element of a list, or what stands between two.
  private mutating func readElement() {
    let byte = bytes[offset]
    switch byte {
    case Ascii.closeBrace, Ascii.closeAngle, Ascii.closeBracket: return readClosing(byte)
    case Ascii.comma, Ascii.semicolon: return readSeparator()
    case Ascii.colon:
      noteInvalid("\":\" between the elements of a list", TextRange(start: offset, end: offset + 1))
      offset += 1
      return
    default: break
    }
    if !frames[frames.count - 1].isSeparated {
      noteInvalid("a comma is missing after this value", TextRange(at: endOfLastChild))
    }
    frames[frames.count - 1].isSeparated = false
    switch byte {
    case Ascii.openBrace: open(closing: Ascii.closeBrace)
    case Ascii.openAngle: open(closing: Ascii.closeAngle)
    case Ascii.openBracket: open(closing: Ascii.closeBracket)
    default: pending.append(readScalar())
    }
  }

  /// Fields may be set apart by one comma or semicolon, elements must be by a comma.
  private mutating func readSeparator() {
    let frame = frames[frames.count - 1]
    let range = TextRange(start: offset, end: offset + 1)
    if frame.isSeparated || (!frame.isMapping && bytes[offset] == Ascii.semicolon) {
      let sign = Self.shown(bytes[offset])
      noteInvalid("\"\(sign)\" without a value before it", range)
    }
    frames[frames.count - 1].isSeparated = true
    offset += 1
  }

  /// A closing bracket: of the innermost collection, of one around it, or one too many.
  private mutating func readClosing(_ byte: UInt8) {
    let range = TextRange(start: offset, end: offset + 1)
    while frames.count > 1 {
      let frame = frames[frames.count - 1]
      if frame.closing == byte {
        offset += 1
        return close(end: offset)
      }
      guard (1..<frames.count).contains(where: { frames[$0].closing == byte }) else { break }
      noteInvalid("\"\(Self.shown(frame.closing))\" is missing before this", range, related: openRange())
      close(end: endOfLastChild)
    }
    noteInvalid("this bracket closes nothing", range)
    offset += 1
  }

  private mutating func open(closing: UInt8) {
    guard frames.count <= SyntaxLimits.depth else {
      let start = offset
      skipBalanced()
      builder.note(
        .limit,
        "nested deeper than \(SyntaxLimits.depth) levels; this part is not read",
        TextRange(start: start, end: start + 1)
      )
      pending.append(builder.add(.unreadable(start: Int32(start), end: Int32(offset))))
      return
    }
    let isMapping = closing != Ascii.closeBracket
    let node = builder.add(
      .collection(isMapping: isMapping, isFlow: true, start: Int32(offset), end: Int32(offset + 1))
    )
    frames.append(Frame(node: node, firstPending: pending.count, closing: closing))
    offset += 1
  }

  private mutating func close(end: Int) {
    let frame = frames[frames.count - 1]
    frames.removeLast(1)
    builder.nodes[Int(frame.node)].end = Int32(end)
    builder.moveChildren(of: frame.node, from: &pending, first: frame.firstPending)
    if frame.closing == 0 { builder.roots.append(frame.node) } else { pending.append(frame.node) }
  }

  /// The offset behind the last child of the innermost collection, or behind its opening bracket.
  private var endOfLastChild: Int {
    let frame = frames[frames.count - 1]
    guard pending.count > frame.firstPending, let last = pending.last else {
      return min(Int(builder.nodes[Int(frame.node)].start) + 1, bytes.count)
    }
    return Int(builder.nodes[Int(last)].end)
  }

  private func openRange() -> TextRange? {
    let start = Int(builder.nodes[Int(frames[frames.count - 1].node)].start)
    return TextRange(start: start, end: start + 1)
  }

  // MARK: - Between values

  mutating func skipTrivia() {
    while offset < bytes.count {
      if bytes[offset].isProtoSpace {
        offset += 1
      } else if bytes[offset] == Ascii.hash {
        skipComment()
      } else if bytes[offset] == Ascii.slash, offset + 1 < bytes.count, bytes[offset + 1] == Ascii.slash {
        noteInvalid("a comment begins with \"#\" here, not with \"//\"", TextRange(start: offset, end: offset + 2))
        skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() {
    let start = offset
    while offset < bytes.count, !bytes[offset].isLineEnd { offset += 1 }
    builder.comments.append(TextRange(start: start, end: offset))
  }

  /// Skips a collection and all that it holds.
  private mutating func skipBalanced() {
    var depth = 0
    while offset < bytes.count {
      switch bytes[offset] {
      case Ascii.openBrace, Ascii.openAngle, Ascii.openBracket: depth += 1
      case Ascii.closeBrace, Ascii.closeAngle, Ascii.closeBracket: depth -= 1
      case Ascii.quote, Ascii.apostrophe:
        let quote = bytes[offset]
        offset += 1
        while offset < bytes.count, bytes[offset] != quote, !bytes[offset].isLineEnd {
          offset += bytes[offset] == Ascii.backslash ? 2 : 1
        }
      case Ascii.hash:
        while offset < bytes.count, !bytes[offset].isLineEnd { offset += 1 }
      default: break
      }
      offset = min(offset + 1, bytes.count)
      if depth <= 0 { return }
    }
  }

  /// Notes and skips what neither begins a name nor sets fields apart, up to the next space or bracket.
  private mutating func skipGarbage() {
    let start = offset
    offset += 1
    while offset < bytes.count, !bytes[offset].isProtoSpace, !bytes[offset].isNameStart, bytes[offset] != Ascii.hash,
      ![
        Ascii.openBrace, Ascii.closeBrace, Ascii.openAngle, Ascii.closeAngle, Ascii.closeBracket, Ascii.quote,
      ].contains(bytes[offset])
    {
      offset += 1
    }
    let range = TextRange(start: start, end: offset)
    let text = builder.source.text(in: range).prefix(40)
    noteInvalid("\"\(text)\" begins no field", range)
  }

  /// The offset behind the last byte before an offset that is no space, not before `start`.
  private func endOfText(before offset: Int, from start: Int) -> Int {
    var end = offset
    while end > start, bytes[end - 1].isProtoSpace { end -= 1 }
    return end
  }

  private static func shown(_ bracket: UInt8) -> String { String(decoding: [bracket], as: UTF8.self) }

  mutating func noteInvalid(_ message: @autoclosure () -> String, _ range: TextRange, related: TextRange? = nil) {
    builder.note(.invalidSyntax, message(), range, related: related)
  }
}
