import JSONRPC
import JSONText
import Linting
import SourceText

/// `textDocument/codeLens`: over each finding that a dry run can put to the test an offer to do so, and the verdict once it is there.
struct CodeLensRequest: RequestHandler {
  static let method = "textDocument/codeLens"

  private let uri: DocumentURI

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
  }

  var dependency: MessageDependency { .documentRequest(uri) }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    let encoding = server.client.capabilities.encoding
    guard server.environment.dryRunner != nil, server.workspace.settings.showsCodeLenses,
      let document = server.workspace.document(uri)
    else { return "[]" }
    let offers = server.dryRunOffers(in: document)
    let lines = Dictionary(grouping: offers) { document.source.position(at: $0.finding.range.start, encoding).line }
    return jsonText { writer in
      writer.array(of: offers) { writer, offer in
        let start = document.source.position(at: offer.finding.range.start, encoding)
        let end = document.source.position(at: offer.finding.range.end, encoding)
        // Lenses of one line stand side by side.
        let isAlone = lines[start.line]?.count == 1
        writer.object { writer in
          writer.key("range")
          writer.object { writer in
            writer.member("start", start)
            // A lens belongs to one line.
            writer.member("end", end.line == start.line ? end : start)
          }
          writer.key("command")
          offer.write(to: &writer, isAlone ? offer.title : "\(offer.finding.rule): \(offer.title)", encoding)
        }
      }
    }
  }
}

/// What can be done about a finding with dry runs.
struct DryRunOffer: Sendable {
  let finding: LocatedFinding
  let document: OpenDocument
  let command: ServerCommand

  /// The verdict where it is there, else what the command does.
  var title: String {
    switch command {
    case .confirm: "Confirm by a dry run"
    case .cancelDryRun: "Dry run under way: cancel"
    case .showVerdict: finding.confirmation?.line ?? ""
    }
  }

  /// Writes a command of the protocol.
  func write(to writer: inout JSONWriter, _ title: String, _ encoding: PositionEncoding) {
    writer.object { writer in
      writer.member("title", title)
      writer.member("command", command.rawValue)
      writer.key("arguments")
      writer.array { writer in
        writer.object { writer in
          writer.member("uri", document.uri.text)
          writer.member("version", document.version)
          writer.member("rule", finding.rule)
          writer.member("range", finding.range, in: document.source, encoding)
        }
      }
    }
  }
}

extension LanguageServer {
  /// Returns what dry runs can do about the findings in a document.
  func dryRunOffers(in document: OpenDocument) -> [DryRunOffer] {
    workspace.testableFindings(in: document).map { finding, key in
      let command: ServerCommand =
        finding.confirmation != nil ? .showVerdict : dryRuns.contains(key) ? .cancelDryRun : .confirm
      return DryRunOffer(finding: finding, document: document, command: command)
    }
  }
}
