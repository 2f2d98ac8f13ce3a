package import ConfigSyntax
package import Experiment

/// The Keras dialect.
package struct KerasDialect: Dialect {
  package let name = "keras"

  package init() {}

  package func recognizes(_ document: SyntaxNode) -> Recognition { .no }

  package func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment] { [] }

  package func textEdits(for edits: [ExperimentEdit], in experiment: Experiment, trees: [SyntaxTree]) -> [SourceEdit]? { nil }
}
