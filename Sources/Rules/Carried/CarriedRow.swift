/// What a start reads of each plugin that the program carries: three words.
struct CarriedRow {
  /// How many words a row takes.
  static let size = 3

  /// A range of bytes behind the rows; it starts with a word.
  struct Bytes {
    var start: Int
    var count: Int

    var end: Int { start + count }
  }

  /// The code of the check; empty for a rule that has none.
  var code: Bytes
  /// The stream of the options; empty for a rule that has none.
  var options: Bytes
  /// The numbers of the kinds that are needed, then those of the facts, a byte each.
  var needs: Bytes
  /// How many of the needs are kinds.
  var kindCount: Int
  var severity: Severity
  /// Whether it runs unless settings say otherwise.
  var isOnByDefault: Bool
}

/// A row as words: start and count of each range in the low and the next bits, all else in those of the last word that are left.
extension CarriedRow {
  init(_ first: UInt64, _ second: UInt64, _ third: UInt64) {
    code = Bytes(first)
    options = Bytes(second)
    needs = Bytes(third)
    kindCount = Int(third >> 48 & 0xFF)
    severity =
      switch third >> 56 & 0b11 {
      case 0: .hint
      case 1: .warning
      default: .error
      }
    isOnByDefault = third >> 58 & 1 == 1
  }

  var words: [UInt64] {
    let level: UInt64 =
      switch severity {
      case .hint: 0
      case .warning: 1
      case .error: 2
      }
    precondition(kindCount <= UInt8.max, "a rule needs too many kinds of layers")
    let others = UInt64(kindCount) | level << 8 | (isOnByDefault ? 1 : 0) << 10
    return [code.word, options.word, needs.word | others << 48]
  }
}

extension CarriedRow.Bytes {
  fileprivate init(_ word: UInt64) {
    start = Int(word & 0xFFFF_FFFF)
    count = Int(word >> 32 & 0xFFFF)
  }

  fileprivate var word: UInt64 {
    precondition(start <= UInt32.max && count <= UInt16.max, "the plugins are too large to be carried")
    return UInt64(start) | UInt64(count) << 32
  }
}
