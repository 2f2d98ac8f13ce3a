import SourceText

/// Reads JSON and what people write instead of it; everything that can be understood is read.
///
/// Comments, trailing commas and Python's NaN are noted as lenient, other faults as invalid. A bracket that is missing is
/// closed where the text needs it. Nothing recurses: open collections lie in `frame` and `outer`.
struct JSONParser: ~Copyable {
  static func parse(_ source: SourceText) -> SyntaxTree {
    var builder = SyntaxTreeBuilder(source: source, format: .json)
    if TextEncoding.check(&builder) {
      source.bytes.withUnsafeBytes { bytes in
        TextEncoding.note(TextEncoding.invalidRanges(in: bytes), in: &builder)
        var parser = JSONParser(bytes: bytes, offset: source.byteOrderMarkCount, builder: builder.take())
        parser.readDocuments()
        builder = parser.builder
      }
    }
    return SyntaxTree(builder: builder)
  }

  /// An open collection.
  struct Frame: BitwiseCopyable {
    var node: Int32
    /// Where its children begin in `pending`.
    var firstPending: Int
    var isMapping: Bool
    /// The offset of the comma before the next child, or -1.
    var comma = -1
    /// Whether a key waits for its value.
    var hasKey = false
  }

  let bytes: JSONBytes
  var offset: Int
  var builder: SyntaxTreeBuilder
  /// The innermost open collection, where one is open: by itself, since nearly every step looks at it.
  var frame = Frame(node: -1, firstPending: 0, isMapping: false)
  var isOpen = false
  /// The open collections around it, outermost first.
  var outer = GrowingBuffer<Frame>()
  /// The children of all open collections, outermost first.
  var pending = GrowingBuffer<Int32>(capacity: 1024)
  private var notedComment = false

  init(bytes: UnsafeRawBufferPointer, offset: Int, builder: consuming SyntaxTreeBuilder) {
    self.bytes = JSONBytes(bytes)
    self.offset = offset
    self.builder = builder
    // More than dense JSON has: growing would copy megabytes, and pages that are never written to cost nothing.
    self.builder.nodes.reserveCapacity(bytes.count / 8)
    self.builder.children.reserveCapacity(bytes.count / 8)
  }

  /// Reads one value in the text of another format, which ends where the bytes do.
  init(value bytes: UnsafeRawBufferPointer, offset: Int, builder: consuming SyntaxTreeBuilder) {
    self.bytes = JSONBytes(bytes)
    self.offset = offset
    self.builder = builder
    pending = GrowingBuffer()
  }

  mutating func readDocuments() {
    skipTrivia()
    if offset == bytes.count {
      builder.note(.invalidSyntax, "the file holds no JSON value", TextRange(at: offset))
    }
    while offset < bytes.count {
      if !builder.roots.isEmpty {
        noteInvalid("text after the end of the JSON value", restOfLine())
        // A second value is read; anything else would be read as a row of words.
        guard let next = firstOffset(where: { $0 == Ascii.openBrace || $0 == Ascii.openBracket }) else { return }
        offset = next
      }
      readRoot()
      skipTrivia()
    }
  }

  // MARK: - Collections

  /// Reads one value and, while collections are open, all that they hold.
  mutating func readRoot() {
    let before = offset
    readValue()
    while isOpen {
      skipTrivia()
      guard offset < bytes.count else {
        closeAtEnd()
        return
      }
      if frame.isMapping { readInMapping() } else { readInSequence() }
    }
    // Progress is certain even where no value could be read.
    if offset == before { offset += 1 }
  }

  private mutating func readInMapping() {
    if frame.hasKey {
      readMemberValue()
      return
    }
    switch bytes[offset] {
    case Ascii.closeBrace: closeWithBracket()
    case Ascii.comma: readComma()
    case Ascii.closeBracket: readWrongBracket()
    case Ascii.openBrace, Ascii.openBracket:
      if frame.comma >= 0, let around = outer.last, !around.isMapping {
        noteInvalid(
          "\"}\" is missing before this",
          TextRange(start: offset, end: offset + 1),
          related: openRange(frame)
        )
        close(end: frame.comma)
      } else {
        let start = offset
        skipBalanced()
        noteInvalid("a key must be text in double quotes", TextRange(start: start, end: offset))
      }
    case Ascii.colon:
      noteInvalid("a key is missing before \":\"", TextRange(start: offset, end: offset + 1))
      skipGarbage()
    default:
      beginItem()
      pending.append(readKey())
      frame.hasKey = true
      readColon()
      skipTrivia()
      if offset < bytes.count { readMemberValue() }
    }
  }

  @inline(__always)
  private mutating func readMemberValue() {
    frame.hasKey = false
    switch bytes[offset] {
    case Ascii.comma, Ascii.closeBrace, Ascii.closeBracket:
      noteInvalid("the value is missing", TextRange(at: offset))
      pending.append(
        builder.add(.unreadable(start: Int32(offset), end: Int32(offset)))
      )
    default: readValue()
    }
  }

