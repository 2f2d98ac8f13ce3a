internal import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the best constant prediction gets, which is what knowing nothing gets.
///
/// The constant is found on training rows and scored on held-out ones, as a network is.
struct Baseline {
  /// The loss that is trained on, all heads weighed and summed.
  let loss: Double
  /// The mean of the tasks' figures.
  let figure: Double

  init(_ heads: [Head], training: [Tensor], heldOut: [Tensor]) throws(KernelError) {
    var loss = 0.0, figure = 0.0
    for (index, head) in heads.enumerated() {
      let width = head.form.columns
      var best = Double.infinity, bestFigure = Double.infinity
      for constant in try head.constants(for: training[index], columns: width) {
        let rows = heldOut[index].count / (head.loss.isSparse ? 1 : max(width, 1))
        let prediction = try Signal([rows, width], hasGradient: false)
        for row in 0..<rows {
          for column in 0..<width { prediction.value.pointer[row * width + column] = constant[column] }
        }
        let value = try LossHead(head.loss, prediction).loss(of: head, heldOut[index])
        if value < best { best = value }
        let error = try head.figure(
          predictions: prediction.value,
          targets: heldOut[index],
          threshold: head.threshold(activation: nil)
        )
        if error < bestFigure { bestFigure = error }
      }
      loss += best
      figure += bestFigure
    }
    self.loss = loss
    self.figure = heads.isEmpty ? .nan : figure / Double(heads.count)
  }

  func score(by yardstick: Yardstick) -> Double {
    switch yardstick {
    case .loss: loss
    case .task: figure
    }
  }
}

extension LossHead {
  /// The weighted loss of a head in its present state: what training sees of it, penalties left out.
  func loss(of head: Head, _ target: Tensor) throws(KernelError) -> Double {
    try evaluate(target: target, weights: try head.rowWeights(for: target), isTraining: false)
  }
}

extension Head {
  /// Constants one of which is the best there is for this loss, or near it: one number for each column.
  fileprivate func constants(for target: Tensor, columns: Int) throws(KernelError) -> [[Float]] {
    if loss.isSparse || !target.count.isMultiple(of: columns) {
      let shares = try shares(of: target, columns: columns)
      return [shares, shares.map { logf(max($0, 1e-7)) }]
    }
    let weights = try rowWeights(for: target)
    let rows = target.count / columns
    var means = [Float](repeating: 0, count: columns), logarithms = means
    var quantiles = [[Float]](repeating: means, count: Self.quantiles.count)
    for column in 0..<columns {
      var total = 0.0, sum = 0.0, logarithm = 0.0
      var values: [Float] = []
      values.reserveCapacity(rows)
      for row in 0..<rows {
        let value = target.pointer[row * columns + column], weight = Double(weights?.pointer[row] ?? 1)
        total += weight
        sum += weight * Double(value)
        logarithm += weight * log1p(max(Double(value), -0.999999))
        values.append(value)
      }
      means[column] = Float(sum / total)
      logarithms[column] = Float(expm1(logarithm / total))
      values.sort()
      for (index, share) in Self.quantiles.enumerated() {
        quantiles[index][column] = values[min(Int(share * Double(rows)), rows - 1)]
      }
    }
    // Means are best for squares and for crossentropies of probabilities, medians for distances, lower ones for percentages, logits and
    // logarithms of shares for what takes those, and a side for hinges.
    var constants = [means, logarithms] + quantiles
    constants.append(means.map { logf(min(max($0, 1e-7), 1 - 1e-7) / (1 - min(max($0, 1e-7), 1 - 1e-7))) })
    constants.append(means.map { logf(max($0, 1e-7)) })
    let largest = means.max() ?? 0
    constants.append(means.map { columns == 1 ? ($0 > 0.5 ? 1 : -1) : ($0 == largest ? 1 : 0) })
    return constants
  }

  private static let quantiles = [0.1, 0.25, 0.5]

  /// The share of each class.
  private func shares(of classes: Tensor, columns: Int) throws(KernelError) -> [Float] {
    let weights = try rowWeights(for: classes)
    var counts = [Double](repeating: 0, count: columns)
    for row in 0..<classes.count {
      let number = Int(exactly: classes.pointer[row]) ?? -1
      guard counts.indices.contains(number) else { continue }
      counts[number] += Double(weights?.pointer[row] ?? 1)
    }
    let total = max(counts.reduce(0, +), 1e-9)
    return counts.map { Float($0 / total) }
  }
}
