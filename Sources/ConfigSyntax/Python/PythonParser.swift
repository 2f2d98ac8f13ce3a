import SourceText

/// Reads a literal of Python out of a text, and evaluates nothing.
///
/// Displays of dicts and `dict(...)` are mappings, lists and tuples sequences. Another call is a mapping of its arguments, those
/// without a name under `0`, `1`, ..., with the called name for a tag. Dotted names are text. Whatever else Python allows, such as
/// operators and comprehensions, makes the whole text no literal.
struct PythonParser: ~Copyable {
  static func parse(_ source: SourceText) -> SyntaxTree {
    var builder = SyntaxTreeBuilder(source: source, format: .python)
    if TextEncoding.check(&builder) {
      let start = source.byteOrderMarkCount
      let range = TextRange(start: start, end: source.bytes.count)
      let attempt = attempt(range, of: source)
      if let tree = attempt.tree { return tree }
      builder.note(.invalidSyntax, "this is no literal of Python", TextRange(at: attempt.end))
    }
    return SyntaxTree(builder: builder)
  }

  /// Returns the tree of a literal that fills a range but for blanks, or where reading it came to its end.
  static func attempt(_ range: TextRange, of source: SourceText) -> (tree: SyntaxTree?, end: Int) {
    var builder = SyntaxTreeBuilder(source: source, format: .python)
    var end = range.start
    let isRead = source.bytes.withUnsafeBytes { bytes in
      var parser = PythonParser(UnsafeRawBufferPointer(rebasing: bytes[..<range.end]), range.start, builder.take())
      let root = parser.readValue(depth: 0)
      parser.skipBlanks()
      end = parser.offset
      builder = parser.builder
      guard let root, end == range.end else { return false }
      builder.roots.append(root)
      return true
    }
    return (isRead ? SyntaxTree(builder: builder) : nil, end)
  }

  /// Deeper nesting is no config.
  private static let depthLimit = 64

  private let bytes: UnsafeRawBufferPointer
  private var offset: Int
  private var builder: SyntaxTreeBuilder

  private init(_ bytes: UnsafeRawBufferPointer, _ offset: Int, _ builder: consuming SyntaxTreeBuilder) {
    self.bytes = bytes
    self.offset = offset
    self.builder = builder
  }

  // MARK: - Values

  private mutating func readValue(depth: Int) -> Int32? {
    skipBlanks()
    guard depth < Self.depthLimit, let first = peek else { return nil }
    switch first {
    case Ascii.quote, Ascii.apostrophe: return readString(first)
    case Ascii.openBracket: return readSequence(until: Ascii.closeBracket, depth: depth)
    case Ascii.openParenthesis: return readSequence(until: Ascii.closeParenthesis, depth: depth)
    case Ascii.openBrace: return readDisplay(depth: depth)
    case _ where Self.beginsName(first): return readName(depth: depth)
    default: return readNumber()
    }
  }

  /// A list or a tuple; brackets around one value alone are none.
  private mutating func readSequence(until close: UInt8, depth: Int) -> Int32? {
    let start = offset
    var elements: [Int32] = []
    var hasComma = false
    offset += 1
    while !takes(close) {
      guard elements.isEmpty || hasComma, let element = readValue(depth: depth + 1) else { return nil }
      elements.append(element)
      hasComma = takes(Ascii.comma)
    }
    if close == Ascii.closeParenthesis, elements.count == 1, !hasComma { return elements[0] }
    return addCollection(isMapping: false, from: start, elements)
  }

  private mutating func readDisplay(depth: Int) -> Int32? {
    let start = offset
    var members: [Int32] = []
    var hasComma = false
    offset += 1
    while !takes(Ascii.closeBrace) {
      guard members.isEmpty || hasComma, let key = readValue(depth: depth + 1),
        builder.nodes[Int(key)].kind == .scalar, takes(Ascii.colon), let value = readValue(depth: depth + 1)
      else { return nil }
      members += [key, value]
      hasComma = takes(Ascii.comma)
    }
    return addCollection(isMapping: true, from: start, members)
  }

  /// A dotted name, or a call of one.
  private mutating func readName(depth: Int) -> Int32? {
    let start = offset
    guard skipName() else { return nil }
    while peek == Ascii.dot {
      offset += 1
      guard skipName() else { return nil }
    }
    let name = TextRange(start: start, end: offset)
    skipBlanks()
    guard peek == Ascii.openParenthesis else {
      // The quote of a prefixed string, or what an operator is applied to.
      return addScalar(name, content: name)
    }
    return readArguments(of: name, depth: depth)
  }

  private mutating func readArguments(of name: TextRange, depth: Int) -> Int32? {
    let callee = builder.source.text(in: name)
    let isDict = callee == "dict"
    var members: [Int32] = []
    var count = 0
    var hasComma = false
    offset += 1
    while !takes(Ascii.closeParenthesis) {
      guard members.isEmpty || hasComma else { return nil }
      skipBlanks()
      let start = offset
      if let key = readKeyword() {
        guard let value = readValue(depth: depth + 1) else { return nil }
        members += [key, value]
      } else {
        guard !isDict else { return nil }
        builder.decodedTexts.append("\(count)")
        let key = addScalar(TextRange(at: start), content: TextRange(at: start))
        builder.nodes[Int(key)].decodedText = Int32(builder.decodedTexts.count - 1)
        count += 1
        guard let value = readValue(depth: depth + 1) else { return nil }
        members += [key, value]
      }
      hasComma = takes(Ascii.comma)
    }
    let node = addCollection(isMapping: true, from: name.start, members)
    if !isDict {
      builder.labels.append(callee)
      builder.nodes[Int(node)].tag = Int32(builder.labels.count - 1)
    }
    return node
  }

