import Dialects
import Experiment
package import Rules
package import SourceText

/// A finding with the texts it stands in: what reports, fixes and editors need, without the experiment.
package struct LocatedFinding: Sendable {
  /// A range of a text with what to know about it.
  package struct Place: Sendable {
    package var message: String
    package var source: SourceText
    package var range: TextRange

    package init(message: String, source: SourceText, range: TextRange) {
      self.message = message
      self.source = source
      self.range = range
    }
  }

  /// The rule's id.
  package var rule: String
  package var severity: Severity
  package var message: String
  /// The text it stands in.
  package var source: SourceText
  /// Where in the text; empty where no byte of it says what is meant.
  package var range: TextRange
  /// Other places that explain it.
  package var related: [Place]
  package var help: String?
  /// How the texts are changed to mend it; nil where there is no way, or the files cannot say it.
  package var fix: LocatedFix?
  /// Whether there is a way to mend it that cannot be written, since the text lies in an archive.
  package var hasArchivedFix = false
  /// Whether a dry run can put it to the test.
  package var canConfirm: Bool
  /// Why no dry run can, where its rule says so.
  package var untestable: String?
  /// What a dry run is made from; nil unless the session keeps it, and where none can be made.
  package var trial: Trial?
  /// What a dry run said of it; nil where none was made.
  package var confirmation: Confirmation?
  /// Whether it makes the run fail, by its severity and the settings.
  package var failsRun: Bool

  package init(
    rule: String,
    severity: Severity,
    message: String,
    source: SourceText,
    range: TextRange,
    related: [Place],
    help: String?,
    fix: LocatedFix?,
    canConfirm: Bool
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.source = source
    self.range = range
    self.related = related
    self.help = help
    self.fix = fix
    self.canConfirm = canConfirm
    failsRun = severity >= FileSettings.standardFailOn
  }

  /// What two reports of one thing have in common.
  struct Identity: Hashable {
    var rule: String
    var file: String
    var range: TextRange?
    var message: String
  }

  var identity: Identity { Identity(rule: rule, file: source.name, range: range, message: message) }
}

/// The text edits that mend a finding.
package struct LocatedFix: Sendable {
  /// An edit of one file.
  package struct FileEdit: Sendable {
    package var file: ConfigFile
    package var edit: TextEdit

    package init(file: ConfigFile, edit: TextEdit) {
      self.file = file
      self.edit = edit
    }
  }

  /// To be made together or not at all.
  package var edits: [FileEdit]
  /// Whether they may be made without asking.
  package var isSafe: Bool

  package init(edits: [FileEdit], isSafe: Bool) {
    self.edits = edits
    self.isSafe = isSafe
  }
}

extension LocatedFinding {
  /// Finds the texts of a finding.
  init(_ finding: Finding, in lowered: LoweredExperiment) {
    let experiment = lowered.experiment
    let location = finding.location ?? experiment.about.location
    let index = location?.source ?? 0
    rule = finding.rule
    severity = finding.severity
    message = finding.message
    source = lowered.files[index].source
    range = location?.range ?? TextRange(at: source.byteOrderMarkCount)
    related = finding.related.map { related in
      Place(
        message: related.message,
        source: lowered.files[related.location.source].source,
        range: related.location.range
      )
    }
    help = finding.help
    fix = finding.fix.flatMap { LocatedFix($0, at: index, in: lowered) }
    if let made = fix, !made.edits.allSatisfy({ $0.file.editablePath != nil }) {
      fix = nil
      hasArchivedFix = true
    }
    canConfirm = finding.canConfirm
    untestable = finding.untestable
    failsRun = severity >= FileSettings.standardFailOn
  }
}

extension LocatedFix {
  fileprivate init?(_ fix: Fix, at source: Int, in lowered: LoweredExperiment) {
    var edits = fix.textEdits.map { SourceEdit(source: source, edit: $0) }
    if !fix.edits.isEmpty {
      let trees = lowered.files.map(\.tree)
      guard let translated = lowered.dialect?.textEdits(for: fix.edits, in: lowered.experiment, trees: trees) else {
        return nil
      }
      edits += translated
    }
    guard !edits.isEmpty else { return nil }
    self.edits = edits.map { FileEdit(file: lowered.files[$0.source], edit: $0.edit) }
    isSafe = fix.isSafe
  }
}
