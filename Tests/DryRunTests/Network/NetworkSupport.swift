import DryRun
import Experiment
import Kernels
import Linting
import Testing

/// Reads the first experiment of a native file, derived.
func experiment(_ text: String) throws -> Experiment {
  let input = LintInput(name: "experiment.yaml", path: "experiment.yaml", isNamed: true, content: Array(text.utf8))
  let read = try ConfigReader(MemoryFileSystem()).experiments(in: input)
  return try #require(read.experiments.first).experiment
}

/// Reads an experiment of inline layers, one in each line, with an output of the last.
func experiment(layers: [String], shape: String = "[8]", training: String = "") throws -> Experiment {
  let lines = layers.map { "        - {\($0)}" }.joined(separator: "\n")
  return try experiment(
    """
    epochzero: 1
    model:
      layers:
        - {kind: input, name: x, shape: \(shape)}
    \(lines.replacing("        - ", with: "    - "))
    training: {\(training)}
    """
  )
}

/// Makes the network of an experiment for its own heads.
func network(_ experiment: Experiment, batch: Int = 4, seed: UInt64 = 1) throws -> TrainableNetwork {
  try TrainableNetwork(experiment, heads: Head.all(of: experiment).heads, batch: batch, seed: seed)
}

/// Expects each layer to give what the experiment's shapes say, and to have as many parameters.
func expectShapes(
  of network: TrainableNetwork,
  _ experiment: Experiment,
  batch: Int = 4,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  for part in network.parts {
    let facts = experiment.layers[part.layer].facts
    let shape = facts.value(LayerKeys.outputShape).map { [batch] + $0.axes.compactMap { $0 } }
    #expect(part.output.shape == shape, "layer \"\(part.name)\"", sourceLocation: sourceLocation)
    guard let count = facts.value(LayerKeys.parameters), part.kind.isWeightLayer || part.kind.isNormalization else {
      continue
    }
    let own = part.parameters.reduce(0) { $0 + $1.count }
    #expect(own == count, "parameters of layer \"\(part.name)\"", sourceLocation: sourceLocation)
  }
}

/// Values of mean 0, the same in every run; whole numbers below a bound where one is given.
func fill(_ tensor: Tensor, seed: UInt64 = 7, below bound: Int? = nil) throws {
  let stream = RandomStream(seed: seed, purpose: .data, index: 1)
  if let bound {
    try tensor.write(stream.uniform(tensor.count).map { ($0 * Float(bound)).rounded(.down) })
  } else {
    try tensor.write(stream.normal(tensor.count))
  }
}

/// The loss of one way forward and back, penalties left out.
@discardableResult
func trainStep(_ network: TrainableNetwork, _ optimizer: Optimizer, _ targets: [Tensor], at step: Int) throws -> Double
{
  network.network.resetGradients()
  try network.network.forward(isTraining: true)
  var loss = 0.0
  for (head, target) in zip(network.heads, targets) {
    loss += try head.loss.evaluate(target: target, isTraining: true)
  }
  _ = try network.penalty()
  try network.network.backward()
  _ = try optimizer.step(rate: network.rate(at: step))
  return loss
}

/// A target that fits each head: numbers, zeros and ones, or classes, by chance.
func targets(of network: TrainableNetwork, seed: UInt64 = 3) throws -> [Tensor] {
  try network.heads.map { head, loss in
    let shape = loss.predicted.shape
    switch head.form {
    case .numbers:
      let target = try Tensor(shape)
      try fill(target, seed: seed)
      return target
    case .bits:
      let target = try Tensor(shape)
      try fill(target, seed: seed, below: 2)
      return target
    case .classIndex(let classes):
      let target = try Tensor(Array(shape.dropLast()))
      try fill(target, seed: seed, below: classes)
      return target
    case .oneHot(let classes):
      let target = try Tensor(shape)
      let rows = target.count / classes
      for (row, share) in RandomStream(seed: seed, purpose: .data, index: 2).uniform(rows).enumerated() {
        target.pointer[row * classes + Int(share * Float(classes))] = 1
      }
      return target
    }
  }
}
