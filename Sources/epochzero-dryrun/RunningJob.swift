import DryRunMessages
import JSONRPC
import MonotonicClock
import Synchronization

/// A job that is being worked on, as the thread that works and the one that watches see it.
final class RunningJob: Sendable {
  let id: MessageID
  /// How long it may take, in seconds.
  let patience: Double
  private let cancelled = Atomic(false)
  private let answered = Atomic(false)
  private let due: Mutex<Double>

  init(id: MessageID, patience: Double) {
    self.id = id
    self.patience = patience
    due = Mutex(MonotonicTime.now + patience)
  }

  /// When it is over, on the clock of ``MonotonicTime``.
  var deadline: Double { due.withLock { $0 } }

  var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  /// Lets the job end by itself within so many seconds.
  func cancel(patience: Double) {
    cancelled.store(true, ordering: .relaxed)
    due.withLock { $0 = min($0, MonotonicTime.now + patience) }
  }

  /// Says that the answer is being written by another thread: there is nothing more to watch.
  func postpone() { due.withLock { $0 = .infinity } }

  /// Returns true once, to who may answer.
  func claimAnswer() -> Bool { !answered.exchange(true, ordering: .relaxed) }
}

/// Lets some 10 reports of progress a second through: a client draws no more.
struct ProgressRate {
  private static let interval = 0.1
  private var next = 0.0

  mutating func allows(_ progress: DryRunProgress) -> Bool {
    let now = MonotonicTime.now
    guard now >= next || progress.share >= 1 else { return false }
    next = now + Self.interval
    return true
  }
}
