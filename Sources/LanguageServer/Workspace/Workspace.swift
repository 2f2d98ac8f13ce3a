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
    /// Files beside a document that name it, by its path.
    var neighbours: [String: [LintInput]] = [:]
    /// Counts what makes all analyses stale: settings, files that changed on disk.
    var generation = 0
  }

  /// What lints; made again when settings or files on disk change.
  private struct Linting {
    var generation: Int
    var session: LintSession
    var linter: FileLinter
  }

  /// What all findings of the workspace depend on.
  private struct WorkspaceKey: Hashable {
    var generation: Int
    var versions: [DocumentURI: Int]
    var folders: [String]
  }

  private let disk: any FileSystem
  private let rules: RuleSet
  private let state = Mutex(State())
  private let linting = Mutex<Linting?>(nil)
  private let lastDiagnostics = Mutex<(key: WorkspaceKey, diagnostics: [String: DocumentDiagnostics])?>(nil)
  /// The texts of the open documents over the files on disk.
  private let files: EditedFiles
  /// What dry runs said of findings.
  let verdicts = VerdictStore()

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
      // Other rules may find the same by other means.
      verdicts.removeAll()
    }
  }

  /// The absolute paths of the folders that the client has open.
  var folders: [String] {
    get { state.withLock { $0.folders } }
    set { state.withLock { $0.folders = newValue } }
  }

  /// The innermost folder of the workspace that holds a path.
  func folder(of path: String) -> String? {
    folders.filter { path.hasPrefix($0 == "/" ? $0 : $0 + "/") }.max { $0.utf8.count < $1.utf8.count }
  }

  /// Whether there is something at a path, on disk or in the editor.
  func hasFile(_ path: String) -> Bool { files.kind(of: path) != nil }

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
    let isOfSettings = isOfSettings(uri)
    guard let document = state.withLock({ $0.documents.removeValue(forKey: uri) }) else { return false }
    files[document.name] = nil
    forgetDependents(of: document.name)
    if isOfSettings { reload() }
    return true
  }

  /// Whether a document is a settings file or defines a dialect, so that the findings in all others depend on it.
  func isOfSettings(_ uri: DocumentURI) -> Bool {
    if uri.path.map({ SettingsResolver.fileNames.contains(FilePath.name(of: $0)) }) == true { return true }
    return document(uri)?.definesDialect ?? false
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

  /// The documents, but for the named one, that its findings were about when it was last looked at.
  func named(by uri: DocumentURI) -> [DocumentURI] {
    guard let document = document(uri) else { return [] }
    return documents.filter { $0.uri != uri && document.depends(on: $0.name) }.map(\.uri)
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
      let analysis = analyze(document, linting.linter)
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
    let analyses = analyses(about: uri)
    guard let own = analyses.first else { return nil }
    let reports = [own.report] + own.namedBy + analyses.dropFirst().map(\.report)
    return withLinting { $0.session.joined(reports) }
  }

  /// Returns what was found in a document, and in the open ones that speak of it or that it speaks of; none where it is not open.
  func analyses(about uri: DocumentURI) -> [Analysis] {
    guard let own = analysis(of: uri), let name = document(uri)?.name else { return [] }
    // Whether one that was never looked at speaks of this file is not known.
    for document in documents where document.isNew { _ = analysis(of: document.uri) }
    let others = documents.filter { $0.uri != uri && ($0.depends(on: name) || own.report.sources.contains($0.name)) }
    return [own] + others.compactMap { analysis(of: $0.uri) }
  }

  /// How many times all was forgotten.
  var generation: Int { state.withLock { $0.generation } }

  /// Calls a closure with the session that holds for the present settings.
  func withSession<Result: Sendable>(_ body: (LintSession) -> Result) -> Result {
    withLinting { body($0.session) }
  }

  /// Finds what is wrong in all configs below the client's folders.
  ///
  /// - Parameters:
  ///   - mayReuse: Whether what was found before counts while nothing is known to have changed: the client tells of files on disk.
  ///   - isCancelled: Asked before each file; what was found until then is returned.
  ///   - progress: Told how far it is, in percent.
  /// - Returns: What is shown in each config, by shown name.
  func workspaceDiagnostics(
    mayReuse: Bool,
    isCancelled: () -> Bool,
    progress: (_ percentage: Int) -> Void
  ) -> [String: DocumentDiagnostics] {
    guard settings.isEnabled else { return [:] }
    // Clients ask again as soon as they are answered.
    let key = state.withLock { state in
      WorkspaceKey(generation: state.generation, versions: state.documents.mapValues(\.version), folders: state.folders)
    }
    if let (known, diagnostics) = lastDiagnostics.withLock(\.self), mayReuse, known == key {
      return withVerdicts(diagnostics)
    }
    let session = withSession(\.self)
    let inputs = Discovery(folders, in: files, settings: session.settings).inputs
    // A linter of its own: what the user types must not wait for it.
    let linter = session.makeLinter()
    var reports: [FileReport] = []
    var diagnostics: [String: DocumentDiagnostics] = [:]
    for (index, input) in inputs.enumerated() {
      if isCancelled() { break }
      reports.append(linter.analyze(input).report)
      if reports.last?.isRecognized ?? false { diagnostics[input.name] = DocumentDiagnostics() }
      progress((index + 1) * 100 / inputs.count)
    }
    for finding in session.joined(reports).findings {
      diagnostics[finding.source.name, default: DocumentDiagnostics()].findings.append(finding)
    }
    if !isCancelled() { lastDiagnostics.withLock { $0 = (key, diagnostics) } }
    return withVerdicts(diagnostics)
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
    let root = folders.first ?? workingFolder
    return SettingsResolver(
      fileSystem: files,
      rules: rules,
      search: settings.configuration.map { .file(FilePath.join(root, $0)) } ?? .nearest,
      commandLine: settings.layer,
      trustsPlugins: settings.trustsWorkspace
    )
  }

  private func analyze(_ document: OpenDocument, _ linter: FileLinter) -> Analysis {
    // A text that was a config is told of its faults; any other text that is no config is nobody's business here.
    let wasConfig = document.previous?.isConfig ?? false
    let input = LintInput(
      name: document.name,
      path: document.path,
      isNamed: wasConfig,
      content: document.source.bytes
    )
    let (report, read) = linter.analyze(input, limit: Self.textLimit)
    let namedBy = (report.isRecognized ? experimentFiles(naming: document) : []).map { linter.analyze($0).report }
    return Analysis(
      source: document.source,
      report: report,
      read: read,
      namedBy: namedBy.filter { $0.sources.contains(document.name) },
      after: document.previous
    )
  }

  /// The files that findings in a document may be of: itself, and those that name it, open or beside it.
  func inputs(about document: OpenDocument) -> [LintInput] {
    let naming = documents.filter { $0.uri != document.uri && $0.depends(on: document.name) }
    return [LintInput(name: document.name, path: document.path, isNamed: true)]
      + naming.map { LintInput(name: $0.name, path: $0.path, isNamed: false) } + experimentFiles(naming: document)
  }

  /// The files beside a document that are not open and may name it: the experiment files of a model.
  ///
  /// They know more of it than it says itself, and a run over the folder would judge it by them.
  private func experimentFiles(naming document: OpenDocument) -> [LintInput] {
    let open = Set(documents.map(\.path))
    return neighbours(of: document).filter { !open.contains($0.path) }
  }

  /// Looks for such files, once until files on disk change.
  private func neighbours(of document: OpenDocument) -> [LintInput] {
    if let known = state.withLock({ $0.neighbours[document.path] }) { return known }
    let folder = FilePath.folder(of: document.path)
    let ownName = Array(FilePath.name(of: document.path).utf8)
    var found: [LintInput] = []
    for entry in ((try? disk.entries(of: folder)) ?? []).prefix(Self.neighbourLimit) where entry.kind == .file {
      let path = FilePath.join(folder, entry.name)
      guard let mark = Self.neighbourMarks[FilePath.fileExtension(of: entry.name)], path != document.path,
        let bytes = try? disk.read(path, limit: Self.neighbourSize), bytes.contains(ownName),
        bytes.contains(Array(mark.utf8))
      else { continue }
      found.append(LintInput(name: FilePath.shown(path, workingFolder: workingFolder), path: path, isNamed: false))
    }
    state.withLock { $0.neighbours[document.path] = found }
    return found
  }

  /// The longest text that is looked at, in bytes: what is longer is data, and would keep an editor waiting for seconds at each key.
  static let textLimit = 8 << 20

  /// What files that name others have in them, by their extension: experiment files, and Caffe's solvers.
  private static let neighbourMarks = [
    "yaml": "epochzero", "yml": "epochzero", "json": "epochzero", "prototxt": "base_lr",
  ]
  /// How many files of a folder are looked at.
  private static let neighbourLimit = 256
  /// Experiment files are small.
  private static let neighbourSize = 1 << 16

  private func put(_ document: OpenDocument) {
    files[document.name] = document.source.bytes
    let wasOfSettings = isOfSettings(document.uri)
    state.withLock { $0.documents[document.uri] = document }
    forgetDependents(of: document.name)
    if wasOfSettings || isOfSettings(document.uri) { reload() }
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
    state.neighbours = [:]
    for uri in Array(state.documents.keys) { state.documents[uri]?.forget() }
  }
}

extension OpenDocument {
  /// Whether what was found in it rests on another file too.
  fileprivate func depends(on name: String) -> Bool {
    (analysis ?? previous)?.report.sources.contains(name) ?? false
  }

  /// Whether nothing is known of it yet.
  fileprivate var isNew: Bool { analysis == nil && previous == nil }

  /// Has the document looked at again.
  fileprivate mutating func forget() {
    previous = analysis ?? previous
    analysis = nil
  }
}
