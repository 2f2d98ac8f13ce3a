import Experiment
import Kernels

/// A network while its layers are put together, in the order of the experiment.
struct Assembly {
  private(set) var operations: [any Operation] = []
  private(set) var parts: [Part] = []
  private(set) var penalties = Penalties()

  private let experiment: Experiment
  private let batch: Int
  private let seed: UInt64
  private let backend = ProcessorBackend()
  /// What each layer gives; empty for those that are left out.
  private var outputs: [[Signal]]
  /// What each layer is made of, where others may share its parameters.
  private var networks: [Int: Network] = [:]
  private var names = UniqueNames()

  init(_ experiment: Experiment, batch: Int, seed: UInt64) {
    self.experiment = experiment
    self.batch = batch
    self.seed = seed
    outputs = Array(repeating: [], count: experiment.layers.count)
  }

  mutating func add(_ index: Int) throws(NotRunnable) {
    let layer = experiment.layers[index]
    do {
      outputs[index] = layer.kind == .input ? [try input(layer)] : try build(index)
    } catch {
      throw NotRunnable(error, of: layer)
    }
  }

  // MARK: - Ends

  /// The signals of the experiment's inputs, in its order.
  func experimentInputs() throws(NotRunnable) -> [Signal] {
    var free = experiment.layers.indices.filter { experiment.layers[$0].kind == .input }[...]
    var signals: [Signal] = []
    for record in experiment.inputs {
      let index = record.value(InputKeys.layer) ?? free.first
      guard let index, outputs.indices.contains(index), let signal = outputs[index].first else {
        throw NotRunnable("no layer takes the input \"\(record.value(InputKeys.name) ?? "?")\"")
      }
      free.removeAll { $0 == index }
      signals.append(signal)
    }
    if let rest = free.first {
      throw NotRunnable("the input layer \"\(experiment.layers[rest].name)\" is none of the experiment's inputs")
    }
    return signals
  }

  mutating func lossHeads(_ heads: [Head]) throws(NotRunnable) -> [(head: Head, loss: LossHead)] {
    var made: [(head: Head, loss: LossHead)] = []
    for head in heads {
      guard outputs.indices.contains(head.layer), let output = outputs[head.layer].first else {
        throw NotRunnable("no layer gives the output \"\(head.name)\"")
      }
      do {
        let signal = try output.shape.count > 1 ? output : reshaped(output, to: [output.shape[0], 1])
        // PyTorch divides by the sum of the weights that it was given for the classes.
        let isWeighted = experiment.isTorch && !head.classWeights.isEmpty
        let reduction: Loss.Reduction = isWeighted ? .weightedMean : .mean
        made.append((head, try LossHead(head.loss, signal, reduction: reduction, scale: head.weight)))
      } catch {
        throw NotRunnable(error, layer: head.name)
      }
    }
    return made
  }

  // MARK: - Layers

  private func input(_ layer: Layer) throws(KernelError) -> Signal {
    let shape = layer.facts.value(LayerKeys.outputShape)
    guard let axes = shape?.axes, !axes.contains(nil) else {
      let words = shape.map { ", only \($0)" } ?? ""
      throw .unsupported(operation: "input", reason: "its shape is not known\(words)")
    }
    return try Signal([batch] + axes.compactMap { $0 }, hasGradient: false)
  }

  private mutating func build(_ index: Int) throws(KernelError) -> [Signal] {
    let layer = experiment.layers[index]
    let inputs = try inputs(of: layer)
    let name = names.name(layer.name, isShared: layer.sharesWeightsWith != nil)
    let shared = layer.sharesWeightsWith.flatMap { networks[$0] }
    let isFrozen = layer.facts.value(LayerKeys.trainable) == false
    var builder = LayerBuilder(
      layer,
      backend: shared.map { backend.sharing($0) } ?? backend,
      noise: RandomStream(seed: seed, purpose: .noise, index: StableHash.of(name)),
      isFrozen: isFrozen,
      isTorch: experiment.isTorch
    )
    let signals = try builder.build(on: inputs)
    addPenalty(activity: layer, signals)
    guard !builder.operations.isEmpty else { return signals }
    let network = Network(layer.kind.rawValue, operations: builder.operations, inputs: inputs, outputs: signals)
    networks[index] = network
    operations.append(network)
    let own = shared == nil ? network.parameters : []
    if !own.isEmpty, layer.kind.drawsParameters {
      try InitialValues(layer: layer, name: name, seed: seed, isTorch: experiment.isTorch).write(to: own)
    }
    addPenalties(of: layer, own)
    parts.append(
      Part(
        layer: index,
        name: layer.name,
        kind: layer.kind,
        activation: layer.facts.value(LayerKeys.activation).flatMap { $0 == "linear" ? nil : $0 },
        output: signals[0],
        parameters: own,
        isFrozen: isFrozen || !layer.kind.drawsParameters
      )
    )
    return signals
  }

