import ConfigSyntax
import Experiment
import SourceText

/// Lowers a net, or a solver with the net that it names.
struct CaffeLowering {
  private(set) var experiment: Experiment
  /// The net that was lowered, and the index of its file; nil where it is not at hand.
  private(set) var net: (node: SyntaxNode, source: Int)?

  private let document: SyntaxNode
  private let context: LoweringContext

  init(_ document: SyntaxNode, in context: LoweringContext) {
    self.document = document
    self.context = context
    experiment = Experiment(dialect: "caffe", sources: [document.tree.source])
  }

  mutating func run() {
    let place = document.location(source: 0)
    experiment.about = Record(location: place, container: place)
    experiment.about[ExperimentKeys.framework] = Fact("Caffe", .inferred(from: "the file's form", at: nil))
    let isSolver = CaffeDocument.recognizesSolver(document) > CaffeDocument.recognizesNet(document)
    guard isSolver else {
      net = (document, 0)
      lowerNet(trainState: nil, solver: nil)
      return
    }
    findNet()
    lowerNet(trainState: document["train_state"], solver: document)
    var solver = CaffeSolver(document)
    solver.lower(into: &experiment)
    inferFineTuning()
  }

  // MARK: - The net

  private mutating func findNet() {
    for key in ["train_net_param", "net_param"] {
      if let inline = document[key], inline.kind == .mapping {
        net = (inline, 0)
        return
      }
    }
    guard let named = document["train_net"] ?? document["net"], let path = named.text, !path.isEmpty else { return }
    for candidate in Self.places(of: path) {
      guard case .tree(let tree) = context.load(candidate) else { continue }
      guard let root = tree.documents.first, CaffeDocument.recognizesNet(root) > .no else { continue }
      experiment.sources.append(tree.source)
      net = (root, 1)
      return
    }
    // Where Caffe is started is not known, so a net that is not found is not missing.
  }

  /// Where the net may be: Caffe looks from the folder that it is started in, which is often the root of the project.
  static func places(of path: String) -> [String] {
    let parts = path.split(separator: "/")
    guard let name = parts.last, parts.count > 1, !path.hasPrefix("/") else { return [path] }
    return [path, String(name)] + (1...4).map { String(repeating: "../", count: $0) + path }
  }

  private mutating func lowerNet(trainState: SyntaxNode?, solver: SyntaxNode?) {
    guard let (node, source) = net else { return }
    var lowering = CaffeNet(node, source: source, state: CaffeState(net: node, trainState: trainState))
    lowering.lower()
    experiment.layers = lowering.layers
    experiment.inputs = lowering.inputs
    experiment.outputs = lowering.outputs
    experiment.data = lowering.data
    experiment.problems += lowering.reader.problems
    if let name = node["name"], let text = name.text {
      experiment.about[ExperimentKeys.name] = Fact(text, .stated(name.location(source: source)))
    }
    if let batch = lowering.batchSize {
      experiment.training = Record(location: batch.origin.location, container: batch.origin.location)
      experiment.training[TrainingKeys.batchSize] = batch
    }
    inferFineTuning()
  }

  /// Notes what tells that training goes on from trained weights: frozen layers, a new layer that learns much faster than others, a
  /// solver or net that is called so.
  private mutating func inferFineTuning() {
    guard experiment.about[ExperimentKeys.fineTuned] == nil else { return }
    func infer(_ basis: String, at place: SourceLocation?) {
      experiment.about[ExperimentKeys.fineTuned] = Fact(true, .inferred(from: basis, at: place))
    }
    if let weights = document["weights"], weights.text?.isEmpty == false {
      return infer("\"weights\"", at: weights.location(source: 0))
    }
    if let (node, source) = net {
      let multipliers = (node.values(of: "layer") + node.values(of: "layers")).compactMap { layer in
        CaffeLayer(layer).rateMultiplier.flatMap { node in node.number.map { (value: $0, node: node) } }
      }
      if let frozen = multipliers.first(where: { $0.value == 0 }) {
        return infer("a layer that does not learn", at: frozen.node.location(source: source))
      }
      let slowest = multipliers.map(\.value).min() ?? 1
      if let fast = multipliers.first(where: { $0.value >= 5 * slowest && $0.value > 1 }) {
        return infer("a layer that learns faster than others", at: fast.node.location(source: source))
      }
    }
    for node in [document["net"], document["train_net"], document["snapshot_prefix"], net?.node["name"]] {
      guard let node, let word = node.text?.lowercased().filter({ $0 != "_" && $0 != "-" }) else { continue }
      if word.contains("finetun") {
        return infer("the name \"\(node.text ?? "")\"", at: node.location(source: node.tree === document.tree ? 0 : 1))
      }
    }
  }
}
