/// Where the bytes of an archive come from, with every access checked.
struct ArchiveSource {
  let size: Int
  let read: ZIPArchive.Reader

  /// Returns exactly so many bytes.
  func bytes(at offset: Int, count: Int) throws(ArchiveError) -> [UInt8] {
    let (end, overflow) = offset.addingReportingOverflow(count)
    guard offset >= 0, count >= 0, !overflow, end <= size else {
      throw ArchiveError(.damaged, "the archive is cut off, or its list of members is wrong")
    }
    guard let bytes = read(offset..<end), bytes.count == count else {
      throw ArchiveError(.unreadable, "the archive could not be read")
    }
    return bytes
  }

  func fields(at offset: Int, count: Int) throws(ArchiveError) -> ArchiveFields {
    ArchiveFields(bytes: try bytes(at: offset, count: count)[...])
  }
}

/// Little-endian numbers in a row of bytes; behind its end all are zero.
struct ArchiveFields {
  let bytes: ArraySlice<UInt8>

  func u16(_ offset: Int) -> Int { Int(number(offset, count: 2)) }
  func u32(_ offset: Int) -> Int { Int(number(offset, count: 4)) }
  /// A number of 64 bits, or nil where no `Int` holds it.
  func u64(_ offset: Int) -> Int? { Int(exactly: number(offset, count: 8)) }

  func slice(_ offset: Int, count: Int) -> ArchiveFields {
    let start = min(bytes.startIndex + offset, bytes.endIndex)
    return ArchiveFields(bytes: bytes[start..<min(start + count, bytes.endIndex)])
  }

  private func number(_ offset: Int, count: Int) -> UInt64 {
    let start = bytes.startIndex + offset
    guard start + count <= bytes.endIndex else { return 0 }
    return bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