  private mutating func readInSequence() {
    switch bytes[offset] {
    case Ascii.closeBracket: closeWithBracket()
    case Ascii.comma: readComma()
    case Ascii.closeBrace: readWrongBracket()
    case Ascii.colon: readStrayColon()
    default:
      beginItem()
      readValue()
    }
  }

  /// A colon in a sequence: its closing bracket is missing before a key, or it should be a mapping.
  private mutating func readStrayColon() {
    let colon = TextRange(start: offset, end: offset + 1)
    offset += 1
    guard let around = outer.last, around.isMapping, pending.count > frame.firstPending, let key = pending.last,
      builder.nodes[Int(key)].kind == .scalar
    else {
      noteInvalid("\":\" between the elements of a list", colon)
      return
    }
    pending.removeLast()
    let range = TextRange(start: Int(builder.nodes[Int(key)].start), end: Int(builder.nodes[Int(key)].end))
    noteInvalid("\"]\" is missing before this key", range, related: openRange(frame))
    let end = pending.count > frame.firstPending ? pending.last.map { builder.nodes[Int($0)].end } : nil
    close(end: Int(end ?? builder.nodes[Int(frame.node)].start + 1))
    pending.append(key)
    frame.hasKey = true
  }

  @inline(__always)
  private mutating func readComma() {
    if frame.comma >= 0 || pending.count == frame.firstPending {
      noteInvalid("a comma without a value before it", TextRange(start: offset, end: offset + 1))
    } else {
      frame.comma = offset
    }
    offset += 1
  }

  /// Uses up the comma before an element or a key, which all but the first need.
  @inline(__always)
  private mutating func beginItem() {
    if frame.comma < 0, pending.count > frame.firstPending { noteMissingComma() }
    frame.comma = -1
  }

  @inline(never)
  private mutating func noteMissingComma() {
    noteInvalid("a comma is missing after this value", TextRange(at: lastEnd(of: frame)))
  }

  private mutating func closeWithBracket() {
    if frame.comma >= 0 {
      let range = TextRange(start: frame.comma, end: frame.comma + 1)
      builder.note(.lenientSyntax, "a trailing comma, which strict JSON readers refuse", range)
    }
    if outer.isEmpty, closesTooEarly(isMapping: frame.isMapping) {
      noteInvalid("this bracket closes the file's value too early", TextRange(start: offset, end: offset + 1))
      offset += 1
      return
    }
    offset += 1
    close(end: offset)
  }

  /// Whether text that belongs into the outermost collection follows its closing bracket.
  private func closesTooEarly(isMapping: Bool) -> Bool {
    var next = offset + 1
    while next < bytes.count, bytes[next].isWhitespace { next += 1 }
    guard next < bytes.count, bytes[next] == Ascii.comma else { return false }
    next += 1
    while next < bytes.count, bytes[next].isWhitespace { next += 1 }
    return next < bytes.count && (!isMapping || bytes[next] == Ascii.quote)
  }

  /// The closing bracket of the other kind: of an outer collection, or one too many.
  private mutating func readWrongBracket() {
    let range = TextRange(start: offset, end: offset + 1)
    let isMapping = frame.isMapping
    if outer.contains(where: { $0.isMapping != isMapping }) {
      let missing = isMapping ? "}" : "]"
      noteInvalid("\"\(missing)\" is missing before this", range, related: openRange(frame))
      close(end: lastEnd(of: frame))
    } else {
      noteInvalid("this bracket closes nothing", range)
      offset += 1
    }
  }

  private mutating func closeAtEnd() {
    while isOpen {
      let closing = frame.isMapping ? "}" : "]"
      if frame.hasKey {
        noteInvalid("the value is missing", TextRange(at: lastEnd(of: frame)))
        let place = Int32(lastEnd(of: frame))
        pending.append(builder.add(.unreadable(start: place, end: place)))
      }
      noteInvalid(
        "\"\(closing)\" is missing at the end of the file",
        TextRange(at: bytes.count),
        related: openRange(frame)
      )
      close(end: lastEnd(of: frame))
    }
  }

  private func lastEnd(of frame: Frame) -> Int {
    guard pending.count > frame.firstPending, let last = pending.last else {
      return Int(builder.nodes[Int(frame.node)].start) + 1
    }
    return Int(builder.nodes[Int(last)].end)
  }

  private func openRange(_ frame: Frame) -> TextRange {
    let start = Int(builder.nodes[Int(frame.node)].start)
    return TextRange(start: start, end: start + 1)
  }

  private mutating func open(isMapping: Bool) {
    guard outer.count + (isOpen ? 1 : 0) < SyntaxLimits.depth else {
      let start = offset
      skipBalanced()
      builder.note(
        .limit,
        "nested deeper than \(SyntaxLimits.depth) levels; this part is not read",
        TextRange(start: start, end: start + 1)
      )
      attach(builder.add(.unreadable(start: Int32(start), end: Int32(offset))))
      return
    }
    let node = builder.add(
      .collection(isMapping: isMapping, isFlow: true, start: Int32(offset), end: Int32(offset + 1))
    )
    if isOpen { outer.append(frame) }
    frame = Frame(node: node, firstPending: pending.count, isMapping: isMapping)
    isOpen = true
    offset += 1
  }

