import SourceText

extension SyntaxTree {
  /// Returns the place where something typed at an offset would stand; nil where nothing can, as in a comment.
  ///
  /// What is half-typed, a key without its colon, a list item or a value that is not there yet, is finished first and the
  /// text parsed anew: of an empty line its indentation then decides which mapping it belongs to.
  package func placeToWrite(at offset: Int) -> SyntaxPlace? {
    guard offset >= 0, offset <= source.bytes.count, !isInComment(offset) else { return nil }
    let typing = HalfTyped(source.bytes, format, offset: offset, isInBrackets: isInBrackets(offset))
    guard !typing.insertions.isEmpty else {
      guard let place = nearestPlace(before: offset) else { return nil }
      return placing(typing.word, place)
    }
    let finished = parse(SourceText(name: source.name, bytes: typing.finishedText(of: source.bytes)), as: format)
    guard let place = finished.nearestPlace(before: typing.finishedOffset) else { return nil }
    return placing(typing.word, place)
  }

  private func placing(_ word: TextRange, _ place: SyntaxPlace) -> SyntaxPlace {
    SyntaxPlace(document: place.document, steps: place.steps, side: place.side, word: word)
  }

  private func isInComment(_ offset: Int) -> Bool {
    comments.contains { $0.start < offset && offset <= $0.end }
  }

  /// Whether the innermost collection around an offset is written in brackets, over whatever lines.
  private func isInBrackets(_ offset: Int) -> Bool {
    guard format == .yaml else { return format != .ini }
    guard let place = nearestPlace(before: offset) else { return false }
    return ([place.document] + place.steps.map(\.value)).contains { node in
      (node.kind == .mapping || node.kind == .sequence) && node.isFlow && !node.isAlias
        && node.range.start < offset && offset < node.range.end
    }
  }
}

/// What is typed at an offset, and what makes it whole enough to be parsed.
struct HalfTyped {
  /// The bytes of the word at the offset, without quotes; empty where none stands.
  private(set) var word: TextRange
  /// Texts to insert, in order of their offsets.
  private(set) var insertions: [(offset: Int, text: String)] = []
  /// The offset of the word's end, or of what stands for it, in the finished text.
  private(set) var finishedOffset: Int

  /// Looks at the text around an offset.
  init(_ bytes: [UInt8], _ format: ConfigFormat, offset: Int, isInBrackets: Bool) {
    var start = offset
    while start > 0, Self.isWord(bytes[start - 1]) { start -= 1 }
    var end = offset
    while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
    word = TextRange(start: start, end: end)
    finishedOffset = end
    let line = Line(bytes, around: offset)
    switch format {
    case .json: finishJSON(bytes, line)
    case .ini: finishINI(bytes, line)
    case .protoText: finishProtoText(bytes, line)
    case .python: break
    case .yaml:
      let open = line.openBrackets(bytes, before: start)
      if !open.isEmpty || isInBrackets {
        finishFlow(bytes, line, open)
      } else {
        finishBlock(bytes, line)
      }
    }
  }

