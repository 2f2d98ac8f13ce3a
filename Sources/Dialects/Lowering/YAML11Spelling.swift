/// How numbers are written for readers of YAML 1.1, such as PyYAML.
enum YAML11Spelling {
  /// Returns the number with a point in its mantissa and a sign in its exponent; nil for other text.
  static func pointed(_ text: String) -> String? {
    guard let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return nil }
    var mantissa = String(text[..<mark])
    let exponent = text[text.index(after: mark)...]
    if !mantissa.contains(".") {
      mantissa += ".0"
    } else if mantissa.hasSuffix(".") {
      mantissa += "0"
    }
    if mantissa.hasPrefix("+.") || mantissa.hasPrefix("-.") {
      mantissa.insert("0", at: mantissa.index(after: mantissa.startIndex))
    }
    let isSigned = exponent.hasPrefix("+") || exponent.hasPrefix("-")
    return mantissa + String(text[mark]) + (isSigned ? "" : "+") + exponent
  }
}
