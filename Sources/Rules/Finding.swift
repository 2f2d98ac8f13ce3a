package import Experiment
package import SourceText

/// How bad a finding is.
package enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
  /// Advice for a plain network that does not work yet.
  case hint
  /// Very likely harms training.
  case warning
  /// Cannot train right.
  case error

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .hint: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// What a rule says of an experiment.
package struct Finding: Hashable, Sendable {
  /// The rule's id, such as `dropout/keep-as-drop`.
  package var rule: String
  package var severity: Severity
  /// What is wrong: lower case, no final period.
  package var message: String
  /// Where; nil where no file states what is meant, such as a default of a file that has no place for it.
  package var location: SourceLocation?
  /// Other places that explain it.
  package var related: [Related]
  /// What to do instead.
  package var help: String?
  package var fix: Fix?
  /// The change that a dry run trains beside what is written, to put the finding to the test; empty where none can be.
  package var trial: [ExperimentEdit]
  /// What explains the finding in a dry run, as its rule says.
  package var probe: Probe?
  /// Why no dry run can test the finding, as its rule says; nil where one can, or the rule does not say.
  package var untestable: String?

  /// Whether a dry run can put the finding to the test.
  package var canConfirm: Bool { !trial.isEmpty }

  package init(
    rule: String,
    severity: Severity,
    message: String,
    location: SourceLocation?,
    related: [Related] = [],
    help: String? = nil,
    fix: Fix? = nil,
    trial: [ExperimentEdit] = [],
    probe: Probe? = nil,
    untestable: String? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.location = location
    self.related = related
    self.help = help
    self.fix = fix
    self.trial = trial
    self.probe = probe
    self.untestable = untestable
  }
}

/// A way to mend a finding.
package struct Fix: Hashable, Sendable {
  /// Changes of the IR; the dialect turns them into text.
  package var edits: [ExperimentEdit]
  /// Changes of the text of the finding's source, where the problem is one of text, such as a misspelled key.
  package var textEdits: [TextEdit]
  /// Whether it may be made without asking: it does what the writer plainly meant.
  package var isSafe: Bool

  package init(edits: [ExperimentEdit] = [], textEdits: [TextEdit] = [], isSafe: Bool) {
    self.edits = edits
    self.textEdits = textEdits
    self.isSafe = isSafe
  }
}

extension Finding {
  /// Makes the finding that says what a problem says.
  package init(rule: RuleMetadata, severity: Severity, problem: Problem) {
    self.init(
      rule: rule.id,
      severity: severity,
      message: PlainText.line(problem.message, limit: PlainText.messageLimit),
      location: problem.location,
      related: problem.related,
      help: problem.help,
      fix: problem.edits.isEmpty ? nil : Fix(textEdits: problem.edits, isSafe: true),
      untestable: rule.untestable
    )
  }
}
