import SourceText

extension YAMLParser {
  /// Makes the tree fit to go on behind a fault, and returns where libyaml starts again; nil when nothing follows.
  ///
  /// Everything from the fault's line on is taken back, collections in brackets are closed, and reading goes on at the next
  /// line that is indented as one of the open block collections and begins like a member of it. What stands between is
  /// lost. Where a quote or bracket is never closed the fault's line is the one where it opens.
  mutating func recover(from failure: YAMLFailure, startedAt start: Int) -> Start? {
    let source = builder.source
    let faultLine = source.line(at: failure.mark)
    var line = failure.kind == .limit ? faultLine + 1 : faultLine
    if let construct = failure.constructStart { line = source.line(at: construct) + 1 }
    if let quoted = lineOfOverlongQuote(endingIn: faultLine) { line = min(line, quoted + 1) }
    // The line where reading began last has failed; taking a later one makes an end certain.
    line = max(line, source.line(at: start) + 1)
    if let next = rereadAsJSON(failure) { return next }
    takeBack(from: line <= faultLine ? lineStart(line) : failure.mark)
    keepPlainScalar(brokenBy: failure)
    if failure.constructStart == nil, failure.kind == .invalidSyntax { forgetLastValue(onLine: faultLine) }
    while let top = frames.last, top.isFlow { finishTop(end: nil) }
    closeBrokenKeys()
    while line < source.lineStarts.count {
      if let next = resume(atLine: line) { return next }
      line += 1
    }
    return nil
  }

  // MARK: - Taking back

  /// The line where the last scalar begins, if it is a quoted text over several lines that ends in the line of a fault.
  ///
  /// Its closing quote is then most likely the opening quote of another text.
  private func lineOfOverlongQuote(endingIn line: Int) -> Int? {
    guard lastScalar >= 0 else { return nil }
    let node = builder.nodes[Int(lastScalar)]
    guard node.style == .singleQuoted || node.style == .doubleQuoted else { return nil }
    let first = builder.source.line(at: Int(node.start))
    return builder.source.line(at: Int(node.end)) == line && first < line ? first : nil
  }

  /// Removes from the open collections, and from the document's root, what begins at an offset or later.
  private mutating func takeBack(from offset: Int) {
    while let frame = frames.last, builder.nodes[Int(frame.node)].start >= offset {
      frames.removeLast()
      pending.removeLast(pending.count - frame.firstPending)
      let anchor = builder.nodes[Int(frame.node)].anchor
      if anchor >= 0 { anchors[builder.labels[Int(anchor)]] = nil }
    }
    let first = frames.last?.firstPending ?? 0
    while pending.count > first, let node = pending.last, builder.nodes[Int(node)].start >= offset {
      pending.removeLast()
    }
    if pending.count > first, let last = pending.last { cut(last, at: offset) }
    if frames.isEmpty, builder.roots.count > documentRoot, let root = builder.roots.last {
      let isScalar = builder.nodes[Int(root)].kind != .mapping && builder.nodes[Int(root)].kind != .sequence
      if isScalar || builder.nodes[Int(root)].start >= offset {
        builder.roots.removeLast()
      } else {
        cut(root, at: offset)
      }
    }
    while let text = hashedTexts.last, text.start >= offset { hashedTexts.removeLast() }
    if let text = hashedTexts.last, text.end > offset { hashedTexts[hashedTexts.count - 1].end = offset }
    if lastScalar >= 0, builder.nodes[Int(lastScalar)].start >= offset { lastScalar = -1 }
  }

  /// Adds the value in the line above a fault that libyaml takes for its continuation: a line that a tab indents.
  private mutating func keepPlainScalar(brokenBy failure: YAMLFailure) {
    guard failure.context == "while scanning a plain scalar", let start = failure.constructStart, let top = frames.last,
      !top.isMapping || !(pending.count - top.firstPending).isMultiple(of: 2)
    else { return }
    let line = builder.source.lineRange(builder.source.line(at: start))
    guard builder.source.line(at: failure.mark) == builder.source.line(at: start) + 1 else { return }
    let comment = (start + 1..<max(line.end, start + 1)).first { bytes[$0] == Ascii.hash && bytes[$0 - 1].isBlank }
    var end = comment ?? line.end
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    let range = (start: Int32(start), end: Int32(end))
    pending.append(
      builder.add(
        .scalar(start: range.start, end: range.end, contentStart: range.start, contentEnd: range.end)
      )
    )
  }

  /// Turns the value before a fault in its line into one that could not be read: in `a: b: c` nobody means `b`.
  private mutating func forgetLastValue(onLine line: Int) {
    guard lastScalar >= 0, pending.last == lastScalar, let top = frames.last else { return }
    let node = Int(lastScalar)
    let isValue = !top.isMapping || (pending.count - top.firstPending).isMultiple(of: 2)
    guard isValue, builder.nodes[node].kind == .scalar,
      builder.source.line(at: Int(builder.nodes[node].start)) == line
    else { return }
    builder.nodes[node].kind = .missing
    builder.nodes[node].isUnreadable = true
  }

