import Dispatch
import JSONRPC
import Synchronization

/// Tells a message that nobody waits for it any more.
final class CancellationToken: Sendable {
  private let flag = Atomic(false)

  var isCancelled: Bool { flag.load(ordering: .relaxed) }

  func cancel() { flag.store(true, ordering: .relaxed) }
}

/// Runs messages on a few threads, each as soon as what it depends on is done.
final class MessageScheduler: Sendable {
  /// A message, with what it needs to be put in order.
  struct Job: Sendable {
    var dependency: MessageDependency
    /// The request that it answers, which may be cancelled.
    var request: MessageID?
    /// Called in place of `work` when the request is cancelled before its turn.
    var abandon: @Sendable () -> Void = {}
    var work: @Sendable (CancellationToken) -> Void
  }

  private struct Entry {
    var number: Int
    var job: Job
    var token = CancellationToken()
    var isRunning = false
  }

  private struct State {
    /// What is not done, in the order in which it came.
    var entries: [Entry] = []
    var running = 0
    var next = 0
  }

  /// More threads than processors: one message that takes long must not hold up the short ones.
  private static let threadLimit = 4
  /// How far behind the first message that waits one is looked for that need not.
  private static let lookAhead = 64

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "epochzero.messages", attributes: .concurrent)
  private let idle = DispatchSemaphore(value: 0)

  func add(_ job: Job) {
    start(
      state.withLock { state in
        state.entries.append(Entry(number: state.next, job: job))
        state.next += 1
        return ready(&state)
      }
    )
  }

  /// Cancels a request: before its turn it is given up, afterwards its token says so.
  func cancel(_ request: MessageID) {
    let abandoned = state.withLock { state -> Job? in
      guard let index = state.entries.firstIndex(where: { $0.job.request == request }) else { return nil }
      state.entries[index].token.cancel()
      return state.entries[index].isRunning ? nil : state.entries.remove(at: index).job
    }
    abandoned?.abandon()
    start(state.withLock { ready(&$0) })
  }

  /// Whether a change of the document waits for its turn.
  func hasPendingUpdate(of document: DocumentURI) -> Bool {
    state.withLock { state in
      state.entries.contains { !$0.isRunning && $0.job.dependency == .documentUpdate(document) }
    }
  }

  /// Waits until all is done, though not longer than this.
  func waitUntilIdle(seconds: Int) {
    let deadline = DispatchTime.now() + .seconds(seconds)
    while !state.withLock({ $0.entries.isEmpty }), idle.wait(timeout: deadline) == .success {}
  }

  // MARK: - Private

  /// Marks what may start now as running and returns it.
  private func ready(_ state: inout State) -> [Entry] {
    var ready: [Entry] = []
    var index = 0
    while state.running < Self.threadLimit, index < min(state.entries.count, Self.lookAhead) {
      let entry = state.entries[index]
      let waits = state.entries[..<index].contains { $0.job.dependency.isDependency(of: entry.job.dependency) }
      if !entry.isRunning, !waits {
        state.entries[index].isRunning = true
        state.running += 1
        ready.append(entry)
      }
      index += 1
    }
    return ready
  }

  private func start(_ entries: some Sequence<Entry>) {
    for entry in entries {
      queue.async { [self] in run(entry) }
    }
  }

  /// Does what a message asks, then what waited for it: to wake another thread takes longer than to show the findings of a short text.
  private func run(_ first: Entry) {
    var next: Entry? = first
    while let entry = next {
      entry.job.work(entry.token)
      let ready = finish(entry.number)
      next = ready.first
      start(ready.dropFirst())
    }
  }

  /// Takes a message that is done out of line, and returns what may start now.
  private func finish(_ number: Int) -> [Entry] {
    let (next, isIdle) = state.withLock { state in
      state.entries.removeAll { $0.number == number }
      state.running -= 1
      return (ready(&state), state.entries.isEmpty)
    }
    if isIdle { idle.signal() }
    return next
  }
}
