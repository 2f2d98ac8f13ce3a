import Synchronization

/// Files in memory; folders are there because files lie in them.
package final class MemoryFileSystem: FileSystem {
  package let workingFolder = "/home"
  private let files: Mutex<[String: [UInt8]]>

  /// Makes a file system from texts by path.
  package init(_ texts: [String: String] = [:]) {
    let pairs = texts.map { (Self.absolute($0.key), Array($0.value.utf8)) }
    files = Mutex(Dictionary(pairs) { first, _ in first })
  }

  /// The bytes of a file, or nil when it is not there; nil removes it.
  package subscript(path: String) -> [UInt8]? {
    get { files.withLock { $0[Self.absolute(path)] } }
    set { files.withLock { $0[Self.absolute(path)] = newValue } }
  }

  package func kind(of path: String) -> FileKind? {
    let path = Self.absolute(path)
    return files.withLock { files in
      if files[path] != nil { return .file }
      let prefix = path == "/" ? "/" : path + "/"
      return path == workingFolder || files.keys.contains { $0.hasPrefix(prefix) } ? .folder : nil
    }
  }

  package func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    guard let bytes = self[path] else {
      throw kind(of: path) == .folder
        ? FileError(.isFolder, "is a folder") : FileError(.missing, "no such file or folder")
    }
    if bytes.count > limit { throw FileError.tooLarge(limit: limit) }
    return bytes
  }

  package func size(of path: String) throws(FileError) -> Int {
    try read(path, limit: .max).count
  }

  package func read(_ path: String, range: Range<Int>) throws(FileError) -> [UInt8] {
    Array(try read(path, limit: .max).dropFirst(range.lowerBound).prefix(range.count))
  }

  package func entries(of folder: String) throws(FileError) -> [FolderEntry] {
    guard kind(of: folder) == .folder else { throw FileError(.missing, "no such file or folder") }
    let prefix = Self.absolute(folder) + "/"
    let paths = files.withLock { Array($0.keys) }
    var kinds: [String: FileKind] = [:]
    for path in paths where path.hasPrefix(prefix) {
      let names = path.dropFirst(prefix.count).split(separator: "/", maxSplits: 1)
      if let name = names.first { kinds[String(name)] = names.count > 1 ? .folder : .file }
    }
    return kinds.map { FolderEntry(name: $0.key, kind: $0.value) }
  }

  package func replace(_ path: String, with bytes: [UInt8], expecting expected: [UInt8]) throws(FileError) {
    let path = Self.absolute(path)
    let isUnchanged = files.withLock { files in
      guard files[path] == expected else { return false }
      files[path] = bytes
      return true
    }
    if !isUnchanged {
      throw FileError(.changed, "the file changed while it was being fixed")
    }
  }

  package func removeLeftovers(beside path: String) {}

  package func create(_ path: String, with bytes: [UInt8]) throws(FileError) {
    guard kind(of: path) == nil else { throw FileError(.exists, "exists already") }
    self[path] = bytes
  }

  package func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    if kind(of: path) == .folder { throw FileError(.isFolder, "is a folder") }
    self[path] = bytes
  }

  // MARK: - Private

  private static func absolute(_ path: String) -> String {
    FilePath.normalized(FilePath.isAbsolute(path) ? path : "/home/" + path)
  }
}
