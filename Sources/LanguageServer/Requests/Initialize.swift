import Glibc
import JSONRPC
import JSONText
import Linting

/// `initialize`: the client says what it can do and what it has open, the server what it offers.
struct InitializeRequest: RequestHandler {
  static let method = "initialize"

  private let capabilities: ClientCapabilities
  private let folders: [String]
  private let parent: Int32?
  private let settings: ServerSettings
  private let settingsProblems: [String]

  init(_ params: JSONValue) throws(ResponseError) {
    capabilities = ClientCapabilities(params["capabilities"])
    let listed = params["workspaceFolders"].elements?.compactMap { $0["uri"].string }
    let roots = listed ?? [params["rootUri"].string].compactMap(\.self)
    folders = roots.compactMap { DocumentURI($0).path }
    parent = params["processId"].integer.flatMap { Int32(exactly: $0) }
    let options = params["initializationOptions"]
    var problems: [String] = []
    settings = ServerSettings(options["settings"].isObject ? options["settings"] : options) { problems.append($0) }
    settingsProblems = problems
  }

  var dependency: MessageDependency { .globalChange }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    server.client.capabilities = capabilities
    server.client.logKind = settings.logKind
    server.workspace.folders = folders
    server.initialSettings = settings
    server.workspace.settings = settings
    if let parent { ParentWatch.begin(parent) }
    server.enter(.initialized)
    for problem in settingsProblems { server.client.log(.warning, problem) }
    return jsonText { writer in
      writer.object { writer in
        writer.key("capabilities")
        writer.object { writeCapabilities(&$0, offersDryRuns: server.environment.dryRunner != nil) }
        writer.key("serverInfo")
        writer.object { writer in
          writer.member("name", "epochzero")
          writer.member("version", server.environment.version)
        }
      }
    }
  }

  private func writeCapabilities(_ writer: inout JSONWriter, offersDryRuns: Bool) {
    writer.member("positionEncoding", capabilities.encoding.rawValue)
    writer.key("textDocumentSync")
    writer.object { writer in
      writer.member("openClose", true)
      // Incremental.
      writer.member("change", 2)
      writer.key("save")
      writer.object { $0.member("includeText", false) }
    }
    if capabilities.pullsDiagnostics {
      writer.key("diagnosticProvider")
      writer.object { writer in
        writer.member("identifier", DiagnosticWriter.source)
        writer.member("interFileDependencies", true)
        writer.member("workspaceDiagnostics", true)
        writer.member("workDoneProgress", true)
      }
    }
    if capabilities.takesCodeActionLiterals {
      writer.key("codeActionProvider")
      writer.object { writer in
        writer.key("codeActionKinds")
        let kinds: [ActionKind] = offersDryRuns ? [.quickFix, .confirm, .fixAll] : [.quickFix, .fixAll]
        writer.array(of: kinds) { $0.value($1.rawValue) }
        writer.member("resolveProvider", capabilities.resolvesCodeActions)
      }
    }
    for feature in ["definition", "documentSymbol", "foldingRange", "hover", "inlayHint"] {
      writer.member("\(feature)Provider", true)
    }
    writer.key("completionProvider")
    writer.object { writer in
      writer.key("triggerCharacters")
      writer.array(of: CompletionRequest.triggers) { $0.value($1) }
    }
    if offersDryRuns {
      writer.key("codeLensProvider")
      writer.object { $0.member("resolveProvider", false) }
      writer.key("executeCommandProvider")
      writer.object { writer in
        writer.key("commands")
        writer.array(of: ServerCommand.allCases) { $0.value($1.rawValue) }
        writer.member("workDoneProgress", true)
      }
    }
    writer.key("workspace")
    writer.object { writer in
      writer.key("workspaceFolders")
      writer.object { writer in
        writer.member("supported", true)
        writer.member("changeNotifications", true)
      }
    }
  }
}

/// `initialized`: from now on the server may send requests.
struct InitializedNotification: NotificationHandler {
  static let method = "initialized"

  init(_ params: JSONValue) throws(ResponseError) {}

  var dependency: MessageDependency { .globalChange }

  func handle(in server: LanguageServer) {
    server.register()
    if server.client.capabilities.answersConfiguration { server.requestSettings() }
  }
}

/// `shutdown`: what was asked before is answered, and nothing more.
struct ShutdownRequest: RequestHandler {
  static let method = "shutdown"

  init(_ params: JSONValue) throws(ResponseError) {}

  var dependency: MessageDependency { .globalChange }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    server.enter(.shutDown)
    server.dryRuns.stop(seconds: 0)
    return "null"
  }
}
