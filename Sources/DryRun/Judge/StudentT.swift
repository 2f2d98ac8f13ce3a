#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Student's t distribution with a whole number of degrees of freedom.
enum StudentT {
  /// The probability that t is at most `value`.
  ///
  /// For whole degrees of freedom the incomplete beta function is a finite sum: Abramowitz and Stegun, Handbook of
  /// Mathematical Functions, 26.7.3 (odd) and 26.7.4 (even).
  static func probability(below value: Double, degrees: Int) -> Double {
    guard value.isFinite else { return value > 0 ? 1 : 0 }
    let angle = atan(abs(value) / Double(degrees).squareRoot())
    let cosine = cos(angle)
    // Terms of cosine^0, cosine^2, ... for even degrees, of cosine^1, cosine^3, ... for odd ones.
    var power = degrees.isMultiple(of: 2) ? 2 : 3
    var term = degrees.isMultiple(of: 2) ? 1 : cosine
    var sum = degrees == 1 ? 0 : term
    while power <= degrees - 2 {
      term *= cosine * cosine * Double(power - 1) / Double(power)
      sum += term
      power += 2
    }
    let inside =
      degrees.isMultiple(of: 2) ? sin(angle) * sum : 2 / Double.pi * (angle + sin(angle) * sum)
    return value < 0 ? (1 - inside) / 2 : (1 + inside) / 2
  }

  /// The value that t is below with a probability from 1/2 to 1.
  static func quantile(_ probability: Double, degrees: Int) -> Double {
    var low = 0.0, high = 1.0
    while self.probability(below: high, degrees: degrees) < probability, high < 1e9 { high *= 2 }
    // Halved until doubles are done with.
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { return middle }
      if self.probability(below: middle, degrees: degrees) < probability { low = middle } else { high = middle }
    }
  }
}
