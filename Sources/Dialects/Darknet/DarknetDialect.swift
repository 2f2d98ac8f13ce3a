package import ConfigSyntax
package import Experiment

/// Darknet's `.cfg`: `[net]`, and then a section for each layer, in order.
///
/// Read as AlexeyAB/darknet reads it (`src/parser.c` at 0d0144e).
package struct DarknetDialect: Dialect {
  package let name = "darknet"
  package var sources: [String] {
    [
      "https://github.com/AlexeyAB/darknet at 0d0144e (src/parser.c)",
      "forks of it, for src/activations.c and the layers",
    ]
  }

  package init() {}

  /// The first section must be `[net]` or `[network]`, which other programs have too: a layer, or what only a network has, must follow.
  package func recognizes(_ document: SyntaxNode) -> Recognition {
    guard document.tree.format == .ini, let first = document.writtenMembers.first,
      ["net", "network"].contains(first.name), first.value.kind == .mapping, !first.value.isFlow
    else { return .no }
    let options = Set(first.value.writtenMembers.map(\.name))
    let isSized = options.contains("inputs") || options.isSuperset(of: ["width", "height"])
    let isTrained = !options.isDisjoint(with: ["batch", "subdivisions", "learning_rate", "max_batches", "momentum"])
    let hasLayers = document.writtenMembers.dropFirst().contains { DarknetSectionKind.distinctive.contains($0.name) }
    if hasLayers { return isSized || isTrained ? .certain : .likely }
    return isSized && isTrained ? .likely : .no
  }

  package func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment] {
    var lowering = DarknetLowering(document)
    lowering.run()
    return [lowering.experiment]
  }

  package func textEdits(
    for edits: [ExperimentEdit],
    in experiment: Experiment,
    trees: [SyntaxTree]
  ) -> [SourceEdit]? {
    DarknetEdits(experiment, trees: trees).textEdits(for: edits)
  }
}

extension Origin {
  /// What Darknet does where an option is absent.
  static let darknetDefault = Origin.default(DefaultSource(framework: "Darknet"))

  static func darknetDefault(_ note: String) -> Origin {
    .default(DefaultSource(framework: "Darknet", note: note))
  }
}
