import Foundation
import Glibc
import JSONRPC
import JSONText
import LanguageServer
import Linting
import Rules
import Synchronization

/// An editor in the same process: talks to a server through pipes, and waits for what it is sent.
final class TestClient: Sendable {
  /// What the client says it can do.
  enum Profile {
    /// Is sent diagnostics.
    case pushed
    /// Asks for diagnostics.
    case pulling

    fileprivate var capabilities: String {
      let common = """
        "codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix"]}},"isPreferredSupport":true,\
        "dataSupport":true,"resolveSupport":{"properties":["edit"]}},"hover":{"contentFormat":["markdown","plaintext"]},\
        "documentSymbol":{"hierarchicalDocumentSymbolSupport":true},"definition":{"linkSupport":true},\
        "publishDiagnostics":{"relatedInformation":true,"versionSupport":true,"codeDescriptionSupport":true}
        """
      switch self {
      case .pushed: return "\"textDocument\":{\(common)}"
      case .pulling:
        return """
          "textDocument":{\(common),"diagnostic":{"relatedDocumentSupport":true}},\
          "window":{"workDoneProgress":true,"showDocument":{"support":true}},\
          "workspace":{"diagnostics":{"refreshSupport":true},"workspaceEdit":{"documentChanges":true},\
          "codeLens":{"refreshSupport":true},"configuration":true,"didChangeWatchedFiles":{"dynamicRegistration":true}}
          """
      }
    }
  }

  /// A message of the server, as it came.
  typealias Received = Message

  private struct State {
    var messages: [Received] = []
    var nextID = 1
    var status: Int32?
  }

