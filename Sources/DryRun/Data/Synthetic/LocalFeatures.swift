import Kernels

/// What an input shows around each place of an output: for targets that are given place by place, as in tagging and segmentation.
struct LocalFeatures {
  /// The axes of the output that are places.
  let places: [Int]
  /// The target's number.
  let index: Int
  let draw: DataStream

  /// How many numbers describe a place.
  private static let count = 4
  /// How much of the place before counts, in texts: a word's tag depends on its neighbour.
  private static let before: Float = 0.5

  /// Returns standardised numbers for each place of each row; nil where no input has places.
  func features(of inputs: [World.Input], rows: Int) -> Matrix? {
    for input in inputs {
      switch input.form.kind {
      case .columns: continue
      case .tokens(let vocabulary):
        guard places.count == 1 else { continue }
        return words(input.values, length: input.form.size, vocabulary: vocabulary, rows: rows)
      case .field(let sides, let channels, _):
        guard sides.count == places.count else { continue }
        return surroundings(input.values, sides: sides, channels: channels, rows: rows)
      }
    }
    return nil
  }

  private func words(_ values: [Float], length: Int, vocabulary: Int, rows: Int) -> Matrix {
    let codes = draw(DataStream.target(index), .effects).normal(vocabulary * Self.count)
    let outputs = places[0]
    var features = Matrix(rows: rows * outputs, columns: Self.count)
    for row in 0..<rows {
      for place in 0..<outputs {
        let position = place * length / outputs
        let word = Int(values[row * length + position])
        let previous = Int(values[row * length + max(position - 1, 0)])
        for feature in 0..<Self.count {
          features[row * outputs + place, feature] =
            codes[word * Self.count + feature] + Self.before * codes[previous * Self.count + feature]
        }
      }
    }
    features.standardizeColumns()
    return features
  }

  /// A few mixtures of the channels, the mean over a place and its neighbours.
  private func surroundings(_ values: [Float], sides: [Int], channels: Int, rows: Int) -> Matrix {
    let width = min(Self.count, channels)
    let mixture = Matrix(
      rows: channels,
      columns: width,
      draw(DataStream.target(index), .effects).normal(channels * width)
    )
    let size = sides.reduce(1, *)
    var scaled = Matrix(rows: rows * size, columns: channels, values)
    scaled.standardizeColumns()
    var mixed = scaled.product(mixture)
    var step = 1
    for axis in sides.indices.reversed() {
      smooth(&mixed, step: step, side: sides[axis])
      step *= sides[axis]
    }
    let outputs = places.reduce(1, *)
    guard places != sides else {
      mixed.standardizeColumns()
      return mixed
    }
    var features = Matrix(rows: rows * outputs, columns: width)
    for row in 0..<rows {
      for place in 0..<outputs {
        var rest = place
        var source = 0
        var step = 1
        for axis in places.indices.reversed() {
          source += (rest % places[axis]) * sides[axis] / places[axis] * step
          rest /= places[axis]
          step *= sides[axis]
        }
        for feature in 0..<width { features[row * outputs + place, feature] = mixed[row * size + source, feature] }
      }
    }
    features.standardizeColumns()
    return features
  }

  /// Takes the mean of each place and its two neighbours along an axis; those at the ends have one.
  private func smooth(_ matrix: inout Matrix, step: Int, side: Int) {
    let width = matrix.columns
    let copy = matrix.values
    let rows = matrix.rows
    matrix.values.withUnsafeMutableBufferPointer { values in
      copy.withUnsafeBufferPointer { copy in
        for row in 0..<rows {
          let position = row / step % side
          let before = position > 0 ? row - step : row
          let after = position < side - 1 ? row + step : row
          for column in 0..<width {
            values[row * width + column] =
              (copy[before * width + column] + copy[row * width + column] + copy[after * width + column]) / 3
          }
        }
      }
    }
  }
}
