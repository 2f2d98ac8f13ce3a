/// What the text of a scalar means in each grammar.
enum ScalarGrammar {
  /// The meaning of a JSON literal.
  ///
  /// Python's `NaN`, `Infinity`, `True`, `False` and `None` are understood, other text is text.
  static func json(_ text: String) -> ScalarValue {
    switch text {
    case "null", "None": .null
    case "true", "True": .boolean(true)
    case "false", "False": .boolean(false)
    case "NaN": .number(.nan)
    case "Infinity", "+Infinity": .number(.infinity)
    case "-Infinity": .number(-.infinity)
    default: decimal(text) ?? .text(text)
    }
  }

  /// The meaning of a value without quotes in INI: a literal of JSON, else text; numbers may be written as `.5` too.
  static func ini(_ text: String) -> ScalarValue {
    switch text {
    case "null": .null
    case "true": .boolean(true)
    case "false": .boolean(false)
    default: decimal(text) ?? .text(text)
    }
  }

  /// The meaning of a name or number of Python; a name that is no constant is text.
  static func python(_ text: String) -> ScalarValue {
    switch text {
    case "None": .null
    case "True": .boolean(true)
    case "False": .boolean(false)
    default: pythonNumber(text) ?? .text(text)
    }
  }

  /// The value of an integer or float as Python writes them, with `_` between digits; nil for other text.
  static func pythonNumber(_ text: String) -> ScalarValue? {
    var bytes = text.utf8[...]
    guard bytes.last != Ascii.underscore else { return nil }
    let isNegative = bytes.first == Ascii.minus
    if isNegative || bytes.first == Ascii.plus { bytes.removeFirst() }
    guard let first = bytes.first, first != Ascii.underscore else { return nil }
    if first == Ascii.zero, let mark = bytes.dropFirst().first {
      let radix: Int? =
        switch mark | 0x20 {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
      if let radix {
        return digits(bytes.dropFirst(2).filter { $0 != Ascii.underscore }, radix: radix, negative: isNegative)
      }
    }
    return decimal(text.contains("_") ? text.filter { $0 != "_" } : text)
  }

  /// The meaning of a YAML scalar by the 1.2 core schema and its tag.
  ///
  /// Under a tag that is not YAML's own the text stays text, for only the application knows more.
  static func yaml12(_ text: String, style: ScalarStyle, tag: String?) -> ScalarValue {
    guard let tag else { return style == .plain ? core(text) : .text(text) }
    let value = core(text)
    return switch (tag, value) {
    case ("!!float", .integer(let integer)): .number(Double(integer))
    case ("!!float", .number), ("!!int", .integer), ("!!bool", .boolean), ("!!null", .null): value
    default: .text(text)
    }
  }

  /// The meaning of a plain scalar to PyYAML's resolver, a YAML 1.1 reader; timestamps are text.
  static func yaml11(_ text: String) -> ScalarValue {
    guard mayBeMoreThanText(text) else { return .text(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return .boolean(true)
    case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return .boolean(false)
    case ".nan", ".NaN", ".NAN": return .number(.nan)
    default: break
    }
    guard let first = text.utf8.first,
      first.isDigit || first == Ascii.minus || first == Ascii.plus || first == Ascii.dot
    else { return .text(text) }
    return YAML11Number.value(text) ?? .text(text)
  }

  /// The meaning of a number or word of the protobuf text format; words of enumerations are text.
  ///
  /// `0x1F` and `017` are integers, `0.5f`, `inf` and `nan` numbers, whatever stands between a sign and its number.
  static func protoText(_ text: String) -> ScalarValue {
    switch text {
    case "true", "True": return .boolean(true)
    case "false", "False": return .boolean(false)
    default: break
    }
    var rest = text.utf8[...]
    let isNegative = rest.first == Ascii.minus
    if isNegative { rest = rest.dropFirst().drop { !$0.isDigit && !$0.isLetter && $0 != Ascii.dot } }
    guard let first = rest.first else { return .text(text) }
    guard first.isDigit || first == Ascii.dot else {
      switch Substring(rest).lowercased() {
      case "inf", "infinity": return .number(isNegative ? -.infinity : .infinity)
      case "nan": return .number(.nan)
      default: return .text(text)
      }
    }
    if first == Ascii.zero, let second = rest.dropFirst().first {
      if second | 0x20 == UInt8(ascii: "x") {
        return digits(rest.dropFirst(2), radix: 16, negative: isNegative) ?? .text(text)
      }
      if second.isDigit, rest.allSatisfy(\.isDigit) {
        return digits(rest.dropFirst(), radix: 8, negative: isNegative) ?? .text(text)
      }
    }
    if let last = rest.last, last | 0x20 == UInt8(ascii: "f") {
      guard let value = number(Substring(rest.dropLast())) else { return .text(text) }
      return .number(isNegative ? -value : value)
    }
    return decimal((isNegative ? "-" : "") + Substring(rest)) ?? .text(text)
  }

  // MARK: - Private

  /// Whether a text may be anything but text in either version of YAML: most words are told by their first letter.
  private static func mayBeMoreThanText(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return true }
    return switch first | 0x20 {
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "y"), UInt8(ascii: "o"): true
    default: first < UInt8(ascii: "A") || first == UInt8(ascii: "~")
    }
  }

