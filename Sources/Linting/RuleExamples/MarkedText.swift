/// A text in which keycap digits, `1️⃣` to `9️⃣`, mark places.
package struct MarkedText: Hashable, Sendable {
  /// A marked place.
  package struct Mark: Hashable, Sendable {
    /// The digit of the mark.
    package var digit: Int
    /// The UTF-8 offset in the text without marks.
    package var offset: Int
  }

  /// The text without marks.
  package var text: String
  /// The marks in order of their places.
  package var marks: [Mark] = []

  /// Takes the marks out of a text.
  package init(_ marked: String) {
    let bytes = Array(marked.utf8)
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x31, byte <= 0x39, bytes[(index + 1)...].starts(with: Self.keycap) {
        marks.append(Mark(digit: Int(byte) - 0x30, offset: plain.count))
        index += 1 + Self.keycap.count
      } else {
        plain.append(byte)
        index += 1
      }
    }
    text = String(decoding: plain, as: UTF8.self)
  }

  /// A variation selector and the enclosing keycap, behind the digit.
  private static let keycap: [UInt8] = [0xEF, 0xB8, 0x8F, 0xE2, 0x83, 0xA3]
}
