/// Numbers as PyYAML's resolver and constructor read them (yaml/resolver.py, yaml/constructor.py).
enum YAML11Number {
  /// Returns the integer or number, or nil when PyYAML takes the text for something else.
  static func value(_ text: String) -> ScalarValue? {
    var body = text.utf8[...]
    var negative = false
    var signed = false
    if let sign = body.first, sign == Ascii.minus || sign == Ascii.plus {
      negative = sign == Ascii.minus
      signed = true
      body.removeFirst()
    }
    if body.elementsEqual(".inf".utf8) || body.elementsEqual(".Inf".utf8) || body.elementsEqual(".INF".utf8) {
      return .number(negative ? -.infinity : .infinity)
    }
    return float(body, negative: negative, signed: signed) ?? integer(body, negative: negative)
  }

  /// A point is required, and a sign in the exponent: `1e-4` and `1.0e4` are text.
  private static func float(_ body: Substring.UTF8View, negative: Bool, signed: Bool) -> ScalarValue? {
    guard let point = body.firstIndex(of: Ascii.dot) else { return nil }
    let whole = body[..<point]
    let after = body[body.index(after: point)...]
    if whole.contains(Ascii.colon) {
      guard after.allSatisfy({ $0.isDigit || $0 == underscore }),
        let minutes = sexagesimal(whole, allowLeadingZero: true)
      else { return nil }
      let fraction = after.isEmpty ? 0 : ScalarGrammar.number("0." + text(after)) ?? 0
      let value = minutes + fraction
      return .number(negative ? -value : value)
    }
    if whole.isEmpty {
      // `\.[0-9][0-9_]*` takes no sign.
      guard !signed, let first = after.first, first.isDigit else { return nil }
    } else {
      guard let first = whole.first, first.isDigit, whole.allSatisfy({ $0.isDigit || $0 == underscore }) else {
        return nil
      }
    }
    let fraction = after.prefix { $0.isDigit || $0 == underscore }
    let exponent = after[fraction.endIndex...]
    if !exponent.isEmpty {
      let sign = exponent.dropFirst().first
      let digits = exponent.dropFirst(2)
      guard exponent.first.map({ $0 | 0x20 }) == 0x65, sign == Ascii.minus || sign == Ascii.plus, !digits.isEmpty,
        digits.allSatisfy(\.isDigit)
      else { return nil }
    }
    let value = ScalarGrammar.number("0" + text(whole) + "." + text(fraction) + "0" + text(exponent))
    return value.map { .number(negative ? -$0 : $0) }
  }

  private static func integer(_ body: Substring.UTF8View, negative: Bool) -> ScalarValue? {
    guard let first = body.first, first.isDigit else { return nil }
    func digits(_ text: Substring.UTF8View, radix: Int) -> ScalarValue? {
      ScalarGrammar.digits(text.filter { $0 != underscore }, radix: radix, negative: negative)
    }
    let rest = body.dropFirst()
    if first == Ascii.zero {
      switch rest.first {
      case nil: return .integer(0)
      case UInt8(ascii: "b"): return digits(rest.dropFirst(), radix: 2)
      case UInt8(ascii: "x"): return digits(rest.dropFirst(), radix: 16)
      default: return digits(rest, radix: 8)
      }
    }
    if body.contains(Ascii.colon) {
      guard let value = sexagesimal(body, allowLeadingZero: false) else { return nil }
      return Int(exactly: value).map { .integer(negative ? -$0 : $0) } ?? .number(negative ? -value : value)
    }
    return digits(body, radix: 10)
  }

  /// Returns the value of `[0-9][0-9_]*(:[0-5]?[0-9])+`.
  private static func sexagesimal(_ body: Substring.UTF8View, allowLeadingZero: Bool) -> Double? {
    var value = 0.0
    for (position, part) in body.split(separator: Ascii.colon, omittingEmptySubsequences: false).enumerated() {
      guard let first = part.first, first.isDigit else { return nil }
      if position > 0 {
        guard part.count <= 2, part.allSatisfy(\.isDigit), part.count == 1 || first < UInt8(ascii: "6") else {
          return nil
        }
      } else {
        guard allowLeadingZero || first != Ascii.zero, part.allSatisfy({ $0.isDigit || $0 == underscore }) else {
          return nil
        }
      }
      guard let number = ScalarGrammar.number(text(part)) else { return nil }
      value = value * 60 + number
    }
    return value
  }

  private static let underscore = UInt8(ascii: "_")

  /// The text without underscores.
  private static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.filter { $0 != underscore }, as: UTF8.self)
  }
}
