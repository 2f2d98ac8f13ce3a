package import ConfigSyntax
package import Experiment
import SourceText
import Synchronization

/// A dialect that a definition describes: a bundled one of `dialects/`, or a user's own.
///
/// Of a dialect that does not know a document only the marks are read.
package final class MappedDialect: Dialect {
  package let name: String
  private let recognition: MappedRecognition
  private let read: @Sendable () -> DialectDefinition
  private let known = Mutex<DialectDefinition?>(nil)

  /// Makes a dialect of its whole definition.
  package init(_ definition: DialectDefinition) {
    name = definition.name
    recognition = definition.recognition
    read = { definition }
  }

  /// Makes a dialect whose definition is read when it is needed.
  init(name: String, recognition: MappedRecognition, read: @escaping @Sendable () -> DialectDefinition) {
    self.name = name
    self.recognition = recognition
    self.read = read
  }

  package var sources: [String] { definition.sources.map(\.text) }

  /// What the dialect is; read once.
  package var definition: DialectDefinition {
    known.withLock { known in
      if let known { return known }
      let definition = read()
      known = definition
      return definition
    }
  }

  package func recognizes(_ document: SyntaxNode) -> Recognition {
    recognition.matches(document)
  }

  package func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment] {
    let definition = definition
    return definition.places(in: document).map { place in
      var lowering = MappedLowering(place, in: document, definition, context)
      return lowering.run()
    }
  }

  package func textEdits(
    for edits: [ExperimentEdit],
    in experiment: Experiment,
    trees: [SyntaxTree]
  ) -> [SourceEdit]? {
    trees.first.flatMap { MappedEdits(definition, tree: $0, experiment: experiment) }?.textEdits(for: edits)
  }

  package func guide(at place: SyntaxPlace) -> PlaceGuide? {
    let guide = MappedGuide(definition, document: place.document)
    return self.guide(at: place) { guide.scope($0.compactMap(MappedGuide.name)) }
  }
}

extension DialectDefinition {
  /// An experiment's mapping in a document, with the key that leads to it.
  struct Place {
    var node: SyntaxNode
    var name: SyntaxNode?
    /// The keys on the way to it.
    var steps: [String]
  }

  /// Returns where the experiments of a document are; the document itself where the definition says nothing else.
  func places(in document: SyntaxNode) -> [Place] {
    if experiments.isEmpty { return [Place(node: document, name: nil, steps: [])] }
    for path in experiments {
      let found = places(from: Place(node: document, name: nil, steps: []), path.steps[...])
      if !found.isEmpty { return found }
    }
    return []
  }

  private func places(from place: Place, _ steps: ArraySlice<MappedPath.Step>) -> [Place] {
    guard let step = steps.first else { return place.node.kind == .mapping ? [place] : [] }
    switch step {
    case .key(let name):
      guard let member = place.node.member(name) else { return [] }
      return places(
        from: Place(node: member.value, name: place.name, steps: place.steps + [name]),
        steps.dropFirst()
      )
    case .any:
      if place.node.kind == .sequence {
        return place.node.elements.enumerated().flatMap { index, node in
          places(from: Place(node: node, name: place.name, steps: place.steps + ["\(index)"]), steps.dropFirst())
        }
      }
      return place.node.members.filter { !excepted.contains($0.name) }.flatMap { member in
        places(
          from: Place(node: member.value, name: member.key, steps: place.steps + [member.name]),
          steps.dropFirst()
        )
      }
    }
  }
}
