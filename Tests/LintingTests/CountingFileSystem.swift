import Linting
import Synchronization

/// Files in memory that remember which of them were read.
final class CountingFileSystem: FileSystem {
  private let base: MemoryFileSystem
  private let log = Mutex<[String]>([])

  init(_ texts: [String: String]) {
    base = MemoryFileSystem(texts)
  }

  /// The paths that were read, in order.
  var reads: [String] { log.withLock { $0 } }

  var workingFolder: String { base.workingFolder }

  func kind(of path: String) -> FileKind? { base.kind(of: path) }

  func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    log.withLock { $0.append(path) }
    return try base.read(path, limit: limit)
  }

  func size(of path: String) throws(FileError) -> Int { try base.size(of: path) }

  func read(_ path: String, range: Range<Int>) throws(FileError) -> [UInt8] { try base.read(path, range: range) }

  func entries(of folder: String) throws(FileError) -> [FolderEntry] { try base.entries(of: folder) }

  func replace(_ path: String, with bytes: [UInt8], expecting expected: [UInt8]) throws(FileError) {
    try base.replace(path, with: bytes, expecting: expected)
  }

  func removeLeftovers(beside path: String) { base.removeLeftovers(beside: path) }

  func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    try base.write(path, bytes)
  }

  func create(_ path: String, with bytes: [UInt8]) throws(FileError) { try base.create(path, with: bytes) }
}
