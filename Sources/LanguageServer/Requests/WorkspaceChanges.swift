import JSONRPC
import JSONText
import Linting

/// `workspace/didChangeConfiguration`: the editor's settings changed.
struct DidChangeConfigurationNotification: NotificationHandler {
  static let method = "workspace/didChangeConfiguration"

  private let settings: JSONValue

  init(_ params: JSONValue) throws(ResponseError) {
    settings = params["settings"]
  }

  var dependency: MessageDependency { .globalChange }

  func handle(in server: LanguageServer) {
    if server.client.capabilities.answersConfiguration {
      server.requestSettings()
    } else if settings.hasValue {
      server.take(settings: settings[LanguageServer.section].isObject ? settings[LanguageServer.section] : settings)
    }
  }
}

/// `workspace/didChangeWatchedFiles`: files changed on disk.
struct DidChangeWatchedFilesNotification: NotificationHandler {
  static let method = "workspace/didChangeWatchedFiles"

  private let paths: [String]

  init(_ params: JSONValue) throws(ResponseError) {
    guard let changes = params["changes"].elements else { throw .invalidParams("\"changes\" must be a list") }
    paths = changes.compactMap { $0["uri"].string.flatMap { DocumentURI($0).path } }
  }

  var dependency: MessageDependency { .globalChange }

  func handle(in server: LanguageServer) {
    // Of a file that is open the editor's text counts, whatever is on disk.
    let open = Set(server.workspace.documents.map(\.path))
    guard paths.contains(where: { !open.contains($0) }) else { return }
    server.rulePages.forget()
    // Other rules may find the same by other means.
    if paths.contains(where: { FilePath.fileExtension(of: $0) == "lua" }) { server.workspace.verdicts.removeAll() }
    server.workspace.reload()
    server.publisher.everythingChanged()
  }
}

/// `workspace/didChangeWorkspaceFolders`.
struct DidChangeWorkspaceFoldersNotification: NotificationHandler {
  static let method = "workspace/didChangeWorkspaceFolders"

  private let added: [String]
  private let removed: Set<String>

  init(_ params: JSONValue) throws(ResponseError) {
    func paths(_ value: JSONValue) -> [String] {
      (value.elements ?? []).compactMap { $0["uri"].string.flatMap { DocumentURI($0).path } }
    }
    added = paths(params["event"]["added"])
    removed = Set(paths(params["event"]["removed"]))
  }

  var dependency: MessageDependency { .globalChange }

  func handle(in server: LanguageServer) {
    server.workspace.folders = server.workspace.folders.filter { !removed.contains($0) } + added
    server.publisher.everythingChanged()
  }
}

extension LanguageServer {
  /// The section of the client's settings that is ours.
  static let section = "epochzero"

  /// Asks for the present settings.
  func requestSettings() {
    client.request("workspace/configuration") { writer in
      writer.object { writer in
        writer.key("items")
        writer.array { $0.object { $0.member("section", Self.section) } }
      }
    } answer: { [self] result in
      guard case .success(let answer) = result, let settings = answer.elements?.first, settings.isObject else { return }
      scheduler.add(MessageScheduler.Job(dependency: .globalChange) { [self] _ in take(settings: settings) })
    }
  }

  /// Takes in settings, and shows what they change.
  func take(settings value: JSONValue) {
    let settings = ServerSettings(value, over: initialSettings) { client.log(.warning, $0) }
    guard settings != workspace.settings else { return }
    client.logKind = settings.logKind
    workspace.settings = settings
    rulePages.forget()
    publisher.everythingChanged()
  }

  /// Asks the client to tell of changed settings and files.
  func register() {
    var registrations: [(id: String, method: String, options: String)] = []
    if client.capabilities.registersConfiguration {
      registrations.append(
        ("settings", DidChangeConfigurationNotification.method, "{\"section\":\"\(Self.section)\"}")
      )
    }
    if client.capabilities.watchesFiles {
      let extensions = Discovery.extensions.union(["lua"]).sorted().joined(separator: ",")
      registrations.append(
        (
          "files", DidChangeWatchedFilesNotification.method,
          "{\"watchers\":[{\"globPattern\":\"**/*.{\(extensions)}\"}]}"
        )
      )
    }
    guard !registrations.isEmpty else { return }
    client.request("client/registerCapability") { writer in
      writer.object { writer in
        writer.key("registrations")
        writer.array(of: registrations) { writer, registration in
          writer.object { writer in
            writer.member("id", registration.id)
            writer.member("method", registration.method)
            writer.key("registerOptions")
            writer.value(json: registration.options)
          }
        }
      }
    }
  }
}
