import ConfigSyntax
import Experiment
import Rules
import SourceText

/// Takes away what the comments of the read files, and entries of the settings, turn off.
struct IgnorePass {
  private let files: [ConfigFile]
  private let settings: FileSettings
  private let workingFolder: String
  private var ignores: [FileIgnores] = []
  /// The names of the files that have comments or mistakes, in step with `ignores`.
  private var mistakes: [(file: ConfigFile, mistakes: [IgnoreMistake])] = []
  /// The entries that hold for a file, by the file's name.
  private var entriesByFile: [String: [(entry: SettingsSuppression, ranges: [TextRange]?)]] = [:]

  /// Reads the comments; nil where nothing turns anything off.
  init?(over read: ReadFile, settings: FileSettings, workingFolder: String) {
    var files = [read.file]
    for experiment in read.experiments {
      for file in experiment.files where !files.contains(where: { $0.source === file.source }) { files.append(file) }
    }
    for file in files {
      var mistakes: [IgnoreMistake] = []
      if let ignores = FileIgnores(of: file, mistakes: &mistakes, rules: settings.rules) {
        self.ignores.append(ignores)
      }
      if !mistakes.isEmpty { self.mistakes.append((file, mistakes)) }
    }
    if ignores.isEmpty, settings.suppressions.isEmpty { return nil }
    self.files = files
    self.settings = settings
    self.workingFolder = workingFolder
  }

  /// Moves what is turned off out of the findings, and adds what is wrong with the comments.
  mutating func apply(to report: inout FileReport, of read: ReadFile) {
    if read.isRecognized {
      for (file, mistakes) in mistakes {
        let problems = mistakes.map { Problem($0) }
        report.findings += ProblemReporter(settings: settings).findings(for: problems, in: file)
      }
    }
    var shown: [LocatedFinding] = []
    for finding in report.findings {
      if let suppressed = suppress(finding) { report.suppressed.append(suppressed) } else { shown.append(finding) }
    }
    report.findings = shown
    // What a broken file hides may be what a comment is for.
    let isWhole = read.file.tree.problems.allSatisfy { $0.kind == .lenientSyntax || $0.kind == .duplicateKey }
    let ran = RanRules(settings, failures: report.pluginProblems)
    for index in ignores.indices where ignores[index].file.source === read.file.source {
      if isWhole, read.isRecognized { ignores[index].judge(by: ran) }
    }
    report.ignores = ignores
  }

  // MARK: - Private

  private mutating func suppress(_ finding: LocatedFinding) -> SuppressedFinding? {
    var comment: IgnoreComment?
    for index in ignores.indices where ignores[index].file.source === finding.source {
      comment = ignores[index].comment(for: finding)
    }
    if let comment { return SuppressedFinding(finding, kind: .comment, justification: comment.reason) }
    guard !settings.suppressions.isEmpty else { return nil }
    for (entry, ranges) in entries(for: finding.source) {
      let names = entry.rules.contains { word in
        IgnoreComment.Selector(word: word.text, range: word.range).selects(finding.rule)
      }
      guard names, ranges?.contains(where: { $0.contains(finding.range) }) ?? true else { continue }
      return SuppressedFinding(finding, kind: .settings, justification: entry.reason)
    }
    return nil
  }

  /// The entries for a file, with the parts of it that they are about; nil for all of it.
  private mutating func entries(for source: SourceText) -> [(entry: SettingsSuppression, ranges: [TextRange]?)] {
    if let known = entriesByFile[source.name] { return known }
    let tree = files.first { $0.source === source }?.tree
    let entries = settings.suppressions.filter { $0.covers(file: source.name, workingFolder: workingFolder) }
      .map { entry in (entry, entry.pointer.map { pointer in tree.map { pointer.ranges(in: $0) } ?? [] }) }
    entriesByFile[source.name] = entries
    return entries
  }
}

/// Makes findings of problems that are found where no rule looks, by the rules that report their kinds.
struct ProblemReporter {
  let settings: FileSettings

  /// Returns the findings of the rules that are on.
  func findings(for problems: [Problem], in file: ConfigFile) -> [LocatedFinding] {
    guard !problems.isEmpty else { return [] }
    let lowered = LoweredExperiment(
      experiment: Experiment(dialect: "unknown", sources: [file.source]),
      dialect: nil,
      files: [file]
    )
    return settings.rules.rules.filter { $0.reports != nil && settings.ruleSettings.runs($0) }.flatMap { rule in
      problems.filter { $0.kind == rule.reports }.map { problem in
        let severity = settings.ruleSettings.severity(of: rule)
        var finding = LocatedFinding(Finding(rule: rule, severity: severity, problem: problem), in: lowered)
        finding.failsRun = severity >= settings.failOn
        return finding
      }
    }
  }
}

extension Problem {
  fileprivate init(_ mistake: IgnoreMistake) {
    let kind: Kind =
      switch mistake.kind {
      case .malformed: .malformedSuppression
      case .unknownRule: .unknownSuppressedRule
      }
    self.init(
      kind: kind,
      message: mistake.message,
      location: SourceLocation(source: 0, range: mistake.range),
      help: mistake.help,
      edits: mistake.edits
    )
  }
}
