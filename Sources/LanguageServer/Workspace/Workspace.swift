import Linting
import Rules
import SourceText
import Synchronization

/// What the client has open, with what was found in it.
///
/// Texts change only by messages that nothing else of their document runs beside; analyses are made one after the other, since the
/// Lua state of the rules belongs to one thread.
final class Workspace: Sendable {
  private struct State {
    var documents: [DocumentURI: OpenDocument] = [:]
    var folders: [String] = []
    var settings = ServerSettings()
    /// Counts what makes all analyses stale: settings, files that changed on disk.
    var generation = 0
  }

  /// What lints; made again when settings or files on disk change.
  private struct Linting {
    var generation: Int
    var session: LintSession
    var linter: FileLinter
  }

  private let disk: any FileSystem
  private let rules: RuleSet
  private let state = Mutex(State())
  private let linting = Mutex<Linting?>(nil)
  /// The texts of the open documents over the files on disk.
  private let files: EditedFiles

  init(disk: any FileSystem, rules: RuleSet) {
    self.disk = disk
    self.rules = rules
    files = EditedFiles(over: disk)
  }

  var workingFolder: String { disk.workingFolder }

  // MARK: - Settings

  var settings: ServerSettings {
    get { state.withLock { $0.settings } }
    set {
      state.withLock { state in
        guard state.settings != newValue else { return }
        state.settings = newValue
        Self.forgetAll(&state)
      }
    }
  }

  /// The absolute paths of the folders that the client has open.
  var folders: [String] {
    get { state.withLock { $0.folders } }
    set { state.withLock { $0.folders = newValue } }
  }

  /// Has everything read again, since files on disk or settings changed.
  func reload() {
    state.withLock { Self.forgetAll(&$0) }
  }

  // MARK: - Documents

  /// The documents that are open, in no order.
  var documents: [OpenDocument] { state.withLock { Array($0.documents.values) } }

  func document(_ uri: DocumentURI) -> OpenDocument? { state.withLock { $0.documents[uri] } }

  func open(_ uri: DocumentURI, language: String, version: Int, bytes: [UInt8]) {
    let document = OpenDocument(
      uri: uri,
      language: language,
      version: version,
      bytes: bytes,
      workingFolder: disk.workingFolder
    )
    put(document)
  }

  /// Makes changes one after the other.
  ///
  /// - Returns: What went wrong; nil when all was made. A change that cannot be made is left out.
  func change(_ uri: DocumentURI, version: Int, _ changes: [TextChange], _ encoding: PositionEncoding) -> String? {
    guard var document = document(uri) else { return "the document is not open" }
    var problem: String?
    var source = document.source
    for change in changes {
      if let changed = change.applied(to: source, encoding) {
        source = changed
      } else {
        problem = "a change of a range that the text does not have was left out"
      }
    }
    document.change(to: source, version: version)
    put(document)
    return problem
  }

  /// Forgets a document; false where it is not open.
  func close(_ uri: DocumentURI) -> Bool {
    guard let document = state.withLock({ $0.documents.removeValue(forKey: uri) }) else { return false }
    files[document.name] = nil
    forgetDependents(of: document.name)
    return true
  }

  /// The document with a shown name, where it is open.
  func document(named name: String) -> OpenDocument? {
    state.withLock { state in state.documents.values.first { $0.name == name } }
  }

  /// The URI of a file with a shown name: as the client wrote it, where it has the file open.
  func uri(ofName name: String) -> DocumentURI {
    document(named: name)?.uri ?? DocumentURI(path: FilePath.join(workingFolder, name))
  }

  /// The documents, but for the named one, whose findings depend on it.
  func dependents(of uri: DocumentURI) -> [DocumentURI] {
    guard let document = document(uri) else { return [] }
    return documents.filter { $0.uri != uri && $0.depends(on: document.name) }.map(\.uri)
  }

  // MARK: - Analyses

