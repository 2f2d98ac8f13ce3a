import JSONRPC
import JSONText
import Linting

/// `workspace/diagnostic`: the findings of all configs in the folders that the client has open.
struct WorkspaceDiagnosticRequest: RequestHandler {
  static let method = "workspace/diagnostic"

  private let previous: [String: String]
  private let progress: ProgressToken?

  init(_ params: JSONValue) throws(ResponseError) {
    var previous: [String: String] = [:]
    for result in params["previousResultIds"].elements ?? [] {
      if let uri = result["uri"].string, let id = result["value"].string { previous[uri] = id }
    }
    self.previous = previous
    progress = ProgressToken(params["workDoneToken"])
  }

  var dependency: MessageDependency { .workspaceRequest }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    let shown = progress.map {
      WorkDoneProgress("Checking the workspace's configs", as: $0, in: server.client) { token.cancel() }
    }
    let reports = server.workspace.workspaceDiagnostics(
      mayReuse: server.client.capabilities.watchesFiles,
      isCancelled: { token.isCancelled },
      progress: { shown?.report($0) }
    )
    shown?.end()
    let writer = server.publisher.writer
    var items: [(uri: DocumentURI, version: Int?, report: DiagnosticReport)] = []
    for (name, diagnostics) in reports {
      let uri = server.workspace.uri(ofName: name)
      // A file that has nothing, and had nothing, need not be spoken of.
      if diagnostics.findings.isEmpty, previous[uri.text] == nil { continue }
      let version = server.workspace.document(named: name)?.version
      items.append((uri, version, DiagnosticReport(items: writer.json(diagnostics))))
    }
    let present = Set(items.map(\.uri.text))
    for uri in previous.keys where !present.contains(uri) {
      items.append((DocumentURI(uri), nil, DiagnosticReport(items: "[]")))
    }
    return jsonText { output in
      output.object { output in
        output.key("items")
        output.array(of: items.sorted { $0.uri.text < $1.uri.text }) { output, item in
          output.object { output in
            output.member("uri", item.uri.text)
            output.member("version", item.version)
            item.report.writeMembers(to: &output, previous: previous[item.uri.text])
          }
        }
      }
    }
  }
}
