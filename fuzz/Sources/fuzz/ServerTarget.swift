import Glibc
import JSONRPC
import LanguageServer
import Linting
import Rules
import SourceText

/// A conversation with the language server: frames of any kind, and edits of a document as an editor sends them.
///
/// The first byte says what the client can do, each line after it is one step; see ``Conversation``. Whatever was said, all that goes
/// out is in order, each request has one answer, and a document has the findings that a fresh check of its text has.
struct ServerTarget: FuzzTarget {
  private let rules: RuleSet
  private let files = SampleFiles.make()
  private let session: LintSession
  /// A document that no step is about, with what is found in it.
  private let probe = "/fuzz/of/the/server/probe.yaml"
  private let probeFindings: Set<[String]>

  init() {
    let rules = (try? RuleLibrary.load(folders: [], in: files)) ?? RuleSet(loading: [])
    self.rules = rules
    session = LintSession(fileSystem: files, settings: SettingsResolver(fileSystem: files, rules: rules))
    let input = LintInput(name: probe, path: probe, isNamed: false, content: Array(SampleFiles.experiment.utf8))
    probeFindings = Self.shown(session.check([input]), probe, .utf16)
  }

  func run(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first else { return false }
    var conversation = Conversation(profile: first)
    for line in bytes.dropFirst().split(separator: 0x0A, omittingEmptySubsequences: true) { conversation.take(line) }
    let document = conversation.askForDocument()
    // What broke off swallows some of what follows.
    conversation.pad()
    conversation.resetSettings()
    let asked = conversation.open(probe, SampleFiles.experiment)

    let answers = Answers(reading: serve(conversation.bytes))
    let shown = answers.diagnostics(of: "file://\(probe)", askedAs: asked)
    demand(shown != nil, "nothing is said of a document after all this")
    if conversation.encoding == .utf16, let shown {
      demand(
        shown == probeFindings,
        "other findings than in a fresh check: \(shown.symmetricDifference(probeFindings))"
      )
    }
    for (id, count) in conversation.requests {
      demand(
        answers.countByRequest[id] == count,
        "\(count) requests \(id) have \(answers.countByRequest[id] ?? 0) answers"
      )
    }
    guard let document else { return true }
    let own = answers.diagnostics(of: conversation.uri, askedAs: document)
    demand(own != nil, "nothing is said of \(conversation.uri)")
    let content = Array(conversation.text.utf8)
    files[conversation.name] = content
    defer { files[conversation.name] = nil }
    // A text that was a config before is told of its faults as one that was named.
    let wanted = [false, true].map { isNamed in
      let input = LintInput(name: conversation.name, path: conversation.path, isNamed: isNamed, content: content)
      return Self.shown(session.check([input]), conversation.name, conversation.encoding)
    }
    if let own {
      demand(wanted.contains(own), "findings \(own), not \(wanted[1]), in \(conversation.text.debugDescription)")
    }
    return true
  }

  // MARK: - Private

  /// Has a server of its own read all of the input and returns what it wrote.
  private func serve(_ input: [UInt8]) -> [UInt8] {
    guard let inputFile = tmpfile(), let outputFile = tmpfile() else { fatalError("no temporary file") }
    defer {
      fclose(inputFile)
      fclose(outputFile)
    }
    fwrite(input, 1, input.count, inputFile)
    rewind(inputFile)
    let environment = LanguageServer.Environment(
      version: "0",
      fileSystem: SampleFiles.make(),
      rules: rules,
      page: { $0.id },
      pageFolder: nil
    )
    let output = fileno(outputFile)
    let server = LanguageServer(input: fileno(inputFile), output: output, environment: environment)
    // A busy machine may take its time.
    demand(server.run(patience: 60) == 1, "a server that nobody shut down must end with 1")
    var written = [UInt8](repeating: 0, count: Int(lseek(output, 0, SEEK_END)))
    let count = pread(output, &written, written.count, 0)
    demand(count == written.count, "what was written cannot be read")
    return written
  }

  /// What a client shows of a report in one file, each finding as its code, message and range.
  private static func shown(_ report: LintReport, _ name: String, _ encoding: Conversation.Encoding) -> Set<[String]> {
    Set(
      report.findings.filter { $0.source.name == name }.map { finding in
        let range = [finding.range.start, finding.range.end].map { encoding.position(of: $0, in: finding.source) }
        return [finding.rule, finding.message + (finding.help.map { "\nhelp: \($0)" } ?? "")] + range
      }
    )
  }
}

/// What a server wrote, message by message.
private struct Answers {
  private(set) var countByRequest: [MessageID: Int] = [:]
  private var results: [MessageID: JSONValue] = [:]
  private var published: [String: JSONValue] = [:]

  init(reading bytes: [UInt8]) {
    var frames = FrameReader()
    bytes.withUnsafeBytes { frames.append($0) }
    while let event = frames.next() {
      guard case .body(let body) = event else {
        fatalError("broken invariant: the server's frames are broken: \(event)")
      }
      guard let message = try? Message(body: body) else {
        // The one kind that has no id: an answer to what could not be read.
        let text = String(decoding: body, as: UTF8.self)
        demand(text.contains("\"id\":null,\"error\":{"), "the server's message is none: \(text)")
        continue
      }
      switch message {
      case .response(let id, let result):
        countByRequest[id, default: 0] += 1
        switch result {
        case .success(let value): results[id] = value
        case .failure(let error): demand(error.code != -32603, "an error of the server's own: \(error.message)")
        }
      case .notification("textDocument/publishDiagnostics", let params):
        published[params["uri"].string ?? ""] = params["diagnostics"]
      case .notification, .request: break
      }
    }
  }

  /// What is shown last in a document; nil where the server said nothing of it.
  func diagnostics(of uri: String, askedAs id: MessageID) -> Set<[String]>? {
    let items = published[uri] ?? results[id]?["items"]
    return items?.elements.map { items in
      Set(
        items.map { item in
          let range = ["start", "end"].map { end in
            let place = item["range"][end]
            return "\(place["line"].integer ?? -1):\(place["character"].integer ?? -1)"
          }
          return [item["code"].string ?? "", item["message"].string ?? ""] + range
        }
      )
    }
  }
}
