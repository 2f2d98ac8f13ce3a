import ConfigSyntax
import Linting
import Rules
import SourceText

/// A config that is fixed: the result parses as well as before, what was mended does not come back, nothing worse comes of
/// it, and there is nothing left to fix.
struct FixTarget: FuzzTarget {
  private let session: LintSession

  init() {
    let fileSystem = SampleFiles.fileSystem
    let rules = (try? RuleLibrary.load(folders: [], in: fileSystem)) ?? RuleSet(loading: [])
    var settings = RuleSettings()
    for rule in rules.rules { settings.isOn[rule.id] = true }
    session = LintSession(fileSystem: fileSystem, rules: rules, settings: settings)
  }

  func run(_ bytes: [UInt8]) -> Bool {
    let before = session.check([input(bytes)])
    guard before.findings.contains(where: { $0.fix != nil }) else { return before.checkedFiles > 0 }
    let outcome = fix(bytes)
    for change in outcome.changes {
      if change.name == Self.name { check(change, before, outcome) }
    }
    return true
  }

  // MARK: - Private

  private static let name = "fuzz"

  private func input(_ bytes: [UInt8]) -> LintInput {
    LintInput(name: Self.name, path: Self.name, isNamed: true, content: bytes)
  }

  private func fix(_ bytes: [UInt8]) -> FixOutcome {
    var fixer = Fixer(session: session)
    fixer.includesUnsafe = true
    return fixer.fix([input(bytes)])
  }

  private func check(_ change: FileChange, _ before: LintReport, _ outcome: FixOutcome) {
    let after = session.check([input(change.after)])
    demand(after.errors.isEmpty, "the fixed file cannot be read: \(after.errors)")
    demand(after.checkedFiles >= before.checkedFiles, "the fixed file is no config any more")
    let old = errorCounts(before)
    for (rule, count) in errorCounts(after) where old[rule, default: 0] < count {
      demand(false, "a fix made a new error of \(rule)")
    }
    let again = fix(change.after)
    demand(again.changes.allSatisfy { $0.name != Self.name }, "fixing again changes the file once more")
    for format in [ConfigFormat.json, .yaml] {
      let old = parse(SourceText(name: Self.name, bytes: change.before), as: format)
      let new = parse(SourceText(name: Self.name, bytes: change.after), as: format)
      if old.problems.isEmpty { demand(new.problems.isEmpty, "the fixed \(format) does not parse") }
      demand(old.source.byteOrderMarkCount == new.source.byteOrderMarkCount, "the byte-order mark came or went")
    }
  }

  /// How many errors each rule finds.
  private func errorCounts(_ report: LintReport) -> [String: Int] {
    var counts: [String: Int] = [:]
    for finding in report.findings where finding.severity == .error { counts[finding.rule, default: 0] += 1 }
    return counts
  }
}
