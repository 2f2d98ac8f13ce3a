import JSONRPC

/// The place that a request is about, as the client gives it.
struct DocumentPlace: Sendable {
  let uri: DocumentURI
  private let position: Position

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
    position = try params["position"].position()
  }

  /// Returns what is known of the document with the UTF-8 offset of the place; nil where it is not open or has no such line, and where
  /// the user wants nothing of us.
  func found(in server: LanguageServer) -> (document: OpenDocument, analysis: Analysis, offset: Int)? {
    let workspace = server.workspace
    guard workspace.settings.isEnabled, let document = workspace.document(uri),
      let analysis = workspace.analysis(of: uri),
      let offset = analysis.source.offset(of: position, server.client.capabilities.encoding)
    else { return nil }
    return (document, analysis, offset)
  }
}
