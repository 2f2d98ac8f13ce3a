/// Cuts a stream of bytes into the bodies of messages: each follows a header that ends with an empty line and tells its length.
///
/// What is no frame is skipped up to the next header, and said once: a stream never ends for what stands in it.
package struct FrameReader: Sendable {
  /// What was found next in the stream.
  package enum Event: Hashable, Sendable {
    /// The body of a message: JSON, if the other side keeps to the protocol.
    case body([UInt8])
    /// Bytes that belong to no message were skipped; the text says why, lower case, no final period.
    case fault(String)
  }

  /// The longest body that is taken in; a longer one is skipped.
  package static let bodyLimit = 256 << 20
  /// No header comes near it.
  private static let headerLimit = 4096
  private static let lengthName = Array("content-length:".utf8)

  private var buffer: [UInt8] = []
  /// Where in the buffer the stream goes on.
  private var start = 0
  /// The number of bytes of the body that the last header told of.
  private var bodyCount: Int?
  /// How many bytes of a body that is too long are still to come.
  private var skipCount = 0
  /// Whether what comes is being skipped up to the next header, which was said already.
  private var isLost = false

  package init() {}

  /// Takes in what came next.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    if start > 0, start >= buffer.count / 2 {
      buffer.removeFirst(start)
      start = 0
      // A body of megabytes came once; what follows is small again.
      if buffer.isEmpty, buffer.capacity > 1 << 20 { buffer = [] }
    }
    let wanted = (bodyCount ?? 0) + start
    if wanted > buffer.capacity { buffer.reserveCapacity(wanted) }
    buffer.append(contentsOf: bytes)
  }

  /// Returns what is there whole, or nil when more bytes must come first.
  package mutating func next() -> Event? {
    while true {
      if skipCount > 0 {
        let count = min(skipCount, buffer.count - start)
        start += count
        skipCount -= count
        if skipCount > 0 { return nil }
      }
      if let count = bodyCount {
        guard buffer.count - start >= count else { return nil }
        let body = Array(buffer[start..<start + count])
        start += count
        bodyCount = nil
        return .body(body)
      }
      guard let header = nextHeader() else { return lose() }
      let wasLost = isLost
      guard let (count, isWhole) = Self.length(in: buffer[header]) else {
        isLost = true
        if wasLost { continue }
        return .fault("a header without \"Content-Length\"")
      }
      isLost = false
      if count > Self.bodyLimit {
        skipCount = count
        return .fault("a message of \(count) bytes; at most \(Self.bodyLimit) are taken in")
      }
      bodyCount = count
      if !isWhole, !wasLost { return .fault("bytes that belong to no message") }
    }
  }

  // MARK: - Private

  /// Takes the next header with its empty line from the buffer; nil while it is not there whole.
  private mutating func nextHeader() -> Range<Int>? {
    var offset = start
    while let end = buffer[offset...].firstIndex(of: 0x0A) {
      // The line end is CR LF; a bare LF can mean nothing else.
      let next = end + 1 < buffer.count && buffer[end + 1] == 0x0D ? end + 2 : end + 1
      guard next < buffer.count else { return nil }
      if buffer[next] == 0x0A {
        let header = start..<end
        start = next + 1
        return header
      }
      offset = end + 1
    }
    return nil
  }

  /// Gives up what can be no header, however it goes on; says so the first time.
  private mutating func lose() -> Event? {
    guard buffer.count - start > Self.headerLimit else { return nil }
    start = Self.lastName(in: buffer[start...]) ?? buffer.count - Self.lengthName.count
    if isLost { return nil }
    isLost = true
    return .fault("no header in \(Self.headerLimit) bytes")
  }

  /// The number behind the last `Content-Length:`, and whether that begins a line; else something that is no header stands before.
  private static func length(in header: ArraySlice<UInt8>) -> (count: Int, isWhole: Bool)? {
    guard let name = lastName(in: header) else { return nil }
    var value = 0
    var digits = 0
    for byte in header[(name + lengthName.count)...] where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\t") {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
      digits += 1
      if digits > 15 { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return digits > 0 ? (value, name == header.startIndex || header[name - 1] == 0x0A) : nil
  }

  private static func lastName(in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= lengthName.count else { return nil }
    return (bytes.startIndex...bytes.endIndex - lengthName.count).last { start in
      bytes[start] | 0x20 == lengthName[0] && zip(bytes[start...], lengthName).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
  }
}
