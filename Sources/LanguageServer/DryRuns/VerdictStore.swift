import Linting
import Synchronization

/// What dry runs said: for as long as the findings rest on the same facts, and once more when an edit is taken back.
final class VerdictStore: Sendable {
  private struct State {
    var confirmations: [FindingTest.Key: Confirmation] = [:]
    /// The keys, the oldest first.
    var order: [FindingTest.Key] = []
  }

  /// How many are kept: each has the curves of some ten trainings.
  private static let limit = 64

  private let state = Mutex(State())

  /// Whether nothing was said yet, so that nobody need work out by what key.
  var isEmpty: Bool { state.withLock { $0.order.isEmpty } }

  subscript(key: FindingTest.Key) -> Confirmation? { state.withLock { $0.confirmations[key] } }

  func put(_ confirmation: Confirmation, for key: FindingTest.Key) {
    state.withLock { state in
      if state.confirmations.updateValue(confirmation, forKey: key) == nil { state.order.append(key) }
      if state.order.count > Self.limit { state.confirmations[state.order.removeFirst()] = nil }
    }
  }

  /// Forgets all: what they were reached by changed.
  func removeAll() { state.withLock { $0 = State() } }
}
