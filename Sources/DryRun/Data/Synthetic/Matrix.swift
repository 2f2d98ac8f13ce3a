/// Rows of numbers, for what data are made from.
struct Matrix {
  let rows: Int
  let columns: Int
  var values: [Float]

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    values = [Float](repeating: 0, count: rows * columns)
  }

  init(rows: Int, columns: Int, _ values: [Float]) {
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  subscript(row: Int, column: Int) -> Float {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// The product of two matrices; the columns of this are as many as the rows of the other.
  func product(_ other: Matrix) -> Matrix {
    var result = Matrix(rows: rows, columns: other.columns)
    let width = other.columns
    result.values.withUnsafeMutableBufferPointer { result in
      values.withUnsafeBufferPointer { left in
        other.values.withUnsafeBufferPointer { right in
          guard let result = result.baseAddress, let left = left.baseAddress, let right = right.baseAddress else {
            return
          }
          for row in 0..<rows {
            for inner in 0..<columns {
              add(right + inner * width, times: left[row * columns + inner], to: result + row * width, count: width)
            }
          }
        }
      }
    }
    return result
  }

  /// Brings each column to mean 0 and deviation 1; one that does not vary becomes 0.
  mutating func standardizeColumns() {
    let (rows, columns) = (rows, columns)
    guard rows > 0, columns > 0 else { return }
    var sums = [Float](repeating: 0, count: columns)
    var squares = [Float](repeating: 0, count: columns)
    values.withUnsafeMutableBufferPointer { values in
      sums.withUnsafeMutableBufferPointer { sums in
        squares.withUnsafeMutableBufferPointer { squares in
          for row in 0..<rows {
            let base = row * columns
            for column in 0..<columns { sums[column] += values[base + column] }
          }
          for column in 0..<columns { sums[column] /= Float(rows) }
          for row in 0..<rows {
            let base = row * columns
            for column in 0..<columns {
              let distance = values[base + column] - sums[column]
              values[base + column] = distance
              squares[column] += distance * distance
            }
          }
          for column in 0..<columns {
            let deviation = (squares[column] / Float(rows)).squareRoot()
            squares[column] = deviation > 1e-6 ? 1 / deviation : 0
          }
          for row in 0..<rows {
            let base = row * columns
            for column in 0..<columns { values[base + column] *= squares[column] }
          }
        }
      }
    }
  }
}

/// Adds a multiple of a row of numbers to another.
@inline(__always)
func add(_ row: UnsafePointer<Float>, times factor: Float, to sum: UnsafeMutablePointer<Float>, count: Int) {
  for index in 0..<count { sum[index] += factor * row[index] }
}
