import DryRunMessages
import Glibc

/// Where numbers lie along an axis of a chart.
struct Axis {
  enum Scale {
    case linear, logarithmic
    /// Logarithmic where the largest number is many times the smallest.
    case fitting
  }

  /// How many times the smallest number the largest is before a fitting scale is logarithmic.
  private static let fittingRatio = 20.0
  private static let tickCount = 5

  let isLogarithmic: Bool
  /// The ends, as logarithms to base 10 where the scale is logarithmic.
  private let low: Double
  private let high: Double
  private let start: Double
  private let end: Double

  /// Makes an axis on which all finite numbers have a place.
  ///
  /// - Parameters:
  ///   - numbers: What is shown.
  ///   - scale: How.
  ///   - start: Where the smallest lies in the chart.
  ///   - end: Where the largest lies.
  ///   - isPadded: Whether there is room around the outermost numbers.
  init(of numbers: [Double], _ scale: Scale, from start: Double, to end: Double, isPadded: Bool = true) {
    let finite = numbers.filter(\.isFinite)
    let positive = finite.filter { $0 > 0 }
    let smallest = positive.min() ?? 1, largest = positive.max() ?? 1
    isLogarithmic =
      switch scale {
      case .linear: false
      case .logarithmic: !positive.isEmpty
      case .fitting: positive.count == finite.count && largest / smallest > Self.fittingRatio
      }
    var low = isLogarithmic ? log10(smallest) : finite.min() ?? 0
    var high = isLogarithmic ? log10(largest) : finite.max() ?? 1
    if high <= low {
      (low, high) = isLogarithmic ? (low - 0.5, high + 0.5) : (low - abs(low) / 10 - 0.05, high + abs(high) / 10 + 0.05)
    }
    let room = isPadded ? (high - low) * 0.05 : 0
    (self.low, self.high) = (low - room, high + room)
    (self.start, self.end) = (start, end)
  }

  /// Returns where a number lies; nil for one that has no place.
  func position(_ number: Double) -> Double? {
    guard number.isFinite, !isLogarithmic || number > 0 else { return nil }
    let value = isLogarithmic ? log10(number) : number
    return start + (end - start) * (value - low) / (high - low)
  }

  /// The numbers to mark, with their texts.
  var ticks: [(number: Double, text: String)] {
    let numbers = isLogarithmic ? logarithmicTicks : linearTicks
    return numbers.map { ($0, Self.text(of: $0)) }
  }

  /// The number in five characters where it can be said so, else as "8.4e-4".
  private static func text(of number: Double) -> String {
    let short = number.short
    if number == 0 || short.count <= 5 && !short.contains("e") { return short }
    let exponent = Int(Glibc.floor(log10(abs(number))))
    let mantissa = (number / pow(10, Double(exponent)) * 10).rounded() / 10
    return "\(mantissa.short)e\(exponent)"
  }

  private var linearTicks: [Double] {
    let rough = (high - low) / Double(Self.tickCount)
    let power = pow(10, Glibc.floor(log10(rough)))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough } ?? rough
    let first = Int(Glibc.ceil(low / step)), last = Int(Glibc.floor(high / step))
    guard first <= last else { return [] }
    // Through the power of ten, so that 3 steps of 0.1 are 0.3.
    return (first...last).map { (Double($0) * step / power).rounded() * power }
  }

  private var logarithmicTicks: [Double] {
    let first = Int(Glibc.ceil(low)), last = Int(Glibc.floor(high))
    if last - first >= 2 {
      let stride = max(1, (last - first + Self.tickCount - 1) / Self.tickCount)
      return Swift.stride(from: first, through: last, by: stride).map { Self.power($0) }
    }
    let decades = (first - 1)...(max(last, first) + 1)
    let fine = decades.flatMap { decade in [1, 2, 5].map { $0 * Self.power(decade) } }
    let inside = fine.filter { (low...high).contains(log10($0)) }
    return inside.count > 1
      ? inside : [Self.round(pow(10, low + 0.1 * (high - low))), Self.round(pow(10, high - 0.1 * (high - low)))]
  }

  private static func power(_ exponent: Int) -> Double {
    exponent < 0 ? 1 / pow(10, Double(-exponent)) : pow(10, Double(exponent))
  }

  /// The number with two digits that count.
  private static func round(_ number: Double) -> Double {
    let power = pow(10, Glibc.floor(log10(number)) - 1)
    return (number / power).rounded() * power
  }
}
