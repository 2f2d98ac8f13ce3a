import JSONRPC
import JSONText
import Linting
import SourceText

/// `textDocument/hover`: what is known of the key, the value or the layer at a place, and what was found there.
struct HoverRequest: RequestHandler {
  static let method = "textDocument/hover"

  private let uri: DocumentURI
  private let position: Position

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
    position = try params["position"].position()
  }

  var dependency: MessageDependency { .documentRequest(uri) }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    let capabilities = server.client.capabilities
    let workspace = server.workspace
    guard workspace.settings.isEnabled, let document = workspace.document(uri),
      let analysis = workspace.analysis(of: uri),
      let offset = analysis.source.offset(of: position, capabilities.encoding)
    else { return "null" }
    let hover = HoverText(
      analysis: analysis,
      facts: analysis.facts,
      findings: workspace.diagnostics(for: uri)[document.name]?.findings ?? [],
      describe: { rule in
        workspace.withSession { session in
          session.settings.describedRules([rule]).first.map {
            ($0, server.rulePages.uri(of: rule, by: session.settings))
          }
        }
      }
    )
    guard let (markup, range) = hover.text(at: offset, isMarkdown: capabilities.takesMarkdownHovers) else {
      return "null"
    }
    return jsonText { writer in
      writer.object { writer in
        writer.key("contents")
        writer.value(markup)
        writer.member("range", range, in: analysis.source, capabilities.encoding)
      }
    }
  }
}

extension JSONWriter {
  /// Writes a text with its form.
  mutating func value(_ markup: Markup) {
    object { writer in
      writer.member("kind", markup.kind)
      writer.member("value", markup.text)
    }
  }
}
