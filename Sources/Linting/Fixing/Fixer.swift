/// Makes fixes until no more is left to make; writes nothing.
///
/// In each round all fixes are made that do not touch each other, the first in the text first, and the file is linted again.
/// A fix counts only when the text is as sound as before, the finding is gone and no new error came; else its text stays.
package struct Fixer {
  private let session: LintSession
  /// Whether fixes are made that may do other than what the writer meant.
  package var includesUnsafe = false
  /// The rules whose findings are mended; nil for all.
  package var rules: Set<String>?
  /// Findings that it counts are left as they are.
  package var baseline: Baseline?

  /// Makes a fixer that lints as the session does.
  package init(session: LintSession) {
    self.session = session
  }

  /// Lints and fixes the files.
  package func fix(_ inputs: [LintInput]) -> FixOutcome {
    var run = FixRun(session: session, inputs: inputs, includesUnsafe: includesUnsafe, rules: rules, baseline: baseline)
    for index in inputs.indices { run.fix(index) }
    return run.finish()
  }
}
