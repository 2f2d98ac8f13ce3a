package import Linting
package import Rules
import Glibc
import JSONRPC
import Synchronization

/// The language server: reads messages from one descriptor and writes to another until it is told to end.
package final class LanguageServer: Sendable {
  /// What the server is told from outside.
  package struct Environment: Sendable {
    package var version: String
    package var fileSystem: any FileSystem
    package var rules: RuleSet
    /// The documentation of a rule as a Markdown page.
    package var page: @Sendable (RuleMetadata) -> String
    /// The folder that pages are kept in for the editor to open; nil where there is none.
    package var pageFolder: String?
    /// What puts findings to the test; nil where none can be.
    package var dryRunner: DryRunner?

    package init(
      version: String,
      fileSystem: any FileSystem,
      rules: RuleSet,
      page: @escaping @Sendable (RuleMetadata) -> String,
      pageFolder: String?,
      dryRunner: DryRunner? = nil
    ) {
      self.version = version
      self.fileSystem = fileSystem
      self.rules = rules
      self.page = page
      self.pageFolder = pageFolder
      self.dryRunner = dryRunner
    }
  }

  /// How far the conversation is.
  enum Phase: Sendable {
    case started, initialized, shutDown
  }

  let environment: Environment
  let client: Client
  let workspace: Workspace
  let scheduler = MessageScheduler()
  let publisher: DiagnosticPublisher
  let rulePages: RulePageFiles
  let dryRuns: DryRunQueue
  private let input: Int32
  private let phase = Mutex(Phase.started)
  private let settingsAtStart = Mutex(ServerSettings())

  /// Makes a server that reads from and writes to descriptors, which stay the caller's.
  package init(input: Int32, output: Int32, environment: Environment) {
    self.input = input
    self.environment = environment
    client = Client(stream: MessageStream(descriptor: output))
    workspace = Workspace(disk: environment.fileSystem, rules: environment.rules)
    rulePages = RulePageFiles(folder: environment.pageFolder, page: environment.page, in: environment.fileSystem)
    publisher = DiagnosticPublisher(
      client: client,
      workspace: workspace,
      scheduler: scheduler,
      pages: rulePages,
      offersDryRuns: environment.dryRunner != nil
    )
    dryRuns = DryRunQueue(client: client, runner: environment.dryRunner)
  }

  /// Serves until the client says `exit`, or is gone.
  ///
  /// - Parameter seconds: How long what was asked before is worked on then.
  /// - Returns: The status that the process ends with: 0 after a `shutdown`, else 1.
  package func run(patience seconds: Int = 2) -> Int32 {
    var frames = FrameReader()
    let size = 1 << 16
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    reading: while true {
      let count = read(input, buffer.baseAddress, size)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      frames.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      while let event = frames.next() {
        switch event {
        case .fault(let reason): client.log(.error, "the stream is broken: \(reason)")
        case .body(let body): if !take(body) { break reading }
        }
      }
    }
    dryRuns.stop(seconds: seconds)
    // What was asked before is answered; what never ends must not keep the process.
    scheduler.waitUntilIdle(seconds: seconds)
    return phase.withLock { $0 } == .shutDown ? 0 : 1
  }

  /// The settings that came with `initialize`, which hold where later ones say nothing.
  var initialSettings: ServerSettings {
    get { settingsAtStart.withLock { $0 } }
    set { settingsAtStart.withLock { $0 = newValue } }
  }

  /// Says how far the conversation is now.
  func enter(_ next: Phase) { phase.withLock { $0 = next } }

  // MARK: - Private

  /// Puts a message in line; false when it is the last one.
  private func take(_ body: [UInt8]) -> Bool {
    let message: Message
    do throws(Message.Fault) {
      message = try Message(body: body)
    } catch {
      client.fail(error.id, error.error)
      return true
    }
    switch message {
    case .response(let id, let result): client.take(result, for: id)
    case .request(let id, let method, let params): take(request: id, method, params)
    case .notification("exit", _): return false
    case .notification("$/cancelRequest", let params):
      guard let id = MessageID(params["id"]) else { break }
      scheduler.cancel(id)
      dryRuns.cancel(request: id)
    case .notification(let method, let params): take(notification: method, params)
    }
    return true
  }

  private func take(request id: MessageID, _ method: String, _ params: JSONValue) {
    guard let type = Messages.requests[method] else { return refuse(id, .methodNotFound(method)) }
    let handler: any RequestMessage
    do throws(ResponseError) {
      handler = try type.init(params)
    } catch {
      return refuse(id, error)
    }
    let job = MessageScheduler.Job(
      dependency: handler.dependency,
      request: id,
      abandon: { [client] in client.fail(id, .requestCancelled) },
      work: { [self] token in
        let request = PendingRequest(id: id, token: token, client: client)
        do throws(ResponseError) {
          try requirePhase(of: type)
          handler.begin(in: self, request)
        } catch {
          request.fail(error)
        }
      }
    )
    scheduler.add(job)
  }

  /// Answers a request that cannot be heeded, with the phase's error where no request may come.
  private func refuse(_ id: MessageID, _ error: ResponseError) {
    do throws(ResponseError) {
      try requirePhase(of: nil)
      client.fail(id, error)
    } catch let phaseError {
      client.fail(id, phaseError)
    }
  }

  private func take(notification method: String, _ params: JSONValue) {
    guard let type = Messages.notifications[method] else {
      // Those that begin with "$/" may be ignored by the protocol.
      if !method.hasPrefix("$/") { client.log(.log, "there is no notification \"\(method)\"") }
      return
    }
    do throws(ResponseError) {
      let handler = try type.init(params)
      scheduler.add(
        MessageScheduler.Job(dependency: handler.dependency) { [self] _ in
          guard phase.withLock({ $0 }) == .initialized else { return }
          handler.handle(in: self)
        }
      )
    } catch {
      client.log(.error, "\(method): \(error.message)")
    }
  }

  /// Refuses a request that must not come now; nil stands for one that is not known, or not understood.
  private func requirePhase(of type: (any RequestMessage.Type)?) throws(ResponseError) {
    switch (phase.withLock { $0 }, type == InitializeRequest.self) {
    case (.started, true), (.initialized, false): break
    case (.started, false): throw .serverNotInitialized
    case (.initialized, true): throw .invalidRequest("the server is initialized already")
    case (.shutDown, _): throw .invalidRequest("the server is shut down")
    }
  }
}
