import ConfigSyntax
import Experiment
import SourceText

/// Lowers a net as it is trained: layers of its state only, labels and what is made of them left out.
struct CaffeNet {
  private(set) var layers: [Layer] = []
  private(set) var inputs: [Record] = []
  private(set) var outputs: [Output] = []
  var data = Record()
  /// The examples that the net takes at once.
  var batchSize: Fact<Int>?
  var reader: CaffeReader

  /// What stands under a blob's name just now.
  struct Blob {
    /// The layer that gives it, and which of its outputs it is; nil for labels, and for what only labels are made into.
    var layer: (index: Int, slot: Int)?
    /// Whether one example of it is a vector for sure.
    var isFlat: Bool
    /// Whether weights had a part in it.
    var isLearnt: Bool
  }

  private let node: SyntaxNode
  private let state: CaffeState
  /// Layers in all states, and those of the net's.
  private let all: [CaffeLayer]
  private let active: [CaffeLayer]
  private var blobs: [String: Blob] = [:]
  /// The blobs that layers give in any state.
  private let tops: Set<String>
  /// The names of kernels that several layers have.
  private let sharedNames: Set<String>
  /// The outputs whose losses look at a blob, by its name.
  private var predictions: [String: Int] = [:]
  /// The index in `active` of the layer in hand.
  private var position = 0
  private var missingBlobs = 0
  /// The layer whose kernel has a name, by that name.
  private var sharedKernels: [String: Int] = [:]
  /// Whether the net has a loss; one without is not trained, and its weights come from elsewhere.
  let isTrained: Bool
  /// Whether some layer runs over time, which is the first axis of its data then: a batch counts steps, not examples.
  let isRecurrent: Bool

