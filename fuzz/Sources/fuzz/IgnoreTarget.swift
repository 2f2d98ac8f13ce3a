import ConfigSyntax
import Linting
import Rules
import SourceText

/// A config with comments that ignore findings, and with more of them written by `--add-ignore`: these hide what they are for, and
/// are comments to every reader.
struct IgnoreTarget: FuzzTarget {
  private static let name = "fuzz.yaml"

  private let files = SampleFiles.make()
  private let session: LintSession
  private let input = LintInput(name: name, path: name, isNamed: true)

  init() {
    let rules = (try? RuleLibrary.load(folders: [], in: files)) ?? RuleSet(loading: [])
    let all = SettingsLayer(select: ["all"], ignore: [])
    session = LintSession(
      fileSystem: files,
      settings: SettingsResolver(fileSystem: files, rules: rules, search: .none, commandLine: all)
    )
  }

  func run(_ bytes: [UInt8]) -> Bool {
    files[Self.name] = bytes
    let report = session.check([input])
    for finding in report.findings {
      demand(finding.source.range.contains(finding.range), "\(finding.range) lies outside")
      let edits = (finding.fix?.edits ?? []).filter { $0.file.source === finding.source }.map(\.edit)
      demand(finding.source.applying(edits) != nil, "edits at odds: \(edits)")
    }
    guard report.checkedFiles > 0 else { return false }
    let plan = IgnoreWriter(session: session, inputs: [input]).plan { _ in files.workingFolder }
    guard let change = plan.changes.first(where: { $0.name == Self.name }) else { return true }
    let open = words(in: bytes)
    files[Self.name] = change.after
    let left = session.check([input]).findings.filter { $0.source.name == Self.name && !isAboutComments($0) }
    let allowed = Set(plan.left.map(\.message))
    for finding in left { demand(allowed.contains(finding.message), "not ignored: \(finding.message)") }
    demand(open == words(in: change.after), "comments change what is found")
    return true
  }

  // MARK: - Private

  /// What is found where nothing is ignored, in order.
  private func words(in bytes: [UInt8]) -> [String] {
    files[Self.name] = bytes
    var session = session
    session.heedsSuppressions = false
    return session.check([input]).findings.filter { !isAboutComments($0) }.map { "\($0.rule): \($0.message)" }.sorted()
  }

  private func isAboutComments(_ finding: LocatedFinding) -> Bool { finding.rule.hasPrefix("suppression/") }
}
