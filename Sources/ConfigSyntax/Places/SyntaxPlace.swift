package import SourceText

/// A place in a document, by the keys and positions that lead to it from the root.
///
/// A place of the text is found with ``SyntaxTree/place(at:)``; one where something is about to be written with
/// ``SyntaxTree/placeToWrite(at:)``.
package struct SyntaxPlace: Hashable, Sendable {
  /// One step down: to the value of a key, or to an element of a list.
  package enum Step: Hashable, Sendable {
    case member(SyntaxNode.Member)
    case element(Int, SyntaxNode)

    /// The node that the step leads to.
    package var value: SyntaxNode {
      switch self {
      case .member(let member): member.value
      case .element(_, let node): node
      }
    }

    /// The key of the step, nil for an element of a list.
    package var key: String? {
      if case .member(let member) = self { member.name } else { nil }
    }
  }

  /// What stands at the place, or may be written there.
  package enum Side: Hashable, Sendable {
    /// The key of the last step.
    case key
    /// What the last step leads to; without a step, the document.
    case value
  }

  /// The root of the document.
  ///
  /// For a place to write it may be of a tree that was parsed anew, with the word finished.
  package let document: SyntaxNode
  /// From the root to the place.
  package let steps: [Step]
  package let side: Side
  /// The bytes of the word at the place in the text that was asked about, quotes left out; empty where nothing is written.
  package let word: TextRange

  package init(document: SyntaxNode, steps: [Step], side: Side, word: TextRange) {
    self.document = document
    self.steps = steps
    self.side = side
    self.word = word
  }

  /// The mapping or list that holds the last step; nil for the document itself.
  package var container: SyntaxNode? {
    steps.isEmpty ? nil : steps.dropLast().last?.value ?? document
  }

  /// The keys that the mapping around the place has beside the one at the place.
  package var otherKeys: [String] {
    guard let container, case .member(let own)? = steps.last else { return [] }
    return container.writtenMembers.filter { $0.key != own.key }.map(\.name)
  }
}

extension SyntaxTree {
  /// Returns the place of the key or scalar value that holds an offset; nil between them.
  ///
  /// The offset right behind the last byte counts.
  package func place(at offset: Int) -> SyntaxPlace? {
    guard let place = nearestPlace(before: offset) else { return nil }
    let node =
      switch (place.side, place.steps.last) {
      case (.key, .member(let member)): member.key
      default: place.steps.last?.value ?? place.document
      }
    guard node.isAlias || node.kind == .scalar, node.range.start <= offset, offset <= node.range.end else { return nil }
    return place
  }

  /// Returns the place of what begins last before an offset, or there: a key up to its end, and behind it its value.
  func nearestPlace(before offset: Int) -> SyntaxPlace? {
    let documents = documents
    guard let document = documents.last(where: { $0.range.start <= offset }) ?? documents.first else { return nil }
    if format == .ini { return nearestINIPlace(before: offset, in: document) }
    var node = document
    var steps: [SyntaxPlace.Step] = []
    var side = SyntaxPlace.Side.value
    descent: while !node.isAlias {
      switch node.kind {
      case .mapping:
        guard let member = node.writtenMembers.last(where: { $0.key.range.start <= offset }) else { break descent }
        steps.append(.member(member))
        if offset <= member.key.range.end {
          side = .key
          return SyntaxPlace(document: document, steps: steps, side: side, word: member.key.contentRange)
        }
        node = member.value
      case .sequence:
        let elements = node.elements
        guard let index = elements.lastIndex(where: { $0.range.start <= offset }) else { break descent }
        steps.append(.element(index, elements[index]))
        node = elements[index]
      case .scalar, .alias, .missing: break descent
      }
    }
    return SyntaxPlace(document: document, steps: steps, side: side, word: node.contentRange)
  }
}

extension SyntaxNode {
  /// The bytes of a scalar's text without its quotes; of other nodes nothing, at their start.
  var contentRange: TextRange {
    let storage = storage
    guard storage.kind == .scalar else { return TextRange(at: Int(storage.start)) }
    return TextRange(start: Int(storage.contentStart), end: Int(storage.contentEnd))
  }
}