  private static func core(_ text: String) -> ScalarValue {
    guard mayBeMoreThanText(text) else { return .text(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    case ".nan", ".NaN", ".NAN": return .number(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
    default: break
    }
    guard let first = text.utf8.first,
      first.isDigit || first == Ascii.minus || first == Ascii.plus || first == Ascii.dot
    else { return .text(text) }
    if text.hasPrefix("0o") { return digits(text.utf8.dropFirst(2), radix: 8, negative: false) ?? .text(text) }
    if text.hasPrefix("0x") { return digits(text.utf8.dropFirst(2), radix: 16, negative: false) ?? .text(text) }
    return decimal(text) ?? .text(text)
  }

  /// Returns the value of `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, an integer where it is written as one.
  ///
  /// An integer that no `Int` holds becomes a number.
  static func decimal(_ text: String) -> ScalarValue? {
    var rest = text.utf8[...]
    if rest.first == Ascii.minus || rest.first == Ascii.plus { rest.removeFirst() }
    let whole = rest.prefix { $0.isDigit }.count
    rest = rest.dropFirst(whole)
    var isInteger = whole > 0
    if rest.first == Ascii.dot {
      rest.removeFirst()
      let fraction = rest.prefix { $0.isDigit }.count
      guard whole + fraction > 0 else { return nil }
      rest = rest.dropFirst(fraction)
      isInteger = false
    } else if whole == 0 {
      return nil
    }
    if let mark = rest.first, mark | 0x20 == 0x65 {
      rest.removeFirst()
      if rest.first == Ascii.minus || rest.first == Ascii.plus { rest.removeFirst() }
      let exponent = rest.prefix { $0.isDigit }.count
      guard exponent > 0 else { return nil }
      rest = rest.dropFirst(exponent)
      isInteger = false
    }
    guard rest.isEmpty else { return nil }
    if isInteger, let value = Int(text) { return .integer(value) }
    return number(text).map(ScalarValue.number)
  }

  /// Returns the integer that digits of a radix stand for; a number where no `Int` holds it.
  static func digits(_ digits: some Sequence<UInt8>, radix: Int, negative: Bool) -> ScalarValue? {
    var value = 0
    var approximate = 0.0
    var fits = true
    var count = 0
    for digit in digits {
      guard let digit = digit.hexValue, digit < radix else { return nil }
      count += 1
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(Int(digit))
      fits = fits && !overflow && !carry
      value = sum
      approximate = approximate * Double(radix) + Double(digit)
    }
    guard count > 0 else { return nil }
    return fits ? .integer(negative ? -value : value) : .number(negative ? -approximate : approximate)
  }

  /// Returns the nearest double of a decimal text; digits beyond any double's range give infinity or zero.
  static func number(_ text: some StringProtocol) -> Double? { Double(text) }
}
