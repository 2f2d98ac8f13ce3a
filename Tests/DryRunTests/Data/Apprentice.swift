import Kernels

@testable import DryRun

/// A small network that is trained on data, to see how much of their rule can be learnt.
struct Apprentice {
  /// The layers from an input on, [batch, ...].
  var layers: (Signal, ProcessorBackend) throws -> [any Operation]
  var loss = Loss.meanSquaredError
  var steps = 200
  var batch = 32
  var rate = 0.01

  /// One hidden layer; none for 0 units.
  static func perceptron(_ hidden: Int, outputs: Int, loss: Loss = .meanSquaredError) -> Apprentice {
    Apprentice(
      layers: { input, backend in
        var operations: [any Operation] = []
        var signal = input
        if input.shape.count != 2 {
          operations.append(try backend.reshape(input, to: [input.shape[0], input.shape.dropFirst().reduce(1, *)]))
          signal = operations[0].output
        }
        if hidden > 0 {
          operations.append(try backend.dense(signal, DenseOptions(units: hidden, activation: .relu)))
          signal = operations[operations.count - 1].output
        }
        return operations + [try backend.dense(signal, DenseOptions(units: outputs))]
      },
      loss: loss
    )
  }

  /// The predictions for the held-out rows after training, beside their targets.
  func predictions(_ split: Split) throws -> (predicted: [Float], targets: [Float]) {
    let backend = ProcessorBackend()
    let source = split.training.inputs[0]
    let target = split.training.targets[0]
    let input = try Signal([batch] + source.shape.dropFirst(), hasGradient: false)
    let operations = try layers(input, backend)
    let network = Network(
      "apprentice",
      operations: operations,
      inputs: [input],
      outputs: [operations[operations.count - 1].output]
    )
    for (index, parameter) in network.parameters.enumerated() where parameter.shape.count > 1 {
      let stream = RandomStream(seed: 7, purpose: .weights, index: index)
      let fanIn = parameter.shape.dropLast().reduce(1, *)
      try parameter.write(stream.normal(parameter.count, deviation: (2 / Float(fanIn)).squareRoot()))
    }
    let head = try LossHead(loss, network.outputs[0])
    let wanted = try Tensor([batch] + target.shape.dropFirst())
    let optimizer = try Optimizer(
      .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7, isAMSGrad: false, .keras),
      network.parameters
    )
    func load(_ rows: Rows, _ start: Int) {
      for place in 0..<batch {
        copy(rows.inputs[0], (start + place) % rows.count, to: input.value, place)
        copy(rows.targets[0], (start + place) % rows.count, to: wanted, place)
      }
    }
    for step in 0..<steps {
      load(split.training, step * batch)
      network.resetGradients()
      try network.forward(isTraining: true)
      _ = try head.evaluate(target: wanted, isTraining: true)
      try network.backward()
      _ = try optimizer.step(rate: rate)
    }
    var predicted: [Float] = []
    for start in stride(from: 0, to: split.heldOut.count - batch + 1, by: batch) {
      load(split.heldOut, start)
      try network.forward(isTraining: false)
      predicted += network.outputs[0].value.values
    }
    return (predicted, split.heldOut.targets[0].values)
  }

  /// 1 - R2 on held-out rows: 1 for knowing nothing.
  func unexplained(_ split: Split) throws -> Double {
    let (predicted, targets) = try predictions(split)
    let errors = zip(predicted, targets).map { $0 - $1 }
    let spread = Moments(targets.prefix(predicted.count)).deviation
    let error = Moments(errors)
    return (error.mean * error.mean + error.deviation * error.deviation) / (spread * spread)
  }

  /// The share of held-out rows, or places of them, whose class was not the highest.
  func errorRate(_ split: Split, classes: Int) throws -> Double {
    let (predicted, targets) = try predictions(split)
    let count = predicted.count / classes
    let wrong = (0..<count).count { row in
      let scores = predicted[row * classes..<(row + 1) * classes]
      let best = scores.max().flatMap { scores.firstIndex(of: $0) } ?? 0
      return Float(best - row * classes) != targets[row]
    }
    return Double(wrong) / Double(count)
  }

  private func copy(_ source: Tensor, _ row: Int, to target: Tensor, _ place: Int) {
    let size = source.count / source.shape[0]
    (target.pointer + place * size).update(from: source.pointer + row * size, count: size)
  }
}
