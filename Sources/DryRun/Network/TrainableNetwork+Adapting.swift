import Experiment
package import Kernels

extension TrainableNetwork {
  /// Gives `normalization` layers whose statistics no file states those of the rows, as Keras's `adapt` does.
  ///
  /// `rows` has one tensor for each input. A layer that is not fed by an input as it is keeps mean 0 and variance 1.
  package func adapt(to rows: [Tensor]) throws(KernelError) {
    for part in parts where part.kind == .normalization {
      let layer = experiment.layers[part.layer]
      guard layer.facts.value(LayerKeys.statisticsStated) != true, let source = layer.inputs.first,
        let input = experiment.inputs.firstIndex(where: { $0.value(InputKeys.layer) == source }),
        rows.indices.contains(input), let width = part.parameters.first?.count, width > 0,
        rows[input].count.isMultiple(of: width), rows[input].count > 0
      else { continue }
      let statistics = Self.statistics(of: rows[input], width: width)
      for parameter in part.parameters {
        if parameter.name == "moving_mean" { try parameter.write(statistics.means) }
        if parameter.name == "moving_variance" { try parameter.write(statistics.variances) }
      }
    }
  }

  /// Mean and variance of each column; a column that never varies gets the variance 1.
  private static func statistics(of rows: Tensor, width: Int) -> (means: [Float], variances: [Float]) {
    let count = Double(rows.count / width)
    var sums = [Double](repeating: 0, count: width), squares = sums
    for row in stride(from: 0, to: rows.count, by: width) {
      for column in 0..<width { sums[column] += Double(rows.pointer[row + column]) }
    }
    let means = sums.map { $0 / count }
    for row in stride(from: 0, to: rows.count, by: width) {
      for column in 0..<width {
        let distance = Double(rows.pointer[row + column]) - means[column]
        squares[column] += distance * distance
      }
    }
    return (means.map { Float($0) }, squares.map { $0 > 0 ? Float($0 / count) : 1 })
  }
}
