/// A ZIP archive from which single members are read, such as `config.json` out of a `.keras` file.
///
/// Only the list of members and the members asked for are read, so gigabytes of weights beside them cost nothing. The
/// format is that of PKWARE's APPNOTE 6.3.10, ZIP64 included.
///
/// ```swift
/// let archive = try ZIPArchive(bytes: bytes)
/// let config = try archive.bytes(ofMember: "config.json")
/// ```
package struct ZIPArchive {
  /// Returns the bytes of a range of the archive, or nil when they cannot be read.
  package typealias Reader = (Range<Int>) -> [UInt8]?

  /// One file in the archive.
  package struct Member: Hashable, Sendable {
    /// The path inside the archive, as written.
    package let name: String
    /// The number of bytes once unpacked, as the archive claims.
    package let size: Int

    let packedSize: Int
    let method: Int
    let checksum: UInt32
    let isEncrypted: Bool
    let headerOffset: Int
  }

  /// The number of bytes that a member may unpack to.
  package static let memberLimit = 64 << 20
  /// The number of bytes that the list of members may have.
  package static let directoryLimit = 16 << 20

  /// All members in the order of the archive's list.
  package let members: [Member]

  private let source: ArchiveSource

  /// Reads the list of members.
  ///
  /// - Parameters:
  ///   - size: The number of bytes of the archive.
  ///   - read: Gives the bytes of a range inside `0..<size`; it is called again for each member that is read.
  /// - Throws: ``ArchiveError`` when the bytes are no archive or the list is damaged.
  package init(size: Int, read: @escaping Reader) throws(ArchiveError) {
    source = ArchiveSource(size: size, read: read)
    members = try CentralDirectory(source).members
  }

  /// Reads the list of members of an archive in memory.
  package init(bytes: [UInt8]) throws(ArchiveError) {
    try self.init(size: bytes.count) { Array(bytes[$0]) }
  }

  /// Returns whether a file that begins with these bytes is a ZIP archive, an empty one included.
  package static func isArchive(startingWith bytes: [UInt8]) -> Bool {
    guard bytes.count >= 4, bytes[0] == 0x50, bytes[1] == 0x4B else { return false }
    return (bytes[2] == 0x03 && bytes[3] == 0x04) || (bytes[2] == 0x05 && bytes[3] == 0x06)
  }

  /// Returns the unpacked bytes of a member, which may have `limit` of them; of several with one name, the last.
  ///
  /// - Throws: ``ArchiveError`` when there is no such member, or it cannot be unpacked in full and unharmed.
  package func bytes(ofMember name: String, limit: Int = memberLimit) throws(ArchiveError) -> [UInt8] {
    guard let member = members.last(where: { $0.name == name }) else {
      throw ArchiveError(.missingMember, "the archive holds no \"\(name)\"")
    }
    guard !member.isEncrypted else { throw ArchiveError(.encrypted, "\"\(name)\" in the archive is encrypted") }
    guard member.size <= limit, member.packedSize <= limit else {
      let most = "more than the \(limit >> 20) MiB that are read"
      throw ArchiveError(
        .tooLarge,
        "\"\(name)\" in the archive has \(max(member.size, member.packedSize)) bytes, \(most)"
      )
    }
    let packed = try packedBytes(of: member)
    let bytes: [UInt8]
    switch member.method {
    case 0: bytes = packed
    case 8: bytes = try Deflate.unpack(packed, size: member.size, name: name)
    default:
      let message = "\"\(name)\" in the archive is packed by method \(member.method); only stored and deflated are read"
      throw ArchiveError(.unsupported, message)
    }
    guard bytes.count == member.size else {
      throw ArchiveError(.damaged, "\"\(name)\" in the archive has another size than its list says")
    }
    guard Deflate.checksum(of: bytes) == member.checksum else {
      throw ArchiveError(.damaged, "\"\(name)\" in the archive does not match its checksum")
    }
    return bytes
  }

  // MARK: - Private

  /// Reads what lies behind the member's own header, whose names and extra fields may differ from those of the list.
  private func packedBytes(of member: Member) throws(ArchiveError) -> [UInt8] {
    let header = try source.fields(at: member.headerOffset, count: 30)
    guard header.u32(0) == 0x0403_4B50 else {
      throw ArchiveError(.damaged, "\"\(member.name)\" does not begin where the archive's list says")
    }
    let start = member.headerOffset + 30 + header.u16(26) + header.u16(28)
    return try source.bytes(at: start, count: member.packedSize)
  }
}
