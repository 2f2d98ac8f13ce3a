import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Makes the columns of a table, or the places of a spectrum, from what lies behind the rows.
struct ColumnRendering {
  let columns: [InputForm.Column]
  /// The input's number.
  let index: Int
  let draw: DataStream

  /// The share of a column that is noise of its own, as a deviation beside 1.
  private static let noise: Float = 0.25
  /// How much of an id's class its rows tell: three of four rows have an id that belongs to their class.
  private static let loyalty: Float = 0.75
  /// The same where nothing but ids tells of the class.
  private static let loyaltyAlone: Float = 0.92

  /// Returns the rows.
  ///
  /// What categories and what comes round stand for is written into the latent numbers.
  func render(_ latents: inout Latents, range: Range<Int>, classes: Int) -> [Float] {
    let rows = latents.values.rows
    var result = Matrix(rows: rows, columns: columns.count)
    let numbers = columns.indices.filter { columns[$0].meaning == .number }
    let others = columns.indices.filter { columns[$0].meaning != .number }
    let own = range.lowerBound..<range.upperBound - others.count
    if !numbers.isEmpty { renderNumbers(numbers, latents, own, into: &result) }
    for (place, column) in others.enumerated() {
      let latent = own.upperBound + place
      let values: [Float]
      switch columns[column].meaning {
      case .number: continue
      case .binary:
        values = (0..<rows).map { latents.values[$0, latent] > 0 ? 1 : 0 }
      case .category(let count):
        let isAlone = latents.ranges.count == 1 && range.count == others.count
        values = ids(of: count, column: column, isAlone: isAlone, classes: classes, labels: latents.labels)
        let effects = draw(DataStream.input(index), .effects, step: column).normal(count)
        for row in 0..<rows { latents.values[row, latent] = effects[Int(values[row])] }
      case .cyclic(let period):
        let angles = angles(column: column, rows: rows, classes: classes, labels: latents.labels)
        for row in 0..<rows { latents.values[row, latent] = Float(2).squareRoot() * sinf(angles[row]) }
        let low = Float(columns[column].statistics.minimum ?? 0)
        values = angles.map { angle in
          let turn = angle / (2 * .pi)
          return low + (turn - turn.rounded(.down)) * Float(period)
        }
      }
      for row in 0..<rows { result[row, column] = values[row] }
    }
    return result.values
  }

  // MARK: - Private

  private func renderNumbers(_ numbers: [Int], _ latents: Latents, _ own: Range<Int>, into result: inout Matrix) {
    let rows = latents.values.rows
    let loadings = loadings(numbers.count, own.count)
    var slice = Matrix(rows: rows, columns: own.count)
    for row in 0..<rows {
      for axis in 0..<own.count { slice[row, axis] = latents.values[row, own.lowerBound + axis] }
    }
    var values = slice.product(loadings)
    let noise = draw(DataStream.input(index), .noise).normal(values.values.count)
    values.values.withUnsafeMutableBufferPointer { values in
      for place in values.indices { values[place] += Self.noise * noise[place] }
    }
    values.standardizeColumns()
    values.values.withUnsafeMutableBufferPointer { values in
      for (place, column) in numbers.enumerated() {
        columns[column].statistics.place(values, from: place, stride: numbers.count)
      }
    }
    if numbers.count == columns.count {
      result = values
    } else {
      for row in 0..<rows {
        for (place, column) in numbers.enumerated() { result[row, column] = values[row, place] }
      }
    }
  }

  /// How each latent number shows in each column.
  ///
  /// In a table each column is mostly one of them and a little of the others; in a spectrum each is a few wide peaks, so
  /// that neighbours go together.
  private func loadings(_ columns: Int, _ latents: Int) -> Matrix {
    let drawn = draw(DataStream.input(index), .loadings).normal(columns * latents)
    var matrix = Matrix(rows: latents, columns: columns)
    if columns <= 2 * latents {
      let others = 0.35 / Float(max(latents, 1)).squareRoot()
      for column in 0..<columns {
        for latent in 0..<latents {
          let random = drawn[latent * columns + column]
          matrix[latent, column] = column % latents == latent ? (random < 0 ? -0.85 : 0.85) : others * random
        }
      }
      return matrix
    }
    let peaks = draw(DataStream.input(index), .phases).uniform(latents * 2 * 3)
    for latent in 0..<latents {
      for peak in 0..<2 {
        let start = (latent * 2 + peak) * 3
        let centre = peaks[start] * Float(columns)
        let width = Float(columns) / Float(2 * latents) * (0.7 + peaks[start + 1])
        let height: Float = peaks[start + 2] < 0.5 ? -1 : 1
        for column in 0..<columns {
          let distance = (Float(column) - centre) / width
          matrix[latent, column] += height * expf(-0.5 * distance * distance)
        }
      }
      for column in 0..<columns { matrix[latent, column] += 0.15 * drawn[latent * columns + column] }
    }
    return matrix
  }

  /// Ids of which some are more frequent; rows of a class mostly have ids that belong to it.
  private func ids(of count: Int, column: Int, isAlone: Bool, classes: Int, labels: [Int32]?) -> [Float] {
    let rows = labels?.count
    let names = draw(DataStream.input(index), .order, step: column).permutation(count)
    let ranks = draw(DataStream.input(index), .ranks, step: column).uniform(rows ?? latentRows)
    let choices = draw(DataStream.input(index), .words, step: column).uniform(ranks.count)
    let loyalty = isAlone ? Self.loyaltyAlone : Self.loyalty
    return ranks.indices.map { row in
      guard let labels, choices[row] < loyalty else { return Float(names[Self.rank(ranks[row], of: count)]) }
      // Every `classes`th id belongs to the class.
      let first = Int(labels[row]) % count
      let step = min(classes, count)
      let belonging = (count - first + step - 1) / step
      return Float(names[first + step * Self.rank(ranks[row], of: belonging)])
    }
  }

  /// A rank from 0 on, low ones more frequent: mildly so among few, as words are among many.
  private static func rank(_ uniform: Float, of count: Int) -> Int {
    let place = count <= 64 ? Float(count) * powf(uniform, 1.5) : powf(Float(count + 1), uniform) - 1
    return min(Int(place), count - 1)
  }

  private func angles(column: Int, rows: Int, classes: Int, labels: [Int32]?) -> [Float] {
    let stream = draw(DataStream.input(index), .words, step: column)
    guard let labels else { return stream.uniform(rows, in: 0..<2 * .pi) }
    let noise = stream.normal(rows, deviation: 0.6)
    let middle = draw(DataStream.input(index), .ranks, step: column).uniform(classes, in: 0..<2 * .pi)
    return (0..<rows).map { middle[Int(labels[$0])] + noise[$0] }
  }

  /// The number of rows, where no labels say it.
  let latentRows: Int
}
