import JSONRPC
import JSONText
import Linting
import SourceText

/// `textDocument/hover`: what is known of the key, the value or the layer at a place, and what was found there.
struct HoverRequest: RequestHandler {
  static let method = "textDocument/hover"

  private let place: DocumentPlace

  init(_ params: JSONValue) throws(ResponseError) {
    place = try DocumentPlace(params)
  }

  var dependency: MessageDependency { .documentRequest(place.uri) }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    let capabilities = server.client.capabilities
    let workspace = server.workspace
    guard let (document, analysis, offset) = place.found(in: server) else { return "null" }
    let hover = HoverText(
      analysis: analysis,
      facts: analysis.facts,
      findings: workspace.diagnostics(for: place.uri)[document.name]?.findings ?? [],
      describe: { rule in
        let settings = workspace.withSession(\.settings)
        return settings.describedRules([rule]).first.map { ($0, server.rulePages.uri(of: rule) { settings }) }
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
