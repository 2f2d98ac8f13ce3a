import JSONRPC
import JSONText
import SourceText

/// `textDocument/documentSymbol`: the outline of a config.
struct DocumentSymbolRequest: RequestHandler {
  static let method = "textDocument/documentSymbol"

  private let uri: DocumentURI

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
  }

  var dependency: MessageDependency { .documentRequest(uri) }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    guard server.workspace.settings.isEnabled, let analysis = server.workspace.analysis(of: uri),
      let facts = analysis.facts
    else { return "[]" }
    let capabilities = server.client.capabilities
    return jsonText { writer in
      writer.array { writer in
        for symbol in facts.symbols {
          if capabilities.takesSymbolTrees {
            writeTree(symbol, analysis.source, capabilities.encoding, to: &writer)
          } else {
            writeFlat(symbol, in: nil, analysis.source, capabilities.encoding, to: &writer)
          }
        }
      }
    }
  }

  private func writeTree(
    _ symbol: OutlineSymbol,
    _ source: SourceText,
    _ encoding: PositionEncoding,
    to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("name", symbol.name)
      writer.member("detail", symbol.detail)
      writer.member("kind", symbol.kind.rawValue)
      writer.member("range", symbol.range, in: source, encoding)
      writer.member("selectionRange", symbol.selection, in: source, encoding)
      guard !symbol.children.isEmpty else { return }
      writer.key("children")
      writer.array(of: symbol.children) { writeTree($1, source, encoding, to: &$0) }
    }
  }

  private func writeFlat(
    _ symbol: OutlineSymbol,
    in container: String?,
    _ source: SourceText,
    _ encoding: PositionEncoding,
    to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("name", symbol.name)
      writer.member("kind", symbol.kind.rawValue)
      if let container { writer.member("containerName", container) }
      writer.key("location")
      writer.location(uri, symbol.range, in: source, encoding)
    }
    for child in symbol.children { writeFlat(child, in: symbol.name, source, encoding, to: &writer) }
  }
}
