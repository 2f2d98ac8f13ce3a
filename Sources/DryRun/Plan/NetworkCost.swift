import Experiment
import Kernels

/// What a network takes, as its shapes tell before anything is made.
struct NetworkCost {
  /// Floats of all signals for each example: values and gradients, and what operations keep beside them.
  private(set) var activations = 0
  /// Floats of parameters, gradients and what the kernels keep in other orders.
  private(set) var parameters = 0
  private var learntParameters = 0
  /// Multiplications and additions of products for each example, there and back.
  private var products = 0.0
  /// What else is done for each example, in as many multiplications and additions as take the same time.
  private var passes = 0.0
  /// The same for each step, however many examples it has.
  private(set) var workOfStep = 0.0
  /// Bytes of code that the kernel library makes.
  private var code = 0
  /// Floats of one example's inputs and targets.
  private(set) var row = 0
  /// The work of making the network, before any step: drawing parameters, and the library's code for its operations.
  private(set) var setUp = 0.0
  /// The same for another one like it, when that code is there.
  private(set) var nextSetUp = 0.0

  // Constants are in multiplications and additions of a product of matrices, of which a core makes `speed` in a second. They are such
  // that the stories' networks take about as long as estimated on one core of an AMD EPYC (`scripts/check-dry-runs`).
  static let speed = 60e9
  /// What an element costs each time an operation passes it, there and back: memory, mostly.
  private static let workOfElement = 40.0
  /// What a random number costs that a layer draws for an element.
  private static let workOfDraw = 120.0
  /// Bytes of tensors that stay near the core; passing those beyond costs twice as much.
  private static let cache = 4 << 20
  /// What a call of an operation costs, however small: about 3 microseconds there and back.
  private static let workOfCall = 90_000.0
  /// What an optimizer's step costs for each parameter.
  private static let workOfParameter = 20.0
  /// What a parameter costs in a step where there are more than stay near the core: it is fetched, and its gradient, and what is remembered of it.
  private static let workOfFarParameter = 120.0
  private static let nearParameters = 1 << 20
  /// What a parameter and an operation cost when a network is made, and when one like it is made again.
  private static let setUpOfParameter = 900.0
  private static let setUpOfOperation = 30e6
  private static let nextSetUpOfParameter = 300.0
  private static let nextSetUpOfOperation = 6e6
  /// What the kernel library takes beside tensors, once.
  private static let libraryMemory = 24 << 20
  /// What it takes for the code and the descriptions of each product and of each other layer, there and back.
  private static let codeOfProduct = 256 << 10
  private static let codeOfLayer = 64 << 10

  /// Adds up what the layers take of an experiment that is derived.
  ///
  /// - Throws: Where there is no kernel for a layer or for the optimizer, or a shape is not known.
  init(_ experiment: Experiment, heads: [Head]) throws(NotRunnable) {
    try Self.checkLayers(of: experiment, upTo: heads.map(\.layer))
    let isNeeded = experiment.layersLeading(to: heads.map(\.layer))
    let slots = try OptimizerSettings(experiment).rule.slotsOfParameter
    var consumers = Array(repeating: 0, count: experiment.layers.count)
    for index in experiment.layers.indices where isNeeded[index] {
      for input in experiment.layers[index].inputs { consumers[input] += 1 }
    }
    for index in experiment.layers.indices where isNeeded[index] || experiment.layers[index].kind == .input {
      let layer = experiment.layers[index]
      let elements = layer.facts.value(LayerKeys.outputShape)?.elementCount ?? 0
      add(layer, elements: elements, slots: slots)
      // What feeds several gathers its gradient through a second tensor.
      if consumers[index] > 1 { activations += elements }
    }
    workOfStep +=
      (Self.workOfFarParameter - Self.workOfParameter) * Double(max(learntParameters - Self.nearParameters, 0))
    for head in heads { row += experiment.layers[head.layer].facts.value(LayerKeys.outputShape)?.elementCount ?? 0 }
  }

