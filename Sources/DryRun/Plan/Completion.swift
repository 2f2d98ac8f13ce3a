import Experiment

/// Fills in what only the data would tell, so that shapes can be inferred: sizes that a file leaves open get a stated assumption.
///
/// Works on an experiment that is not derived. Two versions of an experiment get the same sizes.
struct Completion {
  private(set) var experiment: Experiment
  /// What was assumed, in sentences for ``PlanReport``.
  private(set) var assumptions: [String] = []

  // Enough for groups to differ, and few enough to learn from a thousand rows.
  static let categories = 12
  static let tokens = 64
  static let classes = 4
  static let features = 16
  static let imageSide = 64
  static let sequenceLength = 32

  init(_ experiment: Experiment) {
    self.experiment = experiment
    for index in self.experiment.layers.indices { complete(index) }
    for index in self.experiment.outputs.indices { completeOutput(index) }
  }

  // MARK: - Private

  private static let origin = Origin.inferred(from: "what a dry run assumes", at: nil)

  private mutating func set<Value>(_ key: FactKey<Value>, _ value: Value, of layer: Int) {
    experiment.layers[layer].facts[key] = Fact(value, Self.origin)
  }

  private mutating func complete(_ index: Int) {
    let layer = experiment.layers[index]
    let facts = layer.facts
    switch layer.kind {
    case .input: completeInput(index)
    case .embedding, .categoryEncoding:
      let isCategory = type(behind: index) == "category"
      if facts.value(LayerKeys.vocabularySize) == nil {
        let count = classes(behind: index) ?? (isCategory ? Self.categories : Self.tokens)
        set(LayerKeys.vocabularySize, count, of: index)
        assumptions.append("layer \"\(layer.name)\": \(count) distinct ids")
        if layer.kind == .categoryEncoding, facts.value(LayerKeys.outputMode) == nil {
          set(LayerKeys.outputMode, "one_hot", of: index)
        }
      }
      if layer.kind == .embedding, facts.value(LayerKeys.outputDimension) == nil {
        // Ludwig's width is 256, and at most the number of ids.
        let width = min(256, experiment.layers[index].facts.value(LayerKeys.vocabularySize) ?? Self.tokens)
        set(LayerKeys.outputDimension, width, of: index)
      }
    case .operation: completeOperation(index)
    default: break
    }
  }

  /// Code of Ludwig's whose name tells what it does.
  private mutating func completeOperation(_ index: Int) {
    let layer = experiment.layers[index]
    guard layer.facts.value(LayerKeys.operation) == nil else { return }
    switch layer.facts.value(LayerKeys.className) {
    case "last", "sum": experiment.layers[index].kind = .sequencePooling
    case "embed" where ["set", "bag"].contains(type(behind: index)):
      // The sum of the embeddings of what is in the set (`SetSparseEncoder`), which is a product with zeros and ones.
      experiment.layers[index].kind = .dense
      set(LayerKeys.units, 50, of: index)
      set(LayerKeys.useBias, false, of: index)
      set(LayerKeys.activation, "linear", of: index)
      assumptions.append("layer \"\(layer.name)\": the sum of embeddings of 50 numbers")
    default: break
    }
  }

  // MARK: - Inputs

  private mutating func completeInput(_ index: Int) {
    let layer = experiment.layers[index]
    let stated = layer.facts.value(LayerKeys.inputShapeStated)
    let axes = stated?.axes ?? unstatedAxes(of: index)
    guard stated == nil || axes.contains(nil) else { return }
    let assumed = filled(axes, index)
    set(LayerKeys.inputShapeStated, Shape(assumed), of: index)
    if let input = input(of: index) { experiment.inputs[input][InputKeys.shape] = Fact(Shape(assumed), Self.origin) }
    assumptions.append("input \"\(layer.name)\": the shape \(Shape(assumed))")
  }

