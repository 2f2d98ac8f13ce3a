/// Some rows of a NumPy array, from the bytes of an `.npy` file (numpy/lib/format.py, versions 1.0 to 3.0).
struct NumPyArray {
  /// The member's name in an archive; empty for a file of its own.
  let name: String
  /// The shape of the rows that were read, the row first.
  let shape: [Int]
  let values: [Float]
  /// How many rows the file has.
  let fileRows: Int

  var rows: Int { shape[0] }

  /// How many numbers a row has.
  var width: Int { shape.dropFirst().reduce(1, *) }

  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  /// `file` is what messages call the bytes.
  init(_ bytes: [UInt8], name: String, file: String, sample: RowSample) throws(NotRunnable) {
    let header = try NumPyHeader(bytes, file: file)
    guard let rows = header.shape.first else {
      throw NotRunnable("\(file) holds a single number, not rows")
    }
    guard rows > 0, header.count > 0 else { throw NotRunnable("\(file) has no rows: its shape is \(header.shapeText)") }
    let chosen = sample.chosen(of: rows)
    let width = header.count / rows
    let (count, overflow) = width.multipliedReportingOverflow(by: chosen.count)
    guard !overflow, count <= FileBytes.limit / MemoryLayout<Float>.stride else {
      throw NotRunnable("\(file) has rows of \(width) numbers, too many to read \(chosen.count) of them")
    }
    self.name = name
    fileRows = rows
    shape = [chosen.count] + header.shape.dropFirst()
    let places = header.isFortran ? Self.fortranOffsets(header.shape) : nil
    values = bytes.withUnsafeBytes { bytes in
      let data = UnsafeRawBufferPointer(rebasing: bytes[header.start...])
      var values = [Float](repeating: 0, count: count)
      values.withUnsafeMutableBufferPointer { values in
        for (index, row) in chosen.enumerated() {
          for column in 0..<width {
            // In Fortran's order the first axis is the fastest.
            let element = places.map { row + $0[column] } ?? row * width + column
            values[index * width + column] = header.type.value(in: data, at: element)
          }
        }
      }
      return values
    }
  }

  /// For each number of a row, in the order of C, how far it lies from the row's first.
  private static func fortranOffsets(_ shape: [Int]) -> [Int] {
    var strides: [Int] = []
    var step = 1
    for size in shape {
      strides.append(step)
      step *= size
    }
    let width = shape.dropFirst().reduce(1, *)
    return (0..<width).map { index in
      var rest = index
      var offset = 0
      for axis in shape.indices.dropFirst().reversed() {
        offset += rest % shape[axis] * strides[axis]
        rest /= shape[axis]
      }
      return offset
    }
  }
}

/// What the numbers of an array are.
struct NumPyType {
  enum Kind { case float, signed, unsigned, boolean }

  let kind: Kind
  /// Bytes for each number.
  let size: Int
  let isBigEndian: Bool

  /// Nil for what is not read; as `<f4`.
  init?(_ text: String) {
    var text = text[...]
    guard let order = text.first else { return nil }
    if "<>|=".contains(order) { text = text.dropFirst() }
    isBigEndian = order == ">"
    guard let letter = text.first, let size = Int(text.dropFirst()) else { return nil }
    self.size = size
    switch (letter, size) {
    case ("f", 2), ("f", 4), ("f", 8): kind = .float
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): kind = .signed
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8): kind = .unsigned
    case ("b", 1): kind = .boolean
    default: return nil
    }
  }

  /// The number with the index; `data` holds it in full.
  func value(in data: UnsafeRawBufferPointer, at index: Int) -> Float {
    var bits: UInt64 = 0
    let start = index * size
    for byte in 0..<size {
      bits |= UInt64(data[start + (isBigEndian ? size - 1 - byte : byte)]) << UInt64(8 * byte)
    }
    switch kind {
    case .boolean: return bits == 0 ? 0 : 1
    case .unsigned: return Float(bits)
    case .signed:
      let shift = UInt64(64 - 8 * size)
      return Float(Int64(bitPattern: bits << shift) >> Int64(shift))
    case .float:
      switch size {
      case 2: return Self.half(UInt16(truncatingIfNeeded: bits))
      case 4: return Float(bitPattern: UInt32(truncatingIfNeeded: bits))
      default: return Float(Double(bitPattern: bits))
      }
    }
  }

  /// A number of 16 bits (IEEE 754 binary16).
  private static func half(_ bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Float(bits & 0x3FF) / 1024
    switch exponent {
    case 0: return sign * fraction * 0x1p-14
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
    }
  }
}
