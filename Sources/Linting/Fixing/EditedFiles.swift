import Synchronization

/// A file system with edits that are not written: reads see them, the files below stay as they are.
///
/// The edits are those of fixes that are tried, or of the files that are open in an editor, which need not be there on disk.
package final class EditedFiles: FileSystem {
  private let base: any FileSystem
  private let edited = Mutex<[String: [UInt8]]>([:])

  package init(over base: any FileSystem) {
    self.base = base
  }

  /// All edited files by shown name.
  var all: [String: [UInt8]] {
    get { edited.withLock { $0 } }
    set { edited.withLock { $0 = newValue } }
  }

  package var workingFolder: String { base.workingFolder }

  /// The edited bytes of the file with the shown name; nil while it is as it was.
  package subscript(name: String) -> [UInt8]? {
    get { edited.withLock { $0[name] } }
    set { edited.withLock { $0[name] = newValue } }
  }

  package func kind(of path: String) -> FileKind? {
    base.kind(of: path) ?? (self[FilePath.shown(path, workingFolder: workingFolder)] == nil ? nil : .file)
  }

  package func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    if let bytes = self[FilePath.shown(path, workingFolder: workingFolder)] {
      if bytes.count > limit { throw FileError.tooLarge(limit: limit) }
      return bytes
    }
    return try base.read(path, limit: limit)
  }

  package func size(of path: String) throws(FileError) -> Int { try base.size(of: path) }

  package func read(_ path: String, range: Range<Int>) throws(FileError) -> [UInt8] {
    try base.read(path, range: range)
  }

  package func entries(of folder: String) throws(FileError) -> [FolderEntry] {
    try base.entries(of: folder)
  }

  package func replace(_ path: String, with bytes: [UInt8], expecting expected: [UInt8]) throws(FileError) {
    try base.replace(path, with: bytes, expecting: expected)
  }

  package func removeLeftovers(beside path: String) { base.removeLeftovers(beside: path) }

  package func create(_ path: String, with bytes: [UInt8]) throws(FileError) {
    try base.create(path, with: bytes)
  }

  package func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    try base.write(path, bytes)
  }
}
