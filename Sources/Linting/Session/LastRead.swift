import Synchronization

/// Keeps what was read last until the next file is linted.
///
/// Freeing the tree and the facts of a large model takes milliseconds, which a process that ends after it need not spend.
enum LastRead {
  private static let kept = Mutex<ReadFile?>(nil)

  /// Keeps a file in place of the one before; nil to keep none while another is read.
  static func replace(with read: ReadFile?) {
    // What was kept is freed behind the lock, where it holds up nobody.
    var read = read
    kept.withLock { swap(&$0, &read) }
  }
}
