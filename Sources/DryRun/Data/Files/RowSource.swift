import Archives

/// A file of rows, by what its bytes are.
enum RowSource {
  /// Columns, with names or without.
  case table(RowTable)
  /// Arrays of an archive, each with a name.
  case arrays([NumPyArray])

  /// The most bytes that a member of an archive may have.
  private static let memberLimit = 512 << 20

  init(_ path: String, sample: RowSample) throws(NotRunnable) {
    try self.init(FileBytes.read(path), name: path, sample: sample)
  }

  init(_ bytes: [UInt8], name: String, sample: RowSample) throws(NotRunnable) {
    if bytes.starts(with: NumPyArray.magic) {
      self = .table(.array(try NumPyArray(bytes, name: "", file: name, sample: sample)))
    } else if ZIPArchive.isArchive(startingWith: bytes) {
      self = try Self.archive(bytes, name: name, sample: sample)
    } else {
      self = .table(.text(try CSVTable(bytes, name: name, sample: sample)))
    }
  }

  private static func archive(_ bytes: [UInt8], name: String, sample: RowSample) throws(NotRunnable) -> RowSource {
    var arrays: [NumPyArray] = []
    var failure: NotRunnable?
    let archive: ZIPArchive
    do { archive = try ZIPArchive(bytes: bytes) } catch { throw NotRunnable("\(name): \(error.message)") }
    for member in archive.members where member.name.hasSuffix(".npy") {
      let content: [UInt8]
      do {
        content = try archive.bytes(ofMember: member.name, limit: memberLimit)
      } catch {
        throw NotRunnable("\(name): \(error.message)")
      }
      let short = String(member.name.dropLast(4))
      do {
        arrays.append(try NumPyArray(content, name: short, file: "\"\(short)\" in \(name)", sample: sample))
      } catch {
        // An array that nobody needs may be of any type: it is an error only where no other fits.
        failure = failure ?? error
      }
    }
    guard !arrays.isEmpty else { throw failure ?? NotRunnable("\(name) is an archive without NumPy arrays") }
    return arrays.count == 1 ? .table(.array(arrays[0])) : .arrays(arrays)
  }
}

/// Columns of a text or of an array.
enum RowTable {
  case text(CSVTable)
  case array(NumPyArray)

  var names: [String] {
    switch self {
    case .text(let table): table.names
    case .array: []
    }
  }

  var columnCount: Int {
    switch self {
    case .text(let table): table.columnCount
    case .array(let array): array.width
    }
  }

  var rows: Int {
    switch self {
    case .text(let table): table.rows
    case .array(let array): array.rows
    }
  }

  var fileRows: Int {
    switch self {
    case .text(let table): table.fileRows
    case .array(let array): array.fileRows
    }
  }

  func isNumeric(_ column: Int) -> Bool {
    switch self {
    case .text(let table): table.isNumeric(column)
    case .array: true
    }
  }

  /// NaN where a number is missing.
  func numbers(_ column: Int) throws(NotRunnable) -> [Float] {
    switch self {
    case .text(let table): return try table.numbers(column)
    case .array(let array):
      let width = array.width
      return (0..<array.rows).map { array.values[$0 * width + column] }
    }
  }

  func texts(_ column: Int) -> [String] {
    switch self {
    case .text(let table): table.texts(column)
    case .array: []
    }
  }

  /// A column's name in quotes, or its number counted from 1.
  func title(_ column: Int) -> String {
    switch self {
    case .text(let table): table.title(column)
    case .array: "\(column + 1)"
    }
  }
}
