import SourceText

/// Reads INI the way Python's configparser and Darknet do, as far as both agree, and never fails.
///
/// The root is a mapping of sections. A section `[a.b]` is the member `b` of `a`, as in spaCy's configs; sections of one name stay
/// apart, in order. Values are JSON where they read as JSON, else text. A line that is indented deeper than its option goes on with
/// the value, unless the value is whole and the line reads as an option of its own: Darknet heeds no indentation.
struct INIParser: ~Copyable {
  static func parse(_ source: SourceText) -> SyntaxTree {
    var builder = SyntaxTreeBuilder(source: source, format: .ini)
    if TextEncoding.check(&builder) {
      source.bytes.withUnsafeBytes { bytes in
        TextEncoding.note(TextEncoding.invalidRanges(in: bytes), in: &builder)
        var parser = INIParser(bytes: bytes, offset: source.byteOrderMarkCount, builder: builder.take())
        parser.read()
        builder = parser.builder
      }
    }
    return SyntaxTree(builder: builder)
  }

  /// A section, or the whole file at index 0; parents come before what is in them.
  private struct Section {
    var mapping: Int32
    var parent: Int
    /// Whether it has a header of its own; `[a.b]` alone implies `a`.
    var isStated: Bool
    /// Keys and values in turns.
    var members: [Int32] = []
    /// Behind the last byte that belongs to it.
    var end: Int
  }

  /// An option whose value may go on in the next line.
  private struct Option {
    var key: TextRange
    /// The blanks before the key.
    var indentation: Int
    /// Behind the sign between key and value.
    var valueStart: Int
    /// Whether the value begins on the key's line.
    var beginsAtKey: Bool
    /// The value's lines without the blanks around them, empty ones left out.
    var lines: [TextRange] = []
    /// How many brackets the lines open and do not close, where the value begins with one.
    var openBrackets = 0
  }

  /// Deeper names do not nest.
  static let nestingLimit = 64

  private let bytes: UnsafeRawBufferPointer
  private var offset: Int
  private var builder: SyntaxTreeBuilder
  private var sections: [Section] = []
  /// The latest section of each full name.
  private var sectionByName: [String: Int] = [:]
  /// The section that options belong to.
  private var current = 0
  private var option: Option?

  private init(bytes: UnsafeRawBufferPointer, offset: Int, builder: consuming SyntaxTreeBuilder) {
    self.bytes = bytes
    self.offset = offset
    self.builder = builder
  }

  // MARK: - Lines

  private mutating func read() {
    let root = builder.add(.collection(isMapping: true, isFlow: false, start: Int32(offset), end: Int32(offset)))
    sections.append(Section(mapping: root, parent: -1, isStated: true, end: offset))
    while offset < bytes.count { readLine() }
    finishOption()
    finishSections()
  }

  private mutating func readLine() {
    let start = offset
    var end = start
    while end < bytes.count, !bytes[end].isLineEnd { end += 1 }
    offset = end
    if offset < bytes.count {
      let isPair =
        bytes[offset] == Ascii.carriageReturn && offset + 1 < bytes.count
        && bytes[offset + 1] == Ascii.lineFeed
      offset += isPair ? 2 : 1
    }
    let line = trimmed(start, end)
    guard !line.isEmpty else { return }
    let indentation = line.start - start
    if bytes[line.start] == Ascii.hash || bytes[line.start] == Ascii.semicolon {
      builder.comments.append(line)
    } else if goesOn(line, indentation) {
      addLine(line)
    } else if bytes[line.start] == Ascii.openBracket {
      finishOption()
      readHeader(line)
    } else {
      finishOption()
      readOption(line, indentation)
    }
  }

  /// Whether a line belongs to the value of the option above.
  private func goesOn(_ line: TextRange, _ indentation: Int) -> Bool {
    guard let option, indentation > option.indentation else { return false }
    if !option.beginsAtKey || option.lines.count > 1 || option.openBrackets > 0 { return true }
    if bytes[line.start] == Ascii.openBracket { return bytes[line.end - 1] != Ascii.closeBracket }
    return !readsAsOption(line)
  }

