import SourceText

/// The hashes by which GitHub knows a line again, `primaryLocationLineHash`, for each line of a text.
///
/// GitHub's upload action computes the same and complains where a report says another. A hash covers the first 100 UTF-16 code units
/// from a line's start, without spaces and tabs, with every line end as LF and an end mark behind the text; equal ones are counted.
/// Source: `src/fingerprints.ts` of github/codeql-action.
struct LineHashes {
  /// The hash of each line as `hash:count`.
  private let hashes: [String]

  private static let window = 100
  private static let base: UInt64 = 37
  private static let endMark: UInt16 = 0xFFFF

  /// Hashes all lines of a text; a byte-order mark counts as a character, as it does for the action.
  init(of source: SourceText) {
    var units: [UInt16] = []
    var starts: [Int] = []
    var isLineStart = true
    var isAfterReturn = false
    for unit in String(decoding: source.bytes, as: UTF8.self).utf16 + [Self.endMark] {
      let isSkipped = unit == 0x20 || unit == 0x09 || (isAfterReturn && unit == 0x0A)
      isAfterReturn = unit == 0x0D
      if isSkipped { continue }
      if isLineStart { starts.append(units.count) }
      isLineStart = unit == 0x0A || unit == 0x0D
      units.append(isLineStart ? 0x0A : unit)
    }
    // Zeros stand behind the end.
    units += [UInt16](repeating: 0, count: Self.window)
    var seen: [UInt64: Int] = [:]
    hashes = starts.map { start in
      let hash = units[start..<(start + Self.window)].reduce(UInt64(0)) { $0 &* Self.base &+ UInt64($1) }
      seen[hash, default: 0] += 1
      return "\(String(hash, radix: 16)):\(seen[hash, default: 1])"
    }
  }

  /// Returns the hash of a one-based line, or nil where the text has no such line.
  subscript(line: Int) -> String? {
    hashes.indices.contains(line - 1) ? hashes[line - 1] : nil
  }
}
