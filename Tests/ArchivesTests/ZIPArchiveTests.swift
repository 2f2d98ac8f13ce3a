import Foundation
import Testing

@testable import Archives

struct ZIPArchiveTests {
  @Test func `reads stored and deflated members`() throws {
    let archive = try ZIPArchive(bytes: Self.bytes(of: Self.archive))
    #expect(archive.members.map(\.name) == ["metadata.json", "config.json"])
    #expect(text(try archive.bytes(ofMember: "metadata.json")) == #"{"keras_version": "3.5.0"}"#)
    let config = text(try archive.bytes(ofMember: "config.json"))
    #expect(config == #"{"layers": ["# + Array(repeating: #""dense""#, count: 20).joined(separator: ", ") + "]}")
  }

  @Test func `reads a ZIP64 archive`() throws {
    let archive = try ZIPArchive(bytes: Self.bytes(of: Self.zip64Archive))
    #expect(archive.members.map(\.size) == [15])
    #expect(text(try archive.bytes(ofMember: "config.json")) == #"{"large": true}"#)
  }

  @Test func `reads the list and the member asked for, nothing else`() throws {
    // A gigabyte that cannot be read lies between the members and their list.
    let gap = 1 << 30
    var bytes = try Self.bytes(of: Self.archive)
    let list = try #require(Self.offset(of: [0x50, 0x4B, 0x01, 0x02], in: bytes))
    let end = try #require(Self.offset(of: [0x50, 0x4B, 0x05, 0x06], in: bytes))
    Self.put(UInt32(list + gap), at: end + 16, in: &bytes)
    let archive = try ZIPArchive(size: bytes.count + gap) { [bytes] range in
      if range.upperBound <= list { return Array(bytes[range]) }
      // The search for the end record may look back into the gap.
      return range.map { $0 >= list + gap ? bytes[$0 - gap] : 0 }
    }
    #expect(text(try archive.bytes(ofMember: "metadata.json")).hasPrefix("{"))
  }

  @Test func `tells what is not an archive`() {
    #expect(reason { try ZIPArchive(bytes: []) } == .notAnArchive)
    #expect(reason { try ZIPArchive(bytes: Array("epochzero: 1\n".utf8)) } == .notAnArchive)
    #expect(reason { try ZIPArchive(bytes: Array(repeating: 0x50, count: 100_000)) } == .notAnArchive)
    #expect(ZIPArchive.isArchive(startingWith: [0x50, 0x4B, 3, 4, 20]))
    #expect(!ZIPArchive.isArchive(startingWith: Array("{\"a\": 1}".utf8)))
  }

  @Test func `names a member that is missing`() throws {
    let archive = try ZIPArchive(bytes: Self.bytes(of: Self.archive))
    #expect(reason { try archive.bytes(ofMember: "model.json") } == .missingMember)
    #expect(message { try archive.bytes(ofMember: "model.json") } == "the archive holds no \"model.json\"")
  }

  @Test(
    arguments: [
      (8, 1, ArchiveError.Reason.encrypted), (10, 99, .unsupported), (16, 7, .damaged), (24, 1000, .damaged),
      (24, 100, .damaged), (24, 100 << 20, .tooLarge), (20, 5, .damaged), (20, 1 << 30, .tooLarge), (42, 3, .damaged),
      (42, 1 << 30, .damaged),
    ] as [(Int, Int, ArchiveError.Reason)]
  )
  func `refuses a member whose entry lies`(field: Int, value: Int, expected: ArchiveError.Reason) throws {
    var bytes = try Self.bytes(of: Self.archive)
    let list = try #require(Self.offset(of: [0x50, 0x4B, 0x01, 0x02], in: bytes))
    let second = try #require(Self.offset(of: [0x50, 0x4B, 0x01, 0x02], in: bytes, from: list + 4))
    if field < 16 {
      bytes[second + field] = UInt8(value)
    } else {
      Self.put(UInt32(value), at: second + field, in: &bytes)
    }
    let archive = try ZIPArchive(bytes: bytes)
    #expect(reason { try archive.bytes(ofMember: "config.json") } == expected)
    #expect(reason { try archive.bytes(ofMember: "metadata.json") } == nil)
  }

