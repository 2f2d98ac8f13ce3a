import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Makes images, sequences and volumes: smooth patterns, one for each latent number, as strong as it is, moved a little from row to row, with noise.
struct FieldRendering {
  let places: [Int]
  let channels: Int
  let statistics: [Statistics]
  /// The input's number.
  let index: Int
  let draw: DataStream

  /// The deviation of the noise beside that of the patterns.
  private static let noise: Float = 0.35
  /// How far the patterns are moved to either side, as a share of each side.
  private static let shift: Float = 0.125

  func render(_ latents: Latents, range: Range<Int>) -> [Float] {
    let rows = latents.values.rows
    let size = places.reduce(channels, *)
    let patterns = patterns(range.count)
    var values = draw(DataStream.input(index), .noise).normal(rows * size, deviation: Self.noise)
    let moves = draw(DataStream.input(index), .shifts).uniform(
      rows * places.count,
      in: -Self.shift..<Self.shift
    )
    values.withUnsafeMutableBufferPointer { values in
      patterns.withUnsafeBufferPointer { patterns in
        guard let values = values.baseAddress, let patterns = patterns.baseAddress else { return }
        for row in 0..<rows {
          let shifts = places.indices.map { axis in
            let side = places[axis]
            let move = Int((moves[row * places.count + axis] * Float(side)).rounded())
            return (move % side + side) % side
          }
          for latent in 0..<range.count {
            let strength = latents.values[row, range.lowerBound + latent]
            addPattern(patterns + latent * size, times: strength, movedBy: shifts, to: values + row * size)
          }
        }
      }
      standardize(values)
      for channel in 0..<channels {
        let stated = statistics.count == channels ? statistics[channel] : statistics.first ?? Statistics()
        // All channels as one, where nothing tells them apart: they may differ in mean then, as those of pictures do.
        if statistics.count != channels || channels == 1 {
          stated.place(values, from: 0, stride: 1)
          break
        }
        stated.place(values, from: channel, stride: channels)
      }
    }
    return values
  }

  // MARK: - Private

  /// Adds a pattern that goes round at the ends.
  private func addPattern(
    _ pattern: UnsafePointer<Float>,
    times strength: Float,
    movedBy shifts: [Int],
    to sum: UnsafeMutablePointer<Float>
  ) {
    let last = places.count - 1
    let line = places[last] * channels
    let lines = places.dropLast().reduce(1, *)
    let cut = shifts[last] * channels
    for index in 0..<lines {
      var rest = index
      var moved = 0
      var step = 1
      for axis in (0..<last).reversed() {
        let side = places[axis]
        moved += (rest % side + shifts[axis]) % side * step
        rest /= side
        step *= side
      }
      let source = pattern + moved * line
      let target = sum + index * line
      add(source + cut, times: strength, to: target, count: line - cut)
      add(source, times: strength, to: target + (line - cut), count: cut)
    }
  }

  /// A wave under a bell for each latent number, in a mixture of channels of its own.
  private func patterns(_ count: Int) -> [Float] {
    let rank = places.count
    let placeCount = places.reduce(1, *)
    var patterns = [Float](repeating: 0, count: count * placeCount * channels)
    let numbers = draw(DataStream.input(index), .phases).uniform(count * (2 * rank + 1))
    let waves = draw(DataStream.input(index), .directions).normal(count * rank)
    let mixtures = draw(DataStream.input(index), .loadings).normal(count * channels)
    // A sequence is looked at in full, a picture has things in places.
    let widest: Float = rank == 1 ? 0.4 : 0.25
    for pattern in 0..<count {
      let start = pattern * (2 * rank + 1)
      var place = [Int](repeating: 0, count: rank)
      for flat in 0..<placeCount {
        var rest = flat
        for axis in (0..<rank).reversed() {
          place[axis] = rest % places[axis]
          rest /= places[axis]
        }
        var exponent: Float = 0
        var phase: Float = 0
        for axis in 0..<rank {
          let position = (Float(place[axis]) + 0.5) / Float(places[axis])
          let centre = 0.25 + 0.5 * numbers[start + axis]
          let width = widest * (0.5 + 0.5 * numbers[start + rank + axis])
          let distance = position - centre
          exponent -= 0.5 * distance * distance / (width * width)
          // Around a period and a half over the bell's width: smooth, and the mean over the places is not 0.
          phase += waves[pattern * rank + axis] * distance * 2 * .pi * (0.5 + numbers[start + 2 * rank])
        }
        let height = expf(exponent) * cosf(phase)
        for channel in 0..<channels {
          patterns[(pattern * placeCount + flat) * channels + channel] = height * mixtures[pattern * channels + channel]
        }
      }
      normalize(&patterns, from: pattern * placeCount * channels, count: placeCount * channels, share: count)
    }
    return patterns
  }

  /// Gives a pattern its share of a variance of 1.
  private func normalize(_ patterns: inout [Float], from start: Int, count: Int, share: Int) {
    var sum: Float = 0
    for index in start..<start + count { sum += patterns[index] * patterns[index] }
    guard sum > 0 else { return }
    let factor = (Float(count) / sum / Float(share)).squareRoot()
    for index in start..<start + count { patterns[index] *= factor }
  }

  /// Brings all values together to mean 0 and deviation 1.
  private func standardize(_ values: UnsafeMutableBufferPointer<Float>) {
    guard !values.isEmpty else { return }
    var sum = 0.0
    var squares = 0.0
    for value in values {
      sum += Double(value)
      squares += Double(value) * Double(value)
    }
    let mean = sum / Double(values.count)
    let deviation = max(squares / Double(values.count) - mean * mean, 0).squareRoot()
    let factor = Float(deviation > 0 ? 1 / deviation : 0)
    for index in values.indices { values[index] = (values[index] - Float(mean)) * factor }
  }
}
