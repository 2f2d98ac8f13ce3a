import JSONRPC
import Linting
import SourceText

/// What a client says, made from the lines of an input.
///
/// A line that starts with
/// - `{` or `[` is the body of a message, framed as it should be;
/// - `!` is put into the stream as it stands, with `\r` and `\n` for line ends;
/// - `s` opens one of the samples in place of the document's text, by the next byte;
/// - `q` is a request about a place of the document, by the next bytes;
/// - anything else is an edit of the document: four bytes for its places, then the new text, in which the bytes 1 and 2 are LF and CR.
struct Conversation {
  enum Encoding: String {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
    case utf32 = "utf-32"

    func count(_ text: some Collection<Unicode.Scalar>) -> Int {
      text.reduce(0) { $0 + width($1) }
    }

    func width(_ scalar: Unicode.Scalar) -> Int {
      switch self {
      case .utf8: UTF8.width(scalar)
      case .utf16: UTF16.width(scalar)
      case .utf32: 1
      }
    }

    /// The position of an offset as `line:character`.
    func position(of offset: Int, in source: SourceText) -> String {
      let line = source.line(at: offset)
      let end = min(max(offset, source.lineStarts[line]), source.bytes.count)
      let before = String(decoding: source.bytes[source.lineStarts[line]..<end], as: UTF8.self)
      return "\(line):\(count(before.unicodeScalars))"
    }
  }

  /// The stream.
  private(set) var bytes: [UInt8] = []
  /// How often each request was sent.
  private(set) var requests: [MessageID: Int] = [:]
  /// The document's text, as the client has it.
  private(set) var text = SampleFiles.experiment
  let encoding: Encoding
  let path: String
  private let pulls: Bool
  private var version = 1
  private var nextID = 1_000_000
  /// Whether messages and bytes stood in the stream that the client does not answer for.
  private var isForeign = false
  private var hasRawBytes = false

  init(profile: UInt8) {
    encoding = [.utf16, .utf8, .utf32, .utf16][Int(profile >> 1 & 3)]
    pulls = profile & 1 == 1
    path = profile >> 3 & 1 == 1 ? "/home/document.json" : "/home/document.yaml"
    let pulling = pulls ? ",\"diagnostic\":{}" : ""
    // Without it the edits of all actions are worked out at once, which takes long.
    let resolving = profile >> 4 & 1 == 0 ? ",\"dataSupport\":true,\"resolveSupport\":{\"properties\":[\"edit\"]}" : ""
    request(
      "initialize",
      """
      {"processId":null,"rootUri":"file:///home","capabilities":{"general":{"positionEncodings":["\(encoding.rawValue)"]},\
      "textDocument":{"publishDiagnostics":{"relatedInformation":true},"hover":{"contentFormat":["markdown"]},\
      "codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix"]}}\(resolving)}\(pulling)}}}
      """
    )
    notify("initialized", "{}")
    notify("textDocument/didOpen", Self.opening(uri, text))
  }

  var uri: String { "file://\(path)" }
  var name: String { String(path.dropFirst("/home/".count)) }

  // MARK: - Steps

  mutating func take(_ line: ArraySlice<UInt8>) {
    guard let first = line.first else { return }
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["): takeBody(Array(line))
    case UInt8(ascii: "!"): takeRaw(line.dropFirst())
    case UInt8(ascii: "s"): open(sample: line.dropFirst().first ?? 0)
    case UInt8(ascii: "q"): ask(Array(line.dropFirst()))
    default: edit(Array(line))
    }
  }

  /// Asks for the document's findings; nil where it is unknown what it is by now.
  ///
  /// A client that is sent them need not ask, and gets an id that has no answer.
  mutating func askForDocument() -> MessageID? {
    guard !isForeign else { return nil }
    return pulls ? askForDiagnostics(of: uri) : .number(-1)
  }

