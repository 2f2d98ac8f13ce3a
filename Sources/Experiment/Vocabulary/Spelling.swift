/// A name as it is compared between frameworks: lower case, without `_`, `-`, blanks and the like.
///
/// `LeakyReLU`, `leaky_relu` and `leaky-relu` fold to one spelling. Non-ASCII characters stay, so that they match nothing by accident.
struct FoldedSpelling: Hashable, Sendable {
  let text: String

  init(_ name: some StringProtocol) {
    var folded: [UInt8] = []
    folded.reserveCapacity(name.utf8.count)
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): folded.append(byte | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: folded.append(byte)
      default: break
      }
    }
    text = String(decoding: folded, as: UTF8.self)
  }

  /// The spelling without a suffix, or nil when it does not end so or is nothing else.
  func dropping(suffix: String) -> FoldedSpelling? {
    guard text.count > suffix.count, text.hasSuffix(suffix) else { return nil }
    return FoldedSpelling(text.dropLast(suffix.count))
  }
}