  private mutating func close(end: Int) {
    let node = frame.node
    builder.nodes[Int(node)].end = Int32(end)
    builder.moveChildren(of: node, from: &pending, first: frame.firstPending)
    if frame.isMapping { builder.noteKeys(of: node, in: bytes.buffer) }
    if let around = outer.popLast() { frame = around } else { isOpen = false }
    attach(node)
  }

  @inline(__always)
  private mutating func attach(_ node: Int32) {
    if isOpen { pending.append(node) } else { builder.roots.append(node) }
  }

  @inline(__always)
  private mutating func readValue() {
    switch bytes[offset] {
    case Ascii.openBrace: open(isMapping: true)
    case Ascii.openBracket: open(isMapping: false)
    default: attach(readScalar())
    }
  }

  @inline(__always)
  private mutating func readColon() {
    skipTrivia()
    if offset < bytes.count, bytes[offset] == Ascii.colon {
      offset += 1
    } else {
      noteMissingColon()
    }
  }

  @inline(never)
  private mutating func noteMissingColon() {
    let end = pending.last.map { Int(builder.nodes[Int($0)].end) }
    noteInvalid("\":\" is missing after the key", TextRange(at: end ?? offset))
  }

  // MARK: - Between values

  /// Moves to the next token; between most there is nothing or one space.
  @inline(__always)
  mutating func skipTrivia() {
    if offset < bytes.count, bytes[offset] == Ascii.space { offset &+= 1 }
    if offset < bytes.count, Self.beginsTrivia(bytes[offset]) { skipLongTrivia() }
  }

  @inline(__always)
  private static func beginsTrivia(_ byte: UInt8) -> Bool {
    byte.isWhitespace || byte == Ascii.slash || byte == Ascii.hash
  }

  @inline(never)
  private mutating func skipLongTrivia() {
    while offset < bytes.count {
      if bytes[offset].isWhitespace {
        offset += 1
      } else if bytes[offset] == Ascii.slash || bytes[offset] == Ascii.hash {
        guard skipComment() else { return }
      } else {
        return
      }
    }
  }

  private mutating func skipComment() -> Bool {
    let start = offset
    let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
    if bytes[offset] == Ascii.hash || next == Ascii.slash {
      while offset < bytes.count, !bytes[offset].isLineEnd { offset += 1 }
    } else if next == Ascii.asterisk {
      offset += 2
      while offset + 1 < bytes.count, bytes[offset] != Ascii.asterisk || bytes[offset + 1] != Ascii.slash {
        offset += 1
      }
      if offset + 1 < bytes.count {
        offset += 2
      } else {
        offset = bytes.count
        noteInvalid("this comment has no end", TextRange(start: start, end: start + 2))
      }
    } else {
      return false
    }
    let range = TextRange(start: start, end: offset)
    builder.comments.append(range)
    if !notedComment {
      notedComment = true
      builder.note(.lenientSyntax, "a comment, which strict JSON readers refuse", range)
    }
    return true
  }

  /// Skips a collection and all that it holds.
  private mutating func skipBalanced() {
    var depth = 0
    while offset < bytes.count {
      switch bytes[offset] {
      case Ascii.openBrace, Ascii.openBracket: depth += 1
      case Ascii.closeBrace, Ascii.closeBracket: depth -= 1
      case Ascii.quote:
        offset += 1
        while offset < bytes.count, bytes[offset] != Ascii.quote, !bytes[offset].isLineEnd {
          offset += bytes[offset] == Ascii.backslash ? 2 : 1
        }
      default: break
      }
      offset = min(offset + 1, bytes.count)
      if depth <= 0 { return }
    }
  }

  /// Skips what no value or key begins with, up to the next comma, bracket or line.
  mutating func skipGarbage() {
    while offset < bytes.count, !Self.endsWord(bytes[offset]) { offset += 1 }
  }

  /// Whether a byte ends a row of unquoted text.
  @inline(__always)
  static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case Ascii.comma, Ascii.openBrace, Ascii.closeBrace, Ascii.openBracket, Ascii.closeBracket, Ascii.quote: true
    default: byte.isLineEnd
    }
  }

  private func firstOffset(where matches: (UInt8) -> Bool) -> Int? {
    (offset..<bytes.count).first { matches(bytes[$0]) }
  }

  private func restOfLine() -> TextRange {
    TextRange(start: offset, end: firstOffset(where: \.isLineEnd) ?? bytes.count)
  }

  mutating func noteInvalid(_ message: @autoclosure () -> String, _ range: TextRange, related: TextRange? = nil) {
    builder.note(.invalidSyntax, message(), range, related: related)
  }
}
