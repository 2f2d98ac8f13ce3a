package import Experiment
import Kernels

extension Head {
  /// The outputs that an experiment is trained for, with their losses.
  ///
  /// What is written holds, mistakes included: a softmax over one unit with a binary cross-entropy is trained as such.
  ///
  /// - Parameter experiment: Derived.
  /// - Returns: The heads, and what was assumed where the experiment does not say.
  /// - Throws: Where an output's layer, shape or loss is none that can be trained.
  package static func all(
    of experiment: Experiment
  ) throws(NotRunnable) -> (heads: [Head], assumptions: [String]) {
    guard !experiment.layers.isEmpty else {
      throw NotRunnable("the model's layers are not in the files")
    }
    var heads: [Head] = []
    var assumptions: [String] = []
    for index in experiment.outputs.indices where experiment.outputs[index].layer != nil {
      let made = try HeadReader(experiment, output: index).head()
      heads.append(made.head)
      assumptions += made.assumptions
    }
    guard !heads.isEmpty else { throw NotRunnable("no layer is known to give an output") }
    return (heads, assumptions)
  }
}

/// What one output is trained for.
private struct HeadReader {
  let output: Output
  let index: Int
  let layer: Int
  let name: String
  let units: Int
  let activation: String?
  let isTorch: Bool
  private var assumptions: [String] = []

  init(_ experiment: Experiment, output index: Int) throws(NotRunnable) {
    output = experiment.outputs[index]
    self.index = index
    let name = output.facts.value(OutputKeys.name) ?? "output"
    guard let layer = output.layer, experiment.layers.indices.contains(layer) else {
      throw NotRunnable("no layer is known to give the output \"\(name)\"")
    }
    self.layer = layer
    self.name = name
    guard let shape = experiment.layers[layer].facts.value(LayerKeys.outputShape), let units = shape.axes.last ?? 1
    else {
      throw NotRunnable("the shape of the output \"\(name)\" is not known")
    }
    self.units = units
    activation = output.facts.value(OutputKeys.activation)
    isTorch = experiment.isTorch
  }

  func head() throws(NotRunnable) -> (head: Head, assumptions: [String]) {
    var reader = self
    let head = try reader.read()
    return (head, reader.assumptions)
  }

  // MARK: - Loss

  private mutating func read() throws(NotRunnable) -> Head {
    if output.facts.value(OutputKeys.task) == "reinforcement" {
      assumptions.append("\"\(name)\" is learnt by reinforcement: here it is told the actions, as those of a teacher")
    }
    let loss = output.facts.value(OutputKeys.loss) ?? assumedLoss()
    let (made, form, task) = try lossAndForm(loss)
    return Head(
      output: index,
      layer: layer,
      name: name,
      loss: made,
      weight: output.facts.value(OutputKeys.lossWeight) ?? 1,
      classWeights: (output.facts.value(OutputKeys.classWeights) ?? []).map { Float($0) },
      task: task,
      form: form
    )
  }

  private mutating func assumedLoss() -> String {
    let loss: String
    let reason: String
    switch (output.facts.value(OutputKeys.task), activation) {
    case (_, "softmax"):
      (loss, reason) = ("categorical_crossentropy", "it ends in softmax")
    case (_, "log_softmax"):
      (loss, reason) = ("negative_log_likelihood", "it ends in log_softmax")
    case ("multiclass"?, _):
      (loss, reason) = ("categorical_crossentropy", "it is one of several classes")
    case ("binary"?, _), ("multilabel"?, _), (nil, "sigmoid"), (nil, "hard_sigmoid"):
      (loss, reason) = (
        "binary_crossentropy", activation == "sigmoid" ? "it ends in sigmoid" : "each unit is one of two"
      )
    default:
      if let classes = output.facts.value(OutputKeys.classes), classes > 1, units > 1 {
        (loss, reason) = ("categorical_crossentropy", "it has \(classes) classes")
      } else {
        (loss, reason) = ("mean_squared_error", "it ends in \(activation ?? "linear")")
      }
    }
    assumptions.append("loss of \"\(name)\": \(loss), since \(reason)")
    return loss
  }

  /// Whether the loss takes logits; where nothing says so, as the activation has it.
  private mutating func fromLogits(_ loss: String) -> Bool {
    if let stated = output.facts.value(OutputKeys.fromLogits) { return stated }
    let isProbability = activation.flatMap { ActivationVocabulary.traits(of: $0) }?.isProbability ?? false
    let takesLogits = !isProbability && (activation == nil || activation == "linear")
    let what = takesLogits ? "logits" : "probabilities"
    assumptions.append("\(loss) of \"\(name)\" takes \(what), since it ends in \(activation ?? "linear")")
    return takesLogits
  }

