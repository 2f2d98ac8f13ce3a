import Synchronization

/// A file system with edits that are not written: reads see them, the files below stay as they are.
final class EditedFiles: FileSystem {
  private let base: any FileSystem
  private let edited = Mutex<[String: [UInt8]]>([:])

  init(over base: any FileSystem) {
    self.base = base
  }

  /// All edited files by shown name.
  var all: [String: [UInt8]] {
    get { edited.withLock { $0 } }
    set { edited.withLock { $0 = newValue } }
  }

  var workingFolder: String { base.workingFolder }

  /// The edited bytes of the file with the shown name; nil while it is as it was.
  subscript(name: String) -> [UInt8]? {
    get { edited.withLock { $0[name] } }
    set { edited.withLock { $0[name] = newValue } }
  }

  func kind(of path: String) -> FileKind? { base.kind(of: path) }

  func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    if let bytes = self[FilePath.shown(path, workingFolder: workingFolder)] { return bytes }
    return try base.read(path, limit: limit)
  }

  func size(of path: String) throws(FileError) -> Int { try base.size(of: path) }

  func read(_ path: String, range: Range<Int>) throws(FileError) -> [UInt8] { try base.read(path, range: range) }

  func entries(of folder: String) throws(FileError) -> [FolderEntry] {
    try base.entries(of: folder)
  }

  func replace(_ path: String, with bytes: [UInt8], expecting expected: [UInt8]) throws(FileError) {
    try base.replace(path, with: bytes, expecting: expected)
  }

  func removeLeftovers(beside path: String) { base.removeLeftovers(beside: path) }

  func create(_ path: String, with bytes: [UInt8]) throws(FileError) {
    try base.create(path, with: bytes)
  }

  func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    try base.write(path, bytes)
  }
}