  /// Returns what a document holds and what was found in it; nil where it is not open.
  func analysis(of uri: DocumentURI) -> Analysis? {
    let known = state.withLock { ($0.documents[uri], $0.generation) }
    guard let document = known.0 else { return nil }
    if let analysis = document.analysis { return analysis }
    return withLinting { linting in
      // Another thread may have made it meanwhile.
      if let made = self.document(uri), made.source === document.source, let analysis = made.analysis {
        return analysis
      }
      let analysis = Self.analyze(document, linting.linter)
      state.withLock { state in
        guard state.generation == linting.generation, state.documents[uri]?.source === document.source else { return }
        state.documents[uri]?.analysis = analysis
        state.documents[uri]?.previous = nil
      }
      return analysis
    }
  }

  /// Returns what the open documents say together of the file with a shown name, or of the files that a document names.
  ///
  /// An experiment file may have findings in the model file that it names, and knows more of the model than that by itself.
  func report(on uri: DocumentURI) -> LintReport? {
    guard let own = analysis(of: uri), let name = document(uri)?.name else { return nil }
    let others = documents.filter { $0.uri != uri && ($0.depends(on: name) || own.report.sources.contains($0.name)) }
    let reports = [own.report] + others.compactMap { analysis(of: $0.uri)?.report }
    return withLinting { $0.session.joined(reports) }
  }

  /// Calls a closure with the session that holds for the present settings.
  func withSession<Result: Sendable>(_ body: (LintSession) -> Result) -> Result {
    withLinting { body($0.session) }
  }

  // MARK: - Private

  private func withLinting<Result: Sendable>(_ body: (Linting) -> Result) -> Result {
    let (generation, settings) = state.withLock { ($0.generation, $0.settings) }
    return linting.withLock { linting in
      if let known = linting, known.generation >= generation { return body(known) }
      let session = LintSession(fileSystem: files, settings: resolver(settings))
      let made = Linting(generation: generation, session: session, linter: session.makeLinter())
      linting = made
      return body(made)
    }
  }

  private func resolver(_ settings: ServerSettings) -> SettingsResolver {
    SettingsResolver(
      fileSystem: files,
      rules: rules,
      search: settings.configuration.map { .file(FilePath.join(workingFolder, $0)) } ?? .nearest,
      commandLine: settings.layer,
      trustsPlugins: settings.trustsWorkspace
    )
  }

  private static func analyze(_ document: OpenDocument, _ linter: FileLinter) -> Analysis {
    // A text that was a config is told of its faults; any other text that is no config is nobody's business here.
    let wasConfig = document.previous?.isConfig ?? false
    let input = LintInput(
      name: document.name,
      path: document.path,
      isNamed: wasConfig,
      content: document.source.bytes
    )
    let (report, read) = linter.analyze(input)
    return Analysis(source: document.source, report: report, read: read, after: document.previous)
  }

  private func put(_ document: OpenDocument) {
    files[document.name] = document.source.bytes
    state.withLock { $0.documents[document.uri] = document }
    forgetDependents(of: document.name)
    if SettingsResolver.fileNames.contains(FilePath.name(of: document.path)) { reload() }
  }

  private func forgetDependents(of name: String) {
    state.withLock { state in
      for (uri, document) in state.documents where document.name != name && document.depends(on: name) {
        state.documents[uri]?.forget()
      }
    }
  }

  private static func forgetAll(_ state: inout State) {
    state.generation += 1
    for uri in Array(state.documents.keys) { state.documents[uri]?.forget() }
  }
}

extension OpenDocument {
  /// Whether what was found in it rests on another file too.
  fileprivate func depends(on name: String) -> Bool {
    (analysis ?? previous)?.report.sources.contains(name) ?? false
  }

  /// Has the document looked at again.
  fileprivate mutating func forget() {
    previous = analysis ?? previous
    analysis = nil
  }
}
