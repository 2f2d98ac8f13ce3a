import JSONRPC
import JSONText
import SourceText

/// `textDocument/inlayHint`: what a reader of a config would have to work out, shown between its lines.
struct InlayHintRequest: RequestHandler {
  static let method = "textDocument/inlayHint"

  private let uri: DocumentURI
  private let range: (start: Position, end: Position)

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
    range = try params["range"].range()
  }

  var dependency: MessageDependency { .documentRequest(uri) }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    let encoding = server.client.capabilities.encoding
    let settings = server.workspace.settings
    guard settings.isEnabled, let analysis = server.workspace.analysis(of: uri), let facts = analysis.facts else {
      return "[]"
    }
    let source = analysis.source
    let hints = InlayHints(settings: settings.inlayHints, facts: facts, source: source).all.filter { hint in
      let position = source.position(at: hint.offset, encoding)
      return position >= range.start && position <= range.end
    }
    return jsonText { writer in
      writer.array(of: hints) { writer, hint in
        writer.object { writer in
          writer.member("position", source.position(at: hint.offset, encoding))
          writer.member("label", hint.label)
          if let tooltip = hint.tooltip { writer.member("tooltip", tooltip) }
          writer.member("paddingLeft", true)
        }
      }
    }
  }
}
