import SourceText

/// Reads the comments of a text that are about ignoring.
///
/// Prose about the program is no mistake: only what looks like a comment that was meant to ignore something is one.
struct IgnoreCommentReader {
  private let source: SourceText
  private(set) var comments: [IgnoreComment] = []
  private(set) var mistakes: [IgnoreMistake] = []

  /// Reads the comments at the ranges.
  init(_ ranges: [TextRange], in source: SourceText) {
    self.source = source
    for range in ranges where mentions(range) { read(range) }
  }

  /// Returns whether any of the comments may be about ignoring; most files have none.
  static func mayIgnore(_ ranges: [TextRange], in source: SourceText) -> Bool {
    !ranges.isEmpty && ranges.contains { firstMention(in: $0.start..<$0.end, of: source) != nil }
  }

  // MARK: - Marks

  private static let program = Array("epochzero".utf8)

  private func mentions(_ range: TextRange) -> Bool {
    Self.firstMention(in: range.start..<range.end, of: source) != nil
  }

  /// Returns where the program's name stands, in lower or upper case.
  private static func firstMention(in range: Range<Int>, of source: SourceText) -> Int? {
    source.bytes.withUnsafeBufferPointer { bytes in
      var offset = range.lowerBound
      while offset + program.count <= range.upperBound {
        if bytes[offset] | 0x20 == program[0],
          program.indices.allSatisfy({ bytes[offset + $0] | 0x20 == program[$0] })
        {
          return offset
        }
        offset += 1
      }
      return nil
    }
  }

  /// Where a part of a comment begins: its mark and the name behind it.
  private struct Mention {
    var start: Int
    /// Behind the name.
    var end: Int
    /// Whether a comment mark stands right before the name.
    var isMarked: Bool
  }

  private mutating func read(_ comment: TextRange) {
    let text = contentEnd(of: comment)
    var mentions: [Mention] = []
    var offset = comment.start
    while let name = Self.firstMention(in: offset..<text, of: source) {
      offset = name + Self.program.count
      let mark = mark(before: name, in: comment)
      mentions.append(Mention(start: mark ?? name, end: offset, isMarked: mark != nil))
    }
    for (index, mention) in mentions.enumerated() {
      let next = mentions[(index + 1)...].first(where: \.isMarked)?.start ?? text
      var end = next
      while end > mention.end, isBlank(end - 1) { end -= 1 }
      read(mention, upTo: end, of: comment)
    }
  }

  /// The end of a comment's text: before the `*/` of a block comment.
  private func contentEnd(of comment: TextRange) -> Int {
    let isBlock = source.bytes[comment.start...].starts(with: "/*".utf8)
    let isClosed = comment.count >= 4 && source.bytes[(comment.end - 2)..<comment.end].elementsEqual("*/".utf8)
    return isBlock && isClosed ? comment.end - 2 : comment.end
  }

  /// Returns where the mark of a comment begins that stands before the place, with only spaces between them.
  private func mark(before place: Int, in comment: TextRange) -> Int? {
    var offset = place
    while offset > comment.start, isBlank(offset - 1) { offset -= 1 }
    var start = offset
    // A semicolon is a mark where the comment begins with one, as in INI.
    let marks = source.bytes[comment.start] == UInt8(ascii: ";") ? "#;/*" : "#/*"
    while start > comment.start, marks.utf8.contains(source.bytes[start - 1]) { start -= 1 }
    guard start < offset else { return nil }
    return start == comment.start || isBlank(start - 1) ? start : nil
  }

  private func isBlank(_ offset: Int) -> Bool {
    " \t\r\n".utf8.contains(source.bytes[offset])
  }

  // MARK: - Words

