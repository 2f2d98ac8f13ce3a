/// The list of members at the end of a ZIP archive (APPNOTE 4.3.12 to 4.3.16).
struct CentralDirectory {
  let members: [ZIPArchive.Member]

  init(_ source: ArchiveSource) throws(ArchiveError) {
    let place = try Self.place(in: source)
    guard place.size <= ZIPArchive.directoryLimit else {
      let limit = "more than the \(ZIPArchive.directoryLimit >> 20) MiB that are read"
      throw ArchiveError(.tooLarge, "the archive's list of members has \(place.size) bytes, \(limit)")
    }
    let fields = try source.fields(at: place.offset, count: place.size)
    var members: [ZIPArchive.Member] = []
    var offset = 0
    while offset + 46 <= fields.bytes.count, fields.u32(offset) == 0x0201_4B50 {
      let length = 46 + fields.u16(offset + 28) + fields.u16(offset + 30) + fields.u16(offset + 32)
      guard offset + length <= fields.bytes.count else { throw Self.damaged }
      members.append(try Self.member(fields.slice(offset, count: length)))
      offset += length
    }
    guard offset == fields.bytes.count else { throw Self.damaged }
    self.members = members
  }

  // MARK: - Private

  private static var damaged: ArchiveError { ArchiveError(.damaged, "the archive's list of members is damaged") }

  /// Finds the record at the end, behind which only a comment may stand, and what it says of the list.
  private static func place(in source: ArchiveSource) throws(ArchiveError) -> (offset: Int, size: Int) {
    let recordSize = 22
    let tail = min(source.size, recordSize + 0xFFFF)
    let tailStart = source.size - tail
    let fields = try source.fields(at: tailStart, count: tail)
    let found = stride(from: tail - recordSize, through: 0, by: -1).first { offset in
      fields.u32(offset) == 0x0605_4B50 && offset + recordSize + fields.u16(offset + 20) == tail
    }
    guard let found else {
      let start = tail < source.size ? try source.bytes(at: 0, count: 4) : Array(fields.bytes.prefix(4))
      throw ZIPArchive.isArchive(startingWith: start)
        ? ArchiveError(.damaged, "the archive is cut off: its list of members is missing")
        : ArchiveError(.notAnArchive, "this is no ZIP archive")
    }
    let end = fields.slice(found, count: recordSize)
    guard end.u16(4) == 0 || end.u16(4) == 0xFFFF else {
      throw ArchiveError(.unsupported, "the archive is split over several files")
    }
    if end.u16(10) == 0xFFFF || end.u32(12) == 0xFFFF_FFFF || end.u32(16) == 0xFFFF_FFFF {
      if let place = try zip64Place(before: tailStart + found, in: source) { return place }
    }
    return (end.u32(16), end.u32(12))
  }

  /// Reads the ZIP64 record, whose locator stands right before the end record; nil where there is none.
  private static func zip64Place(
    before end: Int,
    in source: ArchiveSource
  ) throws(ArchiveError) -> (offset: Int, size: Int)? {
    let locatorSize = 20
    guard end >= locatorSize else { return nil }
    let locator = try source.fields(at: end - locatorSize, count: locatorSize)
    guard locator.u32(0) == 0x0706_4B50 else { return nil }
    guard let offset = locator.u64(8) else { throw damaged }
    let record = try source.fields(at: offset, count: 56)
    guard record.u32(0) == 0x0606_4B50, let size = record.u64(40), let start = record.u64(48) else { throw damaged }
    return (start, size)
  }

  private static func member(_ entry: ArchiveFields) throws(ArchiveError) -> ZIPArchive.Member {
    let nameLength = entry.u16(28)
    var packedSize = entry.u32(20)
    var size = entry.u32(24)
    var headerOffset = entry.u32(42)
    // A field of all ones stands in the ZIP64 extra field instead, in this order (APPNOTE 4.5.3).
    if size == 0xFFFF_FFFF || packedSize == 0xFFFF_FFFF || headerOffset == 0xFFFF_FFFF {
      var extra = zip64Extra(of: entry.slice(46 + nameLength, count: entry.u16(30)))
      func next() throws(ArchiveError) -> Int {
        guard extra.bytes.count >= 8, let value = extra.u64(0) else { throw damaged }
        extra = extra.slice(8, count: extra.bytes.count - 8)
        return value
      }
      if size == 0xFFFF_FFFF { size = try next() }
      if packedSize == 0xFFFF_FFFF { packedSize = try next() }
      if headerOffset == 0xFFFF_FFFF { headerOffset = try next() }
    }
    return ZIPArchive.Member(
      name: String(decoding: entry.slice(46, count: nameLength).bytes, as: UTF8.self),
      size: size,
      packedSize: packedSize,
      method: entry.u16(10),
      checksum: UInt32(entry.u32(16)),
      isEncrypted: entry.u16(8) & 1 == 1,
      headerOffset: headerOffset
    )
  }

  private static func zip64Extra(of extra: ArchiveFields) -> ArchiveFields {
    var offset = 0
    while offset + 4 <= extra.bytes.count {
      let length = extra.u16(offset + 2)
      if extra.u16(offset) == 0x0001 { return extra.slice(offset + 4, count: length) }
      offset += 4 + length
    }
    return ArchiveFields(bytes: [])
  }
}