  init(_ node: SyntaxNode, source: Int, state: CaffeState) {
    self.node = node
    self.state = state
    reader = CaffeReader(source: source)
    let all = (node.values(of: "layer") + node.values(of: "layers")).filter { $0.kind == .mapping }.map(CaffeLayer.init)
    self.all = all
    let active = all.filter { state.includes($0.node) }
    self.active = active
    tops = Set(all.flatMap(\.tops))
    let names = active.compactMap { $0.sharedName?.text }
    sharedNames = Set(Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +).filter { $0.value > 1 }.keys)
    isRecurrent = active.contains { $0.type == "LSTM" || $0.type == "RNN" }
    isTrained = all.contains { CaffeLayerType.isLoss($0.type) || ($0.lossWeight?.number ?? 0) != 0 }
  }

  mutating func lower() {
    reader.noteMisspelledFields(of: node, .net, subject: "the net")
    addStatedInputs()
    let labels = labelBlobs()
    for index in active.indices {
      position = index
      lower(active[index], labels: labels)
    }
    if isTrained {
      addMetrics()
      reader.noteIdleFields()
    } else {
      addLooseEnds()
    }
  }

  // MARK: - Layers

  private mutating func lower(_ layer: CaffeLayer, labels: Set<String>) {
    reader.noteMisspelledFields(of: layer.node, .layer, subject: "layer \"\(layer.name)\"")
    if CaffeLayerType.isData(layer.type) || (layer.bottoms.isEmpty && layer.type != "Parameter") {
      return lowerData(layer, labels: labels)
    }
    let sources = layer.bottoms.map { blob(at: $0, of: layer) }
    if CaffeLayerType.isLoss(layer.type) { return addOutput(layer, sources) }
    if CaffeLayerType.isSink(layer.type) { return }
    // What is made of labels only is a label.
    if sources.allSatisfy({ $0 != nil && $0?.layer == nil })
      || (!layer.tops.isEmpty && layer.tops.allSatisfy(labels.contains))
    {
      for top in layer.tops { blobs[top] = Blob(layer: nil, isFlat: false, isLearnt: false) }
      return
    }
    let known = sources.compactMap(\.self).filter { $0.layer != nil }
    let index = build(layer, on: known)
    // A custom layer with a weight in the loss is a loss of its own.
    if let weight = layer.lossWeight, let value = weight.number, value != 0 {
      var facts = Record(location: layer.node.location(source: reader.source), container: nil)
      facts[OutputKeys.lossWeight] = Fact(value, reader.stated(weight))
      outputs.append(Output(facts: facts, layer: index))
    }
    let isFlat = isFlat(behind: layer, known)
    let isLearnt = layers[index].kind.isWeightLayer || known.contains(where: \.isLearnt)
    for (slot, top) in layer.tops.enumerated() {
      blobs[top] = Blob(layer: (index, slot), isFlat: isFlat, isLearnt: isLearnt)
    }
  }

  /// Returns the blob that a layer takes; nil where no layer gives it.
  private mutating func blob(at bottom: SyntaxNode, of layer: CaffeLayer) -> Blob? {
    guard let name = bottom.text else { return nil }
    if let known = blobs[name] { return known }
    // In another state the net may have it.
    missingBlobs += 1
    if !tops.contains(name), node["state"] == nil, missingBlobs <= Self.missingLimit {
      let nearest = Spelling.nearest(to: name, among: blobs.keys.sorted())
      reader.note(
        .brokenGraph,
        "layer \"\(layer.name)\" takes \"\(name)\", and no layer above it gives that",
        at: bottom,
        help: nearest.map { "did you mean \"\($0)\"?" } ?? "layers stand below those that they take from"
      )
    }
    return nil
  }

  /// How many missing blobs are told: a net whose first part is cut off has one in each layer.
  private static let missingLimit = 20

  /// Whether several layers have the kernel with a name.
  func isKernelShared(_ name: String) -> Bool { sharedNames.contains(name) }

  /// Returns the layer that learns scale and offset for a normalisation: what takes its output next, if it is one of that type.
  func scaleBehind(_ layer: CaffeLayer) -> CaffeLayer? {
    let next = active[min(position + 1, active.count)...].prefix(8).first { later in
      later.bottoms.contains { $0.text == layer.tops.first }
    }
    return next.flatMap { $0.type == "Scale" && $0.bottoms.count == 1 ? $0 : nil }
  }

  private mutating func build(_ layer: CaffeLayer, on sources: [Blob]) -> Int {
    var facts = facts(of: layer)
    let kind = kind(of: layer, sources, &facts)
    setLearning(layer, kind, &facts)
    var inputs = sources.compactMap(\.layer)
    if kind == .dense, let source = sources.first, !source.isFlat, takesWholeExample(layer), let input = inputs.first {
      // `InnerProduct` takes all axes behind the batch as one.
      inputs = [(addStep(.flatten, "flatten", before: layer, on: input), 0)]
    }
    if let padding = paddingAround(layer, kind), let input = inputs.first {
      inputs = [(addStep(.zeroPadding, "pad", before: layer, on: input, padding), 0)]
    }
    if kind == .lstm || kind == .simpleRNN { inputs = Array(inputs.prefix(1)) }
    let index = add(kind, layer.name, facts, inputs)
    if let name = layer.sharedName, kind.isWeightLayer {
      if let first = sharedKernels[name.text ?? ""], layers[first].kind == kind {
        layers[index].sharesWeightsWith = first
      } else {
        sharedKernels[name.text ?? ""] = index
      }
    }
    return index
  }

  /// Adds a layer that a layer of Caffe is in part.
  private mutating func addStep(
    _ kind: LayerKind,
    _ suffix: String,
    before layer: CaffeLayer,
    on input: (index: Int, slot: Int),
    _ stated: Record = Record()
  ) -> Int {
    let place = layer.typeNode.location(source: reader.source)
    var facts = stated
    facts.location = place
    facts[LayerKeys.dataFormat] = Fact("channels_first", .caffe())
    return add(kind, "\(layer.name)/\(suffix)", facts, [input])
  }

  mutating func add(_ kind: LayerKind, _ name: String, _ facts: Record, _ inputs: [(index: Int, slot: Int)]) -> Int {
    var layer = Layer(kind: kind, name: name, facts: facts, inputs: inputs.map(\.index))
    if inputs.contains(where: { $0.slot != 0 }) { layer.inputSlots = inputs.map(\.slot) }
    layers.append(layer)
    return layers.count - 1
  }

  func facts(of layer: CaffeLayer) -> Record {
    var facts = Record(
      location: (layer.node["name"] ?? layer.typeNode).location(source: reader.source),
      container: layer.node.location(source: reader.source)
    )
    facts[LayerKeys.className] = Fact(layer.type, reader.stated(layer.typeNode))
    return facts
  }

  /// Notes whether the layer learns; `ParamSpec.lr_mult` is 1 unless stated.
  private func setLearning(_ layer: CaffeLayer, _ kind: LayerKind, _ facts: inout Record) {
    guard kind.isWeightLayer else { return }
    if let multiplier = layer.rateMultiplier, let value = multiplier.number, value == 0 {
      facts[LayerKeys.trainable] = Fact(false, reader.stated(multiplier))
    }
    if !isTrained {
      facts[LayerKeys.pretrained] = Fact(true, .inferred(from: "the net, which has no loss to train it by", at: nil))
    }
  }

  /// Whether one example of what a layer gives is a vector.
  private func isFlat(behind layer: CaffeLayer, _ sources: [Blob]) -> Bool {
    switch layer.type {
    case "InnerProduct": takesWholeExample(layer)
    case "Flatten": layer.parameters("flatten_param") == nil
    case "Reshape", "LSTM", "RNN", "Embed", "Slice", "Permute", "Tile", "Im2col": false
    case "Concat", "Eltwise": sources.allSatisfy(\.isFlat)
    default: sources.first?.isFlat ?? false
    }
  }

  func takesWholeExample(_ layer: CaffeLayer) -> Bool {
    (layer.parameters("inner_product_param")?["axis"]?.integer ?? 1) == 1
  }

  // MARK: - Labels

  /// The blobs that go nowhere but into places where a loss or a measure wants the truth.
  private func labelBlobs() -> Set<String> {
    // From the end: a blob is a label if all that takes it is a truth's place, or gives labels only.
    var isLabel: [String: Bool] = [:]
    func mark(_ name: String, _ value: Bool) { isLabel[name] = (isLabel[name] ?? true) && value }
    for layer in active.reversed() {
      let isCompared = CaffeLayerType.isLoss(layer.type) || layer.type == "Accuracy"
      if layer.type == "Silence" || layer.isInPlace { continue }
      let givesLabels = !layer.tops.isEmpty && layer.tops.allSatisfy { isLabel[$0] == true }
      for (position, bottom) in layer.bottoms.enumerated() {
        mark(
          bottom.text ?? "",
          isCompared ? position > 0 && layer.type != "ContrastiveLoss" || position > 1 : givesLabels
        )
      }
    }
    return Set(isLabel.filter(\.value).keys)
  }

  // MARK: - Outputs

  private mutating func addOutput(_ layer: CaffeLayer, _ sources: [Blob?]) {
    let weight = layer.lossWeight
    // Of weight 0 it is shown and not taught.
    if let weight, weight.number == 0 { return }
    let learnt = sources.prefix(2).compactMap(\.self).filter { $0.layer != nil && $0.isLearnt }
    let source = learnt.first ?? sources.lazy.compactMap(\.self).first { $0.layer != nil }
    guard let source, let (index, _) = source.layer else { return }
    let place = layer.typeNode.location(source: reader.source)
    var facts = Record(location: place, container: layer.node.location(source: reader.source))
    let known = CaffeLayerType.losses[layer.type]
    var name = known?.name ?? layer.type
    // Between two things that are learnt there is no target.
    if layer.type == "EuclideanLoss", learnt.count > 1 { name = "euclidean_distance" }
    if layer.type == "HingeLoss", layer.parameters("hinge_loss_param")?["norm"]?.text == "L2" {
      name = "squared_categorical_hinge"
    }
    facts[OutputKeys.loss] = Fact(name, .stated(place))
    if let takesLogits = known?.takesLogits {
      facts[OutputKeys.fromLogits] = Fact(takesLogits, .inferred(from: "the loss layer's type", at: place))
    }
    if let weight, let value = weight.number { facts[OutputKeys.lossWeight] = Fact(value, reader.stated(weight)) }
    outputs.append(Output(facts: facts, layer: index))
    if let blob = layer.bottoms.first?.text, predictions[blob] == nil { predictions[blob] = outputs.count - 1 }
  }

  /// Gives outputs the measures that the testing net shows of them.
  private mutating func addMetrics() {
    for layer in all where layer.type == "Accuracy" && (state.includes(layer.node) || CaffeState.isInTest(layer.node)) {
      guard let blob = layer.bottoms.first?.text, let index = predictions[blob] else { continue }
      outputs[index].facts.setIfUnknown(OutputKeys.metrics, ["accuracy"], reader.stated(layer.typeNode))
    }
  }

  /// In a net without a loss what nothing takes is what it gives.
  private mutating func addLooseEnds() {
    let taken = Set(layers.flatMap(\.inputs))
    for index in layers.indices where !taken.contains(index) && layers[index].kind != .input {
      outputs.append(Output(facts: Record(), layer: index))
    }
  }

  // MARK: - Inputs

  /// Adds an input of the net.
  mutating func addInput(_ name: String, _ layerFacts: Record, _ inputFacts: Record) {
    var facts = layerFacts
    let index = layers.count
    let place = facts.location
    var input = inputFacts
    input.location = place
    input.container = facts.container
    input[InputKeys.name] = Fact(name, .inferred(from: "the input blob", at: place))
    input[InputKeys.layer] = Fact(index, .inferred(from: "the input blob", at: place))
    input[InputKeys.shape] = facts[LayerKeys.inputShapeStated]
    facts[LayerKeys.dataType] = inputFacts[InputKeys.dataType]
    inputs.append(input)
    _ = add(.input, name, facts, [])
    let isFlat = facts.value(LayerKeys.inputShapeStated)?.rank == 1
    blobs[name] = Blob(layer: (index, 0), isFlat: isFlat, isLearnt: false)
  }

  mutating func addLabel(_ name: String) {
    blobs[name] = Blob(layer: nil, isFlat: false, isLearnt: false)
  }

  /// Adds the inputs of a net that are listed before its layers: `input` with `input_dim`, four for each, or `input_shape`.
  private mutating func addStatedInputs() {
    let names = node.values(of: "input")
    let shapes = node.values(of: "input_shape").map { ($0, $0.values(of: "dim").map(\.integer)) }
    let dimensions = node.values(of: "input_dim")
    for (position, name) in names.enumerated() {
      guard let text = name.text else { continue }
      var facts = Record(
        location: name.location(source: reader.source),
        container: node.location(source: reader.source)
      )
      if shapes.indices.contains(position) {
        facts[LayerKeys.inputShapeStated] = CaffeNet.shape(shapes[position].1, reader.stated(shapes[position].0))
      } else if dimensions.count >= 4 * (position + 1) {
        let own = dimensions[4 * position..<4 * position + 4]
        facts[LayerKeys.inputShapeStated] = CaffeNet.shape(own.map(\.integer), reader.stated(own[own.startIndex]))
      }
      addInput(text, facts, Record())
    }
  }

  /// Returns the shape of one example from that of a batch.
  static func shape(_ dimensions: [Int?], _ origin: Origin) -> Fact<Shape>? {
    dimensions.count > 1 ? Fact(Shape(Array(dimensions.dropFirst())), origin) : nil
  }
}
