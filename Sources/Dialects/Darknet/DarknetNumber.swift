/// Numbers as C's `atoi` and `atof` read them, which is how Darknet reads every option.
///
/// What stands behind a number is passed over, and a text without one is 0.
enum DarknetNumber {
  /// The integer that a text begins with; nil where no `int` of C holds it.
  static func integer(_ text: Substring) -> Int? {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    var value = 0
    for digit in digits {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else { break }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
      guard value <= Int(Int32.max) else { return nil }
    }
    return isNegative ? -value : value
  }

  /// The number that a text begins with.
  static func number(_ text: Substring) -> Double { Double(text[..<end(of: text)]) ?? 0 }

  /// Behind the decimal number that a text begins with; the text's start where it begins with none.
  static func end(of text: Substring) -> Substring.Index {
    let bytes = text.utf8
    var index = bytes.startIndex
    func digits() -> Bool {
      let start = index
      while index < bytes.endIndex, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[index] {
        index = bytes.index(after: index)
      }
      return index > start
    }
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      index = bytes.index(after: index)
    }
    var hasDigits = digits()
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: ".") {
      let point = index
      index = bytes.index(after: index)
      if !digits(), !hasDigits { index = point } else { hasDigits = true }
    }
    guard hasDigits else { return bytes.startIndex }
    guard index < bytes.endIndex, bytes[index] | 0x20 == UInt8(ascii: "e") else { return index }
    let mark = index
    index = bytes.index(after: index)
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      index = bytes.index(after: index)
    }
    return digits() ? index : mark
  }

  /// The parts of a list between commas; a `#` ends it.
  static func parts(_ text: Substring) -> [Substring] {
    let list = text.prefix { $0 != "#" }
    return list.split(separator: ",", omittingEmptySubsequences: false)
  }
}
