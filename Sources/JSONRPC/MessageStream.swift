import Glibc
import Synchronization

/// Where messages go: one file descriptor, one message at a time.
package final class MessageStream: Sendable {
  private let descriptor: Int32
  private let endsLines: Bool
  /// Whether the other side still reads.
  private let isOpen = Mutex(true)

  /// Makes a stream that writes to a descriptor, which stays the caller's.
  ///
  /// - Parameters:
  ///   - descriptor: Where messages are written to.
  ///   - endsLines: Whether a line end follows each message, which ``FrameReader`` skips: what passes the stream on may wait for one.
  package init(descriptor: Int32, endsLines: Bool = false) {
    self.descriptor = descriptor
    self.endsLines = endsLines
  }

  /// Writes the bytes of a message whole; once nobody reads any more, nothing.
  package func send(_ message: [UInt8]) {
    let message = endsLines ? message + [0x0A] : message
    isOpen.withLock { isOpen in
      var offset = 0
      while isOpen, offset < message.count {
        let count = message[offset...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count >= 0 {
          offset += count
        } else if errno != EINTR {
          isOpen = false
        }
      }
    }
  }
}
