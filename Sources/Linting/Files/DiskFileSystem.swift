import Glibc

/// The files on disk.
package struct DiskFileSystem: FileSystem {
  package let workingFolder: String

  package init() {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let folder = buffer.withUnsafeMutableBufferPointer { getcwd($0.baseAddress, $0.count) != nil }
    workingFolder = folder ? Self.string(of: buffer) : "/"
  }

  package func kind(of path: String) -> FileKind? {
    var status = stat()
    return stat(path, &status) == 0 ? Self.kind(ofMode: status.st_mode) : nil
  }

  package func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    try Self.read(path, limit: limit)
  }

  package func size(of path: String) throws(FileError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.lastError() }
    return Int(status.st_size)
  }

  package func read(_ path: String, range: Range<Int>) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.lastError() }
    defer { close(descriptor) }
    guard lseek(descriptor, range.lowerBound, SEEK_SET) >= 0 else { throw Self.lastError() }
    var bytes: [UInt8] = []
    while bytes.count < range.count {
      let part = try Self.readPart(descriptor, room: range.count - bytes.count)
      if part.isEmpty { break }
      bytes += part
    }
    return bytes
  }

  package func entries(of folder: String) throws(FileError) -> [FolderEntry] {
    guard let stream = opendir(folder) else { throw Self.lastError() }
    defer { closedir(stream) }
    var entries: [FolderEntry] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = Self.name(of: entry)
      if name == "." || name == ".." { continue }
      switch Int(entry.pointee.d_type) {
      case Int(DT_REG): entries.append(FolderEntry(name: name, kind: .file))
      case Int(DT_DIR): entries.append(FolderEntry(name: name, kind: .folder))
      default:
        let path = FilePath.join(folder, name)
        var status = stat()
        let isLink = lstat(path, &status) == 0 && status.st_mode & mode_t(S_IFMT) == mode_t(S_IFLNK)
        entries.append(FolderEntry(name: name, kind: kind(of: path), isLink: isLink))
      }
      errno = 0
    }
    guard errno == 0 else { throw Self.lastError() }
    return entries
  }

  package func replace(_ path: String, with bytes: [UInt8], expecting expected: [UInt8]) throws(FileError) {
    try AtomicReplacement(of: path).replace(expected, with: bytes)
  }

  package func removeLeftovers(beside path: String) {
    try? AtomicReplacement(of: path).removeLeftovers()
  }

  package func create(_ path: String, with bytes: [UInt8]) throws(FileError) {
    try makeFolder(FilePath.folder(of: path))
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.lastError() }
    defer { close(descriptor) }
    try Self.write(bytes, to: descriptor)
  }

  package func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    // Behind a link its target is written.
    let resolved = realpath(path, nil)
    defer { free(resolved) }
    let target = resolved.map { String(cString: $0) } ?? path
    var status = stat()
    let isThere = stat(target, &status) == 0
    if isThere, Self.kind(ofMode: status.st_mode) != .file {
      let descriptor = open(target, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Self.lastError() }
      defer { close(descriptor) }
      return try Self.write(bytes, to: descriptor)
    }
    let temporary = FilePath.join(FilePath.folder(of: target), ".\(FilePath.name(of: target)).epochzero-\(getpid())")
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.lastError() }
    var isDone = false
    defer { if !isDone { unlink(temporary) } }
    do {
      defer { close(descriptor) }
      try Self.write(bytes, to: descriptor)
      if isThere, fchmod(descriptor, status.st_mode & 0o7777) != 0 { throw Self.lastError() }
    }
    guard rename(temporary, target) == 0 else { throw Self.lastError() }
    isDone = true
  }

  /// Returns everything that standard input holds.
  ///
  /// - Throws: ``FileError/Reason/tooLarge`` when that is more than `limit` bytes.
  package static func readStandardInput(limit: Int) throws(FileError) -> [UInt8] {
    try read(STDIN_FILENO, expectedCount: 0, limit: limit)
  }

  // MARK: - For replacing files

  static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw lastError() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw lastError() }
    if kind(ofMode: status.st_mode) == .folder { throw FileError(.isFolder, "is a folder") }
    HeapPages.expect(fileOf: Int(status.st_size))
    return try read(descriptor, expectedCount: Int(status.st_size), limit: limit)
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(FileError) {
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw lastError()
      }
      offset += written
    }
  }

  static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) { name in
      name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) { String(cString: $0) }
    }
  }

  static func string(of characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func lastError() -> FileError { error(errno) }

  // MARK: - Private

  private func makeFolder(_ folder: String) throws(FileError) {
    if folder.isEmpty || kind(of: folder) == .folder { return }
    try makeFolder(FilePath.folder(of: folder))
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw Self.lastError() }
  }

  private static func read(_ descriptor: Int32, expectedCount: Int, limit: Int) throws(FileError) -> [UInt8] {
    if expectedCount > limit { throw FileError.tooLarge(limit: limit) }
    var bytes: [UInt8] = []
    let most = limit == .max ? limit : limit + 1
    // Pipes tell no size. A large block for a small file makes the heap grow and shrink again, which takes as long as the read.
    let step = expectedCount > 0 ? 4 << 10 : 64 << 10
    // One byte more than expected, so that the read which finds the end needs no room of its own.
    var room = min(expectedCount > 0 ? expectedCount + 1 : step, most)
    while true {
      let part = try readPart(descriptor, room: room)
      if part.isEmpty { return bytes }
      if bytes.isEmpty { bytes = part } else { bytes += part }
      if bytes.count > limit { throw FileError.tooLarge(limit: limit) }
      room = min(max(expectedCount + 1 - bytes.count, step), most)
    }
  }

  /// Reads up to `room` bytes once; empty at the end.
  private static func readPart(_ descriptor: Int32, room: Int) throws(FileError) -> [UInt8] {
    while true {
      var failure: Int32 = 0
      let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        let result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        count = max(result, 0)
        failure = result < 0 ? errno : 0
      }
      if failure == 0 { return part }
      if failure != EINTR { throw error(failure) }
    }
  }

  private static func kind(ofMode mode: mode_t) -> FileKind {
    switch mode & mode_t(S_IFMT) {
    case mode_t(S_IFREG): .file
    case mode_t(S_IFDIR): .folder
    default: .other
    }
  }

  private static func error(_ code: Int32) -> FileError {
    switch code {
    case ENOENT, ENOTDIR: FileError(.missing, "no such file or folder")
    case EACCES, EPERM: FileError(.denied, "permission denied")
    case EISDIR: FileError(.isFolder, "is a folder")
    case EEXIST: FileError(.exists, "exists already")
    default: FileError(.other, String(cString: strerror(code)).lowercased())
    }
  }
}

extension FileError {
  static func tooLarge(limit: Int) -> FileError {
    FileError(.tooLarge, "larger than \(limit >> 20) MiB")
  }
}