  /// Reads `name =`, or stays where it is.
  private mutating func readKeyword() -> Int32? {
    let start = offset
    guard let first = peek, Self.beginsName(first), skipName() else { return nil }
    let name = TextRange(start: start, end: offset)
    guard takes(Ascii.equals), peek != Ascii.equals else {
      offset = start
      return nil
    }
    return addScalar(name, content: name)
  }

  // MARK: - Scalars

  /// A string in single or double quotes on one line; escapes but the simplest are not read.
  private mutating func readString(_ quote: UInt8) -> Int32? {
    let start = offset
    var text: [UInt8] = []
    var hasEscape = false
    offset += 1
    while let byte = peek, byte != quote {
      guard !byte.isLineEnd else { return nil }
      offset += 1
      guard byte == Ascii.backslash else {
        text.append(byte)
        continue
      }
      hasEscape = true
      switch peek {
      case Ascii.quote?, Ascii.apostrophe?, Ascii.backslash?: text.append(bytes[offset])
      case UInt8(ascii: "n")?: text.append(Ascii.lineFeed)
      case UInt8(ascii: "t")?: text.append(Ascii.tab)
      default: return nil
      }
      offset += 1
    }
    guard peek == quote else { return nil }
    offset += 1
    let node = addScalar(
      TextRange(start: start, end: offset),
      content: TextRange(start: start + 1, end: offset - 1),
      style: quote == Ascii.quote ? .doubleQuoted : .singleQuoted
    )
    if hasEscape {
      builder.decodedTexts.append(String(decoding: text, as: UTF8.self))
      builder.nodes[Int(node)].decodedText = Int32(builder.decodedTexts.count - 1)
    }
    return node
  }

  private mutating func readNumber() -> Int32? {
    let start = offset
    if peek == Ascii.minus || peek == Ascii.plus { offset += 1 }
    while let byte = peek, byte.isDigit || byte.isLetter || byte == Ascii.dot || byte == Ascii.underscore {
      offset += 1
      let isExponent = byte | 0x20 == 0x65 && bytes[start..<offset].allSatisfy { $0 | 0x20 != UInt8(ascii: "x") }
      if isExponent, peek == Ascii.minus || peek == Ascii.plus { offset += 1 }
    }
    let range = TextRange(start: start, end: offset)
    guard !range.isEmpty, ScalarGrammar.pythonNumber(builder.source.text(in: range)) != nil else { return nil }
    return addScalar(range, content: range)
  }

  // MARK: - Bytes

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  fileprivate mutating func skipBlanks() {
    while let byte = peek, byte.isWhitespace { offset += 1 }
  }

  /// Goes behind a sign, if it is next.
  private mutating func takes(_ sign: UInt8) -> Bool {
    skipBlanks()
    guard peek == sign else { return false }
    offset += 1
    return true
  }

  private static func beginsName(_ byte: UInt8) -> Bool {
    byte.isLetter || byte == Ascii.underscore || byte >= 0x80
  }

  private mutating func skipName() -> Bool {
    guard let first = peek, Self.beginsName(first) else { return false }
    while let byte = peek, Self.beginsName(byte) || byte.isDigit { offset += 1 }
    return true
  }

  // MARK: - Nodes

  private mutating func addScalar(_ range: TextRange, content: TextRange, style: ScalarStyle = .plain) -> Int32 {
    builder.add(
      .scalar(
        style: style,
        start: Int32(range.start),
        end: Int32(range.end),
        contentStart: Int32(content.start),
        contentEnd: Int32(content.end)
      )
    )
  }

  private mutating func addCollection(isMapping: Bool, from start: Int, _ children: [Int32]) -> Int32 {
    let node = builder.add(
      .collection(isMapping: isMapping, isFlow: true, start: Int32(start), end: Int32(offset))
    )
    builder.nodes[Int(node)].firstChild = Int32(builder.children.count)
    builder.nodes[Int(node)].childCount = Int32(children.count)
    for child in children { builder.children.append(child) }
    if isMapping { builder.markEqualKeys(of: node, in: bytes) }
    return node
  }
}

extension SyntaxTree {
  /// Reads the text of a scalar of this tree as a literal of Python: the root of a tree of its own over the same source, or nil.
  ///
  /// Offsets are those of the file. Nothing is evaluated: a text with an operator, a comprehension or a call of what was called is
  /// nil as a whole, and so is one whose bytes are not what stands in the file, as behind an escape.
  package func pythonLiteral(in node: SyntaxNode) -> SyntaxNode? {
    let storage = node.resolvedStorage
    guard node.tree === self, storage.kind == .scalar, storage.decodedText < 0 else { return nil }
    let range = TextRange(start: Int(storage.contentStart), end: Int(storage.contentEnd))
    return PythonParser.attempt(range, of: source).tree?.documents.first
  }
}
