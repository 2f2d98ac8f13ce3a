import Glibc

/// Puts new bytes in the place of a file's old ones at one stroke: beside it, and then over it.
///
/// The new bytes are on disk before they take the name, so a file is the old one or the new one however a run ends. What a
/// killed run leaves behind is a hidden file `.epochzero-*.tmp`, which no run takes for a config.
struct AtomicReplacement {
  /// The file itself, links followed: the link stays and its target is replaced.
  private let target: String
  private let status: stat

  /// Looks at a file; throws where it is not to be replaced, as one that is read-only.
  init(of path: String) throws(FileError) {
    guard let resolved = realpath(path, nil) else { throw DiskFileSystem.lastError() }
    defer { free(resolved) }
    target = String(cString: resolved)
    var status = stat()
    guard stat(target, &status) == 0 else { throw DiskFileSystem.lastError() }
    guard status.st_mode & mode_t(S_IFMT) == mode_t(S_IFREG) else { throw FileError(.other, "is no plain file") }
    // A rename needs no leave of the file itself: without this look, what its owner protects would be replaced.
    guard status.st_mode & 0o222 != 0, access(target, W_OK) == 0 else {
      throw FileError(.denied, "the file is read-only")
    }
    // The other names would go on showing the old bytes.
    guard status.st_nlink == 1 else {
      throw FileError(.other, "the file has \(status.st_nlink) names (hard links), which replacing it would part")
    }
    self.status = status
  }

  /// Replaces the file, unless it holds other bytes than `expected`; on failure all is as it was.
  func replace(_ expected: [UInt8], with bytes: [UInt8]) throws(FileError) {
    let temporary = try TemporaryFile(in: FilePath.folder(of: target))
    var isDone = false
    defer { temporary.close(removing: !isDone) }
    try temporary.write(bytes, like: status)
    // Read as late as possible, so that little can happen between the look and the rename.
    guard let current = try? DiskFileSystem.read(target, limit: expected.count), current == expected else {
      throw FileError(.changed, "the file changed while it was being fixed")
    }
    guard rename(temporary.path, target) == 0 else { throw DiskFileSystem.lastError() }
    isDone = true
  }

  /// Removes what killed runs left in the folder of the file; what a living one works on is locked.
  func removeLeftovers() {
    let folder = FilePath.folder(of: target)
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = DiskFileSystem.name(of: entry)
      if TemporaryFile.isName(name) { TemporaryFile.removeUnlessLocked(FilePath.join(folder, name)) }
    }
  }
}

/// A file for new bytes, with a name of its own kind, locked while it is written.
private struct TemporaryFile {
  let path: String
  private let descriptor: Int32

  private static let prefix = ".epochzero-"
  private static let suffix = ".tmp"

  /// Whether a file with the name is one that fixes were written to.
  static func isName(_ name: String) -> Bool { name.hasPrefix(prefix) && name.hasSuffix(suffix) }

  /// Makes an empty file that nobody else may read yet.
  init(in folder: String) throws(FileError) {
    let number = UInt64.random(in: .min ... .max)
    path = FilePath.join(folder, "\(Self.prefix)\(number)\(Self.suffix)")
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let error = DiskFileSystem.lastError()
      throw error.reason == .denied
        ? FileError(.denied, "the folder is read-only, and the new file is made in it") : error
    }
    // Where files cannot be locked they are written all the same.
    flock(descriptor, LOCK_EX | LOCK_NB)
  }

  /// Writes the bytes down to the disk, with the mode and, where that is allowed, the owner of another file.
  func write(_ bytes: [UInt8], like status: stat) throws(FileError) {
    try DiskFileSystem.write(bytes, to: descriptor)
    if fchown(descriptor, status.st_uid, status.st_gid) != 0 { _ = fchown(descriptor, uid_t.max, status.st_gid) }
    guard fchmod(descriptor, status.st_mode & 0o7777) == 0, fsync(descriptor) == 0 else {
      throw DiskFileSystem.lastError()
    }
  }

  func close(removing isRemoved: Bool) {
    if isRemoved { unlink(path) }
    Glibc.close(descriptor)
  }

  static func removeUnlessLocked(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    defer { Glibc.close(descriptor) }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
  }
}
