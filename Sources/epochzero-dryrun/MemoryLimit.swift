import Glibc

/// How much memory the process may have, beside the files that it maps.
enum MemoryLimit {
  /// For what is no tensor: the job itself, reports, the code that the library compiles.
  private static let allowance = 64 << 20
  /// For the stack of each further thread.
  private static let threadAllowance = 8 << 20

  /// Lets allocations fail that would take more bytes than given, beyond what the process has now.
  static func set(_ bytes: Int, threads: Int) {
    guard let used = usedBytes() else { return }
    let (more, overflow) = bytes.addingReportingOverflow(allowance + threadAllowance * min(threads, 1024))
    setLimit(overflow ? nil : used + more)
  }

  /// Takes the limit away: a report must find room.
  static func lift() { setLimit(nil) }

  // MARK: - Private

  private static func setLimit(_ bytes: Int?) {
    let resource = __rlimit_resource_t(RLIMIT_DATA.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = min(bytes.map { rlim_t($0) } ?? limit.rlim_max, limit.rlim_max)
    setrlimit(resource, &limit)
  }

  /// The bytes that the limit counts: those of private memory that can be written, stacks among them.
  private static func usedBytes() -> Int? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    let pages = line.split(separator: CChar(UInt8(ascii: " "))).map {
      String(decoding: $0.map(UInt8.init), as: UTF8.self)
    }
    guard pages.count > 5, let count = Int(pages[5]) else { return nil }
    return count * Int(getpagesize())
  }
}