  /// Checks the layers that lead to some, and says which is the first that is in the way: of those behind it nothing may be known for that alone.
  ///
  /// - Throws: Where there is no kernel for a layer, or its shape is not known.
  static func checkLayers(of experiment: Experiment, upTo ends: [Int]) throws(NotRunnable) {
    let isNeeded = experiment.layersLeading(to: ends)
    for (index, layer) in experiment.layers.enumerated() where isNeeded[index] || layer.kind == .input {
      if let missing = layer.missingKernel {
        throw NotRunnable("there is no kernel for \"\(missing)\" (layer \"\(layer.name)\")")
      }
      if layer.facts.value(LayerKeys.outputShape)?.elementCount == nil {
        throw NotRunnable("the shape of layer \"\(layer.name)\" (\(layer.kind.rawValue)) is not known")
      }
    }
  }

  /// Bytes of a network for a batch.
  func memory(batch: Int) -> Int {
    4 * (parameters + activations * batch) + code + Self.libraryMemory
  }

  func work(batch: Int) -> Double {
    let isNear = 4 * activations * batch <= Self.cache
    return workOfStep + (products + passes * (isNear ? 1 : 2)) * Double(batch)
  }

  // MARK: - Private

  private mutating func add(_ layer: Layer, elements: Int, slots: Int) {
    let facts = layer.facts
    let isShared = layer.sharesWeightsWith != nil
    let own = isShared ? 0 : facts.value(LayerKeys.parameters) ?? 0
    let isFrozen = facts.value(LayerKeys.trainable) == false
    // Value, gradient, what the optimizer keeps, and copies in the orders that the ways back like best.
    parameters += own * (2 + (isFrozen ? 0 : slots) + (layer.kind.isProduct ? 2 : 0))
    setUp += Self.setUpOfParameter * Double(own)
    nextSetUp += Self.nextSetUpOfParameter * Double(own)
    if !isFrozen {
      learntParameters += own
      workOfStep += Self.workOfParameter * Double(own)
    }
    guard layer.kind != .input else {
      activations += elements
      row += elements
      return
    }
    code += layer.kind.isWeightLayer ? Self.codeOfProduct : Self.codeOfLayer
    setUp += Self.setUpOfOperation
    nextSetUp += Self.nextSetUpOfOperation
    let passes = layer.signals
    activations += elements * 2 * passes + layer.scratch
    products += 3 * layer.products
    self.passes += Self.workOfElement * Double(elements * passes + layer.scratch)
    if layer.kind.drawsNumbers { self.passes += Self.workOfDraw * Double(elements) }
    workOfStep += Self.workOfCall * Double(max(passes, 1)) * Double(layer.calls)
  }
}

extension OptimizerRule {
  /// How many numbers are remembered of each parameter.
  var slotsOfParameter: Int {
    switch self {
    case .sgd(let momentum, _, _, _): momentum == 0 ? 0 : 1
    case .rmsprop(_, let momentum, _, let isCentered, _): 1 + (momentum == 0 ? 0 : 1) + (isCentered ? 1 : 0)
    case .adam(_, _, _, let isAMSGrad, _): isAMSGrad ? 3 : 2
    case .adagrad, .lion, .adafactor: 1
    case .adadelta, .nadam, .adamax, .radam, .lamb, .ftrl: 2
    }
  }
}

extension LayerKind {
  /// Whether it draws a random number for each element.
  fileprivate var drawsNumbers: Bool {
    switch self {
    case .dropout, .alphaDropout, .gaussianDropout, .gaussianNoise: true
    default: false
    }
  }

  /// Whether it is computed by products of matrices whose weights the library stores in an order of its own.
  fileprivate var isProduct: Bool {
    isWeightLayer && self != .embedding && !isRecurrent
  }
}

extension Layer {
  /// What no kernel does of it, by its name in messages; nil where all is known as far as its kind tells.
  fileprivate var missingKernel: String? {
    switch kind {
    case .convLSTM1d, .convLSTM2d, .convLSTM3d, .localResponseNormalization, .discretization, .textVectorization:
      kind.rawValue
    case .backbone, .unknown: facts.value(LayerKeys.className) ?? kind.rawValue
    case .operation where facts.value(LayerKeys.operation) == nil: facts.value(LayerKeys.className) ?? kind.rawValue
    default: nil
    }
  }