  @Test func `refuses an archive that is cut off anywhere`() throws {
    for archive in [Self.archive, Self.zip64Archive] {
      let bytes = try Self.bytes(of: archive)
      for count in bytes.indices { #expect(reason { try ZIPArchive(bytes: Array(bytes[..<count])) } != nil) }
    }
  }

  @Test func `outlives any changed byte`() throws {
    for archive in [Self.archive, Self.zip64Archive] {
      let bytes = try Self.bytes(of: archive)
      for position in bytes.indices {
        for value in [0, 0x7F, 0xFF] as [UInt8] where bytes[position] != value {
          var changed = bytes
          changed[position] = value
          guard let archive = try? ZIPArchive(bytes: changed) else { continue }
          for member in archive.members {
            guard let content = try? archive.bytes(ofMember: member.name) else { continue }
            #expect(content.count == member.size)
          }
        }
      }
    }
  }

  @Test func `says when the bytes cannot be read`() {
    #expect(reason { try ZIPArchive(size: 1000) { _ in nil } } == .unreadable)
    #expect(reason { try ZIPArchive(size: 1000) { _ in [1, 2] } } == .unreadable)
  }

  // MARK: - Private

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func reason<Result>(_ body: () throws -> Result) -> ArchiveError.Reason? { error(body)?.reason }

  private func message<Result>(_ body: () throws -> Result) -> String? { error(body)?.message }

  private func error<Result>(_ body: () throws -> Result) -> ArchiveError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? ArchiveError
    }
  }

  private static func bytes(of base64: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: base64, options: .ignoreUnknownCharacters)))
  }

  private static func offset(of pattern: [UInt8], in bytes: [UInt8], from start: Int = 0) -> Int? {
    (start..<bytes.count - pattern.count).first { bytes[$0...].starts(with: pattern) }
  }

  private static func put(_ value: UInt32, at offset: Int, in bytes: inout [UInt8]) {
    for position in 0..<4 { bytes[offset + position] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(position))) }
  }

  /// `metadata.json` stored, `config.json` deflated, and a comment that contains the signature of the end record.
  private static let archive = """
      UEsDBBQAAAAAAAAAIVAf95k+GgAAABoAAAANAAAAbWV0YWRhdGEuanNvbnsia2VyYXNfdmVyc2lvbiI6ICIzLjUuMCJ9UEsDBBQA
      AAAIAAAAIVAe9Cz7GwAAAMAAAAALAAAAY29uZmlnLmpzb26rVspJrEwtKlayUohWSknNK05V0lEYMozYWgBQSwECFAMUAAAAAAAA
      ACFQH/eZPhoAAAAaAAAADQAAAAAAAAAAAAAAgAEAAAAAbWV0YWRhdGEuanNvblBLAQIUAxQAAAAIAAAAIVAe9Cz7GwAAAMAAAAAL
      AAAAAAAAAAAAAACAAUUAAABjb25maWcuanNvblBLBQYAAAAAAgACAHQAAACJAAAAEQBQSwUGIGluIGEgY29tbWVudA==
    """

  /// One stored member whose sizes and offset stand in ZIP64 fields.
  private static let zip64Archive = """
      UEsDBC0AAAAAAAAAIVATPMKe//////////8LABQAY29uZmlnLmpzb24BABAADwAAAAAAAAAPAAAAAAAAAHsibGFyZ2UiOiB0cnVl
      fVBLAQItAC0AAAAAAAAAIQATPMKe//////////8LABwAAAAAAAAAAAAAAP////9jb25maWcuanNvbgEAGAAPAAAAAAAAAA8AAAAA
      AAAAAAAAAAAAAABQSwYGLAAAAAAAAAAtAC0AAAAAAAAAAAABAAAAAAAAAAEAAAAAAAAAVQAAAAAAAABMAAAAAAAAAFBLBgcAAAAA
      oQAAAAAAAAABAAAAUEsFBgAAAAD///////////////8AAA==
    """
}
