import ConfigSyntax
import Experiment
import SourceText

/// Lays a model's plan out as the layers of an experiment.
struct KerasLowering {
  /// How many layers are laid out at most: models nested in models multiply.
  static let layerLimit = 100_000

  /// One output of a layer of the experiment.
  struct Tensor {
    var layer: Int
    var slot: Int
  }

  /// The outputs of one application.
  enum Outputs {
    /// Those of a layer of the experiment; as most applications are one, no array is made for it.
    case layer(Int)
    case tensors([Tensor?])

    /// The most outputs a layer has: both directions of an LSTM with two states each, and their two outputs.
    private static let slotLimit = 6

    subscript(slot: Int) -> Tensor? {
      switch self {
      case .layer(let layer): (0..<Self.slotLimit).contains(slot) ? Tensor(layer: layer, slot: slot) : nil
      case .tensors(let tensors): tensors.indices.contains(slot) ? tensors[slot] : nil
      }
    }

    var tensors: [Tensor?] {
      switch self {
      case .layer(let layer): (0..<Self.slotLimit).map { Tensor(layer: layer, slot: $0) }
      case .tensors(let tensors): tensors
      }
    }
  }

  var experiment: Experiment
  private var isFull = false

  init(_ experiment: Experiment) {
    self.experiment = experiment
  }

  /// Lays out the whole model: its layers, inputs and outputs.
  mutating func layOut(_ plan: KerasPlan) {
    experiment.layers.reserveCapacity(plan.steps.count)
    let tensors = layOut(plan, inputs: [], prefix: "", isPerStep: false)
    for (position, output) in plan.outputs.enumerated() {
      let layer = position < tensors.count ? tensors[position]?.layer : nil
      let name = output.name ?? plan.elements[output.reference.element].name
      let location = layer.flatMap { experiment.layers[$0].facts.location }
      var facts = Record(location: location)
      facts[OutputKeys.name] = Fact(name, .inferred(from: "its layer", at: location))
      experiment.outputs.append(Output(facts: facts, layer: layer))
    }
    // The inputs in argument order, then any that the model does not name.
    let indices = plan.inputs.compactMap { plan.elements[$0].firstApplication }
    let others = experiment.layers.indices.filter { experiment.layers[$0].kind == .input && !indices.contains($0) }
    for index in indices + others { addInput(index) }
    if isFull {
      let message = "the model has more than \(Self.layerLimit) layers; the rest is not looked at"
      experiment.problems.append(Problem(kind: .invalidValue, message: message, location: nil))
    }
  }

  // MARK: - Private

  private mutating func addInput(_ index: Int) {
    let layer = experiment.layers[index]
    var facts = Record(location: layer.facts.location, container: layer.facts.container)
    let origin = layer.facts[LayerKeys.inputShapeStated]?.origin
    facts[InputKeys.name] = Fact(layer.name, origin ?? .inferred(from: "its layer", at: layer.facts.location))
    facts[InputKeys.shape] = layer.facts[LayerKeys.inputShapeStated]
    facts[InputKeys.dataType] = layer.facts[LayerKeys.dataType]
    facts[InputKeys.layer] = Fact(index, .inferred(from: "the graph", at: layer.facts.location))
    experiment.inputs.append(facts)
  }

  /// Lays out one application of a model and returns its outputs; the tensors it is given stand for its input layers.
  private mutating func layOut(
    _ plan: KerasPlan,
    inputs: [Tensor?],
    prefix: String,
    isPerStep: Bool
  ) -> [Tensor?] {
    var results = Results(plan)
    for step in plan.steps {
      let element = plan.elements[step.element]
      if element.isInput, let position = plan.inputs.firstIndex(of: step.element), position < inputs.count,
        let tensor = inputs[position]
      {
        results.set(.tensors([tensor]), for: step)
        continue
      }
      let tensors = step.inputs.map { results.tensor($0) }
      noteShapes(step.inputs, tensors)
      results.set(apply(element, to: tensors, prefix: prefix, isPerStep: isPerStep), for: step)
    }
    return plan.outputs.map { results.tensor($0.reference) }
  }

