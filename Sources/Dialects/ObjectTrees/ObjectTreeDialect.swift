package import ConfigSyntax
package import Experiment

/// Configs that are trees of objects, each a class with its arguments: Hydra, Lightning's command line, MONAI bundles, NeMo, torchtune.
///
/// One walker reads them all. The classes are known by one table, `ClassNames`; what is peculiar to a framework is in its extension of
/// `ObjectTreeLowering`. Keys are mostly the author's own, so none is ever unknown.
package struct ObjectTreeDialect: Dialect {
  let family: TreeFamily

  /// The dialects of all families, the surest marks first.
  package static let all: [ObjectTreeDialect] = TreeFamily.allCases.map(ObjectTreeDialect.init)

  package var name: String { family.rawValue }
  package var sources: [String] { family.sources }

  init(_ family: TreeFamily) {
    self.family = family
  }

  package func recognizes(_ document: SyntaxNode) -> Recognition {
    family.recognition(of: document)
  }

  package func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment] {
    var lowering = ObjectTreeLowering(document, family, in: context, forEdits: false)
    lowering.run()
    return [lowering.experiment]
  }

  package func textEdits(for edits: [ExperimentEdit], in experiment: Experiment, trees: [SyntaxTree]) -> [SourceEdit]? {
    ObjectTreeEdits(experiment, family, trees)?.textEdits(for: edits)
  }

  package func guide(at place: SyntaxPlace) -> PlaceGuide? {
    ObjectTreeGuide(family: family).guide(at: place, in: self)
  }
}
