package import ConfigSyntax
package import Experiment
package import SourceText

/// Writes values and keys into a document the way its author wrote the rest: block or flow YAML, JSON, or sections of INI.
extension SyntaxNode {
  /// Returns an edit that puts a value in the place of this one, or nil where that is not safe.
  ///
  /// Only a scalar that stands there itself is replaced: an alias would change its anchor's other users, and a block scalar
  /// has no single place.
  package func replacing(with value: FactValue) -> TextEdit? {
    guard !isAlias, let style, style != .literal, style != .folded, let text = value.written(in: tree.format) else {
      return nil
    }
    return TextEdit(range: range, replacement: text)
  }

  /// Returns an edit that states a value under a path of keys below this mapping, or nil where that is not safe.
  ///
  /// The first key must not be in the mapping yet; for each further key a new mapping is made.
  package func inserting(_ path: [String], value: FactValue) -> TextEdit? {
    guard kind == .mapping, !isAlias, tree.format != .python, let first = path.first, member(first) == nil,
      let text = value.written(in: tree.format)
    else { return nil }
    if tree.format == .protoText { return insertingField(path, value: text) }
    if isFlow { return insertingInFlow(path, value: text) }
    return tree.format == .ini ? insertingInSection(path, value: text) : insertingInBlock(path, value: text)
  }

  // MARK: - Private

  /// Puts a field behind the last one: on a line of its own where that has one, else beside it.
  private func insertingField(_ path: [String], value: String) -> TextEdit? {
    let text = path.dropLast().reversed().reduce("\(path[path.count - 1]): \(value)") { "\($1) { \($0) }" }
    guard let last = writtenMembers.last else {
      return isFlow ? TextEdit(range: TextRange(at: range.start + 1), replacement: " \(text) ") : nil
    }
    let source = tree.source
    let line = source.position(at: last.key.range.start).line
    let lead = source.text(in: TextRange(start: source.lineStarts[line], end: last.key.range.start))
    guard lead.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), last.value.kind != .missing else {
      return TextEdit(range: TextRange(at: last.range.end), replacement: " " + text)
    }
    // Behind a comment that stands on the line too, unless the bracket that closes this message does.
    let lastLine = source.lineRange(source.line(at: max(last.range.end - 1, 0)))
    let closesHere = isFlow && range.end <= lastLine.end
    let place = closesHere ? last.range.end : lastLine.end
    return TextEdit(range: TextRange(at: place), replacement: source.lineEnd(ofLine: max(line - 1, 0)) + lead + text)
  }

  private func insertingInFlow(_ path: [String], value: String) -> TextEdit? {
    let isJSON = tree.format != .yaml
    let keys = path.map { isJSON ? FactValue.quoted($0) : $0 }
    var text = value
    for key in keys.reversed().dropLast() { text = "{\(key): \(text)}" }
    text = "\(keys[0]): \(text)"
    guard let last = writtenMembers.last else {
      return TextEdit(range: TextRange(at: range.start + 1), replacement: text)
    }
    return TextEdit(range: TextRange(at: last.range.end), replacement: separator(before: last.key) + text)
  }

  /// What stands between two members of a flow mapping: a new line where the last member has one to itself.
  private func separator(before key: SyntaxNode) -> String {
    let source = tree.source
    let (line, column) = source.position(at: key.range.start)
    let lead = source.text(in: TextRange(start: source.lineStarts[line], end: key.range.start))
    let isOwnLine = column == lead.utf8.count && lead.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    return isOwnLine && line > 0 ? "," + source.lineEnd(ofLine: line - 1) + lead : ", "
  }

  private func insertingInBlock(_ path: [String], value: String) -> TextEdit? {
    guard let first = writtenMembers.first, let last = writtenMembers.last else { return nil }
    let column = tree.source.position(at: first.key.range.start).utf8Column
    var lines: [String] = []
    for (depth, key) in path.enumerated() {
      let indent = String(repeating: " ", count: column + 2 * depth)
      lines.append(indent + key + (depth == path.count - 1 ? ": " + value : ":"))
    }
    guard let offset = last.value.lastContentOffset ?? last.key.lastContentOffset else { return nil }
    let line = tree.source.line(at: max(offset - 1, 0))
    let newline = tree.source.lineEnd(ofLine: line)
    return TextEdit(
      range: TextRange(at: tree.source.lineRange(line).end),
      replacement: newline + lines.joined(separator: newline)
    )
  }

  /// Puts an option behind the others of a section of INI, or behind its header; there are no mappings to make in one.
  private func insertingInSection(_ path: [String], value: String) -> TextEdit? {
    guard path.count == 1 else { return nil }
    let source = tree.source
    let options = writtenMembers.filter { $0.value.kind != .mapping || $0.value.isFlow }
    guard let last = options.last else {
      // Without a header of its own, as `a` in `[a.b]`, there is no place for an option.
      guard range.start > 0, source.bytes[range.start - 1] == UInt8(ascii: "]") else { return nil }
      let line = source.line(at: range.start - 1)
      let text = source.lineEnd(ofLine: line) + "\(path[0]) = \(value)"
      return TextEdit(range: TextRange(at: source.lineRange(line).end), replacement: text)
    }
    let lead = source.text(
      in: TextRange(start: source.lineStarts[source.line(at: last.key.range.start)], end: last.key.range.start)
    )
    let sign = source.text(in: TextRange(start: last.key.range.end, end: last.value.range.start))
    let line = source.line(at: max(last.range.end - 1, 0))
    let text = source.lineEnd(ofLine: line) + lead + path[0] + (sign.contains("\n") ? " = " : sign) + value
    return TextEdit(range: TextRange(at: source.lineRange(line).end), replacement: text)
  }

  /// The offset behind the last byte that belongs to the node; nil where the tree does not tell.
  private var lastContentOffset: Int? {
    switch kind {
    case .missing: return nil
    case .mapping where !isFlow && !isAlias:
      guard let last = writtenMembers.last else { return nil }
      return last.value.lastContentOffset ?? last.key.lastContentOffset
    case .sequence where !isFlow && !isAlias:
      return elements.last?.lastContentOffset
    default:
      // A block scalar may reach over the line break behind it.
      var end = range.end
      let bytes = tree.source.bytes
      while end > range.start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
      return end
    }
  }
}

