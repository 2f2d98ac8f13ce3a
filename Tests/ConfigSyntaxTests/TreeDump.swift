import ConfigSyntax
import SourceText

/// Writes a tree out: one line a node, with its range, what it is and the bytes it covers.
func dump(_ tree: SyntaxTree) -> String {
  var lines: [String] = []
  for (position, document) in tree.documents.enumerated() {
    if position > 0 { lines.append("---") }
    dump(document, label: "", indent: "", into: &lines)
  }
  for comment in tree.comments { lines.append("comment \(shown(comment)) \(tree.source.text(in: comment))") }
  for problem in tree.problems {
    let related = problem.related.map { " (see \(shown($0)))" } ?? ""
    lines.append("\(problem.kind.rawValue) \(shown(problem.range)) \(problem.message)\(related)")
  }
  return lines.joined(separator: "\n")
}

func shown(_ range: TextRange) -> String { "\(range.start)..\(range.end)" }

private func dump(_ node: SyntaxNode, label: String, indent: String, into lines: inout [String]) {
  var head = indent + label + shown(node.range)
  if let anchor = node.anchor { head += " &" + anchor }
  if node.isAlias {
    lines.append(head + " *" + (node.resolved.anchor ?? "?"))
    return
  }
  if let tag = node.tag { head += " " + tag }
  switch node.kind {
  case .mapping:
    lines.append(head + (node.isFlow ? " {}" : " map"))
    for member in node.writtenMembers {
      let key = member.key.text ?? "?"
      dump(member.value, label: "\(key)@\(shown(member.key.range)): ", indent: indent + "  ", into: &lines)
    }
  case .sequence:
    lines.append(head + (node.isFlow ? " []" : " seq"))
    for element in node.elements { dump(element, label: "- ", indent: indent + "  ", into: &lines) }
  case .scalar: lines.append(head + " " + (node.scalarValue.map { "\($0)" } ?? "?"))
  case .alias, .missing: lines.append(head + " \(node.kind)")
  }
}
