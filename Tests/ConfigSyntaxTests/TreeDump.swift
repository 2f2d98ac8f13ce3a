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

/// Writes the values of a tree on one line: `{a: 1, b: [x, ?]}`, where `?` is what could not be read.
func brief(_ tree: SyntaxTree) -> String { tree.documents.map(brief).joined(separator: " --- ") }

private func brief(_ node: SyntaxNode) -> String {
  switch node.kind {
  case .mapping: "{" + node.members.map { "\($0.name): \(brief($0.value))" }.joined(separator: ", ") + "}"
  case .sequence: "[" + node.elements.map(brief).joined(separator: ", ") + "]"
  default:
    switch node.scalarValue {
    case nil: "?"
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let text): text
    }
  }
}

func yaml(_ text: String) -> SyntaxTree { parse(SourceText(name: "test.yaml", text: text), as: .yaml) }

func ini(_ text: String) -> SyntaxTree { parse(SourceText(name: "test.cfg", text: text), as: .ini) }

func protoText(_ text: String) -> SyntaxTree { parse(SourceText(name: "test.prototxt", text: text), as: .protoText) }

func json(_ text: String) -> SyntaxTree { parse(SourceText(name: "test.json", text: text), as: .json) }
