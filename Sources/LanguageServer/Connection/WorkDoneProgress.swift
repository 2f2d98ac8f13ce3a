import JSONRPC
import JSONText
import Synchronization

/// What client and server know the progress of something by.
struct ProgressToken: Hashable, Sendable {
  private let id: MessageID

  init?(_ value: JSONValue) {
    guard let id = MessageID(value) else { return nil }
    self.id = id
  }

  /// Makes a token of the server's own.
  init(_ text: String) {
    id = .text(text)
  }

  func write(to writer: inout JSONWriter) {
    switch id {
    case .number(let number): writer.member("token", number)
    case .text(let text): writer.member("token", text)
    }
  }
}

/// How far something is that takes long, where the client shows it.
final class WorkDoneProgress: Sendable {
  private let token: ProgressToken
  private let client: Client
  private let title: String
  private let state: Mutex<State>

  private struct State {
    /// Whether the client knows the token: of one that the server made it is asked first.
    var isOpen: Bool
    var hasEnded = false
    /// What was last said, or is to be said first.
    var percentage = 0
    var message: String?
  }

  /// Begins to report under a token that the client gave; `cancel` is called when the user gives it up.
  init(_ title: String, as token: ProgressToken, in client: Client, cancel: @escaping @Sendable () -> Void) {
    self.token = token
    self.client = client
    self.title = title
    state = Mutex(State(isOpen: true))
    client.cancellations.withLock { $0[token] = cancel }
    begin(state.withLock(\.self))
  }

  /// Begins to report under a token of the server's, as soon as the client agrees to it.
  init(_ title: String, making token: ProgressToken, in client: Client, cancel: @escaping @Sendable () -> Void) {
    self.token = token
    self.client = client
    self.title = title
    state = Mutex(State(isOpen: false))
    client.cancellations.withLock { $0[token] = cancel }
    guard client.capabilities.showsProgress else { return }
    client.request("window/workDoneProgress/create") { writer in
      writer.object { token.write(to: &$0) }
    } answer: { [self] result in
      guard case .success = result else { return }
      state.withLock { state in
        state.isOpen = true
        begin(state)
        // It may be done before the client agreed to be told of it.
        if state.hasEnded { sendEnd(state) }
      }
    }
  }

  /// Says how far it is, in percent, and what is being done; what was said already is not said again.
  func report(_ percentage: Int, _ message: String? = nil) {
    state.withLock { state in
      guard !state.hasEnded, percentage > state.percentage || message != state.message else { return }
      state.percentage = max(percentage, state.percentage)
      state.message = message
      if state.isOpen { send("report", state.percentage, message) }
    }
  }

  func end(_ message: String? = nil) {
    client.cancellations.withLock { $0[token] = nil }
    state.withLock { state in
      guard !state.hasEnded else { return }
      state.hasEnded = true
      state.message = message
      if state.isOpen { sendEnd(state) }
    }
  }

  // MARK: - Private

  private func begin(_ state: State) {
    // What is said at the end is not said at the beginning.
    let message = state.hasEnded ? nil : state.message
    send("begin", state.percentage, message) { writer in
      writer.member("title", title)
      writer.member("cancellable", true)
    }
  }

  private func sendEnd(_ state: State) {
    send { writer in
      writer.member("kind", "end")
      if let message = state.message { writer.member("message", message) }
    }
  }

  private func send(
    _ kind: String,
    _ percentage: Int,
    _ message: String?,
    _ members: (inout JSONWriter) -> Void = { _ in }
  ) {
    send { writer in
      writer.member("kind", kind)
      members(&writer)
      writer.member("percentage", percentage)
      if let message { writer.member("message", message) }
    }
  }

  private func send(_ members: (inout JSONWriter) -> Void) {
    client.notify("$/progress") { writer in
      writer.object { writer in
        token.write(to: &writer)
        writer.key("value")
        writer.object(members)
      }
    }
  }
}