  /// The axes of an input of which nothing is stated, as those that take it want them.
  private func unstatedAxes(of index: Int) -> [Int?] {
    if let features = experiment.data.value(DataKeys.inputs)?.value(TargetKeys.features) { return [features] }
    for consumer in experiment.layers where consumer.inputs.contains(index) {
      switch consumer.kind {
      case .conv3d, .convTranspose3d, .maxPooling3d, .averagePooling3d: return [nil, nil, nil, nil]
      case .conv2d, .depthwiseConv2d, .separableConv2d, .maxPooling2d, .averagePooling2d, .augmentation, .resizing,
        .rescaling, .backbone:
        return [nil, nil, nil]
      case .conv1d, .separableConv1d, .simpleRNN, .gru, .lstm, .multiHeadAttention: return [nil, nil]
      default: continue
      }
    }
    return [nil]
  }

  private func filled(_ axes: [Int?], _ index: Int) -> [Int?] {
    let isChannelsFirst = experiment.layers.contains { $0.facts.value(LayerKeys.dataFormat) == "channels_first" }
    let type = type(behind: index)
    let sizes: [Int]
    switch axes.count {
    case 0: sizes = []
    case 1: sizes = [type == "date" ? 9 : length(of: index, type)]
    case 2: sizes = [Self.sequenceLength, Self.features]
    case 3 where isChannelsFirst: sizes = [3, Self.imageSide, Self.imageSide]
    case 3: sizes = [Self.imageSide, Self.imageSide, 3]
    default: sizes = [8] + Array(repeating: 32, count: axes.count - 2) + [3]
    }
    return zip(axes, sizes).map { $0 ?? $1 }
  }

  /// How long a single axis is: ids in a row, or features.
  private func length(of index: Int, _ type: String?) -> Int {
    switch type {
    case "text", "sequence", "timeseries": return Self.sequenceLength
    case "set", "bag": return Self.features
    default:
      let isIDs = experiment.layers.contains { $0.kind == .embedding && $0.inputs.contains(index) }
      return isIDs ? Self.sequenceLength : Self.features
    }
  }

  // MARK: - Outputs

  /// A head whose number of units only the data tell.
  private mutating func completeOutput(_ index: Int) {
    guard let layer = experiment.outputs[index].layer, experiment.layers.indices.contains(layer) else { return }
    // The activation behind a head has its units.
    var head = layer
    while experiment.layers[head].kind == .activation, let input = experiment.layers[head].inputs.first { head = input }
    guard experiment.layers[head].kind == .dense, experiment.layers[head].facts.value(LayerKeys.units) == nil else {
      return
    }
    let facts = experiment.outputs[index].facts
    let isNumber = facts.value(OutputKeys.type) == "number" || facts.value(OutputKeys.type) == "binary"
    let units = facts.value(OutputKeys.classes) ?? (isNumber ? 1 : Self.classes)
    set(LayerKeys.units, units, of: head)
    assumptions.append("output \"\(facts.value(OutputKeys.name) ?? experiment.layers[head].name)\": \(units) classes")
  }

  // MARK: - Features

  /// The place in ``Experiment/inputs`` of an input layer.
  private func input(of layer: Int) -> Int? {
    experiment.inputs.firstIndex { $0.value(InputKeys.layer) == layer }
  }

  /// The type of the feature that a layer is fed from, in the dialect's word.
  private func type(behind layer: Int) -> String? {
    source(of: layer).flatMap { experiment.inputs[$0].value(InputKeys.type) }
  }

  /// The number of classes that is stated of the column that a layer is fed from.
  private func classes(behind layer: Int) -> Int? {
    guard let input = source(of: layer), let name = experiment.inputs[input].value(InputKeys.name) else { return nil }
    return experiment.data.value(DataKeys.columns)?.value(FactKey<Record>(name))?.value(TargetKeys.classes)
  }

  private func source(of layer: Int) -> Int? {
    var current = layer
    while let previous = experiment.layers[current].inputs.first, previous < current { current = previous }
    return input(of: current)
  }
}
