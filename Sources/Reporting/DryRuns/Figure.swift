import DryRunMessages
import Glibc

extension Double {
  /// The share as a percentage: `49 %`, `0.3 %`.
  var percent: String { "\(((self * 1000).rounded() / 10).short) %" }
}

extension Sequence<Double> {
  /// The median, infinite numbers and those that are none at the upper end; nil for no numbers.
  var median: Double? {
    let sorted = map { $0.isNaN ? .infinity : $0 }.sorted()
    let middle = sorted.count / 2
    guard !sorted.isEmpty else { return nil }
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The geometric mean; 0 where one is 0, nil for no numbers.
  var geometricMean: Double? {
    var sum = 0.0
    var count = 0
    for number in self {
      if number <= 0 { return 0 }
      sum += log(number)
      count += 1
    }
    return count == 0 ? nil : exp(sum / Double(count))
  }
}
