import ConfigSyntax
import SourceText

/// Writes comments that ignore findings into a YAML text; everything else stays as it is, byte for byte.
struct IgnoreCommentEdits {
  private let tree: SyntaxTree
  private let source: SourceText
  private let reason: String?
  private let comments: [IgnoreComment]

  init(_ tree: SyntaxTree, reason: String?) {
    self.tree = tree
    self.reason = reason
    source = tree.source
    comments = IgnoreCommentReader(tree.comments, in: tree.source).comments
  }

  /// Returns the text with comments for the findings that one can stand for at such a place; nil where it can for none.
  func text(ignoring findings: [LocatedFinding], _ place: IgnorePlace) -> [UInt8]? {
    var rules: [Target: Set<String>] = [:]
    for finding in findings {
      if let target = target(of: finding.range, place) { rules[target, default: []].insert(finding.rule) }
    }
    let edits = rules.map { edit(at: $0.key, ignoring: $0.value.sorted()) }.sorted { $0.range < $1.range }
    if let text = source.applying(edits), isSame(text) { return edits.isEmpty ? nil : text }
    // Some place will not take a comment after all: each is tried for itself.
    var kept: [TextEdit] = []
    for edit in edits {
      if let text = source.applying(kept + [edit]), isSame(text) { kept.append(edit) }
    }
    return kept.isEmpty ? nil : source.applying(kept)
  }

  // MARK: - Places

  /// Where a comment goes.
  private struct Target: Hashable {
    /// The comment that takes the rules in; nil for a new one.
    var comment: IgnoreComment?
    /// Where a new comment is put in.
    var offset: Int
    var place: IgnorePlace
  }

  private func target(of range: TextRange, _ place: IgnorePlace) -> Target? {
    switch place {
    case .line: lineTarget(of: range)
    case .block: blockTarget(of: range)
    case .file: fileTarget
    }
  }

  private func lineTarget(of range: TextRange) -> Target? {
    let line = source.lineRange(at: range.start)
    guard hasContent(line), !tree.documents.contains(where: { $0.isText(across: line) }) else { return nil }
    let known = comments.first { line.contains($0.range) && !$0.isForFile && $0.closingBracket != nil }
    return Target(comment: known, offset: end(of: line), place: .line)
  }

  private func blockTarget(of range: TextRange) -> Target? {
    let parts = tree.documents.flatMap { $0.parts(around: range) }
    // The innermost that begins its line.
    guard let part = parts.last(where: beginsLine) else { return nil }
    let known = comments.first { comment in
      !comment.isForFile && comment.closingBracket != nil
        && IgnoreScope(of: comment.comment, in: tree).part?.contains(part) ?? false
        && source.line(at: comment.range.start) < source.line(at: part.start)
    }
    return Target(comment: known, offset: source.lineRange(at: part.start).start, place: .block)
  }

  private var fileTarget: Target {
    let firstNode = tree.documents.first?.range.start ?? .max
    let known = comments.first { $0.isForFile && $0.closingBracket != nil && $0.range.end <= firstNode }
    return Target(comment: known, offset: source.byteOrderMarkCount, place: .file)
  }

  /// Whether something stands on the line that a comment can follow: not only a comment, or the mark of a document.
  private func hasContent(_ line: TextRange) -> Bool {
    let text = source.text(in: line)
    guard let first = text.first(where: { $0 != " " && $0 != "\t" }) else { return false }
    return first != "#" && first != "%" && !text.hasPrefix("---") && !text.hasPrefix("...")
  }

  private func end(of line: TextRange) -> Int {
    var end = line.end
    while end > line.start, source.isBlank(from: end - 1, to: end) { end -= 1 }
    return end
  }

  /// Whether only spaces and the dashes of items stand before a part.
  private func beginsLine(_ part: TextRange) -> Bool {
    let line = source.lineRange(at: part.start)
    return source.bytes[line.start..<part.start].allSatisfy { " \t-?".utf8.contains($0) }
  }

  // MARK: - Edits

  private func edit(at target: Target, ignoring rules: [String]) -> TextEdit {
    if let last = target.comment?.selectors.last {
      return TextEdit(range: TextRange(at: last.range.end), replacement: rules.map { ", \($0)" }.joined())
    }
    let word = target.place == .file ? "ignore-file" : "ignore"
    let comment = "# epochzero: \(word)[\(rules.joined(separator: ", "))]" + (reason.map { " \($0)" } ?? "")
    let line = source.lineRange(at: target.offset)
    let indent = source.text(in: line).prefix { $0 == " " || $0 == "\t" }
    let text =
      switch target.place {
      case .line: "  " + comment
      case .block: String(indent) + comment + lineEnd(of: line)
      case .file: comment + lineEnd(of: line)
      }
    return TextEdit(range: TextRange(at: target.offset), replacement: text)
  }

  private func lineEnd(of line: TextRange) -> String {
    source.lineEnd(behind: line)
  }

  /// Whether a text says what this one does.
  private func isSame(_ bytes: [UInt8]) -> Bool {
    let other = parse(SourceText(name: source.name, bytes: bytes), as: .yaml)
    return other.problems.map(\.message) == tree.problems.map(\.message)
      && other.documents.count == tree.documents.count
      && zip(other.documents, tree.documents).allSatisfy { $0.says($1) }
  }
}

extension SourceText {
  /// What ends the line, or the first line that is ended, or LF.
  func lineEnd(behind line: TextRange) -> String {
    for start in [line.end, lineRange(0).end] where start < bytes.count {
      let isPair = bytes[start] == 0x0D && start + 1 < bytes.count && bytes[start + 1] == 0x0A
      return isPair ? "\r\n" : bytes[start] == 0x0D ? "\r" : "\n"
    }
    return "\n"
  }
}

extension SyntaxNode {
  /// Whether a text that goes on below the line stands at its end, so that no comment can follow; one that begins with the
  /// sign of a block can have one behind the sign.
  fileprivate func isText(across line: TextRange) -> Bool {
    guard !isAlias, range.start <= line.end, range.end > line.end else { return false }
    if let style {
      let isBlock = style == .literal || style == .folded
      return range.start < line.end && !(isBlock && line.start <= range.start)
    }
    return writtenMembers.contains { $0.key.isText(across: line) || $0.value.isText(across: line) }
      || elements.contains { $0.isText(across: line) }
  }

  /// The keys with their values, and the items, that a range lies in, the outermost first.
  fileprivate func parts(around inner: TextRange) -> [TextRange] {
    guard !isAlias, range.contains(inner) else { return [] }
    for member in writtenMembers where member.range.contains(inner) {
      return [member.range] + member.value.parts(around: inner)
    }
    for element in elements where element.range.contains(inner) {
      return [element.range] + element.parts(around: inner)
    }
    return []
  }

  /// Whether another node means the same in the same style, wherever they stand.
  fileprivate func says(_ other: SyntaxNode) -> Bool {
    guard isAlias == other.isAlias, kind == other.kind, tag == other.tag, isFlow == other.isFlow else { return false }
    if isAlias { return resolved.anchor == other.resolved.anchor }
    guard anchor == other.anchor, style == other.style, text == other.text, count == other.count else { return false }
    return zip(writtenMembers, other.writtenMembers).allSatisfy { $0.key.says($1.key) && $0.value.says($1.value) }
      && zip(elements, other.elements).allSatisfy { $0.says($1) }
  }
}
