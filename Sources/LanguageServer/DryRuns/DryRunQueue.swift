import Dispatch
import DryRunMessages
import JSONRPC
import JSONText
import Linting
import Synchronization

/// The dry runs that the user asked for: one at a time, in the order in which they were asked for, on a thread of their own.
final class DryRunQueue: Sendable {
  /// Somebody who waits for the end of a dry run.
  enum Asker: Sendable {
    /// A request that is answered with the verdict.
    case request(PendingRequest)
    /// A user who looks at what is shown.
    case user

    fileprivate var id: MessageID? { if case .request(let request) = self { request.id } else { nil } }
  }

  private struct Entry {
    var number: Int
    var test: FindingTest
    var progress: WorkDoneProgress
    var askers: [Asker]
    /// Called when it is put in line and when it is done.
    var changed: @Sendable () -> Void
    var token = CancellationToken()
    var isUnderWay = false
  }

  private struct State {
    /// What is not done, what is under way first.
    var entries: [Entry] = []
    var isStopped = false
    var made = 0
  }

  private let client: Client
  private let runner: DryRunner?
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "epochzero.dry-runs")
  /// Signalled once the queue is empty, for the one that waits for it.
  private let idle = DispatchSemaphore(value: 0)

  init(client: Client, runner: DryRunner?) {
    self.client = client
    self.runner = runner
  }

  /// Whether a test is waited for.
  func contains(_ key: FindingTest.Key) -> Bool { state.withLock { $0.entries.contains { $0.test.key == key } } }

  var isEmpty: Bool { state.withLock { $0.entries.isEmpty } }

  /// Has a test made, or waits for it with those who asked for it before.
  ///
  /// The token is what the client wants to know the progress by; nil has the server make one. `changed` is called when the test is put
  /// in line and when it is done, from any thread.
  func add(_ test: FindingTest, for asker: Asker, _ token: ProgressToken?, changed: @escaping @Sendable () -> Void) {
    enum Outcome { case new, known, refused }
    let outcome = state.withLock { state -> Outcome in
      guard !state.isStopped else { return .refused }
      if let index = state.entries.firstIndex(where: { $0.test.key == test.key }) {
        state.entries[index].askers.append(asker)
        return .known
      }
      state.made += 1
      let title = "Dry run: \(test.key.rule)"
      let number = state.made
      let giveUp: @Sendable () -> Void = { [self] in cancel { $0.number == number } }
      let progress =
        token.map { WorkDoneProgress(title, as: $0, in: client, cancel: giveUp) }
        ?? WorkDoneProgress(title, making: ProgressToken("epochzero/dry-run/\(number)"), in: client, cancel: giveUp)
      if !state.entries.isEmpty { progress.report(0, "waits for another") }
      let entry = Entry(number: number, test: test, progress: progress, askers: [asker], changed: changed)
      state.entries.append(entry)
      return .new
    }
    if outcome == .refused, case .request(let request) = asker { request.fail(.requestCancelled) }
    guard outcome == .new else { return }
    changed()
    queue.async { [self] in runNext() }
  }

  // MARK: - Giving up

  func cancel(_ key: FindingTest.Key) { cancel { $0.test.key == key } }

  func cancel(document: DocumentURI) { cancel { $0.test.document == document } }

  /// Gives up what a request waits for, unless somebody else does too.
  func cancel(request id: MessageID) {
    let found = state.withLock { state -> (asker: Asker, key: FindingTest.Key, isLast: Bool)? in
      for index in state.entries.indices {
        guard let position = state.entries[index].askers.firstIndex(where: { $0.id == id }) else { continue }
        let asker = state.entries[index].askers.remove(at: position)
        return (asker, state.entries[index].test.key, state.entries[index].askers.isEmpty)
      }
      return nil
    }
    guard let found, case .request(let request) = found.asker else { return }
    request.fail(.requestCancelled)
    if found.isLast { cancel(found.key) }
  }

  /// Gives all up, now and in future, and waits for what is under way to end, though not longer than this: its process must not outlive
  /// the server.
  func stop(seconds: Int) {
    state.withLock { $0.isStopped = true }
    cancel { _ in true }
    let deadline = DispatchTime.now() + .seconds(seconds)
    while !isEmpty, idle.wait(timeout: deadline) == .success {}
  }

  // MARK: - Private

  private func cancel(where matches: (Entry) -> Bool) {
    let waiting = state.withLock { state -> [Entry] in
      let found = state.entries.filter(matches)
      for entry in found { entry.token.cancel() }
      state.entries.removeAll { !$0.isUnderWay && $0.token.isCancelled }
      return found.filter { !$0.isUnderWay }
    }
    for entry in waiting { finish(entry, nil) }
  }

  private func runNext() {
    let next = state.withLock { state -> Entry? in
      if !state.entries.isEmpty { state.entries[0].isUnderWay = true }
      return state.entries.first
    }
    // What was given up in line has left a turn too many.
    guard let next else { return }
    let (progress, token) = (next.progress, next.token)
    let confirmation = next.test.run(
      { progress.report(Int(($0.share * 100).rounded(.down)), $0.activity) },
      { token.isCancelled }
    )
    // Others may have asked for it since.
    let (entry, isIdle) = state.withLock { ($0.entries.removeFirst(), $0.entries.isEmpty) }
    finish(entry, token.isCancelled ? nil : confirmation)
    if isIdle {
      runner?.rest()
      idle.signal()
    }
  }

  private func finish(_ entry: Entry, _ confirmation: Confirmation?) {
    let line = confirmation?.line
    entry.progress.end(line ?? "given up")
    for asker in entry.askers {
      switch asker {
      case .request(let request):
        if let confirmation {
          request.succeed(with: confirmation.answer)
        } else {
          request.fail(.requestCancelled)
        }
      case .user:
        // Where nothing showed how far it is, something has to say that it is done.
        if let line, !client.capabilities.showsProgress { client.show(.info, "\(entry.test.key.rule): \(line)") }
      }
    }
    if !state.withLock(\.isStopped) { entry.changed() }
  }
}

extension Confirmation {
  /// What the request for a dry run is answered with.
  fileprivate var answer: String {
    jsonText { writer in
      writer.object { writer in
        writer.member("verdict", report.verdict.name)
        writer.member("message", line)
      }
    }
  }
}
