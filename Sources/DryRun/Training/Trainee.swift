internal import DryRunMessages
internal import Experiment
internal import Kernels

/// A network with what goes into it and what it is held to: one batch at a time.
///
/// Made and used on one thread, as the network is.
final class Trainee {
  let network: TrainableNetwork
  let batch: Int
  private let targets: [Tensor]
  /// What parts the two classes of each binary head.
  private let thresholds: [Float]

  /// `rows` are those to train on: layers that take statistics of the data take them from these.
  init(_ version: Plan.Version, rows: Rows, seed: UInt64) throws(NotRunnable) {
    let network = try TrainableNetwork(version.experiment, heads: version.heads, batch: version.batch, seed: seed)
    self.network = network
    batch = version.batch
    do {
      var targets: [Tensor] = []
      for target in rows.targets { targets.append(try Tensor([version.batch] + target.shape.dropFirst())) }
      self.targets = targets
      try network.adapt(to: rows.inputs)
    } catch {
      throw NotRunnable(error)
    }
    thresholds = version.heads.map {
      $0.threshold(activation: version.experiment.outputs[$0.output].facts.value(OutputKeys.activation))
    }
  }

  /// Puts rows in; a batch that they do not fill is filled with the first of them.
  func load(_ rows: Rows, _ indices: [Int32]) throws(KernelError) {
    var indices = indices
    while let first = indices.first, indices.count < batch { indices.append(first) }
    for (signal, table) in zip(network.inputs, rows.inputs) { try signal.value.gather(indices, of: table) }
    for (target, table) in zip(targets, rows.targets) { try target.gather(indices, of: table) }
  }

  /// The loss of the batch, penalties left out; in training gradients begin.
  func loss(isTraining: Bool) throws(KernelError) -> Double {
    var sum = 0.0
    for (index, (head, loss)) in network.heads.enumerated() {
      let weights = try head.rowWeights(for: targets[index])
      sum += try loss.evaluate(target: targets[index], weights: weights, isTraining: isTraining)
    }
    return sum
  }

  /// Loss and task's figure of all rows, as the network is now, without dropout and the like.
  func score(on rows: Rows, gate: Gate) throws(Interruption) -> Score {
    let predictions = try computing { () throws(KernelError) in
      var predictions: [Tensor] = []
      for (_, loss) in network.heads { predictions.append(try Tensor([rows.count] + loss.predicted.shape.dropFirst())) }
      return predictions
    }
    var loss = 0.0
    for first in stride(from: 0, to: rows.count, by: batch) {
      try gate.check()
      loss += try computing { () throws(KernelError) in
        try sumOfLosses(rows, first..<min(first + batch, rows.count), predictions)
      }
    }
    return try computing { () throws(KernelError) in
      var figure = 0.0
      for (index, (head, _)) in network.heads.enumerated() {
        figure += try head.figure(
          predictions: predictions[index],
          targets: rows.targets[index],
          threshold: thresholds[index]
        )
      }
      return Score(loss: loss / Double(rows.count), figure: figure / Double(max(network.heads.count, 1)))
    }
  }

  /// The sum over a chunk of rows, whose predictions are written down.
  private func sumOfLosses(_ rows: Rows, _ chunk: Range<Int>, _ predictions: [Tensor]) throws(KernelError) -> Double {
    try load(rows, chunk.map { Int32($0) })
    try network.network.forward(isTraining: false)
    var sum = 0.0
    for (index, (head, loss)) in network.heads.enumerated() {
      _ = try loss.evaluate(target: targets[index], isTraining: false)
      let weights = try head.rowWeights(for: targets[index])
      let places = loss.rowLosses.count / batch
      for place in 0..<chunk.count * places {
        sum += Double(loss.rowLosses.pointer[place]) * Double(weights?.pointer[place] ?? 1) / Double(places)
      }
      let width = loss.predicted.value.count / batch
      (predictions[index].pointer + chunk.lowerBound * width)
        .update(from: loss.predicted.value.pointer, count: chunk.count * width)
    }
    return sum
  }
}

/// How good a network is on some rows.
struct Score {
  /// Penalties left out; heads and classes weighed as in training.
  var loss: Double
  /// The mean over the heads of error rate or 1 - R2.
  var figure: Double

  func value(by yardstick: Yardstick) -> Double {
    let value =
      switch yardstick {
      case .loss: loss
      case .task: figure
      }
    // An error rate is finite whatever the network says.
    return loss.isFinite && value.isFinite ? value : .infinity
  }
}

extension Rows {
  /// The first rows, in memory of their own.
  func prefix(_ count: Int) throws(Interruption) -> Rows {
    let indices = (0..<min(count, self.count)).map { Int32($0) }
    return try computing { () throws(KernelError) in
      func first(_ table: Tensor) throws(KernelError) -> Tensor {
        let tensor = try Tensor([indices.count] + table.shape.dropFirst())
        try tensor.gather(indices, of: table)
        return tensor
      }
      var rows = Rows(inputs: [], targets: [])
      for table in inputs { rows.inputs.append(try first(table)) }
      for table in targets { rows.targets.append(try first(table)) }
      return rows
    }
  }
}