  private func inputs(of layer: Layer) throws(KernelError) -> [Signal] {
    var signals: [Signal] = []
    for (place, index) in layer.inputs.enumerated() {
      let slot = place < layer.inputSlots.count ? layer.inputSlots[place] : 0
      guard outputs.indices.contains(index), outputs[index].indices.contains(slot) else {
        throw .unsupported(
          operation: layer.kind.rawValue,
          reason: "output \(slot) of its input \(place) is not made here"
        )
      }
      signals.append(outputs[index][slot])
    }
    return signals
  }

  private mutating func reshaped(_ signal: Signal, to shape: [Int]) throws(KernelError) -> Signal {
    let operation = try backend.reshape(signal, to: shape)
    operations.append(operation)
    return operation.output
  }

  // MARK: - Penalties

  private mutating func addPenalty(activity layer: Layer, _ signals: [Signal]) {
    let l1 = layer.facts.value(LayerKeys.activityL1) ?? 0, l2 = layer.facts.value(LayerKeys.activityL2) ?? 0
    guard l1 != 0 || l2 != 0 else { return }
    penalties.ofActivities.append((Penalty(l1: Float(l1), l2: Float(l2)), signals[0]))
  }

  private mutating func addPenalties(of layer: Layer, _ parameters: [Parameter]) {
    let whole = experiment.training.value(TrainingKeys.regularization) ?? 0
    let type = experiment.training.value(TrainingKeys.regularizationType)
    for parameter in parameters where parameter.gradient != nil {
      var (l1, l2) = layer.penalty(on: parameter.name)
      if whole != 0, type != "none" {
        if type == "l1" || type == "l1_l2" { l1 += whole }
        if type != "l1" { l2 += whole }
      }
      guard l1 != 0 || l2 != 0 else { continue }
      penalties.ofParameters.append((Penalty(l1: Float(l1), l2: Float(l2)), parameter))
    }
  }
}

/// Names that tell layers apart even where the file's names do not.
private struct UniqueNames {
  private var counts: [String: Int] = [:]

  mutating func name(_ name: String, isShared: Bool) -> String {
    let count = counts[name, default: 0]
    counts[name] = count + 1
    return count == 0 || isShared ? name : "\(name)#\(count)"
  }
}

extension Layer {
  /// The factors of L1 and L2 on a parameter by its name.
  fileprivate func penalty(on parameter: String) -> (l1: Double, l2: Double) {
    switch parameter {
    case "kernel", "embeddings": (facts.value(LayerKeys.kernelL1) ?? 0, facts.value(LayerKeys.kernelL2) ?? 0)
    case "recurrent_kernel":
      (facts.value(LayerKeys.recurrentL1) ?? 0, facts.value(LayerKeys.recurrentL2) ?? 0)
    case "bias": (facts.value(LayerKeys.biasL1) ?? 0, facts.value(LayerKeys.biasL2) ?? 0)
    default: (0, 0)
    }
  }
}

extension LayerKind {
  /// Whether its parameters are weights, rather than tables that stand for code.
  var drawsParameters: Bool {
    switch self {
    case .categoryEncoding, .integerLookup, .stringLookup, .hashing, .normalization: false
    default: true
    }
  }
}

extension NotRunnable {
  /// The reason in words that name the layer and its kind.
  init(_ error: KernelError, of layer: Layer) {
    switch error {
    case .unsupported(let operation, "there is no kernel for it"):
      self.init("there is no kernel for \"\(operation)\" (layer \"\(layer.name)\")")
    default: self.init(error, layer: layer.name)
    }
  }
}
