import JSONRPC
import Linting
import SourceText

/// The commands that the server runs for a client, by the names of the protocol.
enum ServerCommand: String, Sendable, CaseIterable {
  /// Puts a finding to the test.
  case confirm = "epochzero.confirm"
  /// Gives up a test that is under way or waits.
  case cancelDryRun = "epochzero.cancelDryRun"
  /// Shows what a dry run said, with its figures.
  case showVerdict = "epochzero.showVerdict"
}

/// Which finding a command is about: the one argument of a command.
struct CommandTarget: Sendable {
  var uri: DocumentURI
  /// Of the text that the finding is in; nil stands for the present one.
  var version: Int?
  var rule: String
  /// Nil where the document has one experiment, or any will do.
  var start: Position?

  init(_ argument: JSONValue) throws(ResponseError) {
    guard let uri = argument["uri"].string, let rule = argument["rule"].string else {
      throw .invalidParams("the argument must have a \"uri\" and a \"rule\"")
    }
    self.uri = DocumentURI(uri)
    self.rule = rule
    version = argument["version"].integer
    start = argument["range"].hasValue ? try argument["range"].range().start : nil
  }
}

/// `workspace/executeCommand`: see ``ServerCommand``.
///
/// A client that gives a token for the progress of the request is answered with the verdict. Any other is answered at once, since some
/// do nothing else while they wait for an answer, and sees the progress of one that the server makes.
struct ExecuteCommandRequest: RequestMessage {
  static let method = "workspace/executeCommand"

  private let command: ServerCommand
  private let target: CommandTarget
  private let progress: ProgressToken?

  init(_ params: JSONValue) throws(ResponseError) {
    let name = params["command"].string ?? ""
    guard let command = ServerCommand(rawValue: name) else { throw .invalidParams("there is no command \"\(name)\"") }
    self.command = command
    target = try CommandTarget(params["arguments"].elements?.first ?? .absent)
    progress = ProgressToken(params["workDoneToken"])
  }

  var dependency: MessageDependency { .documentRequest(target.uri) }

  func begin(in server: LanguageServer, _ request: PendingRequest) {
    do throws(ResponseError) {
      let (document, keyed) = try target.document(in: server)
      let (finding, key) = try target.finding(among: keyed, in: document, server.client.capabilities.encoding)
      switch command {
      case .confirm:
        guard let runner = server.environment.dryRunner else { throw .noDryRuns }
        guard let test = server.workspace.test(of: finding, in: document, keyed: keyed, with: runner) else {
          throw .contentModified
        }
        let asker = progress == nil ? DryRunQueue.Asker.user : .request(request)
        server.dryRuns.add(test, for: asker, progress) { [publisher = server.publisher] in
          publisher.verdictChanged(in: document.uri)
        }
        // The other is answered when the dry run is done.
        if case .request = asker { return }
      case .cancelDryRun: server.dryRuns.cancel(key)
      case .showVerdict: server.showVerdict(of: finding, in: document)
      }
      request.succeed(with: "null")
    } catch {
      request.fail(error)
    }
  }
}

extension CommandTarget {
  /// Returns the document with those of its findings that a dry run can test.
  fileprivate func document(
    in server: LanguageServer
  ) throws(ResponseError) -> (OpenDocument, keyed: [(finding: LocatedFinding, key: FindingTest.Key)]) {
    guard server.environment.dryRunner != nil else { throw .noDryRuns }
    guard let document = server.workspace.document(uri) else { throw .invalidParams("\(uri.text) is not open") }
    if let version, version != document.version { throw .contentModified }
    return (document, server.workspace.testableFindings(in: document))
  }

  fileprivate func finding(
    among keyed: [(finding: LocatedFinding, key: FindingTest.Key)],
    in document: OpenDocument,
    _ encoding: PositionEncoding
  ) throws(ResponseError) -> (LocatedFinding, FindingTest.Key) {
    let found = keyed.first { finding, _ in
      guard finding.rule == rule else { return false }
      return start == nil || start == document.source.position(at: finding.range.start, encoding)
    }
    guard let found else { throw .invalidParams("there is no finding of \(rule) there that a dry run can test") }
    return (found.finding, found.key)
  }
}

extension ResponseError {
  /// The server was started without what trains.
  fileprivate static let noDryRuns = invalidRequest("this server makes no dry runs")
}
