package import ConfigSyntax
package import Experiment

/// Caffe's nets (`train_val.prototxt`, `deploy.prototxt`) and solvers, in the new syntax (`layer`) and the one before it (`layers`).
///
/// Which fields there are, and what holds when one is absent, was read in BVLC's `src/caffe/proto/caffe.proto`. A solver names its
/// net, and both are one experiment; a net by itself tells the architecture, and of training nothing but the batch.
package struct CaffeDialect: Dialect {
  package let name = "caffe"
  package var sources: [String] {
    ["caffe.proto, filler.hpp and the solvers of Caffe, in forks of https://github.com/BVLC/caffe"]
  }

  package init() {}

  package func recognizes(_ document: SyntaxNode) -> Recognition {
    guard document.tree.format == .protoText, document.kind == .mapping else { return .no }
    return max(CaffeDocument.recognizesNet(document), CaffeDocument.recognizesSolver(document))
  }

  package func lower(_ document: SyntaxNode, in context: LoweringContext) -> [Experiment] {
    var lowering = CaffeLowering(document, in: context)
    lowering.run()
    return [lowering.experiment]
  }

  package func textEdits(for edits: [ExperimentEdit], in experiment: Experiment, trees: [SyntaxTree]) -> [SourceEdit]? {
    CaffeEdits(experiment, trees: trees)?.textEdits(for: edits)
  }
}

/// What tells Caffe's messages from others that are written as protobuf text: pipelines of TensorFlow, label maps, servers' configs.
enum CaffeDocument {
  /// Whether a document is a net: it has a layer with a type, and with what the layer takes or gives.
  static func recognizesNet(_ document: SyntaxNode) -> Recognition {
    var isLikely = false
    for layer in document.values(of: "layer") + document.values(of: "layers") where layer.kind == .mapping {
      // The oldest syntax has the layer in a message of its own.
      let inner = layer["layer"] ?? layer
      guard inner["type"]?.kind == .scalar else { continue }
      if layer["top"] != nil || layer["bottom"] != nil { return .certain }
      isLikely = isLikely || inner["name"] != nil
    }
    return isLikely ? .likely : .no
  }

  /// Whether a document is a solver: it names its net, or says of learning what only solvers do.
  static func recognizesSolver(_ document: SyntaxNode) -> Recognition {
    var marks = 0
    for key in ["net", "train_net", "net_param", "train_net_param", "lr_policy", "solver_mode", "snapshot_prefix"]
    where document[key] != nil {
      marks += 1
    }
    for key in ["base_lr", "max_iter", "test_iter", "solver_type"] where document[key] != nil { marks += 1 }
    return marks > 1 ? .certain : marks == 1 && document["base_lr"] != nil ? .likely : .no
  }
}

extension Origin {
  /// Facts that hold in Caffe when their field is absent.
  static func caffe(_ note: String? = nil) -> Origin { .default(DefaultSource(framework: "Caffe", note: note)) }
}
