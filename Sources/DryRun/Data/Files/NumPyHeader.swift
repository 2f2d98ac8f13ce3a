/// What stands before the numbers of an `.npy` file: a Python dictionary with `descr`, `fortran_order` and `shape`.
struct NumPyHeader {
  let type: NumPyType
  let isFortran: Bool
  let shape: [Int]
  /// The offset of the first number.
  let start: Int
  /// How many numbers there are.
  let count: Int

  var shapeText: String { "(\(shape.map { "\($0)" }.joined(separator: ", ")))" }

  /// The most bytes that the dictionary may have; NumPy itself reads 10,000 of what it does not trust.
  private static let limit = 1 << 16
  private static let mostAxes = 32

  /// Throws where the bytes are no array, or end before its numbers do.
  init(_ bytes: [UInt8], file: String) throws(NotRunnable) {
    guard bytes.starts(with: NumPyArray.magic) else { throw NotRunnable("\(file) is no NumPy array") }
    let cut = NotRunnable("\(file) is cut off: it ends inside its header")
    guard bytes.count >= 10 else { throw cut }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw NotRunnable("\(file) is in version \(version) of NumPy's format; versions 1 to 3 are read")
    }
    let field = version == 1 ? 2 : 4
    guard bytes.count >= 8 + field else { throw cut }
    var length = 0
    for byte in 0..<field { length |= Int(bytes[8 + byte]) << (8 * byte) }
    guard length <= Self.limit else { throw NotRunnable("\(file) has a header of \(length) bytes, which is damaged") }
    start = 8 + field + length
    guard start <= bytes.count else { throw cut }
    let text = String(decoding: bytes[8 + field..<start], as: UTF8.self)
    let damaged = NotRunnable("\(file) has a header that is no NumPy header")
    guard let descr = Self.value(of: "descr", in: text), let order = Self.value(of: "fortran_order", in: text),
      let axes = Self.value(of: "shape", in: text)
    else { throw damaged }
    guard let quote = descr.first, quote == "'" || quote == "\"" else {
      throw NotRunnable("\(file) holds records of several fields; save a plain array of numbers")
    }
    let word = String(descr.dropFirst().prefix { $0 != quote })
    if word.contains("O") {
      throw NotRunnable("\(file) holds Python objects, which are not read; save it with a dtype of numbers")
    }
    guard let type = NumPyType(word) else {
      throw NotRunnable(
        "\(file) holds values of type \"\(word.prefix(20))\"; whole numbers, floats and booleans are read"
      )
    }
    self.type = type
    guard order.hasPrefix("True") || order.hasPrefix("False") else { throw damaged }
    isFortran = order.hasPrefix("True")
    guard let shape = Self.shape(axes) else { throw damaged }
    self.shape = shape
    var product = 1
    for size in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard !overflow else { throw NotRunnable("\(file) says that it is larger than any memory") }
      product = next
    }
    count = product
    let (size, overflow) = count.multipliedReportingOverflow(by: type.size)
    guard !overflow, size <= bytes.count - start else {
      throw NotRunnable(
        "\(file) is cut off: \(bytes.count - start) bytes of numbers are there, its header promises more"
      )
    }
  }

  /// What stands behind a key of the dictionary.
  private static func value(of key: String, in text: String) -> Substring? {
    for quote in ["'", "\""] {
      let wanted = Array("\(quote)\(key)\(quote)".utf8)
      let bytes = Array(text.utf8)
      guard bytes.count > wanted.count,
        let found = (0..<bytes.count - wanted.count).first(where: {
          bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
        })
      else { continue }
      let rest = text.utf8.dropFirst(found + wanted.count)
      guard let colon = rest.firstIndex(where: { $0 != UInt8(ascii: " ") }), text.utf8[colon] == UInt8(ascii: ":")
      else {
        continue
      }
      return text[text.utf8.index(after: colon)...].drop { $0 == " " }
    }
    return nil
  }

  /// The sizes of a tuple such as `(3, 4)`, `(3,)` or `()`.
  private static func shape(_ text: Substring) -> [Int]? {
    guard text.first == "(", let end = text.firstIndex(of: ")") else { return nil }
    var sizes: [Int] = []
    let parts = text[text.index(after: text.startIndex)..<end].split(separator: ",", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let digits = part.filter { $0 != " " }
      if digits.isEmpty, index == parts.count - 1 { break }
      guard let size = Int(digits), size >= 0, sizes.count < mostAxes else { return nil }
      sizes.append(size)
    }
    return sizes
  }
}
