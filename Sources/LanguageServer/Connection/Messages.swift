import JSONRPC
import JSONText

/// A request: read when it comes, begun when its turn is.
protocol RequestMessage: Sendable {
  static var method: String { get }

  /// Reads the parameters.
  init(_ params: JSONValue) throws(ResponseError)

  var dependency: MessageDependency { get }

  /// Has the request answered, once: before this returns, or later from another thread.
  func begin(in server: LanguageServer, _ request: PendingRequest)
}

/// A request that is answered when its turn is.
protocol RequestHandler: RequestMessage {
  /// Returns the result as JSON text.
  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String
}

extension RequestHandler {
  func begin(in server: LanguageServer, _ request: PendingRequest) {
    do throws(ResponseError) {
      let result = try respond(in: server, request.token)
      if request.token.isCancelled { throw .requestCancelled }
      request.succeed(with: result)
    } catch {
      request.fail(error)
    }
  }
}

/// A request that waits for its answer.
struct PendingRequest: Sendable {
  let id: MessageID
  let token: CancellationToken
  let client: Client

  /// Answers with a result, which is JSON text.
  func succeed(with result: String) { client.respond(to: id, with: result) }

  func fail(_ error: ResponseError) { client.fail(id, error) }
}

/// A notification: read when it comes, heeded when its turn is.
protocol NotificationHandler: Sendable {
  static var method: String { get }

  /// Reads the parameters.
  init(_ params: JSONValue) throws(ResponseError)

  var dependency: MessageDependency { get }

  func handle(in server: LanguageServer)
}

/// The messages that the server knows.
enum Messages {
  static let requests: [String: any RequestMessage.Type] = table([
    CodeActionRequest.self, CodeActionResolveRequest.self, CodeLensRequest.self, CompletionRequest.self,
    DefinitionRequest.self, DocumentDiagnosticRequest.self, DocumentSymbolRequest.self, ExecuteCommandRequest.self,
    FoldingRangeRequest.self, HoverRequest.self, InitializeRequest.self, InlayHintRequest.self, ShutdownRequest.self,
    WorkspaceDiagnosticRequest.self,
  ])

  static let notifications: [String: any NotificationHandler.Type] = Dictionary(
    uniqueKeysWithValues: ([
      DidChangeConfigurationNotification.self, DidChangeNotification.self, DidChangeWatchedFilesNotification.self,
      DidChangeWorkspaceFoldersNotification.self, DidCloseNotification.self, DidOpenNotification.self,
      DidSaveNotification.self, InitializedNotification.self, WorkDoneProgressCancelNotification.self,
    ] as [any NotificationHandler.Type]).map { ($0.method, $0) }
  )

  private static func table(_ types: [any RequestMessage.Type]) -> [String: any RequestMessage.Type] {
    Dictionary(uniqueKeysWithValues: types.map { ($0.method, $0) })
  }
}

extension ResponseError {
  static let serverNotInitialized = Self(code: -32002, message: "the server is not initialized")
  static let requestCancelled = Self(code: -32800, message: "the request was cancelled")
}

/// JSON text made by a closure, which must write one value.
func jsonText(_ write: (inout JSONWriter) -> Void) -> String {
  var writer = JSONWriter(isCompact: true)
  write(&writer)
  return writer.text
}
