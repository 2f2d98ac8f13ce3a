package import ConfigSyntax
package import Experiment

/// The Ludwig dialect.
package struct LudwigDialect: Dialect {
  package let name = "ludwig"

  package init() {}

  package func recognizes(_ document: SyntaxNode) -> Recognition { .no }

  package func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment] { [] }

  package func textEdits(for edits: [ExperimentEdit], in experiment: Experiment, trees: [SyntaxTree]) -> [SourceEdit]? { nil }
}
