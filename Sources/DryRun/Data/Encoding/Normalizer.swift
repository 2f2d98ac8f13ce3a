#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a version does to the numbers of a column before the network gets them, fitted to the training rows.
struct Normalizer {
  /// Takes the logarithm of 1 + x first: what is below -1 is no number then.
  private var isLogarithmic = false
  private var offset = 0.0
  private var factor = 1.0

  /// Whether the numbers stay as they are.
  var isIdentity: Bool { !isLogarithmic && offset == 0 && factor == 1 }

  /// Fits to the values of a column, `stride` apart from `first` on, which end where the training rows do; `statistics` is what is stated of them.
  init(_ word: String?, fitting values: UnsafeBufferPointer<Float>, first: Int, stride: Int, statistics: Statistics) {
    switch word {
    case "zscore":
      let (mean, deviation) = Self.moments(values, first: first, stride: stride)
      offset = -mean
      // What does not vary is left alone, as scikit-learn does.
      factor = deviation > 0 ? 1 / deviation : 1
    case "minmax":
      var low = Double.infinity
      var high = -Double.infinity
      for index in Swift.stride(from: first, to: values.count, by: stride) {
        low = min(low, Double(values[index]))
        high = max(high, Double(values[index]))
      }
      guard low.isFinite, high.isFinite else { return }
      offset = -low
      factor = high > low ? 1 / (high - low) : 1
    case "log1p": isLogarithmic = true
    case "rescaled":
      let size = max(abs(statistics.minimum ?? 0), abs(statistics.maximum ?? 0))
      if size > 1 { factor = 1 / size }
    case "iq", "robust":
      let sorted = Swift.stride(from: first, to: values.count, by: stride).map { values[$0] }.sorted()
      guard sorted.count > 3 else { return }
      offset = -Double(sorted[sorted.count / 2])
      let range = Double(sorted[sorted.count * 3 / 4]) - Double(sorted[sorted.count / 4])
      factor = range > 0 ? 1 / range : 1
    default: break
    }
  }

  func apply(to values: UnsafeMutableBufferPointer<Float>, first: Int, stride: Int) {
    guard !isIdentity else { return }
    for index in Swift.stride(from: first, to: values.count, by: stride) {
      values[index] =
        isLogarithmic ? log1pf(values[index]) : Float((Double(values[index]) + offset) * factor)
    }
  }

  private static func moments(
    _ values: UnsafeBufferPointer<Float>,
    first: Int,
    stride: Int
  ) -> (mean: Double, deviation: Double) {
    var sum = 0.0
    var count = 0.0
    for index in Swift.stride(from: first, to: values.count, by: stride) {
      sum += Double(values[index])
      count += 1
    }
    guard count > 0 else { return (0, 0) }
    let mean = sum / count
    var squares = 0.0
    for index in Swift.stride(from: first, to: values.count, by: stride) {
      let distance = Double(values[index]) - mean
      squares += distance * distance
    }
    return (mean, (squares / count).squareRoot())
  }
}