  private var output: Int { facts.value(LayerKeys.outputShape)?.elementCount ?? 0 }

  private var input: Int { facts.value(LayerKeys.inputShape)?.elementCount ?? output }

  private var channels: Int {
    let axes = facts.value(LayerKeys.outputShape)?.axes ?? []
    let isFirst = facts.value(LayerKeys.dataFormat) == "channels_first"
    return max((isFirst ? axes.first : axes.last).flatMap { $0 } ?? 1, 1)
  }

  /// How many tensors as large as the output it gives, there and back counted once.
  fileprivate var signals: Int {
    switch kind {
    case .flatten, .reshape, .identity, .masking, .augmentation, .activityRegularization, .input: 0
    case .add, .multiply, .average, .maximum, .minimum: max(inputs.count - 1, 1)
    default:
      1 + (facts.value(LayerKeys.dataFormat) == "channels_first" ? 2 : 0)
        + (isFollowedByActivation ? 1 : 0)
    }
  }

  /// Whether a tensor stands between it and its activation; a fused ReLU keeps one too, for its gradient.
  private var isFollowedByActivation: Bool {
    guard kind.isWeightLayer, let activation = facts.value(LayerKeys.activation) else { return false }
    return activation != "linear"
  }

  /// Floats that an operation keeps for each example beside its output.
  fileprivate var scratch: Int {
    let units = facts.value(LayerKeys.units) ?? 0
    let steps = facts.value(LayerKeys.inputShape)?.axes.first.flatMap { $0 } ?? 1
    let directions = facts.value(LayerKeys.bidirectional) == true ? 2 : 1
    switch kind {
    // Gates and states of all steps, and the gradients of both.
    case .lstm: return directions * steps * units * 14 + input
    case .gru: return directions * steps * units * 12 + input
    case .simpleRNN: return directions * steps * units * 6 + input
    case .multiHeadAttention, .groupedQueryAttention:
      let heads = facts.value(LayerKeys.headCount) ?? 1
      let width = heads * (facts.value(LayerKeys.keyDimension) ?? 1)
      return 8 * steps * width + 4 * heads * steps * steps
    case .attention, .additiveAttention: return 4 * steps * steps * (kind == .attention ? 1 : channels)
    case .maxPooling1d, .maxPooling2d, .maxPooling3d, .globalMaxPooling: return output
    case .separableConv1d, .separableConv2d: return 2 * input
    default: return 0
    }
  }

  /// Products of matrices on the way there, for each example.
  fileprivate var products: Double {
    let count = Double(sharedParameterCount)
    switch kind {
    case .embedding: return 0
    case .lstm, .gru, .simpleRNN:
      return count * Double(facts.value(LayerKeys.inputShape)?.axes.first.flatMap { $0 } ?? 1)
    case .convTranspose1d, .convTranspose2d, .convTranspose3d: return count * Double(input) / Double(channels)
    case .multiHeadAttention, .groupedQueryAttention, .attention, .additiveAttention:
      let tokens = Double(output) / Double(channels)
      return count * tokens + 2 * tokens * tokens * Double(channels)
    default: return kind.isWeightLayer ? count * Double(output) / Double(channels) : 0
    }
  }

  /// The number of weights that are used, those of an earlier layer counted too.
  private var sharedParameterCount: Int {
    let own = facts.value(LayerKeys.parameters) ?? 0
    guard own == 0, let fanIn = facts.value(LayerKeys.fanIn) else { return own }
    return fanIn * channels
  }

  /// How often kernels are called there and back, in units of one call for each pass.
  fileprivate var calls: Int {
    switch kind {
    case .lstm, .gru, .simpleRNN:
      let directions = facts.value(LayerKeys.bidirectional) == true ? 2 : 1
      return 2 * directions * (facts.value(LayerKeys.inputShape)?.axes.first.flatMap { $0 } ?? 1)
    case .multiHeadAttention, .groupedQueryAttention: return 8
    case .input, .flatten, .reshape, .identity: return 0
    default: return 1
    }
  }
}
