import JSONRPC
import Testing

struct FrameReaderTests {
  @Test func `skips the line end that follows a message`() {
    var reader = FrameReader()
    let frame = "Content-Length: 2\r\n\r\n{}\n"
    Array((frame + frame).utf8).withUnsafeBytes { reader.append($0) }
    #expect(reader.next() == .body(Array("{}".utf8)))
    #expect(reader.next() == .body(Array("{}".utf8)))
    #expect(reader.next() == nil)
  }

  @Test func `cuts bodies out of a stream, however it is split`() {
    let text = frame("{\"a\":1}") + "Content-Type: x\r\ncontent-length:  2\r\n\r\n{}" + frame("") + frame("é")
    for size in [1, 2, 3, 7, 1000] {
      #expect(events(in: text, pieces: size) == [.body("{\"a\":1}"), .body("{}"), .body(""), .body("é")], "\(size)")
    }
  }

  @Test(arguments: [
    "Content-Type: x\r\n\r\n",
    "Content-Length: x\r\n\r\n",
    "Content-Length: -5\r\n\r\n",
    "Content-Length: 99999999999999999999\r\n\r\n",
    "\r\n\r\n",
    "{\"no\":\"header\"}\r\n\r\nmore\r\n\r\n",
    String(repeating: "x", count: 10_000),
  ])
  func `says once that the stream is broken and goes on with the next message`(garbage: String) {
    for size in [1, 64, 100_000] {
      let events = events(in: frame("1") + garbage + frame("2") + frame("3"), pieces: size)
      #expect(events.filter { $0.body == nil }.count == 1, "\(size): \(events)")
      #expect(events.compactMap(\.body) == ["1", "2", "3"], "\(size): \(events)")
    }
  }

  @Test func `skips a body that is too long without keeping it`() {
    let length = FrameReader.bodyLimit + 1
    var frames = FrameReader()
    append("Content-Length: \(length)\r\n\r\n", to: &frames)
    #expect(frames.next() == .fault("a message of \(length) bytes; at most \(FrameReader.bodyLimit) are taken in"))
    let piece = [UInt8](repeating: 0x20, count: 1 << 20)
    for _ in 0..<(FrameReader.bodyLimit >> 20) {
      piece.withUnsafeBytes { frames.append($0) }
      #expect(frames.next() == nil)
    }
    append(" " + frame("ok"), to: &frames)
    #expect(frames.next() == .body(Array("ok".utf8)))
  }

  // MARK: - Private

  /// An event with its body as text.
  private enum ReadEvent: Equatable {
    case body(String)
    case fault

    var body: String? { if case .body(let text) = self { text } else { nil } }
  }

  private func frame(_ body: String) -> String { "Content-Length: \(body.utf8.count)\r\n\r\n\(body)" }

  private func append(_ text: String, to frames: inout FrameReader) {
    Array(text.utf8).withUnsafeBytes { frames.append($0) }
  }

  private func events(in text: String, pieces size: Int) -> [ReadEvent] {
    var frames = FrameReader()
    var events: [ReadEvent] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { frames.append($0) }
      while let event = frames.next() {
        switch event {
        case .body(let body): events.append(.body(String(decoding: body, as: UTF8.self)))
        case .fault: events.append(.fault)
        }
      }
    }
    return events
  }
}
