/// Some rows of a text of separated values.
///
/// Cells stay bytes until somebody wants a column, so that what nobody uses may hold anything.
struct CSVTable {
  /// The names of the columns; empty where the file has no header.
  let names: [String]
  let columnCount: Int
  /// How many rows the file has.
  let fileRows: Int
  /// How many were read.
  var rows: Int { places.count }

  private let scanner: CSVScanner
  private let places: [CSVScanner.Place]
  /// The cells of the rows that were read, row by row.
  private let fields: [CSVScanner.Field]

  /// Reads at most so many rows: those that `sample` chooses, in the file's order.
  init(_ bytes: [UInt8], name: String, sample: RowSample) throws(NotRunnable) {
    var scanner = try CSVScanner(bytes, name: name)
    var record: [CSVScanner.Field] = []
    guard try scanner.next(into: &record) != nil else { throw NotRunnable("\(name) is empty") }
    columnCount = record.count
    let first = record.map { scanner.text($0) }
    let isHeader =
      !first.contains { Self.number(in: $0, separator: scanner.separator) != nil } && first.contains { !$0.isEmpty }
    names = isHeader ? first : []
    if !isHeader { scanner = try CSVScanner(bytes, name: name) }
    var choice = sample.choice(of: CSVScanner.Place.self)
    while let place = try scanner.next(into: &record) {
      guard record.count == columnCount else {
        throw NotRunnable(
          "\(name):\(place.line):1: this row has \(record.count) \(record.count == 1 ? "cell" : "cells"), "
            + "\(isHeader ? "the header" : "the first row") has \(columnCount)"
        )
      }
      choice.offer(place)
    }
    fileRows = choice.seen
    places = choice.chosen
    guard fileRows > 0 else { throw NotRunnable("\(name) has a header and no rows") }
    var fields: [CSVScanner.Field] = []
    fields.reserveCapacity(places.count * columnCount)
    for place in places {
      scanner.place = place
      _ = try scanner.next(into: &record)
      fields += record
    }
    self.scanner = scanner
    self.fields = fields
  }

  // MARK: - Columns

  /// Whether the first cell of a column that is not missing is a number.
  func isNumeric(_ column: Int) -> Bool {
    for row in 0..<rows {
      let text = scanner.text(fields[row * columnCount + column])
      if Self.isMissing(text) { continue }
      return Self.number(in: text, separator: scanner.separator) != nil
    }
    return true
  }

  /// The numbers of a column, NaN where a cell is missing.
  func numbers(_ column: Int) throws(NotRunnable) -> [Float] {
    var numbers: [Float] = []
    numbers.reserveCapacity(rows)
    for row in 0..<rows {
      let field = fields[row * columnCount + column]
      let text = scanner.text(field)
      if Self.isMissing(text) {
        numbers.append(.nan)
      } else if let number = Self.number(in: text, separator: scanner.separator), Float(number).isFinite {
        numbers.append(Float(number))
      } else {
        let place = scanner.position(of: field.start - (field.isQuoted ? 1 : 0), after: places[row])
        let shown = text.count > 40 ? text.prefix(40) + "..." : text[...]
        throw NotRunnable("\(place): \"\(shown)\" is no number (column \(title(column)))")
      }
    }
    return numbers
  }

  /// The texts of a column; empty where a cell is missing.
  func texts(_ column: Int) -> [String] {
    (0..<rows).map { row in
      let text = scanner.text(fields[row * columnCount + column])
      return Self.isMissing(text) ? "" : text
    }
  }

  /// A column's name in quotes, or its number counted from 1.
  func title(_ column: Int) -> String {
    names.indices.contains(column) ? "\"\(names[column])\"" : "\(column + 1)"
  }

  // MARK: - Cells

  private static func isMissing(_ text: String) -> Bool {
    switch text {
    case "", "?", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "none": true
    default: false
    }
  }

  /// A decimal number; with a decimal comma where semicolons separate the cells.
  private static func number(in text: String, separator: UInt8) -> Double? {
    switch text {
    case "true", "True", "TRUE": return 1
    case "false", "False", "FALSE": return 0
    default: break
    }
    // Swift reads hexadecimal numbers, "inf" and "nan" too.
    guard let first = text.utf8.first, first < UInt8(ascii: ":"),
      text.utf8.allSatisfy({ $0 < UInt8(ascii: ":") || $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") })
    else { return nil }
    if let number = Double(text) { return number }
    guard separator == UInt8(ascii: ";"), text.contains(",") else { return nil }
    return Double(String(text.map { $0 == "," ? "." : $0 }))
  }
}
