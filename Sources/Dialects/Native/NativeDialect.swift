package import ConfigSyntax
package import Experiment

/// The native experiment file: what a model file cannot say, or a whole experiment in one file.
///
/// `docs/native.md` lists its keys.
package struct NativeDialect: Dialect {
  package let name = "native"
  package var sources: [String] { ["keras 3.15.1"] }

  /// The newest format version that is read.
  static let formatVersion = 1

  package init() {}

  package func recognizes(_ document: SyntaxNode) -> Recognition {
    document.member("epochzero") == nil ? .no : .certain
  }

  package func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment] {
    var lowering = NativeLowering(document, in: context)
    return [lowering.run()]
  }

  package func textEdits(
    for edits: [ExperimentEdit],
    in experiment: Experiment,
    trees: [SyntaxTree]
  ) -> [SourceEdit]? {
    NativeEdits(experiment, trees: trees).textEdits(for: edits)
  }

  /// Returns the first document of a model file that some dialect knows.
  static func model(in tree: SyntaxTree) -> (dialect: any Dialect, document: SyntaxNode)? {
    tree.documents.lazy.compactMap { document in
      DialectSet.bundled.recognize(document).map { (dialect: $0, document: document) }
    }.first
  }
}

/// Facts that hold in a native file when their key is absent.
extension Origin {
  static let nativeDefault = Origin.default(DefaultSource(framework: "Epoch Zero", note: "as in Keras"))
}
