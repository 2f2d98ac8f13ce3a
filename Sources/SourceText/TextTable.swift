/// A table that stands in the code as text: a line for each row, its cells set apart by a sign.
///
/// It is split when it is asked for, byte by byte: at the start of a run it costs nothing.
package struct TextTable: Sendable {
  private let text: StaticString

  package init(_ text: StaticString) {
    self.text = text
  }

  /// Returns the cells of each line that is not empty, without the spaces around them.
  ///
  /// - Parameters:
  ///   - separator: The sign between cells; where it is a space, several count as one.
  ///   - limit: The most cells of a row; the last one keeps further signs.
  /// - Returns: The rows in order, each with one cell at least.
  package func rows(separatedBy separator: Unicode.Scalar, limit: Int = .max) -> [[String]] {
    let separator = UInt8(ascii: separator)
    return text.withUTF8Buffer { bytes in
      var rows: [[String]] = []
      var row: [String] = []
      var start = 0
      func endCell(at end: Int) {
        var (first, last) = (start, end)
        while first < last, bytes[first] == UInt8(ascii: " ") { first += 1 }
        while first < last, bytes[last - 1] == UInt8(ascii: " ") { last -= 1 }
        start = end + 1
        if first == last, separator == UInt8(ascii: " ") { return }
        row.append(String(decoding: bytes[first..<last], as: UTF8.self))
      }
      for position in 0...bytes.count {
        if position == bytes.count || bytes[position] == UInt8(ascii: "\n") {
          endCell(at: position)
          if row.contains(where: { !$0.isEmpty }) { rows.append(row) }
          row.removeAll()
        } else if bytes[position] == separator, row.count + 1 < limit {
          endCell(at: position)
        }
      }
      return rows
    }
  }
}
