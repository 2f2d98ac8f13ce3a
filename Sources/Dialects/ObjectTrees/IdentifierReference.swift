/// A reference of a MONAI bundle to another place: `@network_def`, `@train#dataset`, `@::sibling`, `%macro`, `$@network_def.to(@device)`.
///
/// What follows `$` is Python, and is never run. Only a reference that stands alone or is moved to a device, which changes nothing of
/// what it is, is followed (`ConfigParser` and `ReferenceResolver` of `monai/bundle`, MONAI 1.6.1).
struct IdentifierReference {
  /// How many levels up the path starts; 0 for the root.
  let level: Int
  let keys: [String]

  /// Whether a text does not stand for itself.
  static func isCode(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return false }
    return first == UInt8(ascii: "@") || first == UInt8(ascii: "$") || first == UInt8(ascii: "%")
  }

  /// The number or truth value that an expression is as a whole, such as `$1e-4`.
  static func literal(_ text: String) -> String? {
    guard text.utf8.first == UInt8(ascii: "$") else { return nil }
    let body = String(text.dropFirst())
    return body == "True" || body == "False" || Double(body) != nil ? body : nil
  }

  init?(_ text: String) {
    guard text.utf8.count <= 512 else { return nil }
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "$") {
      rest = rest.dropFirst()
      guard rest.first == UInt8(ascii: "@") else { return nil }
    }
    guard rest.first == UInt8(ascii: "@") || rest.first == UInt8(ascii: "%") else { return nil }
    rest = rest.dropFirst()
    // The separator was `#` alone before MONAI 1.4 and is `::` since; both are read (`ReferenceResolver.normalize_id`).
    var (level, keys, key) = (0, [String](), [UInt8]())
    while let byte = rest.first {
      let isDouble = byte == UInt8(ascii: ":") && rest.dropFirst().first == UInt8(ascii: ":")
      if byte == UInt8(ascii: "#") || isDouble {
        if key.isEmpty {
          guard keys.isEmpty else { return nil }
          level += 1
        } else {
          keys.append(String(decoding: key, as: UTF8.self))
          key = []
        }
        rest = rest.dropFirst(isDouble ? 2 : 1)
      } else if Self.isOfName(byte) {
        key.append(byte)
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard !key.isEmpty else { return nil }
    keys.append(String(decoding: key, as: UTF8.self))
    if !rest.isEmpty {
      guard text.utf8.first == UInt8(ascii: "$"), let tail = String(rest), tail.hasPrefix(".to("),
        tail.utf8.last == UInt8(ascii: ")"), !tail.utf8.dropFirst(4).contains(UInt8(ascii: "("))
      else { return nil }
    }
    self.level = level
    self.keys = keys
  }

  /// Returns the path that is meant by a reference that stands at a path, from the root; nil where it leads out of the config.
  func path(from own: [String]) -> [String]? {
    guard level > 0 else { return keys }
    guard level <= own.count else { return nil }
    return Array(own.dropLast(level)) + keys
  }

  /// Splits a key that leads into the depth, such as `train#dataloader#batch_size`; nil for others.
  static func path(ofKey key: String) -> [String]? {
    var (parts, part) = ([String](), [UInt8]())
    var rest = key.utf8[...]
    while let byte = rest.first {
      let isDouble = byte == UInt8(ascii: ":") && rest.dropFirst().first == UInt8(ascii: ":")
      if byte == UInt8(ascii: "#") || isDouble {
        parts.append(String(decoding: part, as: UTF8.self))
        part = []
        rest = rest.dropFirst(isDouble ? 2 : 1)
      } else {
        part.append(byte)
        rest = rest.dropFirst()
      }
    }
    guard !parts.isEmpty, parts.count < 32 else { return nil }
    parts.append(String(decoding: part, as: UTF8.self))
    return parts.contains("") ? nil : parts
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
