import DryRunMessages
import Glibc
import JSONRPC
import JSONText
import MonotonicClock
import Release
import Synchronization

/// Takes jobs from a client, one at a time, and answers each; ends the process when the client is gone.
///
/// The thread that serves reads messages and watches the clock, another one trains: whatever a kernel does, a job that takes too
/// long or was cancelled has its answer in time.
final class JobServer: Sendable {
  /// What does a job; it says how far it is, and asks whether it is cancelled.
  typealias Work =
    @Sendable (_ job: DryRunJob, _ progress: @escaping (DryRunProgress) -> Void, _ isCancelled: @escaping () -> Bool) ->
    DryRunReport

  private let input: Int32
  private let output: MessageStream
  private let library: String
  private let work: Work
  private let current = Mutex<RunningJob?>(nil)

  /// How long a job that was cancelled may go on, in seconds; the client waits little longer.
  private static let cancelPatience = 0.12

  init(input: Int32, output: MessageStream, library: String, work: @escaping Work) {
    self.input = input
    self.output = output
    self.library = library
    self.work = work
  }

  func serve() -> Never {
    output.send(
      OutgoingMessage.notification("ready") { [library] writer in
        writer.object { writer in
          writer.member("version", Release.versionNumber)
          writer.member("library", library)
        }
      }
    )
    var frames = FrameReader()
    let size = 1 << 16
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    while true {
      guard waitForInput() else { continue }
      let count = read(input, buffer.baseAddress, size)
      if count < 0, errno == EINTR { continue }
      // The client is gone: nobody wants what is still being worked on.
      guard count > 0 else { _exit(0) }
      frames.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      while let event = frames.next() {
        switch event {
        case .fault(let reason): output.send(OutgoingMessage.failure(of: nil, .parseError(reason)))
        case .body(let body): take(body)
        }
      }
    }
  }

  // MARK: - Messages

  private func take(_ body: [UInt8]) {
    do throws(Message.Fault) {
      switch try Message(body: body) {
      case .request(let id, "run", let params): start(params, for: id)
      case .request(let id, let method, _): output.send(OutgoingMessage.failure(of: id, .methodNotFound(method)))
      case .notification("cancel", _), .notification("$/cancelRequest", _):
        current.withLock { $0?.cancel(patience: Self.cancelPatience) }
      case .notification("exit", _): _exit(0)
      case .notification, .response: break
      }
    } catch {
      output.send(OutgoingMessage.failure(of: error.id, error.error))
    }
  }

  private func start(_ params: JSONValue, for id: MessageID) {
    let job: DryRunJob
    do throws(MessageFault) {
      job = try MessageReader(params.node).job()
    } catch {
      return output.send(OutgoingMessage.failure(of: id, .invalidParams(error.reason)))
    }
    let running = RunningJob(id: id, patience: job.budget.patience)
    let isFree = current.withLock { current in
      guard current == nil else { return false }
      current = running
      return true
    }
    guard isFree else {
      return output.send(
        OutgoingMessage.failure(of: id, .invalidRequest("there is a job already; one is done at a time"))
      )
    }
    let isStarted = JobThread.start { [self] in
      MemoryLimit.set(job.budget.memory, threads: job.budget.threads)
      var rate = ProgressRate()
      let report = work(
        job,
        { [output] progress in
          if rate.allows(progress) { output.send(OutgoingMessage.notification("progress") { progress.write(to: &$0) }) }
        },
        { running.isCancelled }
      )
      MemoryLimit.lift()
      finish(running, report)
    }
    if !isStarted { finish(running, DryRunReport(verdict: .notRunnable("there is no memory for a thread"))) }
  }

  /// Answers, unless that was done already.
  private func finish(_ job: RunningJob, _ report: DryRunReport) {
    // First: the next job may follow the answer at once.
    current.withLock { if $0 === job { $0 = nil } }
    if job.claimAnswer() { output.send(OutgoingMessage.response(to: job.id) { report.write(to: &$0) }) }
  }

  // MARK: - The clock

  /// Waits until there is something to read; returns false where the time of a job was up before, or may be.
  private func waitForInput() -> Bool {
    let running = current.withLock { $0 }
    var timeout: Int32 = -1
    if let running {
      let left = running.deadline - MonotonicTime.now
      if left <= 0 { giveUp(running) }
      timeout = Int32(min(left * 1000 + 1, 60_000))
    }
    var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, timeout) > 0
  }

  /// Answers in the place of a thread that does not come to it, and ends the process, since no thread can be stopped.
  private func giveUp(_ job: RunningJob) {
    guard job.claimAnswer() else { return job.postpone() }
    MemoryLimit.lift()
    let reason = job.isCancelled ? "cancelled" : "it hung: it took longer than \(Int(job.patience.rounded())) s"
    let report = DryRunReport(verdict: .notRunnable(reason), library: library)
    output.send(OutgoingMessage.response(to: job.id) { report.write(to: &$0) })
    _exit(1)
  }
}

extension MessageReader {
  fileprivate func job() throws(MessageFault) -> DryRunJob { try DryRunJob(self) }
}
