/// Names findings so that a service knows them again in another run, though lines were added above them.
///
/// A fingerprint depends on rule, file and message, not on the line; equal findings of one file are told apart by their order.
struct Fingerprints {
  private var counts: [[String]: Int] = [:]

  /// Returns the fingerprint of the next finding, 32 hexadecimal digits; no other finding of the run gets the same.
  mutating func next(rule: String, file: String, message: String) -> String {
    let key = [rule, file, message]
    let count = counts[key, default: 0]
    counts[key] = count + 1
    var hash = FNV1a()
    for part in key + (count == 0 ? [] : [String(count)]) {
      hash.combine(part.utf8)
      // No text has the byte 0xFF, so parts cannot run into each other.
      hash.combine([0xFF])
    }
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}

/// The hash FNV-1a with 128 bits: the same on every machine and in every version, which Swift's own is not.
private struct FNV1a {
  private(set) var value: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
  private static let prime: UInt128 = 1 << 88 + 0x13B

  mutating func combine(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt128(byte)) &* Self.prime }
  }
}
