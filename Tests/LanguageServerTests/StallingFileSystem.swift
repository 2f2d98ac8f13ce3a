import Dispatch
import Linting

/// Files of which one is not read before the test says so, to hold up what needs it.
final class StallingFileSystem: FileSystem {
  private let base: MemoryFileSystem
  private let name: String
  private let stalled = DispatchSemaphore(value: 0)
  private let free = DispatchSemaphore(value: 0)

  init(_ base: MemoryFileSystem, stallingAt name: String) {
    self.base = base
    self.name = name
  }

  /// Waits until somebody wants the file; false where nobody does for long.
  func waitUntilStalled() -> Bool { stalled.wait(timeout: .now() + .seconds(20)) == .success }

  /// Lets the file be read, now and later.
  func goOn() { free.signal() }

  var workingFolder: String { base.workingFolder }

  func kind(of path: String) -> FileKind? { base.kind(of: path) }

  func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    if FilePath.name(of: path) == name {
      stalled.signal()
      free.wait()
      free.signal()
    }
    return try base.read(path, limit: limit)
  }

  func size(of path: String) throws(FileError) -> Int { try base.size(of: path) }

  func read(_ path: String, range: Range<Int>) throws(FileError) -> [UInt8] { try base.read(path, range: range) }

  func entries(of folder: String) throws(FileError) -> [FolderEntry] { try base.entries(of: folder) }

  func replace(_ path: String, with bytes: [UInt8], expecting expected: [UInt8]) throws(FileError) {
    try base.replace(path, with: bytes, expecting: expected)
  }

  func removeLeftovers(beside path: String) { base.removeLeftovers(beside: path) }

  func create(_ path: String, with bytes: [UInt8]) throws(FileError) { try base.create(path, with: bytes) }

  func write(_ path: String, _ bytes: [UInt8]) throws(FileError) { try base.write(path, bytes) }
}
