import SourceText

extension SyntaxTree {
  /// Returns the place of the key that begins last before an offset, or there, and behind its end that of its value.
  ///
  /// A section may stand apart from the one that it belongs to, with others between them, so all keys are looked at.
  func nearestINIPlace(before offset: Int, in document: SyntaxNode) -> SyntaxPlace {
    var steps = lastSteps(in: document, before: offset)
    guard case .member(let member)? = steps.last else {
      return SyntaxPlace(document: document, steps: [], side: .value, word: TextRange(at: document.range.start))
    }
    if offset <= member.key.range.end {
      return SyntaxPlace(document: document, steps: steps, side: .key, word: member.key.contentRange)
    }
    var node = member.value
    while node.kind == .sequence || node.isFlow {
      // A list or an object of JSON, in which all is in order.
      if let member = node.writtenMembers.last(where: { $0.key.range.start <= offset }) {
        steps.append(.member(member))
        if offset <= member.key.range.end {
          return SyntaxPlace(document: document, steps: steps, side: .key, word: member.key.contentRange)
        }
        node = member.value
      } else if let index = node.elements.lastIndex(where: { $0.range.start <= offset }), let element = node[index] {
        steps.append(.element(index, element))
        node = element
      } else {
        break
      }
    }
    return SyntaxPlace(document: document, steps: steps, side: .value, word: node.contentRange)
  }

  /// The steps to the section or option whose key begins last before the offset, or there.
  private func lastSteps(in mapping: SyntaxNode, before offset: Int) -> [SyntaxPlace.Step] {
    var last: [SyntaxPlace.Step] = []
    var start = -1
    for member in mapping.writtenMembers where member.key.range.start <= offset {
      var steps: [SyntaxPlace.Step] = [.member(member)]
      if member.value.kind == .mapping, !member.value.isFlow { steps += lastSteps(in: member.value, before: offset) }
      guard case .member(let found)? = steps.last, found.key.range.start > start else { continue }
      (last, start) = (steps, found.key.range.start)
    }
    return last
  }
}
