import Foundation
import Linting
import Testing

struct DiskFileSystemTests {
  private let disk = DiskFileSystem()

  @Test func `reads what is there, up to the bound`() throws {
    try withFolder { folder in
      let path = folder + "/a.json"
      try Data("hello".utf8).write(to: URL(fileURLWithPath: path))
      #expect(try disk.read(path, limit: 5) == Array("hello".utf8))
      #expect(try disk.read(path, limit: .max) == Array("hello".utf8))
      #expect(throws: FileError(.tooLarge, "larger than 0 MiB")) { try disk.read(path, limit: 4) }
      #expect(throws: FileError(.isFolder, "is a folder")) { try disk.read(folder, limit: 4) }
      #expect(throws: FileError(.missing, "no such file or folder")) { try disk.read(folder + "/b", limit: 4) }
    }
  }

  @Test func `bounds a file that says it is empty and is not`() {
    #expect(throws: FileError.self) { try disk.read("/dev/zero", limit: 1000) }
    #expect(throws: Never.self) { try disk.read("/proc/self/status", limit: 1 << 20) }
  }

  @Test func `replaces a file at one stroke and keeps its mode`() throws {
    try withFolder { folder in
      let path = folder + "/a.json"
      try disk.create(path, with: Array("old".utf8))
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try disk.replace(path, with: Array("new".utf8), expecting: Array("old".utf8))
      #expect(try disk.read(path, limit: 10) == Array("new".utf8))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
      #expect(mode?.intValue == 0o640)
      #expect(try disk.entries(of: folder).map(\.name) == ["a.json"])
    }
  }

  @Test func `refuses a file that changed meanwhile and leaves nothing behind`() throws {
    try withFolder { folder in
      let path = folder + "/a.json"
      try disk.create(path, with: Array("changed".utf8))
      let error = #expect(throws: FileError.self) {
        try disk.replace(path, with: Array("new".utf8), expecting: Array("old".utf8))
      }
      #expect(error?.reason == .changed)
      #expect(try disk.read(path, limit: 10) == Array("changed".utf8))
      #expect(try disk.entries(of: folder).map(\.name) == ["a.json"])
    }
  }

  @Test func `replaces the target of a link, not the link`() throws {
    try withFolder { folder in
      try disk.create(folder + "/real.json", with: Array("old".utf8))
      try FileManager.default.createSymbolicLink(atPath: folder + "/link.json", withDestinationPath: "real.json")
      try disk.replace(folder + "/link.json", with: Array("new".utf8), expecting: Array("old".utf8))
      #expect(try disk.read(folder + "/real.json", limit: 10) == Array("new".utf8))
      #expect(try disk.entries(of: folder).first { $0.name == "link.json" }?.isLink == true)
    }
  }

  @Test func `refuses what is read-only, has other names or is no file`() throws {
    try withFolder { folder in
      let path = folder + "/a.json"
      try disk.create(path, with: Array("old".utf8))
      try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
      #expect(throws: FileError(.denied, "the file is read-only")) { try replace(path) }
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      try FileManager.default.linkItem(atPath: path, toPath: folder + "/b.json")
      let error = #expect(throws: FileError.self) { try replace(path) }
      #expect(error?.message == "the file has 2 names (hard links), which replacing it would part")
      #expect(throws: FileError(.other, "is no plain file")) { try replace(folder) }
      #expect(try disk.read(path, limit: 10) == Array("old".utf8))
      #expect(try disk.entries(of: folder).map(\.name).sorted() == ["a.json", "b.json"])
    }
  }

  @Test func `removes what killed runs left, not what a living one writes`() throws {
    try withFolder { folder in
      try disk.create(folder + "/a.json", with: Array("old".utf8))
      for name in [".epochzero-1.tmp", ".epochzero-2.tmp", ".epochzero.yaml", "epochzero-3.tmp"] {
        try disk.create(folder + "/" + name, with: [1])
      }
      let living = open(folder + "/.epochzero-2.tmp", O_RDWR)
      defer { close(living) }
      #expect(flock(living, LOCK_EX) == 0)
      disk.removeLeftovers(beside: folder + "/a.json")
      #expect(
        try disk.entries(of: folder).map(\.name).sorted()
          == [".epochzero-2.tmp", ".epochzero.yaml", "a.json", "epochzero-3.tmp"]
      )
      #expect(Discovery([folder], in: disk).inputs.map(\.path).contains { $0.hasSuffix(".tmp") } == false)
    }
  }

  @Test func `creates folders but never overwrites`() throws {
    try withFolder { folder in
      try disk.create(folder + "/x/y/z.lua", with: [1])
      let error = #expect(throws: FileError.self) { try disk.create(folder + "/x/y/z.lua", with: [2]) }
      #expect(error?.reason == .exists)
      #expect(try disk.read(folder + "/x/y/z.lua", limit: 10) == [1])
    }
  }

  @Test func `walks past links that lead in a circle`() throws {
    try withFolder { folder in
      try disk.create(folder + "/a/b.json", with: [])
      try FileManager.default.createSymbolicLink(atPath: folder + "/a/up", withDestinationPath: "..")
      try FileManager.default.createSymbolicLink(atPath: folder + "/a/self", withDestinationPath: "self")
      let found = Discovery([folder], in: disk)
      #expect(found.inputs.map(\.path) == [folder + "/a/b.json"])
      #expect(found.errors == [])
    }
  }

  private func replace(_ path: String) throws {
    try disk.replace(path, with: Array("new".utf8), expecting: Array("old".utf8))
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("epochzero-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }
}
