import JSONRPC
import JSONText

/// `textDocument/diagnostic`: the findings of a document, for clients that ask for them.
struct DocumentDiagnosticRequest: RequestHandler {
  static let method = "textDocument/diagnostic"

  private let uri: DocumentURI
  private let previousResult: String?

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
    previousResult = params["previousResultId"].string
  }

  var dependency: MessageDependency { .documentRequest(uri) }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    let name = server.workspace.document(uri)?.name
    let writer = server.publisher.writer
    var own = DiagnosticReport(items: "[]")
    var related: [(uri: DocumentURI, report: DiagnosticReport)] = []
    for (other, diagnostics) in server.workspace.diagnostics(for: uri) {
      let report = DiagnosticReport(items: writer.json(diagnostics))
      if other == name {
        own = report
      } else if server.workspace.document(named: other) == nil {
        related.append((server.workspace.uri(ofName: other), report))
      }
    }
    return jsonText { writer in
      writer.object { writer in
        own.writeMembers(to: &writer, previous: previousResult)
        guard server.client.capabilities.takesRelatedDocuments, !related.isEmpty else { return }
        writer.key("relatedDocuments")
        writer.object { writer in
          for (uri, report) in related.sorted(by: { $0.uri.text < $1.uri.text }) {
            writer.key(uri.text)
            writer.object { report.writeMembers(to: &$0, previous: nil) }
          }
        }
      }
    }
  }
}

/// The diagnostics of one document, with an id that equal ones share.
struct DiagnosticReport {
  /// The diagnostics, an array as JSON text.
  let items: String

  /// FNV-1a over the diagnostics: it need not withstand anybody.
  var id: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in items.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
  }

  /// Writes the members of a report: in full, or that nothing changed since the previous one.
  func writeMembers(to writer: inout JSONWriter, previous: String?) {
    let id = id
    writer.member("kind", id == previous ? "unchanged" : "full")
    writer.member("resultId", id)
    guard id != previous else { return }
    writer.key("items")
    writer.value(json: items)
  }
}