  /// Shortens a finished node, and the last nodes in it, to end before an offset.
  private mutating func cut(_ node: Int32, at offset: Int) {
    var end = offset
    while end > 0, bytes[end - 1].isWhitespace { end -= 1 }
    let nodeEnd = Int32(end)
    var current = Int(node)
    while builder.nodes[current].end > nodeEnd {
      // Up to the offset all is blank, so only a node without text can begin there.
      builder.nodes[current].start = min(builder.nodes[current].start, nodeEnd)
      builder.nodes[current].end = nodeEnd
      let storage = builder.nodes[current]
      guard storage.kind == .mapping || storage.kind == .sequence else {
        if storage.kind == .scalar {
          let quote: Int32 = storage.style == .plain ? 0 : 1
          builder.nodes[current].contentStart = min(storage.start + quote, nodeEnd)
          builder.nodes[current].contentEnd = nodeEnd
          builder.nodes[current].decodedText = -1
        }
        return
      }
      var count = Int(storage.childCount)
      let first = Int(storage.firstChild)
      while count > 0, builder.nodes[Int(builder.children[first + count - 1])].start >= offset { count -= 1 }
      if storage.kind == .mapping, !count.isMultiple(of: 2) { count -= 1 }
      builder.nodes[current].childCount = Int32(count)
      guard count > 0 else { return }
      current = Int(builder.children[first + count - 1])
    }
  }

  /// Closes collections that are keys themselves (`? a: b`), for no line can open them again.
  private mutating func closeBrokenKeys() {
    for position in frames.indices.dropLast()
    where frames[position].isMapping
      && (frames[position + 1].firstPending - frames[position].firstPending).isMultiple(of: 2)
    {
      while frames.count > position + 1 { finishTop(end: nil) }
      break
    }
  }

  // MARK: - Going on

  /// Returns a start at a line, if the line can be read there; closes the collections that it ends.
  private mutating func resume(atLine line: Int) -> Start? {
    let range = builder.source.lineRange(line)
    var offset = range.start
    while offset < range.end, bytes[offset] == Ascii.space { offset += 1 }
    guard offset < range.end, bytes[offset] != Ascii.tab, bytes[offset] != Ascii.hash else { return nil }
    let column = offset - range.start
    if column == 0, isDocumentMark(range) {
      closeAll()
      return Start(offset: range.start)
    }
    let isEntry = bytes[offset] == Ascii.minus && (offset + 1 == range.end || bytes[offset + 1].isBlank)
    guard isEntry || looksLikeKey(TextRange(start: offset, end: range.end)) else { return nil }
    if frames.isEmpty {
      if builder.roots.count == documentRoot { return Start(offset: range.start) }
      guard column == 0, reopenRoot(isMapping: !isEntry) else { return nil }
    }
    guard let match = frames.lastIndex(where: { $0.column == column && $0.isMapping != isEntry }) else { return nil }
    while frames.count > match + 1 { finishTop(end: nil) }
    completeMember(of: frames[match])
    return Start(offset: range.start, prefix: prefix(), prefixEvents: prefixEvents())
  }

  /// Lines that make libyaml open the collections in `frames`.
  private func prefix() -> [UInt8] {
    frames.flatMap { frame in
      [UInt8](repeating: Ascii.space, count: frame.column) + (frame.isMapping ? Array("k:\n".utf8) : Array("-\n".utf8))
    }
  }

  /// The events that the prefix gives: the starts of stream and document, each collection with its key, and the empty
  /// value of the innermost.
  private func prefixEvents() -> Int {
    2 + frames.reduce(0) { $0 + ($1.isMapping ? 2 : 1) } + 1
  }

  private func isDocumentMark(_ range: TextRange) -> Bool {
    guard range.count >= 3, range.count == 3 || bytes[range.start + 3].isBlank else { return false }
    let mark = bytes[range.start..<range.start + 3]
    return mark.elementsEqual([Ascii.minus, Ascii.minus, Ascii.minus])
      || mark.elementsEqual([Ascii.dot, Ascii.dot, Ascii.dot])
  }

  private func looksLikeKey(_ range: TextRange) -> Bool {
    if bytes[range.start] == UInt8(ascii: "?") { return true }
    return (range.start..<range.end).contains {
      bytes[$0] == Ascii.colon && ($0 + 1 == range.end || bytes[$0 + 1].isBlank)
    }
  }

  /// Opens the document's finished root again for a line at column 0, when it is a collection of the right kind.
  private mutating func reopenRoot(isMapping: Bool) -> Bool {
    guard let root = builder.roots.last else { return false }
    let storage = builder.nodes[Int(root)]
    guard storage.kind == (isMapping ? .mapping : .sequence), !storage.isFlow else { return false }
    builder.roots.removeLast()
    frames.append(Frame(node: root, firstPending: 0, isMapping: isMapping, isFlow: false, column: 0))
    let first = Int(storage.firstChild)
    for child in first..<first + Int(storage.childCount) { pending.append(builder.children[child]) }
    return true
  }

  private func lineStart(_ line: Int) -> Int {
    line < builder.source.lineStarts.count ? builder.source.lineStarts[line] : bytes.count
  }

  /// Reads a document that is one collection in brackets as JSON, whose parser goes on past faults.
  ///
  /// Only the tree is taken over: the fault itself has been noted by libyaml's words.
  private mutating func rereadAsJSON(_ failure: YAMLFailure) -> Start? {
    guard failure.kind != .limit, let root = frames.first, root.isFlow else { return nil }
    let start = Int(builder.nodes[Int(root.node)].start)
    frames.removeAll()
    pending.removeAll()
    hashedTexts.removeAll { $0.start >= start }
    let firstNode = builder.nodes.count
    let problemCount = builder.problems.count
    var json = JSONParser(bytes: bytes, offset: start, builder: builder.take())
    json.readRoot()
    let end = json.offset
    builder = json.builder
    builder.dropProblems(after: problemCount)
    for index in firstNode..<builder.nodes.count {
      let node = builder.nodes[index]
      guard node.kind == .scalar, node.style != .plain else { continue }
      let range = TextRange(start: Int(node.start), end: Int(node.end))
      if bytes[range.start..<range.end].contains(Ascii.hash) { hashedTexts.append(range) }
    }
    return Start(offset: end)
  }
}
