import Glibc

/// Curves as blocks of eight heights, one line each: "█▆▄▃▂▂▁▁".
package enum Sparkline {
  /// How many blocks a line has, at most.
  package static let width = 24

  private static let blocks = Array("▁▂▃▄▅▆▇█")
  /// What stands where a curve is not finite.
  private static let gap: Character = "×"
  /// Values that lie further apart than this are drawn by their logarithms, or all but the first would be flat.
  private static let widestLinear = 20.0

  /// Returns a line for each curve, all on one scale of both axes, so that they can be compared; nil for one without points.
  package static func lines(_ curves: [[CurvePoint]], width: Int = width) -> [String?] {
    let all = curves.joined()
    let finite = all.map(\.y).filter(\.isFinite)
    guard let first = all.map(\.x).min(), let last = all.map(\.x).max(), width > 0 else {
      return curves.map { _ in nil }
    }
    let lowest = finite.min() ?? 0
    let highest = finite.max() ?? 0
    let isLogarithmic = lowest > 0 && highest / lowest > widestLinear
    let height = isLogarithmic ? log2(highest / lowest) : highest - lowest
    func block(_ value: Double) -> Character {
      guard value.isFinite else { return gap }
      guard height > 0, height.isFinite else { return blocks[0] }
      let share = (isLogarithmic ? log2(value / lowest) : value - lowest) / height
      return blocks[min(max(Int(share * Double(blocks.count)), 0), blocks.count - 1)]
    }
    return curves.map { curve in
      let curve = curve.sorted { $0.x < $1.x }
      guard let start = curve.first, let end = curve.last else { return nil }
      let stretch = max(last - first, .leastNonzeroMagnitude)
      let columns = max(1, Int(((end.x - start.x) / stretch * Double(width)).rounded()))
      return String(
        (0..<columns).map { column in
          // The last column is the last point, which matters most.
          let x = columns > 1 ? start.x + (end.x - start.x) * Double(column) / Double(columns - 1) : end.x
          return block((curve.last { $0.x <= x } ?? start).y)
        }
      )
    }
  }
}
