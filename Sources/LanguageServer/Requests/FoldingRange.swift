import ConfigSyntax
import JSONRPC
import JSONText
import Linting
import SourceText

/// `textDocument/foldingRange`: the sections and layers of a config that take more than a line.
struct FoldingRangeRequest: RequestHandler {
  static let method = "textDocument/foldingRange"

  private let uri: DocumentURI

  init(_ params: JSONValue) throws(ResponseError) {
    uri = try params.documentURI()
  }

  var dependency: MessageDependency { .documentRequest(uri) }

  func respond(in server: LanguageServer, _ token: CancellationToken) throws(ResponseError) -> String {
    guard server.workspace.settings.isEnabled, let analysis = server.workspace.analysis(of: uri), analysis.isConfig,
      let tree = analysis.read?.file.tree
    else { return "[]" }
    var folds: [Int: Int] = [:]
    for document in tree.documents { collect(document, in: tree.source, into: &folds) }
    return jsonText { writer in
      writer.array(of: folds.sorted { $0.key < $1.key }) { writer, fold in
        writer.object { writer in
          writer.member("startLine", fold.key)
          writer.member("endLine", fold.value)
        }
      }
    }
  }

  /// Adds the last line of what starts on each line, the outermost thing counting.
  private func collect(_ node: SyntaxNode, in source: SourceText, into folds: inout [Int: Int]) {
    guard !node.isAlias else { return }
    for member in node.writtenMembers {
      if !member.value.isAlias, member.value.count > 0 {
        add(from: member.key.range.start, to: member.value, in: source, &folds)
      }
      collect(member.value, in: source, into: &folds)
    }
    for element in node.elements {
      if !element.isAlias, element.count > 0 { add(from: element.range.start, to: element, in: source, &folds) }
      collect(element, in: source, into: &folds)
    }
  }

  private func add(from start: Int, to node: SyntaxNode, in source: SourceText, _ folds: inout [Int: Int]) {
    let first = source.line(at: start)
    // The line of a closing bracket stays in sight.
    let last = source.line(at: max(start, node.range.end - 1)) - (node.isFlow ? 1 : 0)
    if last > first, last > folds[first] ?? 0 { folds[first] = last }
  }
}
