/// Goes over the records of a text of separated values (RFC 4180).
struct CSVScanner {
  /// A cell by its bytes; quotes are left out.
  struct Field {
    var start: Int
    var end: Int
    /// Whether it stood in quotes: inside, two of them stand for one.
    var isQuoted: Bool
  }

  /// A place to read a record from.
  struct Place {
    var offset: Int
    /// Counted from 1.
    var line: Int
  }

  let bytes: [UInt8]
  let separator: UInt8
  /// The file's name, for messages.
  let name: String
  var place: Place

  static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(_ bytes: [UInt8], name: String) throws(NotRunnable) {
    self.bytes = bytes
    self.name = name
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw NotRunnable("\(name) is text in UTF-16; save it as UTF-8")
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard !bytes.prefix(4096).contains(0) else {
      throw NotRunnable("\(name) is neither text nor a NumPy array; give CSV, NPY or NPZ")
    }
    place = Place(offset: start, line: 1)
    separator = Self.separator(bytes, from: start)
  }

  /// The one of the three that is most frequent in the first line, outside of quotes.
  private static func separator(_ bytes: [UInt8], from start: Int) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes[start...] {
      if byte == quote { isQuoted.toggle() }
      if !isQuoted, byte == newline || byte == carriageReturn { break }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var best = candidates[0]
    for candidate in candidates where counts[candidate, default: 0] > counts[best, default: 0] { best = candidate }
    return best
  }

  /// Reads a record into `fields`; returns where it stood, or nil at the end.
  ///
  /// Empty lines are passed over.
  mutating func next(into fields: inout [Field]) throws(NotRunnable) -> Place? {
    while place.offset < bytes.count {
      let start = place
      fields.removeAll(keepingCapacity: true)
      var isAtEnd = false
      while !isAtEnd { isAtEnd = try scanField(into: &fields, record: start) }
      if fields.count > 1 || fields[0].end > fields[0].start || fields[0].isQuoted { return start }
    }
    return nil
  }

  /// Reads a cell and what ends it; returns whether that ends the record.
  private mutating func scanField(into fields: inout [Field], record: Place) throws(NotRunnable) -> Bool {
    var offset = place.offset
    var field = Field(start: offset, end: offset, isQuoted: false)
    if offset < bytes.count, bytes[offset] == Self.quote {
      let opening = place
      offset += 1
      field = Field(start: offset, end: offset, isQuoted: true)
      while true {
        guard offset < bytes.count else {
          throw NotRunnable("\(position(of: opening.offset, after: record)): the quote is never closed")
        }
        let byte = bytes[offset]
        if byte == Self.quote {
          guard offset + 1 < bytes.count, bytes[offset + 1] == Self.quote else { break }
          offset += 1
        } else if byte == Self.newline || (byte == Self.carriageReturn && !isNewline(offset + 1)) {
          place.line += 1
        }
        offset += 1
      }
      field.end = offset
      offset += 1
      guard
        offset >= bytes.count || bytes[offset] == separator || bytes[offset] == Self.newline
          || bytes[offset] == Self.carriageReturn
      else {
        throw NotRunnable(
          "\(position(of: offset, after: record)): text stands behind a closing quote; write two quotes for one inside"
        )
      }
    } else {
      while offset < bytes.count, bytes[offset] != separator, bytes[offset] != Self.newline,
        bytes[offset] != Self.carriageReturn
      {
        offset += 1
      }
      field.end = offset
    }
    fields.append(field)
    guard offset < bytes.count else {
      place.offset = offset
      return true
    }
    if bytes[offset] == separator {
      place.offset = offset + 1
      // Nothing behind the last separator is an empty cell, at the end of the file too.
      if place.offset == bytes.count {
        fields.append(Field(start: place.offset, end: place.offset, isQuoted: false))
        return true
      }
      return false
    }
    place.line += 1
    place.offset = offset + (bytes[offset] == Self.carriageReturn && isNewline(offset + 1) ? 2 : 1)
    return true
  }

  private func isNewline(_ offset: Int) -> Bool { offset < bytes.count && bytes[offset] == Self.newline }

  /// The text of a cell, without spaces around it.
  func text(_ field: Field) -> String {
    var text = String(decoding: bytes[field.start..<field.end], as: UTF8.self)
    if field.isQuoted {
      var isPaired = false
      text.removeAll { character in
        guard character == "\"", !isPaired else {
          isPaired = false
          return false
        }
        isPaired = true
        return true
      }
      return text
    }
    let space: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    return String(text.drop(while: space).reversed().drop(while: space).reversed())
  }

  /// A cell's place for messages: "rows.csv:17:4", the column counted in characters.
  func position(of offset: Int, after record: Place) -> String {
    var line = record.line
    var start = record.offset
    var index = record.offset
    while index < min(offset, bytes.count) {
      if bytes[index] == Self.newline || (bytes[index] == Self.carriageReturn && !isNewline(index + 1)) {
        line += 1
        start = index + 1
      }
      index += 1
    }
    let column = bytes[start..<max(start, min(offset, bytes.count))].count { $0 & 0xC0 != 0x80 } + 1
    return "\(name):\(line):\(column)"
  }
}