  /// Returns the text with what was missing.
  func finishedText(of bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + 16)
    var done = 0
    for insertion in insertions {
      text += bytes[done..<insertion.offset]
      text += insertion.text.utf8
      done = insertion.offset
    }
    return text + bytes[done...]
  }

  // MARK: - Private

  /// Letters, digits and what else names have; no space, quote or sign of a grammar.
  private static func isWord(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == Ascii.minus
      || byte == Ascii.dot || byte == Ascii.plus || byte == UInt8(ascii: ">")
  }

  /// A word on a line of its own becomes a key, an empty line gets one, and an empty list item an element.
  private mutating func finishBlock(_ bytes: [UInt8], _ line: Line) {
    var first = line.start
    while first < line.end, bytes[first].isBlank { first += 1 }
    var isItem = false
    while first + 1 < line.end, bytes[first] == Ascii.minus, bytes[first + 1].isBlank {
      isItem = true
      first += 1
      while first < line.end, bytes[first].isBlank { first += 1 }
    }
    var last = line.end
    while last > first, bytes[last - 1].isBlank { last -= 1 }
    if first >= last {
      // Blanks up to the offset, or a dash with nothing behind it.
      word = TextRange(at: word.start)
      insertions = [(word.start, isItem ? "x" : "x:")]
    } else if last - first == 1, bytes[first] == Ascii.minus, word.end == last {
      // `-` alone, and the offset right behind it: no space, no item yet.
      word = TextRange(at: word.end)
      insertions = [(word.end, " x")]
      finishedOffset = word.end + 1
    } else if first == word.start, last == word.end, !isItem {
      insertions = [(word.end, ":")]
    }
  }

  /// A word on a line of its own becomes a key, an empty line gets one, and a header its bracket.
  private mutating func finishINI(_ bytes: [UInt8], _ line: Line) {
    var first = line.start
    while first < line.end, bytes[first].isBlank { first += 1 }
    var last = line.end
    while last > first, bytes[last - 1].isBlank { last -= 1 }
    if first >= last {
      word = TextRange(at: word.start)
      insertions = [(word.start, "x=")]
    } else if bytes[first] == Ascii.openBracket {
      if !bytes[first..<last].contains(Ascii.closeBracket) { insertions = [(last, "]")] }
    } else if first == word.start, last == word.end {
      insertions = [(word.end, "=")]
    }
  }

  /// Between brackets a missing word gets one, and brackets that the line leaves open are closed at its end.
  private mutating func finishFlow(_ bytes: [UInt8], _ line: Line, _ open: [UInt8]) {
    if word.isEmpty {
      var previous = word.start
      while previous > 0, bytes[previous - 1].isWhitespace { previous -= 1 }
      if previous > 0, [Ascii.openBrace, Ascii.openBracket, Ascii.comma, Ascii.colon].contains(bytes[previous - 1]) {
        insertions.append((word.start, hasMore(bytes) ? "x," : "x"))
      }
    }
    let left = line.openBrackets(bytes, before: line.end)
    if left.count >= open.count, !open.isEmpty {
      let closing = left.reversed().map { $0 == Ascii.openBrace ? "}" : "]" }.joined()
      insertions.append((line.end, closing))
    }
  }

  /// JSON's own parser goes on past nearly everything; only a word that is not there, and its quotes, must be given.
  private mutating func finishJSON(_ bytes: [UInt8], _ line: Line) {
    let isQuoted = word.start > 0 && bytes[word.start - 1] == Ascii.quote && line.isInText(bytes, word.start)
    if isQuoted {
      // A text that nothing closes would take the rest of its line.
      if word.end == bytes.count || bytes[word.end] != Ascii.quote { insertions = [(word.end, "\"")] }
      return
    }
    guard word.isEmpty, !line.isInText(bytes, word.start) else { return }
    insertions = [(word.start, hasMore(bytes) ? "\"x\"," : "\"x\"")]
    finishedOffset = word.start + 1
  }

  /// A half-typed name is a field without a value to the parser; only a word that is not there, and a quote, must be given.
  private mutating func finishProtoText(_ bytes: [UInt8], _ line: Line) {
    if line.isInText(bytes, word.start) {
      if word.end == bytes.count || bytes[word.end] != Ascii.quote { insertions = [(word.end, "\"")] }
      return
    }
    guard word.isEmpty else { return }
    var previous = word.start
    while previous > line.start, bytes[previous - 1].isBlank { previous -= 1 }
    let isValue = previous > line.start && bytes[previous - 1] == Ascii.colon
    insertions = [(word.start, isValue ? "x " : "x: ")]
    finishedOffset = word.start + 1
  }

  /// Whether another key or element follows the place, which a comma then sets apart.
  private func hasMore(_ bytes: [UInt8]) -> Bool {
    var next = word.end
    while next < bytes.count, bytes[next].isWhitespace { next += 1 }
    guard next < bytes.count else { return false }
    return ![Ascii.comma, Ascii.closeBrace, Ascii.closeBracket, Ascii.colon].contains(bytes[next])
  }

  /// One line of the text.
  private struct Line {
    var start: Int
    var end: Int

    init(_ bytes: [UInt8], around offset: Int) {
      start = offset
      while start > 0, !bytes[start - 1].isLineEnd { start -= 1 }
      end = offset
      while end < bytes.count, !bytes[end].isLineEnd { end += 1 }
    }

    /// The brackets that the line opens before an offset and does not close there.
    func openBrackets(_ bytes: [UInt8], before offset: Int) -> [UInt8] {
      var open: [UInt8] = []
      var quote: UInt8?
      for position in start..<max(offset, start) {
        let byte = bytes[position]
        if let current = quote {
          if byte == current { quote = nil }
          continue
        }
        switch byte {
        case Ascii.quote, Ascii.apostrophe: if beginsToken(bytes, position) { quote = byte }
        case Ascii.hash where position == start || bytes[position - 1].isBlank: return open
        case Ascii.openBrace, Ascii.openBracket: if !open.isEmpty || beginsToken(bytes, position) { open.append(byte) }
        case Ascii.closeBrace, Ascii.closeBracket: _ = open.popLast()
        default: break
        }
      }
      return open
    }

    /// Whether an offset lies behind an opening double quote of the line that is not closed before it.
    func isInText(_ bytes: [UInt8], _ offset: Int) -> Bool {
      var isOpen = false
      var position = start
      while position < offset {
        if bytes[position] == Ascii.quote { isOpen.toggle() }
        position += isOpen && bytes[position] == Ascii.backslash ? 2 : 1
      }
      return isOpen
    }

    /// Whether a byte stands where a value may begin: in a word it is a letter like others.
    private func beginsToken(_ bytes: [UInt8], _ position: Int) -> Bool {
      guard position > start else { return true }
      let before = bytes[position - 1]
      return before.isBlank || before == Ascii.openBrace || before == Ascii.openBracket || before == Ascii.comma
    }
  }
}
