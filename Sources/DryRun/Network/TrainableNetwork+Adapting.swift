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
        rows[input].count > 0, let stride = layer.distanceOfChannels(in: rows[input].shape),
        rows[input].count.isMultiple(of: width * stride)
      else { continue }
      let statistics = Self.statistics(of: rows[input], width: width, stride: stride)
      for parameter in part.parameters {
        if parameter.name == "moving_mean" { try parameter.write(statistics.means) }
        if parameter.name == "moving_variance" { try parameter.write(statistics.variances) }
      }
    }
  }

  /// Mean and variance of each of `width` channels, which lie `stride` apart; one that never varies gets the variance 1.
  private static func statistics(of rows: Tensor, width: Int, stride: Int) -> (means: [Float], variances: [Float]) {
    let count = Double(rows.count / width)
    var sums = [Double](repeating: 0, count: width), squares = sums
    for index in 0..<rows.count { sums[index / stride % width] += Double(rows.pointer[index]) }
    let means = sums.map { $0 / count }
    for index in 0..<rows.count {
      let distance = Double(rows.pointer[index]) - means[index / stride % width]
      squares[index / stride % width] += distance * distance
    }
    return (means.map { Float($0) }, squares.map { $0 > 0 ? Float($0 / count) : 1 })
  }
}

extension Layer {
  /// How many values lie between one channel of the axis that is normalised and the next; nil where there is no such axis.
  ///
  /// The last axis is normalised where none is named; with no axis at all there is one channel.
  fileprivate func distanceOfChannels(in shape: [Int]) -> Int? {
    let axes = facts.value(LayerKeys.axes) ?? [-1]
    guard let axis = axes.first else { return 1 }
    let place = axis < 0 ? shape.count + axis : axis
    return shape.indices.contains(place) ? shape.dropFirst(place + 1).reduce(1, *) : nil
  }
}

extension Experiment {
  /// The `normalization` layers whose statistics neither a file states nor rows can give, since something stands between them and
  /// their input.
  var layersWithoutStatistics: [Layer] {
    layers.filter { layer in
      layer.kind == .normalization && layer.facts.value(LayerKeys.statisticsStated) != true
        && layer.inputs.first.map { layers[$0].kind != .input } ?? true
    }
  }
}
