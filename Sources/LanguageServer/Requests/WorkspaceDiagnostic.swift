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
    let reports = progress.reporting("Checking the workspace's configs", to: server.client) { report in
      server.workspace.workspaceDiagnostics(
        mayReuse: server.client.capabilities.watchesFiles,
        isCancelled: { token.isCancelled },
        progress: report
      )
    }
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

/// What the client knows the progress of a request by.
struct ProgressToken: Sendable {
  private let json: String

  init?(_ value: JSONValue) {
    guard value.string != nil || value.integer != nil, let json = value.json else { return nil }
    self.json = json
  }

  fileprivate func send(to client: Client, _ members: (inout JSONWriter) -> Void) {
    client.notify("$/progress") { writer in
      writer.object { writer in
        writer.key("token")
        writer.value(json: json)
        writer.key("value")
        writer.object(members)
      }
    }
  }
}

extension ProgressToken? {
  /// Runs what may take long, and tells the client how far it is, in percent, where the client wants to know.
  fileprivate func reporting<Result>(
    _ title: String,
    to client: Client,
    _ body: ((_ percentage: Int) -> Void) -> Result
  ) -> Result {
    guard let token = self else { return body { _ in } }
    token.send(to: client) { writer in
      writer.member("kind", "begin")
      writer.member("title", title)
      writer.member("cancellable", true)
      writer.member("percentage", 0)
    }
    var last = 0
    let result = body { percentage in
      guard percentage > last else { return }
      last = percentage
      token.send(to: client) { writer in
        writer.member("kind", "report")
        writer.member("percentage", percentage)
      }
    }
    token.send(to: client) { $0.member("kind", "end") }
    return result
  }
}
