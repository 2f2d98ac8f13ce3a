import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The hidden rule: what follows from a few numbers of a row.
///
/// A half of the variance is linear in them, somewhat less a sum of waves over a few directions each of which takes two or three of them together, the
/// rest is noise. So a linear network learns half of it, and any sound network with one hidden layer most of it.
struct Teacher {
  let draw: DataStream
  /// The target's number.
  let index: Int

  static let linearShare: Float = 0.5
  static let noiseShare: Float = 0.05
  /// How many waves there are.
  private static let waves = 6
  /// Half a period over two deviations.
  private static let frequency: Float = 1.2

  /// Returns `count` columns of mean 0 and deviation 1 for rows of standardised numbers.
  func scores(of features: Matrix, count: Int) -> Matrix {
    let rows = features.rows
    let width = max(features.columns, 1)
    let subject = DataStream.target(index)
    // Weights of either sign that are never near 0: each number counts.
    let sizes = draw(subject, .weights).uniform(width * count, in: -1..<1)
    var weights = Matrix(rows: features.columns, columns: count)
    for place in weights.values.indices { weights.values[place] = sizes[place] + (sizes[place] < 0 ? -0.6 : 0.6) }
    var linear = features.product(weights)
    linear.standardizeColumns()
    var waves = waves(of: features)
    waves.standardizeColumns()
    let mixture = draw(subject, .loadings).normal(Self.waves * count)
    var curved = waves.product(Matrix(rows: Self.waves, columns: count, mixture))
    curved.standardizeColumns()
    let noise = draw(subject, .noise).normal(rows * count)
    let parts = (
      Self.linearShare.squareRoot(), (1 - Self.linearShare - Self.noiseShare).squareRoot(),
      Self.noiseShare.squareRoot()
    )
    linear.values.withUnsafeMutableBufferPointer { scores in
      curved.values.withUnsafeBufferPointer { curved in
        noise.withUnsafeBufferPointer { noise in
          for place in scores.indices {
            scores[place] = parts.0 * scores[place] + parts.1 * curved[place] + parts.2 * noise[place]
          }
        }
      }
    }
    linear.standardizeColumns()
    return linear
  }

  private func waves(of features: Matrix) -> Matrix {
    let subject = DataStream.target(index)
    let width = features.columns
    var directions = Matrix(rows: width, columns: Self.waves)
    let places = draw(subject, .directions).uniform(Self.waves * 3)
    let sizes = draw(subject, .prototypes).normal(Self.waves * 3)
    for wave in 0..<Self.waves {
      var sum: Float = 0
      for part in 0..<3 where width > 0 {
        let feature = min(Int(places[wave * 3 + part] * Float(width)), width - 1)
        directions[feature, wave] += sizes[wave * 3 + part]
      }
      for feature in 0..<width { sum += directions[feature, wave] * directions[feature, wave] }
      let factor = sum > 0 ? Self.frequency / sum.squareRoot() : 0
      for feature in 0..<width { directions[feature, wave] *= factor }
    }
    let phases = draw(subject, .phases).uniform(Self.waves, in: 0..<2 * .pi)
    var waves = features.product(directions)
    waves.values.withUnsafeMutableBufferPointer { waves in
      for place in waves.indices { waves[place] = cosf(waves[place] + phases[place % Self.waves]) }
    }
    return waves
  }
}