  /// Lays out one application of a layer and returns its outputs.
  private mutating func apply(
    _ element: KerasElement,
    to inputs: [Tensor?],
    prefix: String,
    isPerStep: Bool
  ) -> Outputs {
    guard experiment.layers.count < Self.layerLimit else {
      isFull = true
      return .tensors([])
    }
    switch element.content {
    case .model(let plan, let isWrapped):
      let outputs = layOut(
        plan,
        inputs: inputs,
        prefix: prefix + element.name + "/",
        isPerStep: isPerStep || isWrapped
      )
      return .tensors(outputs)
    case .chain(let elements):
      var tensors = inputs
      for (position, element) in elements.enumerated() {
        let taken = position == 0 ? tensors : Array(tensors.prefix(1))
        tensors = apply(element, to: taken, prefix: prefix, isPerStep: isPerStep).tensors
      }
      return .tensors(tensors)
    case .layer(let kind, let facts):
      let knownCount = inputs.count { $0 != nil }
      let isComplete = knownCount == inputs.count
      var layer = Layer(
        kind: knownCount == 2 ? element.kindOfTwo ?? kind : kind,
        name: prefix.isEmpty ? element.name : prefix + element.name,
        facts: facts,
        inputs: isComplete ? inputs.compactMap { $0?.layer } : []
      )
      if isComplete, inputs.contains(where: { $0?.slot != 0 }) { layer.inputSlots = inputs.compactMap { $0?.slot } }
      if isPerStep {
        let origin = Origin.inferred(from: "the wrapper around the model", at: facts.location)
        layer.facts.setIfUnknown(LayerKeys.timeDistributed, true, origin)
      }
      layer.sharesWeightsWith = element.firstApplication
      experiment.layers.append(layer)
      let index = experiment.layers.count - 1
      if element.firstApplication == nil { element.firstApplication = index }
      return .layer(index)
    }
  }

  /// Takes over the shapes that Keras 3 writes beside each tensor, for the layers whose output cannot be worked out.
  private mutating func noteShapes(_ references: [KerasPlan.Reference], _ tensors: [Tensor?]) {
    for (reference, tensor) in zip(references, tensors) {
      guard let tensor, tensor.slot == 0,
        experiment.layers[tensor.layer].kind == .unknown || experiment.layers[tensor.layer].kind == .operation,
        let shape = reference.config?["shape"], shape.kind == .sequence
      else { continue }
      let axes = shape.elements.dropFirst().map { $0.integer ?? -1 }
      let location = shape.location(source: 0)
      experiment.layers[tensor.layer].facts.setIfUnknown(LayerKeys.statedOutputShape, axes, .stated(location))
    }
  }
}

extension KerasLowering {
  /// The outputs of each application of the elements of a plan, in one array for all.
  private struct Results {
    /// The applications of element `i` are those from `starts[i]` to the next.
    private var starts: [Int]
    private var outputs: [Outputs]

    init(_ plan: KerasPlan) {
      starts = Array(repeating: 0, count: plan.elements.count + 1)
      for step in plan.steps { starts[step.element + 1] = max(starts[step.element + 1], step.node + 1) }
      for element in plan.elements.indices { starts[element + 1] += starts[element] }
      outputs = Array(repeating: .tensors([]), count: starts[plan.elements.count])
    }

    mutating func set(_ outputs: Outputs, for step: KerasPlan.Step) {
      self.outputs[starts[step.element] + step.node] = outputs
    }

    /// Returns the tensor, or nil where its layer has none such; some versions count applications outside the model too.
    func tensor(_ reference: KerasPlan.Reference) -> Tensor? {
      let (start, end) = (starts[reference.element], starts[reference.element + 1])
      guard start < end else { return nil }
      return outputs[start + min(max(reference.node, 0), end - start - 1)][reference.tensor]
    }
  }
}
