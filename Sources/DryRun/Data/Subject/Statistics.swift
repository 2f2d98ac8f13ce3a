import Experiment

/// What is stated of numbers as they are stored; nil is what nobody says.
struct Statistics: Equatable {
  var minimum: Double?
  var maximum: Double?
  var mean: Double?
  var deviation: Double?

  var isEmpty: Bool { minimum == nil && maximum == nil && mean == nil && deviation == nil }

  init(minimum: Double? = nil, maximum: Double? = nil, mean: Double? = nil, deviation: Double? = nil) {
    self.minimum = minimum
    self.maximum = maximum
    self.mean = mean
    self.deviation = deviation
  }

  init(_ record: Record?) {
    minimum = record?.value(TargetKeys.minimum)
    maximum = record?.value(TargetKeys.maximum)
    mean = record?.value(TargetKeys.mean)
    deviation = record?.value(TargetKeys.standardDeviation)
  }

  /// Bytes of pixels.
  static let bytes = Statistics(minimum: 0, maximum: 255)
  /// Of what is counted or measured from 0 on.
  static let counts = Statistics(minimum: 0, mean: 3, deviation: 2)

  /// The same with what is not said taken from what is: the middle of a range for the mean, a quarter of it for the deviation, so that a twentieth of
  /// normal numbers lie at the bounds; else mean 0 and deviation 1.
  var completed: (mean: Double, deviation: Double) {
    let range = zip(minimum, maximum).map { $1 - $0 }
    var deviation = deviation ?? range.map { $0 / 4 } ?? 1
    if let mean, self.deviation == nil, let bound = minimum ?? maximum {
      deviation = min(deviation, max(abs(mean - bound) / 2, .leastNormalMagnitude))
    }
    let mean =
      mean ?? zip(minimum, maximum).map { ($0 + $1) / 2 } ?? minimum.map { $0 + 2 * deviation }
      ?? maximum.map { $0 - 2 * deviation } ?? 0
    return (mean, deviation)
  }

  /// The words of a report: "of mean 71.4 and deviation 11.8, from 0 to 120".
  var description: String {
    let (mean, deviation) = completed
    let bounds =
      switch (minimum, maximum) {
      case (let low?, let high?): ", from \(low.brief) to \(high.brief)"
      case (let low?, nil): ", \(low.brief) at least"
      case (nil, let high?): ", \(high.brief) at most"
      case (nil, nil): ""
      }
    return "of mean \(mean.brief) and deviation \(deviation.brief)" + bounds
  }
}

/// Both, or nothing.
private func zip(_ first: Double?, _ second: Double?) -> (Double, Double)? {
  guard let first, let second else { return nil }
  return (first, second)
}

extension Statistics {
  /// Moves standardised numbers, `stride` apart from `first` on, to where they are stated to lie.
  ///
  /// Bounds are kept by cutting, and what that takes from the deviation is given back by spreading the rest, as far as the
  /// bounds allow.
  func place(_ values: UnsafeMutableBufferPointer<Float>, from first: Int, stride: Int) {
    guard !isEmpty else { return }
    let (mean, deviation) = completed
    var factor = deviation
    var offset = mean
    let low = minimum ?? -.infinity
    let high = maximum ?? .infinity
    if minimum != nil || maximum != nil {
      let count = (values.count - first + stride - 1) / stride
      let step = stride * max(1, count / Self.sampleSize)
      for _ in 0..<Self.rounds {
        var sum = 0.0
        var squares = 0.0
        var seen = 0.0
        var index = first
        while index < values.count {
          let value = Swift.min(Swift.max(Double(values[index]) * factor + offset, low), high)
          sum += value
          squares += value * value
          seen += 1
          index += step
        }
        guard seen > 1 else { break }
        let now = (Swift.max(squares / seen - sum * sum / (seen * seen), 0)).squareRoot()
        if now > 0 { factor = Swift.min(factor * deviation / now, deviation * Self.widest) }
        offset += mean - sum / seen
      }
    }
    var index = first
    while index < values.count {
      values[index] = Float(Swift.min(Swift.max(Double(values[index]) * factor + offset, low), high))
      index += stride
    }
  }

  /// How many numbers the spread is found from.
  private static let sampleSize = 4096
  /// How often it is corrected; half as often is enough for bounds that lie two deviations away.
  private static let rounds = 12
  /// The most it may be widened: numbers that lie at their bounds nearly all are as spread as they can be.
  private static let widest = 8.0
}

extension Double {
  /// Four digits at most, for sentences.
  var brief: String {
    guard isFinite else { return "\(self)" }
    if self == 0 { return "0" }
    let magnitude = abs(self)
    if magnitude >= 1000 || self == rounded() { return magnitude < 1e15 ? "\(Int(rounded()))" : "\(self)" }
    var scale = 1.0
    while magnitude * scale < 100 && scale < 1e9 { scale *= 10 }
    let short = (self * scale).rounded() / scale
    return short == short.rounded() ? "\(Int(short))" : "\(short)"
  }
}
