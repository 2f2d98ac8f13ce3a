/// Turns columns into numbers as the model takes them, and notes what that took.
struct ColumnReading {
  let table: RowTable
  let file: String
  private(set) var notes: [String] = []

  init(_ table: RowTable, file: String) {
    self.table = table
    self.file = file
  }

  // MARK: - Inputs

  /// The values of an input, row by row.
  mutating func input(_ form: InputForm, _ columns: [Int]) throws(NotRunnable) -> [Float] {
    var parts: [[Float]] = []
    for (place, column) in columns.enumerated() {
      switch form.kind {
      case .tokens(let vocabulary): parts.append(try identifiers(column, below: vocabulary))
      case .columns(let forms):
        if case .category(let count) = forms[place].meaning {
          parts.append(try identifiers(column, below: form.isLookedUp ? count : Int.max))
        } else {
          parts.append(try numbers(column))
        }
      case .field: parts.append(try numbers(column))
      }
    }
    guard parts.count > 1 else { return parts.first ?? [] }
    var values = [Float](repeating: 0, count: table.rows * parts.count)
    for (place, part) in parts.enumerated() {
      for row in 0..<table.rows { values[row * parts.count + place] = part[row] }
    }
    return values
  }

  /// Numbers, with the column's mean where one is missing; texts as the numbers of their first appearance.
  private mutating func numbers(_ column: Int) throws(NotRunnable) -> [Float] {
    guard table.isNumeric(column) else {
      notes.append("column \(table.title(column)) is text: its values were numbered as they first appear")
      return Self.numbered(table.texts(column)).numbers
    }
    var numbers = try table.numbers(column)
    let known = numbers.filter { !$0.isNaN }
    guard known.count < numbers.count else { return numbers }
    guard !known.isEmpty else { throw NotRunnable("\(file): column \(table.title(column)) has no numbers") }
    let mean = Float(known.reduce(0.0) { $0 + Double($1) } / Double(known.count))
    let missing = numbers.count - known.count
    for row in numbers.indices where numbers[row].isNaN { numbers[row] = mean }
    notes.append(
      "\(missing) missing \(missing == 1 ? "cell" : "cells") of column \(table.title(column)) got the column's mean"
    )
    return numbers
  }

  /// Whole numbers from 0 on, below a bound: as they stand, or numbered as they first appear.
  private mutating func identifiers(_ column: Int, below bound: Int) throws(NotRunnable) -> [Float] {
    let names: (numbers: [Float], count: Int)
    if table.isNumeric(column) {
      let numbers = try table.numbers(column)
      if numbers.allSatisfy({ $0 >= 0 && $0 == $0.rounded() && Double($0) < Double(bound) }) { return numbers }
      if case .array = table {
        names = Self.numbered(numbers.map { "\($0)" })
      } else {
        names = Self.numbered(table.texts(column))
      }
    } else {
      names = Self.numbered(table.texts(column))
    }
    guard names.count <= bound else {
      throw NotRunnable(
        "\(file): column \(table.title(column)) has \(names.count) different values, the model takes \(bound)"
      )
    }
    notes.append("the values of column \(table.title(column)) were numbered as they first appear")
    return names.numbers
  }

  // MARK: - Targets

  /// The values of a target; NaN, or -1 for a class, where a row has none.
  mutating func target(_ form: TargetForm, _ columns: [Int]) throws(NotRunnable) -> World.Target.Values {
    switch form.kind {
    case .numbers: return .numbers(try rows(columns))
    case .bits(let count):
      guard count == 1, columns.count == 1 else { return .numbers(try rows(columns)) }
      return .numbers(try bits(columns[0], target: form.name))
    case .classes(let count):
      if columns.count == 1 || form.placeCount == columns.count {
        var labels: [[Int32]] = []
        for column in columns { labels.append(try classes(column, count: count, target: form.name)) }
        return .classes((0..<table.rows).flatMap { row in labels.map { $0[row] } })
      }
      let values = try rows(columns)
      return .classes((0..<table.rows).map { Self.highest(values[$0 * count..<($0 + 1) * count]) })
    }
  }

  private func rows(_ columns: [Int]) throws(NotRunnable) -> [Float] {
    var parts: [[Float]] = []
    for column in columns { parts.append(try table.numbers(column)) }
    return (0..<table.rows).flatMap { row in parts.map { $0[row] } }
  }

  private mutating func bits(_ column: Int, target: String) throws(NotRunnable) -> [Float] {
    guard table.isNumeric(column) else {
      let texts = table.texts(column)
      let names = Self.numbered(texts.filter { !$0.isEmpty })
      guard names.count <= 2 else { throw tooMany(column, names.count, "tells two apart") }
      var index = 0
      noteClasses(column)
      return texts.map { text in
        guard !text.isEmpty else { return .nan }
        defer { index += 1 }
        return names.numbers[index]
      }
    }
    let numbers = try table.numbers(column)
    let known = Set(numbers.filter { !$0.isNaN })
    if known.allSatisfy({ $0 >= 0 && $0 <= 1 }) { return numbers }
    guard known.count <= 2, let low = known.min() else { throw tooMany(column, known.count, "tells two apart") }
    noteClasses(column)
    return numbers.map { $0.isNaN ? .nan : $0 == low ? 0 : 1 }
  }

  private mutating func classes(_ column: Int, count: Int, target: String) throws(NotRunnable) -> [Int32] {
    guard table.isNumeric(column) else {
      let texts = table.texts(column)
      let names = Self.numbered(texts.filter { !$0.isEmpty })
      guard names.count <= count else { throw tooMany(column, names.count, "tells \(count) apart") }
      var index = 0
      noteClasses(column)
      return texts.map { text in
        guard !text.isEmpty else { return -1 }
        defer { index += 1 }
        return Int32(names.numbers[index])
      }
    }
    let numbers = try table.numbers(column)
    return try Self.classes(numbers, count: count) { tooMany(column, $0, "tells \(count) apart") }
  }

  private mutating func noteClasses(_ column: Int) {
    notes.append("the classes of column \(table.title(column)) were numbered as they first appear")
  }

  private func tooMany(_ column: Int, _ count: Int, _ can: String) -> NotRunnable {
    NotRunnable("\(file): target column \(table.title(column)) has \(count) different values, the model \(can)")
  }

  // MARK: - Shared with arrays

  /// Class numbers as they stand, or in their order where they do not start at 0.
  static func classes(
    _ numbers: [Float],
    count: Int,
    tooMany: (Int) -> NotRunnable
  ) throws(NotRunnable) -> [Int32] {
    let known = Set(numbers.filter { !$0.isNaN }).sorted()
    if known.allSatisfy({ $0 >= 0 && $0 == $0.rounded() && $0 < Float(count) }) {
      return numbers.map { $0.isNaN ? -1 : Int32($0) }
    }
    guard known.count <= count else { throw tooMany(known.count) }
    var places: [Float: Int32] = [:]
    for (index, number) in known.enumerated() { places[number] = Int32(index) }
    return numbers.map { places[$0] ?? -1 }
  }

  /// The place of the largest number; -1 where one is missing.
  static func highest(_ row: ArraySlice<Float>) -> Int32 {
    guard !row.contains(where: \.isNaN), let largest = row.max(), let index = row.firstIndex(of: largest) else {
      return -1
    }
    return Int32(index - row.startIndex)
  }

  private static func numbered(_ texts: [String]) -> (numbers: [Float], count: Int) {
    var places: [String: Int] = [:]
    let numbers = texts.map { text in
      let place = places[text] ?? places.count
      places[text] = place
      return Float(place)
    }
    return (numbers, places.count)
  }
}
