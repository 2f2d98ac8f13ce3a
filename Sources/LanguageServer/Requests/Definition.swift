import JSONRPC
import JSONText
import Linting
import SourceText

/// `textDocument/definition`: from a name to the layer or the file that it stands for.
struct DefinitionRequest: RequestHandler {
  static let method = "textDocument/definition"

  private let place: DocumentPlace

  init(_ params: JSONValue) throws(ResponseError) {
    place = try DocumentPlace(params)
  }

  var dependency: MessageDependency { .documentRequest(place.uri) }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    let capabilities = server.client.capabilities
    let workspace = server.workspace
    guard let (document, analysis, offset) = place.found(in: server), let facts = analysis.facts,
      let past = facts.past(offset),
      let found = facts.definition(
        at: past,
        folder: FilePath.folder(of: document.path),
        workingFolder: workspace.workingFolder
      )
    else { return "null" }
    let isHere = found.source === facts.source
    let target = isHere ? place.uri : workspace.uri(ofName: found.source.name)
    let source = isHere ? analysis.source : found.source
    guard let range = isHere ? facts.present(found.range) : found.range, let origin = facts.present(found.origin) else {
      return "null"
    }
    return jsonText { writer in
      guard capabilities.takesDefinitionLinks else {
        return writer.location(target, range, in: source, capabilities.encoding)
      }
      writer.array { writer in
        writer.object { writer in
          writer.member("originSelectionRange", origin, in: analysis.source, capabilities.encoding)
          writer.member("targetUri", target.text)
          writer.member("targetRange", range, in: source, capabilities.encoding)
          writer.member("targetSelectionRange", range, in: source, capabilities.encoding)
        }
      }
    }
  }
}
