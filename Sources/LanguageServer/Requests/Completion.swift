import JSONRPC
import JSONText

/// `textDocument/completion`: the keys and values of the dialect at hand that may be written at a place.
struct CompletionRequest: RequestHandler {
  static let method = "textDocument/completion"
  /// What is typed before a value or a name in quotes.
  static let triggers = [":", " ", "\""]

  private let place: DocumentPlace

  init(_ params: JSONValue) throws(ResponseError) {
    place = try DocumentPlace(params)
  }

  var dependency: MessageDependency { .documentRequest(place.uri) }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    let capabilities = server.client.capabilities
    guard let (_, analysis, offset) = place.found(in: server),
      let found = Completions(at: offset, in: analysis, isMarkdown: capabilities.takesMarkdownCompletions)
    else { return "[]" }
    return jsonText { writer in
      writer.array(of: found.items.enumerated()) { writer, item in
        let (index, item) = item
        writer.object { writer in
          writer.member("label", item.label)
          writer.member("kind", item.kind.rawValue)
          if !item.detail.isEmpty { writer.member("detail", item.detail) }
          if !item.documentation.isEmpty {
            writer.key("documentation")
            // Clients that know one form only name none.
            if item.documentation.isMarkdown {
              writer.value(item.documentation)
            } else {
              writer.value(item.documentation.text)
            }
          }
          // The best known first, whatever the alphabet says.
          writer.member("sortText", String(10_000 + index))
          writer.key("textEdit")
          writer.object { writer in
            writer.member("range", found.word, in: analysis.source, capabilities.encoding)
            writer.member("newText", item.text)
          }
        }
      }
    }
  }
}
