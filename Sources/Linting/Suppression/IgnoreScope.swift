import ConfigSyntax
import SourceText

/// Which findings of its file a comment is about.
struct IgnoreScope: Hashable, Sendable {
  /// Findings that start on the line.
  var line: TextRange?
  /// Findings that lie inside.
  var part: TextRange?
  /// Findings on just this value, which begins below the comment's line.
  var openedValue: TextRange?

  /// The whole file.
  static func file(_ source: SourceText) -> IgnoreScope { IgnoreScope(part: source.range) }

  func covers(_ range: TextRange) -> Bool {
    if let line, line.start <= range.start, range.start <= line.end { return true }
    if let part, part.contains(range) { return true }
    if let openedValue, range == openedValue { return true }
    return false
  }
}

extension IgnoreScope {
  /// Finds what a comment is about: at the end of a line that line, on a line of its own also the next key or item.
  init(of comment: TextRange, in tree: SyntaxTree) {
    let source = tree.source
    let firstLine = source.lineRange(at: comment.start)
    let lastLine = source.lineRange(at: max(comment.start, comment.end - 1))
    line = TextRange(start: firstLine.start, end: lastLine.end)
    let isFirst = source.isBlank(from: firstLine.start, to: comment.start)
    if isFirst, source.isBlank(from: comment.end, to: lastLine.end) {
      part = tree.documents.lazy.compactMap { $0.firstPart(from: comment.end) }.first
    } else if !isFirst {
      openedValue = tree.documents.lazy.compactMap { $0.valueOpened(on: firstLine, before: comment) }.first
    }
  }
}

extension SourceText {
  /// The line that holds the offset, a byte-order mark left out.
  func lineRange(at offset: Int) -> TextRange {
    let line = line(at: offset)
    var range = lineRange(line)
    if line == 0 { range.start = min(byteOrderMarkCount, range.end) }
    return range
  }

  /// Whether only spaces and tabs stand between the offsets.
  func isBlank(from start: Int, to end: Int) -> Bool {
    start >= end || bytes[start..<end].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }
}

extension SyntaxNode {
  /// Returns the first key with its value, or the first item, that begins at the offset or behind it.
  func firstPart(from offset: Int) -> TextRange? {
    guard !isAlias, range.end > offset else { return nil }
    var first: TextRange?
    for member in writtenMembers {
      let part = member.key.range.start >= offset ? member.range : member.value.firstPart(from: offset)
      guard let part else { continue }
      // A section of INI may stand apart from the one that it belongs to, with others between them.
      guard tree.format == .ini else { return part }
      if part.start < first?.start ?? .max { first = part }
    }
    if let first { return first }
    for element in elements {
      if element.range.start >= offset { return element.range }
      if let part = element.firstPart(from: offset) { return part }
    }
    return nil
  }

  /// Returns the value of the key, or the item of the dash, that a line ends with before a comment.
  fileprivate func valueOpened(on line: TextRange, before comment: TextRange) -> TextRange? {
    guard !isAlias, range.start < comment.end || kind == .sequence, range.end > line.start else { return nil }
    for member in writtenMembers {
      let isOpened = line.contains(member.key.range) && member.value.range.start >= comment.end
      if isOpened, member.key.range.end <= comment.start { return member.value.range }
      if member.key.range.start >= comment.end { return nil }
      if let value = member.value.valueOpened(on: line, before: comment) { return value }
    }
    for element in elements {
      if element.range.start >= comment.end {
        return tree.source.endsWithDash(line.start, comment.start) ? element.range : nil
      }
      if let value = element.valueOpened(on: line, before: comment) { return value }
    }
    return nil
  }
}

extension SourceText {
  /// Whether the last byte between the offsets that is no space is the dash of an item.
  fileprivate func endsWithDash(_ start: Int, _ end: Int) -> Bool {
    bytes[start..<end].last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } == UInt8(ascii: "-")
  }
}
