import Glibc

/// Readies the heap for what a large file becomes.
///
/// A tree and an experiment take some twenty times the file's size, and the kernel hands memory out page by page at the first
/// touch: with pages of 4 KiB that took a third of the time of a 1 MB model.
enum HeapPages {
  /// Makes the heap grow at once by what a file of this size will need, in large pages where the kernel has them.
  ///
  /// It is advice only: nothing depends on its being followed.
  static func expect(fileOf byteCount: Int) {
    guard byteCount >= smallest else { return }
    let size = min(byteCount * growth, largest)
    // A block that is mapped by itself and freed teaches glibc to take blocks of its size from the heap, and to keep them
    // (mallopt(3), M_MMAP_THRESHOLD).
    adviseLargePages(size)
    adviseLargePages(size)
  }

  /// Takes a block, asks for large pages in it, and gives it back.
  private static func adviseLargePages(_ size: Int) {
    guard let block = malloc(size) else { return }
    let start = (Int(bitPattern: block) + pageSize - 1) / pageSize * pageSize
    let end = (Int(bitPattern: block) + size) / pageSize * pageSize
    if end > start { madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE) }
    free(block)
  }

  /// Files below it need few pages.
  private static let smallest = 256 << 10
  /// What is made of a file, in multiples of its size, rounded up.
  private static let growth = 24
  /// What glibc takes from the heap at most.
  private static let largest = 31 << 20
  /// The size of a large page on x86-64 and most of arm64.
  private static let pageSize = 2 << 20
}
