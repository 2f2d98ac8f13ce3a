import JSONRPC
import JSONText

/// A request: read when it comes, answered when its turn is.
protocol RequestHandler: Sendable {
  static var method: String { get }

  /// Reads the parameters.
  init(_ params: JSONValue) throws(ResponseError)

  var dependency: MessageDependency { get }

  /// Returns the result as JSON text.
  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String
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
  static let requests: [String: any RequestHandler.Type] = table([
    CodeActionRequest.self, CodeActionResolveRequest.self, CompletionRequest.self, DefinitionRequest.self,
    DocumentDiagnosticRequest.self, DocumentSymbolRequest.self, FoldingRangeRequest.self, HoverRequest.self,
    InitializeRequest.self, InlayHintRequest.self, ShutdownRequest.self, WorkspaceDiagnosticRequest.self,
  ])

  static let notifications: [String: any NotificationHandler.Type] = Dictionary(
    uniqueKeysWithValues: ([
      DidChangeConfigurationNotification.self, DidChangeNotification.self, DidChangeWatchedFilesNotification.self,
      DidChangeWorkspaceFoldersNotification.self, DidCloseNotification.self, DidOpenNotification.self,
      DidSaveNotification.self, InitializedNotification.self,
    ] as [any NotificationHandler.Type]).map { ($0.method, $0) }
  )

  private static func table(_ types: [any RequestHandler.Type]) -> [String: any RequestHandler.Type] {
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