  private mutating func read(_ mention: Mention, upTo end: Int, of comment: TextRange) {
    var scanner = Scanner(source: source, offset: mention.end, end: end)
    let hasColon = scanner.take(":")
    let wordStart = scanner.skipBlanks()
    let word = scanner.word()
    let place = TextRange(start: mention.start, end: end)
    let directive = Directive(word)
    guard mention.isMarked else {
      if hasColon, directive != nil, scanner.peek() == "[" {
        note(place, "a comment that ignores begins with \"epochzero\", so this one does nothing", Self.form)
      }
      return
    }
    guard hasColon else {
      if directive != nil, scanner.isAtEnd || scanner.peek() == "[" {
        note(place, "\":\" is missing behind \"epochzero\", so the comment ignores nothing", Self.form)
      }
      return
    }
    guard let directive else {
      if Directive.isMeant(by: word, beforeBracket: scanner.peek() == "[") {
        let range = TextRange(start: wordStart, end: wordStart + word.utf8.count)
        note(range, "\"\(word)\" is nothing that a comment can say, so it ignores nothing", Self.form)
      }
      return
    }
    var ignore = IgnoreComment(
      range: place,
      comment: comment,
      isForFile: directive == .ignoreFile,
      selectors: []
    )
    switch scanner.peek() {
    case "[":
      let opening = scanner.skipBlanks()
      guard let list = scanner.list() else {
        note(
          TextRange(start: opening, end: end),
          "the bracket is never closed, so the comment ignores nothing",
          Self.form
        )
        return
      }
      if list.isEmpty || list.contains(where: \.word.isEmpty) {
        let range = TextRange(start: opening, end: scanner.offset)
        note(range, "a rule is missing between the brackets, so the comment ignores nothing", Self.form)
        return
      }
      ignore.selectors = list
      ignore.closingBracket = scanner.offset - 1
    case "(", "{":
      let range = TextRange(start: scanner.skipBlanks(), end: end)
      note(range, "rules stand in square brackets, so the comment ignores nothing", Self.form)
      return
    default: break
    }
    ignore.reason = scanner.rest()
    comments.append(ignore)
  }

  private mutating func note(_ range: TextRange, _ message: String, _ help: String) {
    mistakes.append(IgnoreMistake(kind: .malformed, range: range, message: message, help: help))
  }

  private static let form = "write \"epochzero: ignore[rule] reason\", or \"ignore-file[rule]\" above the first key"
}

/// What a comment can say.
private enum Directive {
  case ignore, ignoreFile

  init?(_ word: String) {
    switch word.lowercased() {
    case "ignore": self = .ignore
    case "ignore-file", "ignore_file": self = .ignoreFile
    default: return nil
    }
  }

  /// The words of other linters.
  private static let foreign: Set<String> = [
    "disable", "disable-file", "disable-line", "disable-next-line", "ignore-line", "ignore-next-line", "noqa", "skip",
    "skip-file", "suppress",
  ]
  private static let prose: Set<String> = ["ignored", "ignores", "ignoring"]

  /// Whether a word that says nothing is likely a slip rather than prose.
  static func isMeant(by word: String, beforeBracket: Bool) -> Bool {
    guard !word.isEmpty else { return false }
    if beforeBracket || foreign.contains(word.lowercased()) { return true }
    guard !prose.contains(word.lowercased()) else { return false }
    return Spelling.nearest(to: word, among: ["ignore", "ignore-file"]) != nil
  }
}

/// Reads words out of a comment.
private struct Scanner {
  let source: SourceText
  var offset: Int
  let end: Int

  var isAtEnd: Bool { peek() == nil }

  /// Returns where the next byte stands that is no space.
  @discardableResult
  mutating func skipBlanks() -> Int {
    while offset < end, " \t\r\n".utf8.contains(source.bytes[offset]) { offset += 1 }
    return offset
  }

  /// Returns the next byte that is no space, as a sign.
  func peek() -> Unicode.Scalar? {
    var scanner = self
    scanner.skipBlanks()
    return scanner.offset < end ? Unicode.Scalar(source.bytes[scanner.offset]) : nil
  }

  /// Goes behind the sign if it is next, spaces left out.
  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard peek() == sign else { return false }
    offset = skipBlanks() + 1
    return true
  }

  /// Returns the letters, `-` and `_` that stand here.
  mutating func word() -> String {
    let start = offset
    while offset < end {
      let byte = source.bytes[offset]
      let isLetter = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
      guard isLetter || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else { break }
      offset += 1
    }
    return source.text(in: TextRange(start: start, end: offset))
  }

  /// Returns the words between the brackets, or nil where they are not closed.
  mutating func list() -> [IgnoreComment.Selector]? {
    guard let close = source.bytes[offset..<end].firstIndex(of: UInt8(ascii: "]")) else { return nil }
    var selectors: [IgnoreComment.Selector] = []
    for part in source.bytes[(offset + 1)..<close].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    {
      var range = TextRange(start: part.startIndex, end: part.endIndex)
      while range.start < range.end, " \t\r\n".utf8.contains(source.bytes[range.start]) { range.start += 1 }
      while range.end > range.start, " \t\r\n".utf8.contains(source.bytes[range.end - 1]) { range.end -= 1 }
      selectors.append(IgnoreComment.Selector(word: source.text(in: range), range: range))
    }
    offset = close + 1
    return selectors
  }

  /// Returns what is left, without the sign that sets a reason off; nil for nothing.
  mutating func rest() -> String? {
    skipBlanks()
    while offset < end, ":-".utf8.contains(source.bytes[offset]) { offset += 1 }
    let start = skipBlanks()
    return start < end ? source.text(in: TextRange(start: start, end: end)) : nil
  }
}
