internal import CKernels

/// A loss at the end of a network: its value, and the gradient with which the way back begins.
package final class LossHead {
  package let loss: Loss
  package let reduction: Loss.Reduction
  package let predicted: Signal
  /// The loss of each row at the last `evaluate`, unweighted.
  package let rowLosses: Tensor
  /// What the loss of a weighted mean is multiplied by; weights alone cannot say it, since their mean divides by them.
  private let scale: Double
  private let rows: Int
  private let columns: Int
  private let native: ck_loss

  /// `scale` is the loss's weight among those of several heads, where the reduction is a weighted mean.
  package init(
    _ loss: Loss,
    _ predicted: Signal,
    reduction: Loss.Reduction = .mean,
    scale: Double = 1
  ) throws(KernelError) {
    guard let columns = predicted.shape.last, columns > 0 else {
      throw .shapes(operation: loss.name, shapes: [predicted.shape], reason: "there is no last axis to compare along")
    }
    self.loss = loss
    self.reduction = reduction
    self.scale = scale
    self.predicted = predicted
    self.columns = columns
    rows = predicted.value.count / columns
    native = loss.native(classes: columns)
    rowLosses = try Tensor([rows])
  }

  /// The loss of what is predicted now.
  ///
  /// In training its gradient is contributed to that of the prediction. `weights` has a number for each row.
  package func evaluate(target: Tensor, weights: Tensor? = nil, isTraining: Bool) throws(KernelError) -> Double {
    guard target.count == (loss.isSparse ? rows : rows * columns) else {
      throw .shapes(
        operation: loss.name,
        shapes: [predicted.shape, target.shape],
        reason: loss.isSparse ? "there is not one class for each row" : "there is not one target for each prediction"
      )
    }
    if let weights, weights.count != rows {
      throw .shapes(
        operation: loss.name,
        shapes: [predicted.shape, weights.shape],
        reason: "there is not one weight for each row"
      )
    }
    let native = adjusted(to: target)
    let whole = share(target: target, weights: weights)
    func run(_ gradient: Tensor?) {
      ck_loss_rows(
        native,
        predicted.value.pointer,
        target.pointer,
        weights?.pointer,
        Float(whole),
        rows,
        columns,
        rowLosses.pointer,
        gradient?.pointer
      )
    }
    if isTraining, let gradient = predicted.gradient {
      try gradient.overwrite { (gradient) throws(KernelError) in run(gradient) }
    } else {
      run(nil)
    }
    var sum = 0.0
    for row in 0..<rows { sum += Double(rowLosses.pointer[row]) * Double(weights?.pointer[row] ?? 1) }
    return whole * sum
  }

  /// Hinge losses of targets that are all 0 or 1 are those of -1 and 1.
  private func adjusted(to target: Tensor) -> ck_loss {
    guard loss == .hinge || loss == .squaredHinge, target.buffer.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      return native
    }
    var adjusted = native
    adjusted.target_scale = 2
    adjusted.target_offset = -1
    return adjusted
  }

  /// What the sum over the rows is multiplied by.
  private func share(target: Tensor, weights: Tensor?) -> Double {
    var total: Double
    switch reduction {
    case .sum: return 1
    case .mean:
      total = Double(rows)
      if native.ignores { total = Double(target.buffer.count { $0 != Float(native.ignored) }) }
    case .weightedMean:
      total = 0
      for row in 0..<rows where !native.ignores || target.pointer[row] != Float(native.ignored) {
        total += Double(weights?.pointer[row] ?? 1)
      }
      return scale / total
    }
    return 1 / total
  }
}
