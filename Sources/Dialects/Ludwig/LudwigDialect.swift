package import ConfigSyntax
package import Experiment

/// Ludwig's declarative configs, of all its releases: features in and out, combiner, trainer.
///
/// A document holds one config, or several under `config` keys as Ludwig's lists of reference configs do.
package struct LudwigDialect: Dialect {
  package let name = "ludwig"
  package var sources: [String] { ["ludwig 0.11.0", "ludwig 0.5 to 0.10.4, where defaults changed"] }

  package init() {}

  package func recognizes(_ document: SyntaxNode) -> Recognition {
    Self.configs(in: document).map { Self.recognition(of: $0) }.max() ?? .no
  }

  package func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment] {
    let version = context.frameworkVersions[name]
    return Self.configs(in: document).map { Self.lowered($0, version: version, forEdits: false).experiment }
  }

  package func textEdits(for edits: [ExperimentEdit], in experiment: Experiment, trees: [SyntaxTree]) -> [SourceEdit]? {
    guard let tree = trees.first else { return nil }
    return LudwigTextEdits(tree: tree, experiment: experiment)?.textEdits(for: edits)
  }

  // MARK: - Documents

  /// Returns the configs in a document, in order.
  static func configs(in document: SyntaxNode) -> [SyntaxNode] {
    if recognition(of: document) > .no { return [document] }
    var candidates = [document["config"], document["model_definition"]].compactMap { $0 }
    let lists = document.kind == .sequence ? [document] : document.members.map(\.value).filter { $0.kind == .sequence }
    candidates += lists.flatMap(\.elements).compactMap { $0["config"] }
    return candidates.filter { recognition(of: $0) == .certain }
  }

  /// Lowers one config, for edits with the places of its facts.
  static func lowered(
    _ config: SyntaxNode,
    version: FrameworkVersions.Version?,
    forEdits: Bool
  ) -> LudwigLowering {
    var lowering = LudwigLowering(config, version: version, forEdits: forEdits)
    lowering.run()
    return lowering
  }

  private static func recognition(of config: SyntaxNode) -> Recognition {
    guard config.kind == .mapping else { return .no }
    // One side that is a list of features is proof enough: the other may be half-typed.
    let names = ["input_features", "output_features"]
    let sides = names.filter { isFeatureList(config[$0]) }
    if !sides.isEmpty, names.allSatisfy({ config[$0] != nil }) { return .certain }
    let modelType = config["model_type"]?.string
    if modelType == "llm", config["base_model"] != nil { return .certain }
    let sections = ["trainer", "training", "combiner", "hyperopt", "preprocessing", "defaults"].filter {
      config[$0]?.kind == .mapping
    }
    if !sides.isEmpty || modelType.map({ LudwigWords.modelTypes[$0] != nil }) == true {
      return sections.isEmpty ? .no : .likely
    }
    // A fragment that Ludwig merges into a config: a combiner by name with its trainer.
    let combiner = config["combiner"]?["type"]?.string
    return combiner.map(LudwigWords.combiners.contains) == true && sections.count > 1 ? .likely : .no
  }

  /// Whether a node is a list of mappings with name and type.
  private static func isFeatureList(_ node: SyntaxNode?) -> Bool {
    guard let node, node.kind == .sequence, node.count > 0 else { return false }
    return node.elements.contains { $0["name"] != nil && $0["type"] != nil }
  }
}
