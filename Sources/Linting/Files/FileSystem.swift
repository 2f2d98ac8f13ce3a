/// The files that a run reads and writes: the disk, or a twin in memory for tests and editors.
///
/// Paths are relative to the working folder or absolute, with `/` between names. Only `Linting` and the commands use it.
package protocol FileSystem: Sendable {
  /// The absolute path of the folder that relative paths start from.
  var workingFolder: String { get }

  /// Returns what the path leads to, links followed, or nil when there is nothing.
  func kind(of path: String) -> FileKind?

  /// Returns the bytes of a file.
  ///
  /// - Throws: ``FileError/Reason/tooLarge`` when the file holds more than `limit` bytes; no more than that is read.
  func read(_ path: String, limit: Int) throws(FileError) -> [UInt8]

  /// Returns the number of bytes of a file.
  func size(of path: String) throws(FileError) -> Int

  /// Returns the bytes of a range of a file; fewer where the file ends earlier.
  func read(_ path: String, range: Range<Int>) throws(FileError) -> [UInt8]

  /// Returns the entries of a folder, in no order.
  func entries(of folder: String) throws(FileError) -> [FolderEntry]

  /// Replaces a file's bytes at one stroke, keeping its mode: a reader sees the old bytes or the new ones.
  ///
  /// A link stays, and what it leads to is replaced. On failure the file is as it was.
  ///
  /// - Throws: ``FileError/Reason/changed`` when the file does not hold `expected` any more.
  func replace(_ path: String, with bytes: [UInt8], expecting expected: [UInt8]) throws(FileError)

  /// Removes from the folder of a file what runs left there that were killed while they replaced files.
  func removeLeftovers(beside path: String)

  /// Makes a new file, and the folders above it.
  ///
  /// - Throws: ``FileError/Reason/exists`` when something is there already.
  func create(_ path: String, with bytes: [UInt8]) throws(FileError)

  /// Makes a file or replaces what it holds, whole or not at all; its folder must be there.
  ///
  /// A device or a pipe is written to as it stands.
  func write(_ path: String, _ bytes: [UInt8]) throws(FileError)
}

/// What a path leads to.
package enum FileKind: Hashable, Sendable {
  case file
  case folder
  /// A pipe, a socket or a device.
  case other
}

/// A name in a folder.
package struct FolderEntry: Hashable, Sendable {
  package var name: String
  /// What it is, links followed; nil for a link that leads nowhere.
  package var kind: FileKind?
  /// Whether it is a symbolic link.
  package var isLink: Bool

  package init(name: String, kind: FileKind?, isLink: Bool = false) {
    self.name = name
    self.kind = kind
    self.isLink = isLink
  }
}

/// Why a file could not be read or written.
package struct FileError: Error, Hashable, Sendable {
  /// The kinds of failure that callers tell apart.
  package enum Reason: Hashable, Sendable {
    case missing
    case denied
    case isFolder
    case tooLarge
    /// The file changed since it was read.
    case changed
    case exists
    /// An archive that is damaged or has no config inside.
    case badArchive
    case other
  }

  package var reason: Reason
  /// What happened: lower case, no final period, without the path.
  package var message: String

  package init(_ reason: Reason, _ message: String) {
    self.reason = reason
    self.message = message
  }
}
