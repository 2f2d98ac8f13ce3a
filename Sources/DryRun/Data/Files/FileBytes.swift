#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The bytes of a file of rows.
///
/// The runner may stand on another machine than the linter, so it opens the file itself.
enum FileBytes {
  /// The most bytes that a file may have.
  static let limit = 1 << 30

  static func read(_ path: String) throws(NotRunnable) -> [UInt8] {
    // What is no plain file, as a pipe, might never end, and opening it might wait for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    let mode = status.st_mode & mode_t(S_IFMT)
    guard mode == mode_t(S_IFREG) else {
      throw NotRunnable("\(path) is \(mode == mode_t(S_IFDIR) ? "a folder" : "no plain file"), not a file of rows")
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw NotRunnable(
        "\(path) has \(size >> 20) MiB, more than the \(limit >> 20) that are read; give a sample of it"
      )
    }
    guard size > 0 else { throw NotRunnable("\(path) is empty") }
    var isRead = true
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let start = buffer.baseAddress {
        let part = Glue.read(descriptor, start + count, size - count)
        if part < 0, errno == EINTR { continue }
        guard part > 0 else {
          isRead = part == 0
          break
        }
        count += part
      }
    }
    guard isRead else { throw failure(path) }
    guard !bytes.isEmpty else { throw NotRunnable("\(path) is empty") }
    return bytes
  }

  private static func failure(_ path: String) -> NotRunnable {
    NotRunnable("\(path) cannot be read: \(String(cString: strerror(errno)))")
  }
}

/// The system's function under a name that a method of the same name does not hide.
private enum Glue {
  static func read(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    #if canImport(Glibc)
    Glibc.read(descriptor, buffer, count)
    #else
    Musl.read(descriptor, buffer, count)
    #endif
  }
}
