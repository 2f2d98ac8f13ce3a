internal import DryRunMessages
internal import Kernels

/// Some of the values that a layer gives: a row for each example and place, a column for each unit.
struct LayerSample {
  let units: Int
  private(set) var rows = 0
  private var values: [Float] = []
  private let limit: Int

  /// How many rows there are at most: enough to tell units apart, few enough to cost next to nothing beside a step.
  private static let rowLimit = 256
  private static let valueLimit = 1 << 16
  private static let leastRows = 16

  init(units: Int) {
    self.units = units
    limit = max(Self.leastRows, min(Self.rowLimit, Self.valueLimit / max(units, 1)))
  }

  /// Takes rows from the values of the first `examples` of a batch, spread evenly over examples and places.
  ///
  /// `share` is the part of the sample that may come from this batch.
  mutating func take(_ tensor: Tensor, examples: Int, share: Double) {
    guard units > 0, let batch = tensor.shape.first, batch > 0 else { return }
    let available = tensor.count / batch * examples / units
    let wanted = min(available, max(1, Int(Double(limit) * share)), limit - rows)
    for index in 0..<max(wanted, 0) {
      let row = index * available / wanted
      values.append(contentsOf: UnsafeBufferPointer(start: tensor.pointer + row * units, count: units))
    }
    rows += max(wanted, 0)
  }

  // MARK: - Figures

  /// The share of units that are 0 in all rows.
  var deadUnits: Double? {
    guard rows > 0 else { return nil }
    return Double((0..<units).count { isZero($0) }) / Double(units)
  }

  /// The share of values within a hundredth of the range from either bound.
  func saturated(from minimum: Double, to maximum: Double) -> Double? {
    guard rows > 0 else { return nil }
    let margin = (maximum - minimum) / 100
    let low = Float(minimum + margin), high = Float(maximum - margin)
    return Double(values.count { !($0 > low && $0 < high) }) / Double(values.count)
  }

  /// The share of units whose values are those of another unit, up to rounding.
  ///
  /// With `ignoresDead` units that are 0 throughout are alike only where all are: a rectifier may have some in any case.
  func symmetricUnits(ignoresDead: Bool) -> Double? {
    guard rows > 0, units > 1 else { return nil }
    let dead = ignoresDead ? (0..<units).count { isZero($0) } : 0
    let candidates = dead > 0 && dead < units ? (0..<units).filter { !isZero($0) } : Array(0..<units)
    let size = values.reduce(0) { $0 + Double($1) * Double($1) } / Double(values.count)
    let tolerance = size.squareRoot() * 1e-5
    // Units that are alike have like sums, so only neighbours among the sums need a look. The weights keep a sum from being that of
    // the same values in another order.
    let sums = candidates.map { unit in
      (0..<rows).reduce(0) { $0 + Double(values[$1 * units + unit]) * Self.weight(of: $1) }
    }
    let reach = tolerance * (0..<rows).reduce(0) { $0 + Self.weight(of: $1) }
    let order = candidates.indices.sorted { sums[$0] < sums[$1] }
    var alike = [Bool](repeating: false, count: candidates.count)
    for place in order.indices {
      var next = place + 1
      while next < order.count, !(sums[order[next]] - sums[order[place]] > reach) {
        if areAlike(candidates[order[place]], candidates[order[next]], within: tolerance) {
          alike[order[place]] = true
          alike[order[next]] = true
          break
        }
        next += 1
      }
    }
    return Double(alike.count { $0 }) / Double(units)
  }

  /// Nil where some value is none.
  func histogram(bins: Int = 20) -> Histogram? {
    guard let least = values.min(), let most = values.max(), least.isFinite, most.isFinite,
      values.allSatisfy(\.isFinite)
    else { return nil }
    var counts = [Int](repeating: 0, count: bins)
    let width = Double(most) - Double(least)
    for value in values {
      let place = width > 0 ? (Double(value) - Double(least)) / width * Double(bins) : 0
      counts[min(Int(place), bins - 1)] += 1
    }
    return Histogram(minimum: Double(least), maximum: Double(most), counts: counts)
  }

  private func isZero(_ unit: Int) -> Bool {
    (0..<rows).allSatisfy { values[$0 * units + unit] == 0 }
  }

  private func areAlike(_ one: Int, _ other: Int, within tolerance: Double) -> Bool {
    (0..<rows).allSatisfy { row in
      abs(Double(values[row * units + one]) - Double(values[row * units + other])) <= tolerance
    }
  }

  private static func weight(of row: Int) -> Double {
    1 + Double(row % 7) / 7
  }
}