extension FactValue {
  /// The value as it is written in a file of the format, or nil for values that have no text.
  package func written(in format: ConfigFormat) -> String? {
    switch self {
    case .boolean(let value): return format == .python ? (value ? "True" : "False") : value ? "true" : "false"
    case .integer(let value): return "\(value)"
    case .number(let value): return value.isFinite ? Self.decimal(value) : nil
    // A literal of Python stands in a string of another format, whose own quotes are not known here.
    case .text where format == .python, .deferred where format == .python, .record where format == .python: return nil
    case .text(let text): return format == .yaml && Self.isPlain(text) ? text : Self.quoted(text)
    case .unknown: return format == .protoText ? nil : format == .python ? "None" : "null"
    case .deferred(let text): return format == .json ? Self.quoted(text) : text
    case .list(let elements):
      let texts = elements.compactMap { $0.written(in: format) }
      return texts.count == elements.count ? "[" + texts.joined(separator: ", ") + "]" : nil
    case .record(let record):
      var members: [String] = []
      let separator = format == .protoText ? " " : ", "
      for entry in record.entries {
        guard let text = entry.fact.value.written(in: format) else { return nil }
        members.append((format == .yaml || format == .protoText ? entry.name : Self.quoted(entry.name)) + ": " + text)
      }
      return "{" + members.joined(separator: separator) + "}"
    }
  }

  /// A number with a decimal point before an exponent: YAML 1.1 readers such as PyYAML take `1e-4` for text.
  private static func decimal(_ value: Double) -> String {
    let text = "\(value)"
    guard let exponent = text.firstIndex(of: "e"), !text[..<exponent].contains(".") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case let control where control.value < 0x20:
        let digits = String(control.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Whether a text means itself in YAML without quotes, whichever reader takes it.
  private static func isPlain(_ text: String) -> Bool {
    let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
    guard let first = text.utf8.first, !reserved.contains(text.lowercased()) else { return false }
    return (UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first & 0xDF)
      && text.utf8.allSatisfy {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 & 0xDF || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == 0x5F
          || $0 == 0x2D
      }
  }
}