  /// Opens a document, and asks for its findings where they are not sent.
  mutating func open(_ path: String, _ text: String) -> MessageID {
    notify("textDocument/didOpen", Self.opening("file://\(path)", text))
    return pulls ? askForDiagnostics(of: "file://\(path)") : .number(-1)
  }

  /// Ends whatever message or header broke off: as many bytes as any of them may still want.
  mutating func pad() {
    guard hasRawBytes else { return }
    bytes += Array(repeating: UInt8(ascii: "\n"), count: Self.lengthLimit * 2)
  }

  /// Takes back what messages may have set.
  mutating func resetSettings() {
    guard isForeign else { return }
    notify("workspace/didChangeConfiguration", "{\"settings\":{\"epochzero\":{}}}")
  }

  // MARK: - Private

  private static let lineEnds: [UInt8: UInt8] = [UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D]
  /// Bodies of raw frames are shorter.
  private static let lengthLimit = 10_000

  private mutating func takeBody(_ body: [UInt8]) {
    do throws(Message.Fault) {
      switch try Message(body: body) {
      case .request(_, "shutdown", _), .notification("exit", _): return
      case .request(let id, _, let params):
        guard !Self.isAboutSettingsOfAll(params) else { return }
        count(id)
      case .notification(_, let params):
        guard !Self.isAboutSettingsOfAll(params) else { return }
      case .response: break
      }
    } catch {
      if let id = error.id { count(id) }
    }
    isForeign = true
    frame(body)
  }

  /// Whether a message is about the settings file of all folders, which the probe's findings would depend on.
  private static func isAboutSettingsOfAll(_ params: JSONValue) -> Bool {
    guard let uri = params["textDocument"]["uri"].string else { return false }
    return uri.contains("epochzero.y") && !uri.hasPrefix("file:///home/") || uri.contains("%")
  }

  private mutating func takeRaw(_ line: ArraySlice<UInt8>) {
    var raw: [UInt8] = []
    var digits = 0
    var bytes = Array(line)[...]
    while let byte = bytes.popFirst() {
      digits = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? digits + 1 : 0
      // Longer lengths would swallow all that follows.
      if digits > 4 { continue }
      if byte == UInt8(ascii: "\\"), let next = bytes.first,
        let end = Self.lineEnds[next]
      {
        bytes.removeFirst()
        raw.append(end)
      } else {
        raw.append(byte)
      }
    }
    let text = String(decoding: raw, as: UTF8.self)
    guard !["exit", "shutdown", "epochzero.y", "\\u"].contains(where: { text.contains($0) }) else { return }
    isForeign = true
    hasRawBytes = true
    self.bytes += raw
    // What this breaks may have no answer, and requests inside have one that nobody counts.
    requests = [:]
  }

  private mutating func open(sample: UInt8) {
    text = Self.samples[Int(sample) % Self.samples.count]
    notify("textDocument/didClose", "{\"textDocument\":{\"uri\":\"\(uri)\"}}")
    version = 1
    notify("textDocument/didOpen", Self.opening(uri, text))
  }

  private mutating func edit(_ step: [UInt8]) {
    guard step.count >= 4 else { return }
    let scalars = Array(text.unicodeScalars)
    var start = Int(step[0]) << 8 | Int(step[1])
    start = scalars.isEmpty ? 0 : start % (scalars.count + 1)
    let end = min(start + Int(step[2]) + (step[3] > 0xF0 ? Int(step[3]) << 4 : 0), scalars.count)
    let bytes = step[4...].map { $0 == 1 ? 0x0A : $0 == 2 ? 0x0D : $0 }
    let new = String(decoding: bytes, as: UTF8.self)
    let (from, to) = (place(of: start, in: scalars), place(of: end, in: scalars))
    // Between a CR and its LF there is no position.
    guard let from, let to else { return }
    var changed = String.UnicodeScalarView()
    changed.append(contentsOf: scalars[..<start])
    changed.append(contentsOf: new.unicodeScalars)
    changed.append(contentsOf: scalars[end...])
    text = String(changed)
    version += 1
    notify(
      "textDocument/didChange",
      """
      {"textDocument":{"uri":"\(uri)","version":\(version)},\
      "contentChanges":[{"range":{"start":\(from),"end":\(to)},"text":\(Self.quoted(new))}]}
      """
    )
  }

