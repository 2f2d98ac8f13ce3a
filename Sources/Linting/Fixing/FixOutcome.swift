/// A file that fixes change.
package struct FileChange: Sendable {
  /// The name shown to the user.
  package var name: String
  /// The path to write to.
  package var path: String
  package var before: [UInt8]
  package var after: [UInt8]
  /// How many findings it mends; one that takes changes of two files counts with the first.
  package var fixCount: Int

  /// Writes the change, unless the file changed meanwhile.
  package func write(to fileSystem: any FileSystem) throws(FileError) {
    try fileSystem.replace(path, with: after, expecting: before)
  }
}

/// What fixing gave.
package struct FixOutcome: Sendable {
  /// What is left.
  package var report: LintReport
  /// The files to write, sorted by name.
  package var changes: [FileChange] = []
  /// Fixes that were left out, and why; sorted by file.
  package var notes: [FileProblem] = []
  /// Rules whose fixes keep undoing each other, or themselves; sorted by file.
  package var warnings: [FileProblem] = []

  /// How many findings were mended.
  package var fixedCount: Int { changes.reduce(0) { $0 + $1.fixCount } }
}

/// Why fixes are not made, though they could be.
enum FixRefusal: Hashable {
  /// The edits of one fix are at odds with each other.
  case contradictoryEdits
  /// The text would have more faults than before.
  case brokenText
  /// The finding is there afterwards too.
  case unmended
  /// The rule finds an error that was not there before.
  case newError(rule: String)
  /// A rule fails on what the fix makes.
  case ruleFailure

  /// The reason: the rest of "the fix was left out: ...".
  var reason: String {
    switch self {
    case .contradictoryEdits: "its edits are at odds with each other"
    case .brokenText: "the text could not be read as well as before"
    case .unmended: "the finding would still be there"
    case .newError(let rule): "it would make an error of \"\(rule)\""
    case .ruleFailure: "a rule would fail on the result"
    }
  }
}
