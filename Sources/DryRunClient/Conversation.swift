import DryRunMessages
import Glibc
import JSONRPC
import JSONText
import MonotonicClock
import Release

/// What is said about one job: the job goes out, progress comes in, then the report.
struct Conversation {
  private let job: DryRunJob
  private let id: Int
  /// Whether a launcher starts the runner, which may have to wait for a machine.
  private let isLaunched: Bool
  private var outgoing: [UInt8]
  private var sent = 0
  private var cancelled: Double?
  /// The bytes that came before the runner said that it is ready.
  private var earlyBytes = 0
  private var started: Double

  /// How long a process may take until it is ready, in seconds.
  private static let startLimit = 20.0
  private static let launchLimit = 600.0
  /// Beyond what the runner gives itself.
  private static let grace = 3.0
  /// How long a job that was cancelled may take to end.
  private static let cancelLimit = 0.2
  /// What a launcher may write before the runner speaks; more is another program.
  private static let earlyLimit = 1 << 20
  /// How often it is asked whether the job is cancelled, in milliseconds.
  private static let interval: Int32 = 20

  init(_ job: DryRunJob, id: Int, isLaunched: Bool) {
    self.job = job
    self.id = id
    self.isLaunched = isLaunched
    outgoing = OutgoingMessage.request(id: id, "run") { job.write(to: &$0) }
    started = MonotonicTime.now
  }

  mutating func run(
    with process: inout RunnerProcess,
    progress: (DryRunProgress) -> Void,
    isCancelled: () -> Bool
  ) throws(RunnerFailure) -> DryRunReport {
    while true {
      if cancelled == nil, isCancelled() {
        cancelled = MonotonicTime.now
        outgoing += OutgoingMessage.notification("cancel") { $0.object { _ in } }
      }
      try checkClock(process)
      let events = Self.wait(for: process, toWrite: sent < outgoing.count)
      // Where nobody reads any more, the end of standard output follows.
      if events.canWrite { sent += process.write(outgoing[sent...]) ?? outgoing.count - sent }
      if events.hasErrors { process.readErrors() }
      guard events.hasOutput else { continue }
      guard let count = process.readOutput() else { throw ended(&process) }
      if !process.isReady { earlyBytes += count }
      while let event = process.frames.next() {
        if case .body(let body) = event, let report = try take(body, from: &process, progress) { return report }
      }
      if !process.isReady, earlyBytes > Self.earlyLimit {
        throw RunnerFailure("what was started is no runner of dry runs: it writes other things to its standard output")
      }
    }
  }

  // MARK: - Private

  private func checkClock(_ process: RunnerProcess) throws(RunnerFailure) {
    let now = MonotonicTime.now
    if let cancelled {
      if now - cancelled > Self.cancelLimit { throw .cancelled }
    } else if process.isReady {
      guard now - started > job.budget.patience + Self.grace else { return }
      throw RunnerFailure("it hung: there was no answer within \(seconds(job.budget.patience + Self.grace))")
    } else {
      let limit = isLaunched ? Self.launchLimit : Self.startLimit
      guard now - started > limit else { return }
      throw RunnerFailure("the runner did not start within \(seconds(limit))")
    }
  }

  private func seconds(_ value: Double) -> String { "\(Int(value.rounded())) s" }

  /// Takes a message; returns the report where it is the answer.
  private mutating func take(
    _ body: [UInt8],
    from process: inout RunnerProcess,
    _ progress: (DryRunProgress) -> Void
  ) throws(RunnerFailure) -> DryRunReport? {
    do {
      switch try Message(body: body) {
      case .notification("ready", let params):
        try check(version: params["version"].string)
        process.isReady = true
        // What it took to start, or to wait for a machine, is not the job's.
        started = MonotonicTime.now
      case .notification("progress", let params):
        progress(try DryRunProgress(MessageReader(params.node)))
      case .response(.number(id), .success(let result)):
        return try DryRunReport(MessageReader(result.node))
      case .response(_, .failure(let error)):
        throw RunnerFailure("the runner refused the job: \(error.message)")
      case .request, .notification, .response: break
      }
      return nil
    } catch let failure as RunnerFailure {
      throw failure
    } catch let fault as Message.Fault {
      throw RunnerFailure("what the runner said cannot be read: \(fault.error.message)")
    } catch let fault as MessageFault {
      throw RunnerFailure("what the runner said cannot be read: \(fault.reason)")
    } catch {
      throw RunnerFailure("what the runner said cannot be read")
    }
  }

  private func check(version: String?) throws(RunnerFailure) {
    guard version != Release.versionNumber else { return }
    let theirs = version.map { "version \($0)" } ?? "no known version"
    throw RunnerFailure(
      "the runner is of \(theirs) and this is \(Release.versionNumber); \(RunnerFailure.installation)"
    )
  }

  /// Says how the process ended, which it did by itself.
  private func ended(_ process: inout RunnerProcess) -> RunnerFailure {
    if cancelled != nil { return .cancelled }
    process.end(patience: 1)
    let line = process.lastLine.map { ": \($0.prefix(200))" } ?? ""
    if process.ranOutOfMemory {
      return RunnerFailure("it needs more than \(job.budget.memory >> 20) MiB of memory")
    }
    let subject = isLaunched && !process.isReady ? "the launcher" : "the runner"
    switch process.ending {
    case .signal(SIGKILL):
      return RunnerFailure("\(subject) was killed (SIGKILL): by somebody, or by the system for want of memory")
    case .signal(let number):
      return RunnerFailure("\(subject) crashed (\(Self.name(ofSignal: number)))\(line)")
    case .status(let status) where !process.isReady:
      return RunnerFailure(
        "\(subject) ended with status \(status) before the runner was ready\(line); "
          + "where the runner is not there, \(RunnerFailure.installation)"
      )
    case .status(let status):
      return RunnerFailure("\(subject) ended with status \(status) in the midst of the job\(line)")
    case .unknown, nil: return RunnerFailure("\(subject) ended in the midst of the job\(line)")
    }
  }

  private static func name(ofSignal number: Int32) -> String {
    switch number {
    case SIGABRT: "SIGABRT"
    case SIGBUS: "SIGBUS"
    case SIGFPE: "SIGFPE"
    case SIGILL: "SIGILL"
    case SIGSEGV: "SIGSEGV"
    case SIGTERM: "SIGTERM"
    case SIGTRAP: "SIGTRAP"
    default: "signal \(number)"
    }
  }

  /// Waits until there is something to do, or for a moment.
  private static func wait(
    for process: RunnerProcess,
    toWrite: Bool
  ) -> (canWrite: Bool, hasOutput: Bool, hasErrors: Bool) {
    // A descriptor below 0 is left alone.
    var descriptors = [
      pollfd(fd: process.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: process.isSilent ? -1 : process.errors, events: Int16(POLLIN), revents: 0),
      pollfd(fd: toWrite ? process.input : -1, events: Int16(POLLOUT), revents: 0),
    ]
    guard poll(&descriptors, 3, interval) > 0 else { return (false, false, false) }
    return (
      canWrite: descriptors[2].revents != 0,
      hasOutput: descriptors[0].revents != 0,
      hasErrors: descriptors[1].revents != 0
    )
  }
}

extension RunnerProcess {
  /// Whether it ended for want of memory: what Swift's and C++'s runtimes say then.
  fileprivate var ranOutOfMemory: Bool {
    let text = String(decoding: lastErrors, as: UTF8.self)
    return ["failed to allocate", "Could not allocate memory", "std::bad_alloc"].contains { text.contains($0) }
  }
}
