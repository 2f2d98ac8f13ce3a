import ConfigSyntax
import SourceText

/// Bytes to a tree: ranges lie inside their parents and in order, problems and comments inside the text, and every text and
/// value of a scalar can be asked for.
struct SyntaxTarget: FuzzTarget {
  let format: ConfigFormat

  func run(_ bytes: [UInt8]) -> Bool {
    let source = SourceText(name: "fuzz", bytes: bytes)
    let tree = parse(source, as: format)
    for document in tree.documents { check(document, in: source.range) }
    for problem in tree.problems {
      demand(source.range.contains(problem.range), "\(problem) lies outside")
      demand(!problem.message.isEmpty, "a problem without words at \(problem.range)")
      if let related = problem.related { demand(source.range.contains(related), "\(problem) is explained outside") }
    }
    for comment in tree.comments { demand(source.range.contains(comment), "a comment lies outside: \(comment)") }
    for (left, right) in zip(tree.comments, tree.comments.dropFirst()) {
      demand(left.end <= right.start, "comments out of order: \(left), \(right)")
    }
    return true
  }

  private func check(_ node: SyntaxNode, in parent: TextRange) {
    demand(parent.contains(node.range), "\(node.range) lies outside \(parent)")
    _ = (node.text, node.number, node.boolean, node.isNull, node.tag, node.anchor)
    guard !node.isAlias else { return }
    var end = node.range.start
    // A section of INI may stand apart from the one that it belongs to, with others between them.
    let isInOrder = format != .ini || node.isFlow
    for element in node.elements {
      demand(end <= element.range.start, "elements out of order at \(element.range)")
      end = element.range.end
      check(element, in: node.range)
    }
    for member in node.writtenMembers {
      demand(
        (end <= member.key.range.start || !isInOrder) && member.key.range.end <= member.value.range.start,
        "members out of order at \(member.range)"
      )
      end = member.value.range.end
      check(member.key, in: node.range)
      check(member.value, in: node.range)
    }
    demand(node.members.count <= node.count || !node.writtenMembers.isEmpty, "members from nowhere at \(node.range)")
  }
}
