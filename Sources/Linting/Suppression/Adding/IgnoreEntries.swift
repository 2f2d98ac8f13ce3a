import ConfigSyntax
import SourceText

/// Entries of `ignores` for findings in files that can hold no comments.
struct IgnoreEntries {
  /// One entry as it is written.
  struct Item {
    var file: String
    /// The way to the value; empty for the whole file.
    var pointer: String
    var rules: [String]
    var reason: String?
  }

  private struct Place: Hashable {
    var file: String
    var pointer: String
  }

  private let reason: String?
  private var rules: [Place: Set<String>] = [:]

  init(reason: String?) {
    self.reason = reason
  }

  /// The names of the files with findings, sorted.
  var files: [String] { Set(rules.keys.map(\.file)).sorted() }

  /// Adds a finding in a tree.
  mutating func add(_ finding: LocatedFinding, in tree: SyntaxTree) {
    let steps = tree.documents.lazy.compactMap { $0.path(to: finding.range) }.first ?? []
    let pointer = steps.map { "/" + Self.escaped($0) }.joined()
    rules[Place(file: finding.source.name, pointer: pointer), default: []].insert(finding.rule)
  }

  /// Returns the entries for files, with the patterns that a closure makes of their names.
  func items(for files: [String], pattern: (String) -> String) -> [Item] {
    rules.filter { files.contains($0.key.file) }
      .sorted { ($0.key.file, $0.key.pointer) < ($1.key.file, $1.key.pointer) }
      .map { place, rules in
        Item(file: Self.pattern(pattern(place.file)), pointer: place.pointer, rules: rules.sorted(), reason: reason)
      }
  }

  // MARK: - Text

  /// Returns an entry as YAML lines.
  static func text(of item: Item, indent: String, lineEnd: String) -> String {
    var lines = ["\(indent)- files: \(scalar(item.file))"]
    if !item.pointer.isEmpty { lines.append("\(indent)  pointer: \(scalar(item.pointer))") }
    lines.append("\(indent)  rules: [\(item.rules.joined(separator: ", "))]")
    if let reason = item.reason { lines.append("\(indent)  reason: \(scalar(reason))") }
    return lines.map { $0 + lineEnd }.joined()
  }

  /// Returns a settings file with the entries behind those that it has; nil where it is written in a way that has no room.
  static func adding(_ items: [Item], to source: SourceText) -> [UInt8]? {
    let tree = parse(source, as: .yaml)
    guard tree.problems.isEmpty, tree.documents.count < 2 else { return nil }
    let root = tree.documents.first
    if let root, !root.isNull, root.kind != .mapping || root.isFlow { return nil }
    let lineEnd = source.lineEnd(behind: source.lineRange(0))
    let edit: TextEdit
    if let member = root?.member("ignores") {
      guard member.value.isNull || member.value.kind == .sequence && !member.value.isFlow, !member.value.isAlias else {
        return nil
      }
      let indent = member.value.elements.first.map { source.indent(at: $0.range.start) } ?? "  "
      let last = source.lastLine(of: member.range)
      let text = items.map { Self.text(of: $0, indent: indent, lineEnd: lineEnd) }.joined()
      edit = source.insertion(of: text, behind: last, lineEnd)
    } else {
      let text = "ignores:\(lineEnd)" + items.map { Self.text(of: $0, indent: "  ", lineEnd: lineEnd) }.joined()
      edit = source.insertion(of: text, behind: source.lineRange(at: source.bytes.count), lineEnd)
    }
    guard let bytes = source.applying([edit]) else { return nil }
    let result = parse(SourceText(name: source.name, bytes: bytes), as: .yaml)
    let count = root?["ignores"]?.count ?? 0
    guard result.problems.isEmpty, result.documents.first?["ignores"]?.count == count + items.count else { return nil }
    return bytes
  }

  /// A pattern for just the path: the signs of patterns stand for themselves, and a bare name for no deeper file.
  private static func pattern(_ path: String) -> String {
    let literal = path.map { "*?[{".contains($0) ? "[\($0)]" : String($0) }.joined()
    return literal.contains("/") ? literal : "./" + literal
  }

  private static func escaped(_ step: String) -> String {
    step.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
  }

  /// The text as a scalar, in quotes unless it is plain in any reading.
  private static func scalar(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: "_/.-".utf8.contains(byte)
      }
    }
    if isPlain, text.utf8.contains(UInt8(ascii: "/")) { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted += "\\" }
      if scalar.value < 0x20 { quoted += " " } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "\""
  }
}

extension SyntaxNode {
  /// The keys and positions that lead to the innermost value, with its key, that a range lies in; nil for none.
  fileprivate func path(to inner: TextRange) -> [String]? {
    guard range.contains(inner) else { return nil }
    if isAlias { return [] }
    for member in writtenMembers where member.range.contains(inner) {
      return [member.name] + (member.value.path(to: inner) ?? [])
    }
    for (index, element) in elements.enumerated() where element.range.contains(inner) {
      return ["\(index)"] + (element.path(to: inner) ?? [])
    }
    return []
  }
}

extension SourceText {
  /// The spaces before the dash of an item.
  fileprivate func indent(at offset: Int) -> String {
    let line = lineRange(at: offset)
    return String(text(in: line).prefix { $0 == " " })
  }

  /// The line on which a part ends; a text in lines ends where the next line begins.
  fileprivate func lastLine(of part: TextRange) -> TextRange {
    var end = part.end
    while end > part.start, " \t\r\n".utf8.contains(bytes[end - 1]) { end -= 1 }
    return lineRange(at: max(part.start, end - 1))
  }

  fileprivate func insertion(of text: String, behind line: TextRange, _ lineEnd: String) -> TextEdit {
    let next = self.line(at: line.start) + 1
    if next < lineStarts.count { return TextEdit(range: TextRange(at: lineStarts[next]), replacement: text) }
    let isOpen = line.end > line.start
    return TextEdit(range: TextRange(at: bytes.count), replacement: (isOpen ? lineEnd : "") + text)
  }
}
