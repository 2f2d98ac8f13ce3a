import JSONRPC
import JSONText
import Synchronization

/// The other side of the connection: what it can do, and the way to it.
final class Client: Sendable {
  /// How much a message matters, by the protocol's numbers.
  enum MessageKind: Int, Sendable {
    case error = 1
    case warning, info, log
  }

  typealias Answer = @Sendable (Result<JSONValue, ResponseError>) -> Void

  /// What gives up the work that the client is shown the progress of, by its token.
  let cancellations = Mutex<[ProgressToken: @Sendable () -> Void]>([:])
  private let stream: MessageStream
  private let known = Mutex(ClientCapabilities())
  private let nextRequest = Atomic(1)
  private let answers = Mutex<[MessageID: Answer]>([:])
  /// Messages of lower kinds than this are not logged.
  private let logged = Mutex(MessageKind.info)

  init(stream: MessageStream) {
    self.stream = stream
  }

  var capabilities: ClientCapabilities {
    get { known.withLock { $0 } }
    set { known.withLock { $0 = newValue } }
  }

  /// The least of the kinds that are logged.
  var logKind: MessageKind {
    get { logged.withLock { $0 } }
    set { logged.withLock { $0 = newValue } }
  }

  func respond(to id: MessageID, with json: String) {
    stream.send(OutgoingMessage.response(to: id) { $0.value(json: json) })
  }

  func fail(_ id: MessageID?, _ error: ResponseError) {
    stream.send(OutgoingMessage.failure(of: id, error))
  }

  func notify(_ method: String, _ params: (inout JSONWriter) -> Void) {
    stream.send(OutgoingMessage.notification(method, params: params))
  }

  /// Sends a request; the answer may come on any thread, or never.
  func request(_ method: String, _ params: (inout JSONWriter) -> Void, answer: @escaping Answer = { _ in }) {
    let id = nextRequest.wrappingAdd(1, ordering: .relaxed).oldValue
    answers.withLock { $0[.number(id)] = answer }
    stream.send(OutgoingMessage.request(id: id, method, params: params))
  }

  /// Takes in the answer to a request of ours; one to none of ours is dropped.
  func take(_ result: Result<JSONValue, ResponseError>, for id: MessageID) {
    let answer = answers.withLock { $0.removeValue(forKey: id) }
    answer?(result)
  }

  /// Writes a line into the client's log.
  func log(_ kind: MessageKind, _ message: String) {
    guard kind.rawValue <= logKind.rawValue else { return }
    notify("window/logMessage") { writer in
      writer.object { writer in
        writer.member("type", kind.rawValue)
        writer.member("message", message)
      }
    }
  }

  /// Shows the user a message.
  func show(_ kind: MessageKind, _ message: String) {
    notify("window/showMessage") { writer in
      writer.object { writer in
        writer.member("type", kind.rawValue)
        writer.member("message", message)
      }
    }
  }
}