  private mutating func addLine(_ line: TextRange) {
    option?.lines.append(line)
    let first = option?.lines.first?.start ?? line.start
    guard bytes[first] == Ascii.openBracket || bytes[first] == Ascii.openBrace else { return }
    for offset in line.start..<line.end {
      switch bytes[offset] {
      case Ascii.openBracket, Ascii.openBrace: option?.openBrackets += 1
      case Ascii.closeBracket, Ascii.closeBrace: option?.openBrackets -= 1
      default: break
      }
    }
  }

  /// Whether a line is a word, `=` and no second `=`: a requirement such as `numpy==1.0` goes on with a list.
  private func readsAsOption(_ line: TextRange) -> Bool {
    var offset = line.start
    while offset < line.end, bytes[offset].isLetter || bytes[offset].isDigit || bytes[offset] == Ascii.underscore {
      offset += 1
    }
    guard offset > line.start else { return false }
    while offset < line.end, bytes[offset].isBlank { offset += 1 }
    guard offset < line.end, bytes[offset] == Ascii.equals else { return false }
    return offset + 1 == line.end || bytes[offset + 1] != Ascii.equals
  }

  private func trimmed(_ start: Int, _ end: Int) -> TextRange {
    var (start, end) = (start, end)
    while start < end, bytes[start].isBlank { start += 1 }
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    return TextRange(start: start, end: end)
  }

  // MARK: - Sections

  private mutating func readHeader(_ line: TextRange) {
    let close = (line.start..<line.end).first { bytes[$0] == Ascii.closeBracket }
    let name = trimmed(line.start + 1, close ?? line.end)
    if close == nil {
      builder.note(.invalidSyntax, "\"]\" is missing behind the section's name", TextRange(at: line.end))
    } else if name.isEmpty {
      builder.note(.invalidSyntax, "a section without a name", line)
    }
    if let close { readTail(trimmed(close + 1, line.end)) }
    openSection(name, end: close.map { $0 + 1 } ?? line.end)
  }

  /// Reads what stands behind a header: configparser passes it over.
  private mutating func readTail(_ tail: TextRange) {
    guard !tail.isEmpty else { return }
    if bytes[tail.start] == Ascii.hash || bytes[tail.start] == Ascii.semicolon {
      builder.comments.append(tail)
    } else {
      builder.note(.invalidSyntax, "text behind the section's name", tail)
    }
  }

  private mutating func openSection(_ name: TextRange, end: Int) {
    let segments = segments(of: name)
    var parent = 0
    for (index, segment) in segments.enumerated() {
      let path = builder.source.text(in: TextRange(start: name.start, end: segment.end))
      let isLast = index == segments.count - 1
      if let known = sectionByName[path], !isLast || !sections[known].isStated {
        if isLast {
          sections[known].isStated = true
          sections[known].end = end
        }
        parent = known
        continue
      }
      let start = isLast ? end : segment.end
      let key = addPlain(segment)
      let mapping = builder.add(
        .collection(isMapping: true, isFlow: false, start: Int32(start), end: Int32(start))
      )
      sections[parent].members += [key, mapping]
      sections.append(Section(mapping: mapping, parent: parent, isStated: isLast, end: start))
      parent = sections.count - 1
      sectionByName[path] = parent
    }
    current = parent
  }

  /// The parts of a dotted name; a name with an empty part, or too many, is one part.
  private func segments(of name: TextRange) -> [TextRange] {
    var segments: [TextRange] = []
    var start = name.start
    for offset in name.start...name.end where offset == name.end || bytes[offset] == Ascii.dot {
      if offset == start || segments.count == Self.nestingLimit { return [name] }
      segments.append(TextRange(start: start, end: offset))
      start = offset + 1
    }
    return segments
  }

  private mutating func finishSections() {
    for index in sections.indices.reversed() {
      let section = sections[index]
      let mapping = Int(section.mapping)
      builder.nodes[mapping].end = Int32(section.end)
      builder.nodes[mapping].firstChild = Int32(builder.children.count)
      builder.nodes[mapping].childCount = Int32(section.members.count)
      for member in section.members { builder.children.append(member) }
      builder.markEqualKeys(of: section.mapping, in: bytes)
      if section.parent >= 0 { sections[section.parent].end = max(sections[section.parent].end, section.end) }
    }
    guard let root = sections.first, let first = root.members.first else { return }
    builder.nodes[Int(root.mapping)].start = builder.nodes[Int(first)].start
    builder.roots.append(root.mapping)
  }

