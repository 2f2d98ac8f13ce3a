extension Double {
  /// The number for people, with three digits that count, or all before the point: "0.0123", "12.3", "1234", "1.23e-05".
  package var short: String {
    if isNaN { return "no number" }
    if isInfinite { return self < 0 ? "-∞" : "∞" }
    if self == 0 { return "0" }
    if magnitude >= 1e6 { return (self < 0 ? "-" : "") + magnitude.withExponent }
    // Through the power that brings the three digits before the point: to divide by it rounds right, to multiply by its inverse would not.
    var scale = 1.0
    var digits = magnitude
    while digits < 100, scale < 1e300 {
      digits *= 10
      scale *= 10
    }
    return (self < 0 ? "-" : "") + ((magnitude * scale).rounded() / scale).plain
  }

  /// A ratio of 1 or more for people: "1.02", "7.6", "120".
  package var asRatio: String {
    switch self {
    case ..<2: return ((self * 100).rounded() / 100).plain
    case ..<10: return ((self * 10).rounded() / 10).plain
    case ..<1e6: return String(Int(self.rounded()))
    default: return withExponent
    }
  }

  /// The number without a fraction of 0.
  private var plain: String {
    let text = "\(self)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A large number as "1.23e6".
  private var withExponent: String {
    guard isFinite else { return "∞" }
    var exponent = 0
    var head = self
    while head >= 9.995 {
      head /= 10
      exponent += 1
    }
    return "\((head * 100).rounded() / 100)e\(exponent)"
  }
}
