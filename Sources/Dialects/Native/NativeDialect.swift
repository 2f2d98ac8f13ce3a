package import ConfigSyntax
package import Experiment

/// The Native dialect.
package struct NativeDialect: Dialect {
  package let name = "native"

  package init() {}

  package func recognizes(_ document: SyntaxNode) -> Recognition { .no }

  package func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment] { [] }

  package func textEdits(for edits: [ExperimentEdit], in experiment: Experiment, trees: [SyntaxTree]) -> [SourceEdit]? { nil }
}
