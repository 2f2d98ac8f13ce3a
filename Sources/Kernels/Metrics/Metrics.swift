internal import CKernels

/// Figures that compare networks whatever they were trained to make small.
package enum Metrics {
  /// The share of rows whose greatest score is that of their class; NaN without rows.
  ///
  /// Scores with NaN are wrong.
  package static func accuracy(scores: Tensor, classes: Tensor) -> Double {
    guard classes.count > 0, scores.count.isMultiple(of: classes.count), scores.count > 0 else { return .nan }
    let right = ck_right_classes(scores.pointer, classes.pointer, classes.count, scores.count / classes.count)
    return Double(right) / Double(classes.count)
  }

  /// The share of rows that are wrong.
  package static func errorRate(scores: Tensor, classes: Tensor) -> Double {
    1 - accuracy(scores: scores, classes: classes)
  }

  /// The share of numbers on the wrong side of `threshold`, which is 0 for logits and 1/2 for probabilities.
  ///
  /// Targets are on the right side of 1/2 or not.
  package static func binaryErrorRate(scores: Tensor, targets: Tensor, threshold: Float) -> Double {
    guard targets.count > 0, scores.count == targets.count else { return .nan }
    // NaN is on neither side.
    let wrong = zip(scores.buffer, targets.buffer).count { score, target in
      target > 0.5 ? !(score > threshold) : !(score <= threshold)
    }
    return Double(wrong) / Double(targets.count)
  }

  /// The share of the targets' variance that predictions explain, averaged over the columns of the last axis; below 0
  /// where the mean would do better.
  ///
  /// A column that does not vary counts 1 where it is met and 0 where it is not, as in scikit-learn.
  package static func determination(predictions: Tensor, targets: Tensor) -> Double {
    guard targets.count > 0, predictions.count == targets.count, let columns = targets.shape.last else { return .nan }
    let rows = targets.count / columns
    var sum = 0.0
    for column in 0..<columns {
      let target = (0..<rows).map { Double(targets.pointer[$0 * columns + column]) }
      let mean = target.reduce(0, +) / Double(rows)
      var missed = 0.0, spread = 0.0
      for row in 0..<rows {
        let error = Double(predictions.pointer[row * columns + column]) - target[row]
        missed += error * error
        spread += (target[row] - mean) * (target[row] - mean)
      }
      sum += spread > 0 ? 1 - missed / spread : (missed == 0 ? 1 : 0)
    }
    return sum / Double(columns)
  }
}
