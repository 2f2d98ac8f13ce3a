#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The learning rate of each step, the first of which is step 0.
///
/// Formulas are those of `keras.optimizers.schedules`, unless said.
package indirect enum Schedule: Equatable, Sendable {
  case constant(Double)
  /// start * share ^ (step / steps); `isStaircase` rounds the exponent down.
  case exponential(start: Double, steps: Double, share: Double, isStaircase: Bool)
  /// From `start` to `end` over `steps`; `isCyclic` begins again, each time over one more multiple of `steps`.
  case polynomial(start: Double, end: Double, steps: Double, power: Double, isCyclic: Bool)
  /// start / (1 + share * step / steps)
  case inverseTime(start: Double, steps: Double, share: Double, isStaircase: Bool)
  /// Half a cosine from `start` to `floor` * start.
  case cosine(start: Double, steps: Double, floor: Double)
  /// The same again and again, each time over `stretch` times as many steps from `shrink` times the height.
  case cosineRestarts(start: Double, steps: Double, stretch: Double, shrink: Double, floor: Double)
  /// values[0] up to the first boundary and with it, then the next.
  case piecewise(boundaries: [Int], values: [Double])
  /// A straight line from `start` to `end` over `steps`, then `next` from its own step 0 on.
  case warmUp(start: Double, end: Double, steps: Int, next: Schedule)
  /// Up to `peak` and down again within `steps`: PyTorch's OneCycleLR. `riseShare` is its `pct_start`.
  case oneCycle(
    peak: Double,
    steps: Int,
    riseShare: Double,
    startDivisor: Double,
    endDivisor: Double,
    isLinear: Bool,
    hasThreePhases: Bool
  )

  package func rate(at step: Int) -> Double {
    let place = Double(step)
    switch self {
    case .constant(let rate): return rate
    case .exponential(let start, let steps, let share, let isStaircase):
      let periods = place / steps
      return start * pow(share, isStaircase ? periods.rounded(.down) : periods)
    case .polynomial(let start, let end, let steps, let power, let isCyclic):
      let whole = isCyclic ? steps * max(1, (place / steps).rounded(.up)) : steps
      return (start - end) * pow(1 - min(place, whole) / whole, power) + end
    case .inverseTime(let start, let steps, let share, let isStaircase):
      let periods = place / steps
      return start / (1 + share * (isStaircase ? periods.rounded(.down) : periods))
    case .cosine(let start, let steps, let floor):
      return start * Self.halfCosine(min(place, steps) / steps, floor: floor)
    case .cosineRestarts(let start, let steps, let stretch, let shrink, let floor):
      var length = steps, begin = 0.0, height = 1.0
      while stretch > 0, length >= 1e-9, place >= begin + length {
        begin += length
        length *= stretch
        height *= shrink
      }
      return start * ((1 - floor) * height * Self.halfCosine((place - begin) / length, floor: 0) + floor)
    case .piecewise(let boundaries, let values):
      let index = boundaries.firstIndex { step <= $0 } ?? boundaries.count
      return values.indices.contains(index) ? values[index] : values.last ?? 0
    case .warmUp(let start, let end, let steps, let next):
      return step < steps ? start + (end - start) * place / Double(steps) : next.rate(at: step - steps)
    case .oneCycle(let peak, let steps, let riseShare, let startDivisor, let endDivisor, let isLinear, let three):
      let low = peak / startDivisor, last = low / endDivisor
      let top = riseShare * Double(steps) - 1, end = Double(steps - 1)
      let phases =
        three ? [(top, low, peak), (2 * top, peak, low), (end, low, last)] : [(top, low, peak), (end, peak, last)]
      var begin = 0.0
      for (index, (until, from, to)) in phases.enumerated() {
        guard place <= until || index == phases.count - 1 else {
          begin = until
          continue
        }
        let share = (place - begin) / (until - begin)
        return isLinear ? (to - from) * share + from : to + (from - to) * Self.halfCosine(share, floor: 0)
      }
      return last
    }
  }

  /// From 1 to `floor` as `share` goes from 0 to 1.
  private static func halfCosine(_ share: Double, floor: Double) -> Double {
    (1 - floor) * 0.5 * (1 + cos(.pi * share)) + floor
  }
}