  /// A place about which something is asked, then what is asked.
  private mutating func ask(_ step: [UInt8]) {
    guard step.count >= 3 else { return }
    let scalars = Array(text.unicodeScalars)
    let offset = (Int(step[0]) << 8 | Int(step[1])) % (scalars.count + 1)
    guard let place = place(of: offset, in: scalars) else { return }
    let document = "\"textDocument\":{\"uri\":\"\(uri)\"}"
    let range = "\"range\":{\"start\":\(place),\"end\":\(place)}"
    let all = "\"range\":{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":9999,\"character\":0}}"
    switch step[2] % 9 {
    case 0: request("textDocument/hover", "{\(document),\"position\":\(place)}")
    case 1: request("textDocument/completion", "{\(document),\"position\":\(place)}")
    case 2: request("textDocument/definition", "{\(document),\"position\":\(place)}")
    case 3: request("textDocument/codeAction", "{\(document),\(range),\"context\":{\"diagnostics\":[]}}")
    case 4: request("textDocument/codeAction", "{\(document),\(all),\"context\":{\"diagnostics\":[]}}")
    case 5: request("textDocument/inlayHint", "{\(document),\(all)}")
    case 6: request("textDocument/documentSymbol", "{\(document)}")
    case 7: request("textDocument/foldingRange", "{\(document)}")
    default:
      request("workspace/diagnostic", "{\"previousResultIds\":[]}")
      if step[2] & 1 == 0 { notify("$/cancelRequest", "{\"id\":\(nextID - 1)}") }
    }
  }

  /// The position of a scalar as JSON; nil for what has none.
  private func place(of offset: Int, in scalars: [Unicode.Scalar]) -> String? {
    var line = 0
    var start = 0
    for index in 0..<offset {
      let ends =
        scalars[index] == "\n" || scalars[index] == "\r" && (index + 1 == scalars.count || scalars[index + 1] != "\n")
      guard ends else { continue }
      line += 1
      start = index + 1
    }
    if offset > 0, offset < scalars.count, scalars[offset] == "\n", scalars[offset - 1] == "\r" { return nil }
    return "{\"line\":\(line),\"character\":\(encoding.count(scalars[start..<offset]))}"
  }

  private mutating func askForDiagnostics(of uri: String) -> MessageID {
    request("textDocument/diagnostic", "{\"textDocument\":{\"uri\":\"\(uri)\"}}")
  }

  @discardableResult
  private mutating func request(_ method: String, _ params: String) -> MessageID {
    defer { nextID += 1 }
    count(.number(nextID))
    frame(Array("{\"jsonrpc\":\"2.0\",\"id\":\(nextID),\"method\":\"\(method)\",\"params\":\(params)}".utf8))
    return .number(nextID)
  }

  private mutating func count(_ id: MessageID) {
    if !hasRawBytes { requests[id, default: 0] += 1 }
  }

  private mutating func notify(_ method: String, _ params: String) {
    frame(Array("{\"jsonrpc\":\"2.0\",\"method\":\"\(method)\",\"params\":\(params)}".utf8))
  }

  private mutating func frame(_ body: [UInt8]) {
    bytes += Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }

  private static func opening(_ uri: String, _ text: String) -> String {
    "{\"textDocument\":{\"uri\":\"\(uri)\",\"languageId\":\"\",\"version\":1,\"text\":\(quoted(text))}}"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case "\u{0}"..."\u{1F}":
        quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static let samples =
    SampleFiles.texts + ["", "[", "{}", "\u{FEFF}# \u{1F600}\r\n\rinput_features: [\u{E9}]\n"]
}
