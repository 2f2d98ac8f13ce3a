import JSONRPC
import JSONText
import Linting
import Synchronization

/// Brings findings to the client: sends them where it does not ask for them itself, never both.
final class DiagnosticPublisher: Sendable {
  private let client: Client
  private let workspace: Workspace
  private let scheduler: MessageScheduler
  private let pages: RulePageFiles
  /// Whether there are code lenses at all: only dry runs have some.
  private let offersDryRuns: Bool
  /// The files that are not open in which documents have findings, by document.
  private let elsewhere = Mutex<[DocumentURI: Set<DocumentURI>]>([:])

  init(
    client: Client,
    workspace: Workspace,
    scheduler: MessageScheduler,
    pages: RulePageFiles,
    offersDryRuns: Bool
  ) {
    self.offersDryRuns = offersDryRuns
    self.client = client
    self.workspace = workspace
    self.scheduler = scheduler
    self.pages = pages
  }

  var writer: DiagnosticWriter {
    DiagnosticWriter(workspace: workspace, capabilities: client.capabilities, pages: pages)
  }

  /// Has the findings of a document shown, whose text is new, and of those that depend on it or that it speaks of.
  func documentChanged(_ uri: DocumentURI) {
    if workspace.isOfSettings(uri) { return everythingChanged() }
    let dependents = workspace.dependents(of: uri)
    let named = workspace.named(by: uri)
    if client.capabilities.pullsDiagnostics {
      // The client asks for the document itself; that others changed too it cannot know.
      if !dependents.isEmpty || !named.isEmpty { refresh() }
      return
    }
    schedule(uri) { [self] in
      // It may speak of others now than it did before.
      for document in Set(named + workspace.named(by: uri)) { schedule(document) }
    }
    for document in dependents { schedule(document) }
  }

  /// Has all findings shown again: settings or files on disk changed.
  func everythingChanged() {
    if client.capabilities.pullsDiagnostics {
      refresh()
    } else {
      for document in workspace.documents { schedule(document.uri) }
    }
    if client.capabilities.refreshesInlayHints {
      client.request("workspace/inlayHint/refresh") { $0.value(nil as String?) }
    }
    refreshCodeLenses()
  }

  /// Has what a dry run says of a document's findings shown.
  func verdictChanged(in uri: DocumentURI) {
    if client.capabilities.pullsDiagnostics { refresh() } else { schedule(uri) }
    refreshCodeLenses()
  }

  /// Takes back what is shown in a document that was closed.
  func documentClosed(_ uri: DocumentURI, dependents: [DocumentURI]) {
    guard !client.capabilities.pullsDiagnostics else {
      if !dependents.isEmpty || workspace.isOfSettings(uri) { refresh() }
      return
    }
    let others = elsewhere.withLock { $0.removeValue(forKey: uri) } ?? []
    for other in others.union([uri]) { publish("[]", for: other, version: nil) }
    for document in workspace.isOfSettings(uri) ? workspace.documents.map(\.uri) : dependents { schedule(document) }
  }

  // MARK: - Private

  private func refresh() {
    guard client.capabilities.refreshesDiagnostics else { return }
    client.request("workspace/diagnostic/refresh") { $0.value(nil as String?) }
  }

  private func refreshCodeLenses() {
    guard offersDryRuns, client.capabilities.refreshesCodeLenses else { return }
    client.request("workspace/codeLens/refresh") { $0.value(nil as String?) }
  }

  private func schedule(_ uri: DocumentURI, then next: @escaping @Sendable () -> Void = {}) {
    scheduler.add(
      MessageScheduler.Job(dependency: .documentRequest(uri)) { [self] _ in
        // The next text is on its way, and has its findings shown in turn.
        if scheduler.hasPendingUpdate(of: uri) { return }
        show(uri)
        next()
      }
    )
  }

  private func show(_ uri: DocumentURI) {
    guard let document = workspace.document(uri) else { return }
    let writer = writer
    var others: Set<DocumentURI> = []
    for (name, diagnostics) in workspace.diagnostics(for: uri) {
      if name == document.name {
        publish(writer.json(diagnostics), for: uri, version: document.version)
      } else if workspace.document(named: name) == nil {
        let other = workspace.uri(ofName: name)
        others.insert(other)
        publish(writer.json(diagnostics), for: other, version: nil)
      }
    }
    let past = elsewhere.withLock { $0.updateValue(others, forKey: uri) } ?? []
    for other in past.subtracting(others) where workspace.document(other) == nil {
      publish("[]", for: other, version: nil)
    }
  }

  private func publish(_ diagnostics: String, for uri: DocumentURI, version: Int?) {
    client.notify("textDocument/publishDiagnostics") { writer in
      writer.object { writer in
        writer.member("uri", uri.text)
        if let version, client.capabilities.takesDiagnosticVersions { writer.member("version", version) }
        writer.key("diagnostics")
        writer.value(json: diagnostics)
      }
    }
  }
}
