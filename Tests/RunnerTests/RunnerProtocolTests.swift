import DryRunClient
import DryRunMessages
import Foundation
import JSONRPC
import JSONText
import Testing

/// The runner as a program that reads and writes.
struct RunnerProtocolTests {
  @Test func `has the version of the linter`() throws {
    #expect(try run(["--version"]).output == run(["--version"], name: "epochzero").output)
  }

  @Test func `says what it is for, and refuses other arguments`() throws {
    #expect(try run(["--help"]).output.hasPrefix("USAGE: epochzero-dryrun"))
    let result = try run(["--frobnicate"])
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("epochzero-dryrun: it takes no \"--frobnicate\"\n"))
  }

  @Test func `ends at once when its client is gone, in the midst of a job`() throws {
    let runner = try RawRunner()
    runner.send(request(1, "run", try Sample.longJob()))
    #expect(runner.next()?["method"].string == "ready")
    #expect(runner.next()?["method"].string == "progress")
    runner.closeInput()
    let start = Date()
    runner.process.waitUntilExit()
    #expect(Date().timeIntervalSince(start) < 2)
    #expect(runner.process.terminationStatus == 0)
  }

  @Test func `ends when it is told to`() throws {
    let runner = try RawRunner()
    runner.send(OutgoingMessage.notification("exit") { $0.object { _ in } })
    runner.process.waitUntilExit()
    #expect(runner.process.terminationStatus == 0)
  }

  @Test func `answers what it cannot do, and goes on`() throws {
    let runner = try RawRunner()
    _ = runner.next()
    runner.send(Array("garbage\r\n\r\n".utf8))
    #expect(runner.next()?["error"]["code"].integer == -32700)
    runner.send(Array("Content-Length: 1\r\n\r\n{".utf8))
    #expect(runner.next()?["error"]["code"].integer == -32700)
    runner.send(OutgoingMessage.request(id: 7, "dance") { $0.object { _ in } })
    let unknown = try #require(runner.next())
    #expect(unknown["id"].integer == 7)
    #expect(unknown["error"]["message"].string == "there is no method \"dance\"")
    runner.send(OutgoingMessage.request(id: 8, "run") { $0.object { $0.member("written", "x") } })
    #expect(runner.next()?["error"]["message"].string == "\"written\" must be an object")
    runner.send(request(9, "run", try Sample.job()))
    #expect(runner.answer(to: 9)?["result"]["verdict"].string == "trained")
  }

  @Test(arguments: ["cancel", "$/cancelRequest"])
  func `does one job at a time, and cancels it`(method: String) throws {
    let runner = try RawRunner()
    runner.send(request(1, "run", try Sample.longJob()))
    runner.send(request(2, "run", try Sample.longJob()))
    #expect(runner.answer(to: 2)?["error"]["message"].string == "there is a job already; one is done at a time")
    runner.send(OutgoingMessage.notification(method) { $0.object { $0.member("id", 1) } })
    #expect(runner.answer(to: 1)?["result"]["verdict"].isPresent ?? false)
  }

  @Test func `says how far it is ten times a second at most`() throws {
    let start = Date()
    var times: [Double] = []
    let report = DryRunClient(Runner.command()).run(
      try Sample.longJob(),
      progress: { _ in times.append(Date().timeIntervalSince(start)) },
      isCancelled: { Date().timeIntervalSince(start) > 3 }
    )
    #expect(!times.isEmpty, "\(report.verdict)")
    #expect(Double(times.count) <= 10 * (times.last ?? 0) + 2)
  }

  // MARK: - Private

  private func request(_ id: Int, _ method: String, _ job: DryRunJob) -> [UInt8] {
    OutgoingMessage.request(id: id, method) { job.write(to: &$0) }
  }

  private func run(
    _ arguments: [String],
    name: String = "epochzero-dryrun"
  ) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Runner.path).deletingLastPathComponent().appendingPathComponent(name)
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let texts = try [output, errors].map {
      String(decoding: try $0.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }
    process.waitUntilExit()
    return (process.terminationStatus, texts[0], texts[1])
  }
}

/// A runner whose bytes a test writes and reads.
private final class RawRunner {
  let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var frames = FrameReader()

  init() throws {
    process.executableURL = URL(fileURLWithPath: Runner.path)
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    process.terminate()
  }

  func send(_ bytes: [UInt8]) { input.fileHandleForWriting.write(Data(bytes)) }

  func closeInput() { input.fileHandleForWriting.closeFile() }

  /// Waits for the next message; nil at the end, and where none comes.
  func next() -> JSONValue? {
    while true {
      if case .body(let body) = frames.next() { return JSONValue(json: String(decoding: body, as: UTF8.self)) }
      var descriptor = pollfd(fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, 20_000) > 0 else { return nil }
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { return nil }
      data.withUnsafeBytes { frames.append($0) }
    }
  }

  /// Waits for an answer, whatever comes before it.
  func answer(to id: Int) -> JSONValue? {
    while let message = next() {
      if message["id"].integer == id { return message }
    }
    return nil
  }
}
