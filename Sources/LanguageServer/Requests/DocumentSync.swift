import JSONRPC

/// `textDocument/didOpen`.
struct DidOpenNotification: NotificationHandler {
  static let method = "textDocument/didOpen"

  private let uri: DocumentURI
  private let language: String
  private let version: Int
  private let text: JSONValue

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
    let document = params["textDocument"]
    language = document["languageId"].string ?? ""
    version = document["version"].integer ?? 0
    text = document["text"]
    guard text.string != nil else { throw .invalidParams("\"textDocument.text\" must be a text") }
  }

  var dependency: MessageDependency { .documentUpdate(uri) }

  func handle(in server: LanguageServer) {
    let bytes = text.withTextBytes { Array($0) } ?? []
    if bytes.count > Workspace.textLimit {
      let limit = Workspace.textLimit >> 20
      server.client.log(.warning, "\(uri.text): not looked at, since it is larger than \(limit) MiB")
    }
    server.workspace.open(uri, language: language, version: version, bytes: bytes)
    server.publisher.documentChanged(uri)
  }
}

/// `textDocument/didChange`.
struct DidChangeNotification: NotificationHandler {
  static let method = "textDocument/didChange"

  private let uri: DocumentURI
  private let version: Int
  private let changes: [TextChange]

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
    version = params["textDocument"]["version"].integer ?? 0
    guard let elements = params["contentChanges"].elements else {
      throw .invalidParams("\"contentChanges\" must be a list")
    }
    var changes: [TextChange] = []
    for element in elements { changes.append(try TextChange(element)) }
    self.changes = changes
  }

  var dependency: MessageDependency { .documentUpdate(uri) }

  func handle(in server: LanguageServer) {
    let encoding = server.client.capabilities.encoding
    if let problem = server.workspace.change(uri, version: version, changes, encoding) {
      server.client.log(.error, "\(uri.text): \(problem)")
    }
    server.publisher.documentChanged(uri)
  }
}

/// `textDocument/didClose`.
struct DidCloseNotification: NotificationHandler {
  static let method = "textDocument/didClose"

  private let uri: DocumentURI

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
  }

  var dependency: MessageDependency { .documentUpdate(uri) }

  func handle(in server: LanguageServer) {
    let dependents = server.workspace.dependents(of: uri)
    guard server.workspace.close(uri) else {
      return server.client.log(.error, "\(uri.text): closed, but not open")
    }
    server.dryRuns.cancel(document: uri)
    server.publisher.documentClosed(uri, dependents: dependents)
  }
}

/// `textDocument/didSave`: the text is known already.
struct DidSaveNotification: NotificationHandler {
  static let method = "textDocument/didSave"

  init(_ params: JSONValue) throws(ResponseError) {
    _ = try params.documentURI()
  }

  /// It changes nothing: as an update of the text it would keep the findings of that text from being sent.
  var dependency: MessageDependency { .freestanding }

  func handle(in server: LanguageServer) {}
}