  private mutating func lossAndForm(_ loss: String) throws(NotRunnable) -> (Loss, Head.TargetForm, Head.Task) {
    switch loss {
    case "binary_crossentropy":
      let made = Loss.binaryCrossentropy(fromLogits: fromLogits(loss), smoothing: 0)
      return isOneChoice ? (made, .oneHot(units), .multiclass) : (made, .bits(units), .binary)
    case "binary_focal_crossentropy":
      let made = Loss.binaryFocalCrossentropy(gamma: 2, alpha: nil, fromLogits: fromLogits(loss), smoothing: 0)
      return isOneChoice ? (made, .oneHot(units), .multiclass) : (made, .bits(units), .binary)
    case "categorical_crossentropy":
      let made = Loss.categoricalCrossentropy(fromLogits: fromLogits(loss), smoothing: 0)
      return units == 1 ? (made, .bits(1), .binary) : (made, .oneHot(units), .multiclass)
    case "categorical_focal_crossentropy":
      let made = Loss.categoricalFocalCrossentropy(gamma: 2, alpha: 0.25, fromLogits: fromLogits(loss), smoothing: 0)
      return units == 1 ? (made, .bits(1), .binary) : (made, .oneHot(units), .multiclass)
    case "sparse_categorical_crossentropy":
      let made = Loss.sparseCategoricalCrossentropy(fromLogits: fromLogits(loss), smoothing: 0, ignored: nil)
      return (made, .classIndex(units), .multiclass)
    case "negative_log_likelihood": return (.negativeLogLikelihood(ignored: nil), .classIndex(units), .multiclass)
    case "hinge": return (.hinge, .bits(units), .binary)
    case "squared_hinge": return (.squaredHinge, .bits(units), .binary)
    case "categorical_hinge": return (.categoricalHinge, units == 1 ? .bits(1) : .oneHot(units), .multiclass)
    case "kl_divergence": return (.klDivergence, units == 1 ? .bits(1) : .oneHot(units), .multiclass)
    default:
      let (form, task) = formOfNumbers()
      return (try lossOfNumbers(loss), form, task)
    }
  }

  private mutating func lossOfNumbers(_ loss: String) throws(NotRunnable) -> Loss {
    switch loss {
    case "mean_squared_error": return .meanSquaredError
    case "mean_absolute_error": return .meanAbsoluteError
    case "mean_absolute_percentage_error": return .meanAbsolutePercentageError
    case "mean_squared_logarithmic_error": return .meanSquaredLogarithmicError
    case "huber": return .huber(delta: 1)
    case "log_cosh": return .logCosh
    case "poisson": return .poisson
    case "cosine_similarity": return .cosineSimilarity
    case "root_mean_squared_error":
      assumptions.append("loss of \"\(name)\": mean_squared_error, whose root has its minimum at the same place")
      return .meanSquaredError
    default: throw NotRunnable("there is no kernel for the loss \"\(loss)\" (output \"\(name)\")")
    }
  }

  // MARK: - Targets

  /// Whether several units stand for one choice.
  private var isOneChoice: Bool {
    units > 1 && (activation == "softmax" || output.facts.value(OutputKeys.task) == "multiclass")
  }

  /// What targets are where the loss takes any numbers: classes may be learnt by a squared error, as beginners do.
  private func formOfNumbers() -> (Head.TargetForm, Head.Task) {
    let fact = output.facts[OutputKeys.task]
    var task = fact?.value
    // A task that only the loss implies says nothing that the loss does not.
    if case .inferred(from: "the loss", _)? = fact?.origin { task = nil }
    switch (task, output.facts.value(OutputKeys.type)) {
    case ("multiclass"?, _) where units > 1, (nil, "category"?) where units > 1: return (.oneHot(units), .multiclass)
    case ("binary"?, _), ("multilabel"?, _), ("multiclass"?, _), (nil, "binary"?), (nil, "set"?):
      return (.bits(units), .binary)
    case (nil, _):
      let classes = output.facts.value(OutputKeys.classes) ?? 0
      if units > 1, activation == "softmax" || classes == units { return (.oneHot(units), .multiclass) }
      return classes > 1 ? (.bits(units), .binary) : (.numbers(units), .regression)
    default: return (.numbers(units), .regression)
    }
  }
}
