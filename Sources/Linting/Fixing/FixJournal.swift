import SourceText

/// What there is to say of fixes that were not made.
struct FixJournal {
  private struct Entry: Hashable {
    var file: String
    var rule: String
    var refusal: FixRefusal
  }

  private var refusals: [Entry: Int] = [:]
  private var archived: [String: Int] = [:]
  private var restless: [FileProblem] = []

  mutating func noteRefusal(_ refusal: FixRefusal?, of finding: LocatedFinding) {
    guard let refusal else { return }
    refusals[Entry(file: finding.source.name, rule: finding.rule, refusal: refusal), default: 0] += 1
  }

  mutating func noteArchived(_ finding: LocatedFinding) {
    archived[finding.source.name, default: 0] += 1
  }

  mutating func noteRestless(_ rules: [String], in file: String) {
    let names = rules.map { "\"\($0)\"" }.joined(separator: ", ")
    let whose =
      rules.count == 1 ? "the fixes of \(names) never come to an end" : "the fixes of \(names) undo each other"
    restless.append(FileProblem(file: file, message: "\(whose), so none of them is made"))
  }

  /// Fixes that were left out, sorted by file.
  var notes: [FileProblem] {
    var notes = refusals.map { entry, count in
      FileProblem(
        file: entry.file,
        message: (count == 1 ? "a fix" : "\(count) fixes") + " of \"\(entry.rule)\" left out: \(entry.refusal.reason)"
      )
    }
    notes += archived.map { file, count in
      FileProblem(
        file: file,
        message: (count == 1 ? "a fix" : "\(count) fixes")
          + " left out: archives are not written; take the file out, fix it, and put it back"
      )
    }
    return notes.sorted { ($0.file, $0.message) < ($1.file, $1.message) }
  }

  /// Rules whose fixes do not settle, sorted by file.
  var warnings: [FileProblem] {
    restless.sorted { ($0.file, $0.message) < ($1.file, $1.message) }
  }
}
