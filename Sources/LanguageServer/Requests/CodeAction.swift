import JSONRPC
import JSONText
import SourceText

/// `textDocument/codeAction`: what can be done about the findings at a place.
struct CodeActionRequest: RequestHandler {
  static let method = "textDocument/codeAction"

  /// How many findings can be ignored one by one where the edits of all must be worked out at once: each takes some checks.
  private static let ignoreLimit = 10

  private let uri: DocumentURI
  private let range: (start: Position, end: Position)
  private let only: [String]?

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
    range = try params["range"].range()
    only = params["context"]["only"].strings
  }

  var dependency: MessageDependency { .documentRequest(uri) }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    let capabilities = server.client.capabilities
    guard capabilities.takesCodeActionLiterals, let document = server.workspace.document(uri),
      let start = document.source.offset(of: range.start, capabilities.encoding)
    else { return "[]" }
    let end = document.source.offset(of: range.end, capabilities.encoding) ?? document.source.bytes.count
    let actions = CodeActions(
      of: document,
      in: server.workspace,
      createsFiles: capabilities.createsFiles,
      dryRuns: server.environment.dryRunner == nil ? [] : server.dryRunOffers(in: document)
    )
    let writer = server.publisher.writer
    return jsonText { output in
      output.array { output in
        var ignored = 0
        for offer in actions.offers(in: TextRange(start: start, end: max(start, end)), asked: only) {
          if token.isCancelled { return }
          var offer = offer
          if let deferred = offer.deferred, !capabilities.resolvesCodeActions {
            if case .ignore = deferred {
              ignored += 1
              if ignored > Self.ignoreLimit { continue }
            }
            guard let edit = actions.edit(for: deferred) else { continue }
            offer.edit = edit
          }
          write(offer, of: document, to: &output, writer, capabilities)
        }
      }
    }
  }

  private func write(
    _ offer: CodeActions.Offer,
    of document: OpenDocument,
    to output: inout JSONWriter,
    _ diagnostics: DiagnosticWriter,
    _ capabilities: ClientCapabilities
  ) {
    output.object { output in
      output.member("title", offer.title)
      output.member("kind", offer.kind.rawValue)
      if !offer.findings.isEmpty {
        output.key("diagnostics")
        output.array(of: offer.findings) { diagnostics.write($1, to: &$0) }
      }
      if offer.isPreferred, capabilities.takesPreferredActions { output.member("isPreferred", true) }
      if let edit = offer.edit {
        output.key("edit")
        edit.write(to: &output, capabilities)
      } else if let command = offer.command {
        output.key("command")
        command.write(to: &output, offer.title, capabilities.encoding)
      } else if let deferred = offer.deferred {
        output.key("data")
        output.object { output in
          output.member("uri", document.uri.text)
          output.member("version", document.version)
          for member in deferred.members {
            output.key(member.key)
            output.value(json: member.json)
          }
        }
      }
    }
  }
}

/// `codeAction/resolve`: the edits of an action that the user chose.
struct CodeActionResolveRequest: RequestHandler {
  static let method = "codeAction/resolve"

  private let action: JSONValue
  /// What the edits are worked out from; nil for an action that has none but a command: some clients ask of each whether it has edits.
  private let origin: (uri: DocumentURI, version: Int, deferred: DeferredAction)?

  init(_ params: JSONValue) throws(ResponseError) {
    action = params
    let data = params["data"]
    if !data.isPresent, params["command"].isObject {
      origin = nil
      return
    }
    guard let uri = data["uri"].string, let version = data["version"].integer, let deferred = DeferredAction(data)
    else { throw .invalidParams("\"data\" is none that this server gave") }
    origin = (DocumentURI(uri), version, deferred)
  }

  var dependency: MessageDependency { origin.map { .documentRequest($0.uri) } ?? .freestanding }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    guard let origin else { return action.json ?? "null" }
    guard let document = server.workspace.document(origin.uri), document.version == origin.version else {
      throw .contentModified
    }
    let capabilities = server.client.capabilities
    let actions = CodeActions(of: document, in: server.workspace, createsFiles: capabilities.createsFiles)
    let edit = actions.edit(for: origin.deferred)
    return jsonText { writer in
      writer.object { writer in
        for (key, value) in action.members ?? [] where key != "edit" {
          writer.key(key)
          writer.value(json: value.json ?? "null")
        }
        guard let edit else { return }
        writer.key("edit")
        edit.write(to: &writer, capabilities)
      }
    }
  }
}

extension ResponseError {
  /// The text changed since what was asked for was offered.
  static let contentModified = Self(code: -32801, message: "the document changed meanwhile")
}