  // MARK: - Options

  private mutating func readOption(_ line: TextRange, _ indentation: Int) {
    guard let sign = (line.start..<line.end).first(where: { bytes[$0] == Ascii.equals || bytes[$0] == Ascii.colon })
    else {
      builder.note(.invalidSyntax, "neither \"[section]\" nor \"key = value\"", line)
      return
    }
    let key = trimmed(line.start, sign)
    guard !key.isEmpty else {
      builder.note(.invalidSyntax, "a key is missing before \"=\"", TextRange(start: sign, end: sign + 1))
      return
    }
    if current == 0 { builder.note(.invalidSyntax, "this key stands before the first \"[section]\"", key) }
    let value = trimmed(sign + 1, line.end)
    option = Option(key: key, indentation: indentation, valueStart: sign + 1, beginsAtKey: !value.isEmpty)
    if !value.isEmpty { addLine(value) }
  }

  private mutating func finishOption() {
    guard let option else { return }
    self.option = nil
    let key = addPlain(option.key)
    let value = addValue(of: option)
    sections[current].members += [key, value]
    sections[current].end = max(sections[current].end, Int(builder.nodes[Int(value)].end))
  }

  private mutating func addValue(of option: Option) -> Int32 {
    guard let first = option.lines.first, let last = option.lines.last else {
      let place = Int32(option.valueStart)
      return builder.add(.missing(start: place, end: place))
    }
    let range = TextRange(start: first.start, end: last.end)
    switch bytes[range.start] {
    case Ascii.quote, Ascii.openBracket, Ascii.openBrace: if let node = addJSON(range) { return node }
    default: break
    }
    let value = addPlain(range)
    if option.lines.count > 1 {
      builder.decodedTexts.append(option.lines.map { builder.source.text(in: $0) }.joined(separator: "\n"))
      builder.nodes[Int(value)].decodedText = Int32(builder.decodedTexts.count - 1)
    }
    return value
  }

  /// Adds a value as JSON, or returns nil where it is none; comments on lines of their own may stand in it.
  private mutating func addJSON(_ range: TextRange) -> Int32? {
    let before = (roots: builder.roots.count, comments: builder.comments.count, problems: builder.problems.count)
    let text = UnsafeRawBufferPointer(rebasing: bytes[..<range.end])
    var parser = JSONParser(value: text, offset: range.start, builder: builder.take())
    parser.readRoot()
    parser.skipTrivia()
    let isWhole = parser.offset == range.end
    builder = parser.builder
    let root = builder.roots.count == before.roots + 1 ? builder.roots.removeLast() : nil
    builder.roots.removeSubrange(before.roots...)
    // The lines were read before, and their comments with them.
    let comments = Array(builder.comments[before.comments...])
    let faults = Array(builder.problems[before.problems...])
    var isSound = faults.allSatisfy { $0.kind == .duplicateKey || comments.contains($0.range) }
    for comment in comments where !standsAlone(comment) { isSound = false }
    let duplicates = faults.filter { $0.kind == .duplicateKey }
    builder.comments.removeSubrange(before.comments...)
    builder.dropProblems(after: before.problems)
    guard isWhole, isSound, let root else { return nil }
    for problem in duplicates {
      builder.note(problem.kind, problem.message, problem.range, related: problem.related)
    }
    return root
  }

  /// Whether a comment begins with `#` and has its line to itself.
  private func standsAlone(_ comment: TextRange) -> Bool {
    guard bytes[comment.start] == Ascii.hash else { return false }
    var offset = comment.start
    while offset > 0, bytes[offset - 1].isBlank { offset -= 1 }
    return offset == 0 || bytes[offset - 1].isLineEnd
  }

  private mutating func addPlain(_ range: TextRange) -> Int32 {
    let (start, end) = (Int32(range.start), Int32(range.end))
    return builder.add(.scalar(start: start, end: end, contentStart: start, contentEnd: end))
  }
}
