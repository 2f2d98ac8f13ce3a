import SourceText

/// A line of a source with carets under a range of it.
struct Excerpt {
  private var lineNumber: Int
  /// The line as it is shown: tabs as spaces, cut where it is long.
  private var line: String
  /// The columns before the carets.
  private var indent: Int
  private var caretCount: Int
  private var label: String?
  private var look: TextStyle.Look

  /// Cuts the line of the range's start out of the source.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - range: What to mark; of several lines the first is shown.
  ///   - label: What to say behind the carets.
  ///   - look: The look of carets and label.
  ///   - width: The columns of the terminal.
  init(of source: SourceText, range: TextRange, label: String?, look: TextStyle.Look, width: Int) {
    let lineIndex = source.line(at: range.start)
    var lineRange = source.lineRange(lineIndex)
    if lineIndex == 0, lineRange.end >= source.byteOrderMarkCount { lineRange.start = source.byteOrderMarkCount }
    let start = min(max(range.start, lineRange.start), lineRange.end)
    let end = min(max(range.end, start), lineRange.end)
    lineNumber = lineIndex + 1
    let gutter = String(lineNumber).count + 3
    let room = max(width - gutter, 40)

    // Only what can be shown is decoded: the line may be a megabyte long.
    let markRange = TextRange(start: start, end: min(end, start + 4 * room))
    let headRange = TextRange(start: max(lineRange.start, start - 4 * room), end: start)
    let tailRange = TextRange(start: markRange.end, end: min(lineRange.end, markRange.end + 4 * room))
    var head = ShownText(source.wholeScalars(in: headRange))
    var mark = ShownText(source.text(in: markRange), from: head.width)
    var tail = ShownText(source.wholeScalars(in: tailRange), from: head.width + mark.width)
    var isHeadCut = headRange.start > lineRange.start
    var isTailCut = tailRange.end < lineRange.end || markRange.end < end

    if isHeadCut || isTailCut || head.width + mark.width + tail.width > room {
      // The mark comes first, then as much before it as leaves a third of the room for what follows.
      if mark.keepFirst(room - 2) { isTailCut = true }
      let rest = room - mark.width - 2
      if head.keepLast(max(rest - min(tail.width, rest / 3), 0)) { isHeadCut = true }
      if tail.keepFirst(max(rest - head.width, 0)) { isTailCut = true }
    }
    let text = (isHeadCut ? "…" : "") + head.text + mark.text + tail.text
    line = isTailCut ? text + "…" : text.trimmingTrailingSpaces
    indent = (isHeadCut ? 1 : 0) + head.width
    caretCount = max(mark.width, 1)
    self.label = label
    self.look = look
  }

  /// Returns the lines, each with its line end.
  func render(_ style: TextStyle) -> String {
    let number = String(lineNumber)
    let blank = String(repeating: " ", count: number.count)
    let bar = style.apply(.blue, to: "|")
    let carets = String(repeating: "^", count: caretCount) + (label.map { " " + $0 } ?? "")
    let shownLine = line.isEmpty ? "" : " " + line
    return """
      \(blank) \(bar)
      \(style.apply(.blue, to: number)) \(bar)\(shownLine)
      \(blank) \(bar) \(String(repeating: " ", count: indent))\(style.apply(look, to: carets))

      """
  }
}

/// Text as a terminal shows it, with the columns that each scalar takes.
private struct ShownText {
  private var scalars: [(scalar: Unicode.Scalar, width: Int)] = []
  private(set) var width = 0

  /// Makes the text; tabs reach to the next column that is a multiple of four, counted from `column`.
  init(_ text: String, from column: Int = 0) {
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        for _ in 0..<(4 - (column + width) % 4) { append(" ", 1) }
      } else {
        append(scalar.isControl ? "\u{FFFD}" : scalar, scalar.isControl ? 1 : scalar.columnCount)
      }
    }
  }

  var text: String {
    scalars.reduce(into: "") { $0.unicodeScalars.append($1.scalar) }
  }

  /// Cuts the end so that at most this many columns remain; returns whether something was cut.
  mutating func keepFirst(_ columns: Int) -> Bool {
    guard width > columns else { return false }
    while width > columns, let last = scalars.popLast() { width -= last.width }
    return true
  }

  /// Cuts the start so that at most this many columns remain; returns whether something was cut.
  mutating func keepLast(_ columns: Int) -> Bool {
    guard width > columns else { return false }
    var count = 0
    while width > columns, count < scalars.count {
      width -= scalars[count].width
      count += 1
    }
    scalars.removeFirst(count)
    return true
  }

  private mutating func append(_ scalar: Unicode.Scalar, _ columns: Int) {
    scalars.append((scalar, columns))
    width += columns
  }
}

extension SourceText {
  /// The text of a range that may begin or end inside a scalar, such parts left out.
  fileprivate func wholeScalars(in range: TextRange) -> String {
    var range = range
    while range.start < range.end, bytes[range.start] & 0xC0 == 0x80 { range.start += 1 }
    while range.end > range.start, range.end < bytes.count, bytes[range.end] & 0xC0 == 0x80 { range.end -= 1 }
    return text(in: range)
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
