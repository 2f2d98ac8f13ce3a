import JSONText
import Linting
import Rules
import SourceText

/// What can be done about the findings of a document.
struct CodeActions {
  /// An action as it is offered.
  struct Offer: Sendable {
    var title: String
    var kind: ActionKind
    /// The findings that it mends or hides.
    var findings: [LocatedFinding] = []
    var isPreferred = false
    /// Nil where the edits are worked out later.
    var edit: WorkspaceEdit?
    var deferred: DeferredAction?
    /// What is run in place of an edit.
    var command: DryRunOffer?
  }

  private let workspace: Workspace
  private let document: OpenDocument
  /// The findings in the document.
  private let findings: [LocatedFinding]
  /// Whether an edit may make a file, such as a settings file where there is none.
  private let createsFiles: Bool
  private let dryRuns: [DryRunOffer]

  init(of document: OpenDocument, in workspace: Workspace, createsFiles: Bool, dryRuns: [DryRunOffer] = []) {
    self.dryRuns = dryRuns
    self.workspace = workspace
    self.document = document
    self.createsFiles = createsFiles
    findings = (workspace.diagnostics(for: document.uri)[document.name]?.findings ?? [])
  }

  /// Returns what can be done about the findings that a range touches, and about all of them.
  func offers(in range: TextRange, asked wanted: [String]?) -> [Offer] {
    var offers: [Offer] = []
    if ActionKind.quickFix.isAsked(by: wanted) {
      let touched = findings.filter { $0.range.touches(range) }
      for finding in touched { if let offer = fix(finding) { offers.append(offer) } }
      var rules: Set<String> = []
      for finding in touched where rules.insert(finding.rule).inserted {
        if let offer = fixAll(of: finding.rule) { offers.append(offer) }
      }
      for finding in touched where !finding.rule.hasPrefix("suppression/") { offers.append(ignore(finding)) }
    }
    if ActionKind.confirm.isAsked(by: wanted) {
      // A verdict that is there is shown with the finding.
      for offer in dryRuns where offer.command != .showVerdict && offer.finding.range.touches(range) {
        let title = "\(offer.title) (\(offer.finding.rule))"
        offers.append(Offer(title: title, kind: .confirm, findings: [offer.finding], command: offer))
      }
    }
    if ActionKind.fixAll.isAsked(by: wanted), findings.contains(where: { $0.fix?.isSafe ?? false }) {
      offers.append(
        Offer(title: "Fix all safe findings of Epoch Zero", kind: .fixAll, deferred: .fixAll(rule: nil))
      )
    }
    return offers
  }

  /// Works out the edits of an action; nil where there is nothing to do any more.
  func edit(for action: DeferredAction) -> WorkspaceEdit? {
    switch action {
    case .fixAll(let rule): fixAllEdit(rule)
    case .ignore(let rule, let message, let start): ignoreEdit(rule, message, start)
    }
  }

  // MARK: - Private

  private func fix(_ finding: LocatedFinding) -> Offer? {
    guard let fix = finding.fix else { return nil }
    var edit = WorkspaceEdit()
    for change in fix.edits { edit.add(change.edit, of: change.file.source, in: workspace) }
    let what = finding.help.map(\.sentenceCased) ?? "Fix \(finding.rule)"
    return Offer(
      title: fix.isSafe ? what : "\(what) (unsafe: may do other than was meant)",
      kind: .quickFix,
      findings: [finding],
      isPreferred: fix.isSafe,
      edit: edit
    )
  }

  private func fixAll(of rule: String) -> Offer? {
    let fixable = findings.filter { $0.rule == rule && $0.fix?.isSafe ?? false }
    guard fixable.count > 1 else { return nil }
    return Offer(
      title: "Fix all \(fixable.count) findings of \(rule)",
      kind: .quickFix,
      findings: fixable,
      deferred: .fixAll(rule: rule)
    )
  }

  private func ignore(_ finding: LocatedFinding) -> Offer {
    Offer(
      title: "Ignore \(finding.rule) here, with a reason",
      kind: .quickFix,
      findings: [finding],
      deferred: .ignore(rule: finding.rule, message: finding.message, start: finding.range.start)
    )
  }

  private func fixAllEdit(_ rule: String?) -> WorkspaceEdit? {
    let inputs = workspace.inputs(about: document)
    let outcome = workspace.withSession { session in
      var fixer = Fixer(session: session)
      fixer.rules = rule.map { [$0] }
      return fixer.fix(inputs)
    }
    // What would be mended in the experiment's other files is offered there.
    return edit(making: outcome.changes.filter { $0.name == document.name })
  }

  private func ignoreEdit(_ rule: String, _ message: String, _ start: Int) -> WorkspaceEdit? {
    let inputs = workspace.inputs(about: document)
    let outcome = workspace.withSession { session in
      var writer = IgnoreWriter(session: session, inputs: inputs)
      writer.reason = Self.reason
      // Comments that are written on the way move what comes behind them, never the finding itself: it is gone then.
      writer.isMeant = { $0.rule == rule && $0.message == message && $0.range.start == start }
      return writer.plan { settings in
        FilePath.folder(of: FilePath.normalized(FilePath.join(workspace.workingFolder, settings)))
      }
    }
    if let edit = edit(making: outcome.changes) { return edit }
    guard createsFiles, let entries = outcome.unplacedEntries else { return nil }
    // A JSON file can hold no comment, and there is no settings file yet.
    let folder = workspace.folder(of: document.path) ?? FilePath.folder(of: document.path)
    let path = FilePath.join(folder, SettingsResolver.fileNames[0])
    guard !workspace.hasFile(path) else { return nil }
    var edit = WorkspaceEdit()
    let name = FilePath.shown(path, workingFolder: workspace.workingFolder)
    edit.addNewFile(name, path: path, text: entries)
    return edit
  }

  private func edit(making changes: [FileChange]) -> WorkspaceEdit? {
    guard !changes.isEmpty else { return nil }
    var edit = WorkspaceEdit()
    for change in changes { edit.add(change, in: workspace) }
    return edit
  }

  /// What stands for the reason until the writer gives one.
  private static let reason = "(say why)"
}

extension TextRange {
  /// Whether two ranges overlap or meet.
  fileprivate func touches(_ other: TextRange) -> Bool { start <= other.end && other.start <= end }
}

extension String {
  /// The text with its first letter in upper case.
  fileprivate var sentenceCased: String { prefix(1).uppercased() + dropFirst() }
}
