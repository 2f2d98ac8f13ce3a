/// The difference of two texts in the unified format, which `patch` reads.
package enum UnifiedDiff {
  /// The lines around a change that are shown with it.
  private static let context = 3
  /// The number of changed-about lines up to which the smallest difference is looked for; it takes quadratic time.
  private static let searchLimit = 10_000

  private enum Line {
    case kept(ArraySlice<UInt8>)
    case removed(ArraySlice<UInt8>)
    case added(ArraySlice<UInt8>)
  }

  /// Returns the difference, or nothing for equal texts.
  ///
  /// - Parameters:
  ///   - name: The file's name, for both headers.
  ///   - before: The old text.
  ///   - after: The new text.
  ///   - style: Whether to use colours.
  /// - Returns: Text that ends with a line end.
  package static func render(name: String, before: [UInt8], after: [UInt8], style: TextStyle) -> String {
    if before == after { return "" }
    let lines = compare(Self.lines(of: before), Self.lines(of: after))
    var text =
      style.apply(.bold, to: "--- \(name.printable)") + "\n" + style.apply(.bold, to: "+++ \(name.printable)") + "\n"
    for hunk in hunks(of: lines) { text += render(hunk, of: lines, style) }
    return text
  }

  // MARK: - Private

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(bytes[start...index])
      start = index + 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }

  private static func compare(_ before: [ArraySlice<UInt8>], _ after: [ArraySlice<UInt8>]) -> [Line] {
    let shorter = min(before.count, after.count)
    var head = 0
    while head < shorter, before[head] == after[head] { head += 1 }
    var tail = 0
    while tail < shorter - head, before[before.count - 1 - tail] == after[after.count - 1 - tail] { tail += 1 }
    let old = before[head..<(before.count - tail)]
    let new = after[head..<(after.count - tail)]
    return before[..<head].map(Line.kept) + compareMiddle(Array(old), Array(new))
      + before[(before.count - tail)...].map(Line.kept)
  }

  private static func compareMiddle(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Line] {
    guard old.count + new.count <= searchLimit else { return old.map(Line.removed) + new.map(Line.added) }
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var oldIndex = 0
    var newIndex = 0
    while oldIndex < old.count || newIndex < new.count {
      if oldIndex < old.count, removed.contains(oldIndex) {
        lines.append(.removed(old[oldIndex]))
        oldIndex += 1
      } else if newIndex < new.count, added.contains(newIndex) {
        lines.append(.added(new[newIndex]))
        newIndex += 1
      } else {
        lines.append(.kept(old[oldIndex]))
        oldIndex += 1
        newIndex += 1
      }
    }
    return lines
  }

  /// Returns the ranges of lines to show: changes with context, joined where they meet.
  private static func hunks(of lines: [Line]) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, line) in lines.enumerated() {
      if case .kept = line { continue }
      let range = max(0, index - context)..<min(lines.count, index + context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private static func render(_ hunk: Range<Int>, of lines: [Line], _ style: TextStyle) -> String {
    let before = counts(lines[..<hunk.lowerBound])
    let inside = counts(lines[hunk])
    let header = "@@ -\(span(before.old, inside.old)) +\(span(before.new, inside.new)) @@"
    var text = style.apply(.cyan, to: header) + "\n"
    for line in lines[hunk] {
      switch line {
      case .kept(let bytes): text += render(" ", bytes, nil, style)
      case .removed(let bytes): text += render("-", bytes, .red, style)
      case .added(let bytes): text += render("+", bytes, .green, style)
      }
    }
    return text
  }

  private static func counts(_ lines: ArraySlice<Line>) -> (old: Int, new: Int) {
    lines.reduce(into: (old: 0, new: 0)) { counts, line in
      switch line {
      case .kept: counts = (counts.old + 1, counts.new + 1)
      case .removed: counts.old += 1
      case .added: counts.new += 1
      }
    }
  }

  /// The format counts an empty span from the line before it.
  private static func span(_ linesBefore: Int, _ count: Int) -> String {
    let start = count == 0 ? linesBefore : linesBefore + 1
    return count == 1 ? "\(start)" : "\(start),\(count)"
  }

  private static func render(
    _ sign: String,
    _ bytes: ArraySlice<UInt8>,
    _ look: TextStyle.Look?,
    _ style: TextStyle
  ) -> String {
    let hasEnd = bytes.last == 0x0A
    let line = sign + String(decoding: hasEnd ? bytes.dropLast() : bytes, as: UTF8.self)
    let shown = look.map { style.apply($0, to: line) } ?? line
    return shown + "\n" + (hasEnd ? "" : "\\ No newline at end of file\n")
  }
}
