package import Experiment
package import Kernels

/// An experiment as a network that can be trained: its layers as operations, its outputs with their losses.
///
/// Made and used on one thread.
package final class TrainableNetwork {
  package let network: Network
  /// In step with ``Experiment/inputs``.
  package let inputs: [Signal]
  package let heads: [(head: Head, loss: LossHead)]
  /// In the order of the experiment's layers.
  package let parts: [Part]

  let experiment: Experiment
  let schedule: Schedule
  private let penalties: Penalties

  /// Makes all operations and draws the parameters.
  ///
  /// - Parameters:
  ///   - experiment: Derived, with all shapes known.
  ///   - heads: What it is trained for; layers that lead to none of them are left out.
  ///   - batch: How many examples a step takes.
  ///   - seed: What draws and noise depend on, beside the names of layers and parameters.
  /// - Throws: The first thing that no kernel does, naming layer and kind.
  package init(_ experiment: Experiment, heads: [Head], batch: Int, seed: UInt64) throws(NotRunnable) {
    var assembly = Assembly(experiment, batch: batch, seed: seed)
    let needed = experiment.layersLeading(to: heads.map(\.layer))
    for index in experiment.layers.indices where needed[index] || experiment.layers[index].kind == .input {
      try assembly.add(index)
    }
    inputs = try assembly.experimentInputs()
    self.heads = try assembly.lossHeads(heads)
    parts = assembly.parts
    penalties = assembly.penalties
    self.experiment = experiment
    schedule = ScheduleSettings(experiment, rate: try OptimizerSettings(experiment).rate).schedule
    network = Network(
      experiment.about.value(ExperimentKeys.name) ?? "network",
      operations: assembly.operations,
      inputs: inputs,
      outputs: self.heads.map(\.loss.predicted)
    )
  }

  /// The penalties on parameters and activities: adds them to the gradients and gives their value.
  ///
  /// Between `forward` in training and `backward`.
  package func penalty() throws(KernelError) -> Double {
    try penalties.apply()
  }

  /// The parameters that an optimizer moves.
  package var learntParameters: [Parameter] {
    parts.filter { !$0.isFrozen }.flatMap(\.parameters).filter { $0.gradient != nil }
  }
}

/// What is added to the loss beside what the heads give.
struct Penalties {
  var ofParameters: [(Penalty, Parameter)] = []
  var ofActivities: [(Penalty, Signal)] = []

  func apply() throws(KernelError) -> Double {
    var sum = 0.0
    for (penalty, parameter) in ofParameters { sum += try penalty.apply(to: parameter) }
    for (penalty, activity) in ofActivities { sum += try penalty.apply(to: activity) }
    return sum
  }
}

extension Experiment {
  /// Whether each layer lies on a way to one of some layers, those counted.
  func layersLeading(to ends: [Int]) -> [Bool] {
    var isNeeded = Array(repeating: false, count: layers.count)
    for end in ends where isNeeded.indices.contains(end) { isNeeded[end] = true }
    for index in layers.indices.reversed() where isNeeded[index] {
      for input in layers[index].inputs where isNeeded.indices.contains(input) { isNeeded[input] = true }
    }
    return isNeeded
  }

  /// Whether what nothing states is what PyTorch does, rather than Keras: Ludwig is built on it.
  var isTorch: Bool {
    let framework = about.value(ExperimentKeys.framework)?.lowercased()
    return framework == "pytorch" || framework == "torch" || framework == "ludwig"
  }
}
