/// A number that depends on a text alone, in every run and on every machine: FNV-1a, 32 bits
/// (http://www.isthe.com/chongo/tech/comp/fnv/).
///
/// Streams of random numbers are told apart by it, so that two versions of a network draw alike wherever names agree.
enum StableHash {
  static func of(_ text: String) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in text.utf8 {
      hash ^= UInt32(byte)
      hash = hash &* 16_777_619
    }
    return Int(hash)
  }
}
