/// Numbers the names that a stream says often: the keys of facts, the kinds of layers.
///
/// A name is found by the sixteen bytes of its `String`: they are its text when it is short, and else they lead to it. What
/// is the same text in two places may so get two numbers, which does no harm; hashing each text would take longer than all
/// else that is done with it.
struct NameTable {
  /// The names by their numbers; they stay alive, and so no other gets the same bytes.
  private(set) var names: [String] = []
  /// One more than the number of a name, or 0, at the place that its bytes lead to, or behind it.
  private var places: [UInt32]

  private typealias Bits = (UInt64, UInt64)

  init() {
    names.reserveCapacity(128)
    places = Array(repeating: 0, count: 512)
  }

  /// Returns the number of a name.
  mutating func number(of name: String) -> Int {
    let bits = Self.bits(of: name)
    var place = Self.hash(bits) & (places.count - 1)
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if Self.bits(of: names[number]) == bits { return number }
      place = (place + 1) & (places.count - 1)
    }
    names.append(name)
    places[place] = UInt32(names.count)
    if names.count * 2 > places.count { grow() }
    return names.count - 1
  }

  // MARK: - Private

  private mutating func grow() {
    places = Array(repeating: 0, count: places.count * 2)
    for (number, name) in names.enumerated() {
      var place = Self.hash(Self.bits(of: name)) & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(number + 1)
    }
  }

  private static func bits(of name: String) -> Bits {
    unsafeBitCast(name, to: Bits.self)
  }

  private static func hash(_ bits: Bits) -> Int {
    let mixed = (bits.0 ^ (bits.1 &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed >> 33)
  }
}