  private let toServer: Int32
  private let fromServer: Int32
  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)

  /// Starts a server over files in memory, with the bundled rules; it makes dry runs where it is given what makes them.
  init(_ files: any FileSystem = MemoryFileSystem([:]), dryRunner: DryRunner? = nil) {
    let (serverInput, toServer) = Self.pipe()
    let (fromServer, serverOutput) = Self.pipe()
    self.toServer = toServer
    self.fromServer = fromServer
    let rules = (try? RuleLibrary.load(folders: [], in: files)) ?? RuleSet(loading: [])
    let server = LanguageServer(
      input: serverInput,
      output: serverOutput,
      environment: LanguageServer.Environment(
        version: "1.2.3",
        fileSystem: files,
        rules: rules,
        page: { "# \($0.id)\n" },
        pageFolder: "/cache",
        dryRunner: dryRunner
      )
    )
    Thread.detachNewThread { [self] in
      let status = server.run()
      close(serverInput)
      close(serverOutput)
      state.withLock { $0.status = status }
      arrived.signal()
    }
    Thread.detachNewThread { [self] in read() }
  }

  deinit {
    close(toServer)
  }

  // MARK: - Sending

  /// Sends bytes as they stand.
  func send(raw text: String) {
    let bytes = Array(text.utf8)
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes { write(toServer, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      offset += count
    }
  }

  /// Sends a message in its frame.
  func send(body: String) {
    send(raw: "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  func notify(_ method: String, _ params: String = "{}") {
    send(body: "{\"jsonrpc\":\"2.0\",\"method\":\"\(method)\",\"params\":\(params)}")
  }

  /// Sends a request and does not wait.
  @discardableResult
  func start(_ method: String, _ params: String = "{}") -> MessageID {
    let id = state.withLock { state in
      defer { state.nextID += 1 }
      return state.nextID
    }
    send(body: "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}")
    return .number(id)
  }

  /// Sends a request and returns the answer.
  func request(_ method: String, _ params: String = "{}") throws -> JSONValue {
    try answer(to: start(method, params)).get()
  }

  /// Gives a request up.
  func cancel(_ id: MessageID) {
    if case .number(let number) = id { notify("$/cancelRequest", "{\"id\":\(number)}") }
  }

  /// Waits for the answer to a request.
  func answer(to id: MessageID) throws -> Result<JSONValue, ResponseError> {
    let message = try wait { if case .response(id, _) = $0 { true } else { false } }
    guard case .response(_, let result) = message else { throw Timeout() }
    return result
  }

  // MARK: - The usual conversation

  /// Says `initialize` and `initialized`, and answers what the server then asks.
  @discardableResult
  func initialize(
    _ profile: Profile = .pushed,
    encodings: [String] = [],
    options: String = "{}",
    settings: String = "null"
  ) throws -> JSONValue {
    let general = encodings.isEmpty ? "" : ",\"general\":{\"positionEncodings\":\(Self.json(encodings))}"
    let result = try request(
      "initialize",
      """
      {"processId":null,"rootUri":"file:///home","capabilities":{\(profile.capabilities)\(general)},\
      "initializationOptions":\(options)}
      """
    )
    notify("initialized")
    if profile == .pulling {
      _ = try answerRequest("client/registerCapability")
      _ = try answerRequest("workspace/configuration", with: "[\(settings)]")
    }
    return result
  }

  /// Opens a document below the working folder.
  func open(_ name: String, _ text: String, version: Int = 1) {
    notify(
      "textDocument/didOpen",
      """
      {"textDocument":{"uri":"\(Self.uri(name))","languageId":"\(name.hasSuffix("json") ? "json" : "yaml")",\
      "version":\(version),"text":\(Self.quoted(text))}}
      """
    )
  }

  /// Replaces all of a document.
  func change(_ name: String, _ text: String, version: Int) {
    change(name, version: version, changes: "{\"text\":\(Self.quoted(text))}")
  }

  func change(_ name: String, version: Int, changes: String) {
    notify(
      "textDocument/didChange",
      "{\"textDocument\":{\"uri\":\"\(Self.uri(name))\",\"version\":\(version)},\"contentChanges\":[\(changes)]}"
    )
  }

  /// Waits for the diagnostics of a version of a document, or of the document whatever its version.
  func published(_ name: String, version: Int? = nil) throws -> [Shown] {
    let message = try notification("textDocument/publishDiagnostics") { params in
      params["uri"].string == Self.uri(name) && (version == nil || params["version"].integer == version)
    }
    return Self.shown(message["diagnostics"])
  }

  /// Waits for a notification and returns its parameters.
  func notification(_ method: String, where matches: (JSONValue) -> Bool = { _ in true }) throws -> JSONValue {
    let message = try wait {
      if case .notification(method, let params) = $0 { matches(params) } else { false }
    }
    guard case .notification(_, let params) = message else { throw Timeout() }
    return params
  }

  /// Waits for a request of the server, answers it, and returns its parameters.
  func answerRequest(_ method: String, with result: String = "null") throws -> JSONValue {
    let message = try wait { if case .request(_, method, _) = $0 { true } else { false } }
    guard case .request(let id, _, let params) = message else { throw Timeout() }
    if case .number(let number) = id {
      send(body: "{\"jsonrpc\":\"2.0\",\"id\":\(number),\"result\":\(result)}")
    }
    return params
  }

  /// Says `shutdown` and `exit`, and returns what the server ends with and what it sent that nobody waited for.
  func end() throws -> (status: Int32, unread: [String]) {
    _ = try request("shutdown")
    notify("exit")
    return (try waitForEnd(), unread)
  }

  /// Waits until the server has ended.
  func waitForEnd() throws -> Int32 {
    let deadline = DispatchTime.now() + Self.patience
    while true {
      if let status = state.withLock({ $0.status }) { return status }
      if arrived.wait(timeout: deadline) == .timedOut { throw Timeout() }
    }
  }

  /// The methods of messages that nobody waited for.
  var unread: [String] {
    state.withLock { state in
      state.messages.map { message in
        switch message {
        case .request(_, let method, _), .notification(let method, _): method
        case .response: "response"
        }
      }
    }
  }

  // MARK: - What is shown

  /// A diagnostic, as far as tests look at it.
  struct Shown: Equatable, CustomStringConvertible {
    var code: String
    /// As `line:character-line:character`.
    var range: String
    var severity: Int
    var message: String

    var description: String { "\(range) \(severity) \(code): \(message)" }
  }

  static func shown(_ diagnostics: JSONValue) -> [Shown] {
    (diagnostics.elements ?? []).map { value in
      Shown(
        code: value["code"].string ?? "",
        range: range(value["range"]),
        severity: value["severity"].integer ?? 0,
        message: value["message"].string ?? ""
      )
    }
  }

  /// A range as `line:character-line:character`.
  static func range(_ value: JSONValue) -> String {
    let (start, end) = (value["start"], value["end"])
    return "\(start["line"].integer ?? -1):\(start["character"].integer ?? -1)-"
      + "\(end["line"].integer ?? -1):\(end["character"].integer ?? -1)"
  }

  static func uri(_ name: String) -> String { "file:///home/\(name)" }

  static func quoted(_ text: String) -> String {
    var writer = JSONWriter(isCompact: true)
    writer.value(text)
    return writer.text
  }

  // MARK: - Private

  /// The server did not send what was waited for.
  struct Timeout: Error {}

  private static let patience = DispatchTimeInterval.seconds(20)

  private static func json(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ","))]" }

  private static func pipe() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    precondition(Glibc.pipe(&ends) == 0, "no pipe")
    return (ends[0], ends[1])
  }

  /// Takes the first message out that matches, waiting for it.
  private func wait(for matches: (Received) -> Bool) throws -> Received {
    let deadline = DispatchTime.now() + Self.patience
    while true {
      let found = state.withLock { state -> Received? in
        guard let index = state.messages.firstIndex(where: matches) else { return nil }
        return state.messages.remove(at: index)
      }
      if let found { return found }
      if arrived.wait(timeout: deadline) == .timedOut { throw Timeout() }
    }
  }

  private func read() {
    var frames = FrameReader()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(fromServer, &buffer, buffer.count)
      guard count > 0 else { break }
      buffer[..<count].withUnsafeBytes { frames.append($0) }
      while let event = frames.next() {
        guard case .body(let body) = event, let message = try? Message(body: body) else { continue }
        state.withLock { $0.messages.append(message) }
        arrived.signal()
      }
    }
    close(fromServer)
  }
}
