import ConfigSyntax
import Experiment
package import Rules
import SourceText

/// What was found in one file, and in the files it names.
package struct FileReport: Sendable {
  /// The name of the file that was given.
  package var name = ""
  package internal(set) var findings: [LocatedFinding] = []
  /// What comments and settings turn off.
  var suppressed: [SuppressedFinding] = []
  /// The comments of the file, and of those it names, that turn rules off.
  var ignores: [FileIgnores] = []
  package internal(set) var pluginProblems: [PluginProblem] = []
  var error: FileProblem?
  var note: FileProblem?
  /// Whether some dialect knew the file.
  package internal(set) var isRecognized = false
  /// The names of the files that the findings depend on, the file's own among them.
  package internal(set) var sources: Set<String> = []
  /// What held for the file; nil before it was linted.
  package internal(set) var settings: FileSettings?

  /// Findings below it are not reported.
  var minimumSeverity: Severity { settings?.minimumSeverity ?? .hint }
}

/// Lints one file after the other; belongs to one thread, as the Lua state in it does.
package final class FileLinter {
  private let reader: ConfigReader
  private let settings: SettingsResolver
  private let heedsSuppressions: Bool
  /// Made for the first experiment that needs them: a folder without configs needs no Lua.
  private var runners: [(settings: FileSettings, runner: RuleRunner)] = []

  /// How many runners are kept: each has a Lua state, and there may be settings in every folder.
  private static let runnerLimit = 8

  init(reader: ConfigReader, settings: SettingsResolver, heedsSuppressions: Bool) {
    self.reader = reader
    self.settings = settings
    self.heedsSuppressions = heedsSuppressions
  }

  /// Lints a file.
  func lint(_ input: LintInput) -> FileReport {
    LastRead.replace(with: nil)
    var report = FileReport()
    LastRead.replace(with: lint(input, into: &report))
    return report
  }

  /// Lints a file and returns what was read of it too; nil where it cannot be opened, or has more bytes than the limit.
  package func analyze(_ input: LintInput, limit: Int = .max) -> (report: FileReport, read: ReadFile?) {
    var report = FileReport()
    if let content = input.content, content.count > limit {
      report.name = input.name
      report.error = FileProblem(file: input.name, message: FileError.tooLarge(limit: limit).message)
      return (report, nil)
    }
    let read = lint(input, into: &report)
    return (report, read)
  }

  /// Leaves the runners as they are for the rest of the process, which is to end: see ``LintSession/endsProcess``.
  func leaveRunners() {
    for (_, runner) in runners { _ = Unmanaged.passRetained(runner) }
  }

  // MARK: - Private

  private func lint(_ input: LintInput, into report: inout FileReport) -> ReadFile? {
    report.name = input.name
    report.sources = [input.name]
    let reading = settings.reading(of: input.path)
    let settings = settings.settings(for: input.path)
    report.settings = settings
    let read: ReadFile
    do throws(FileError) {
      read = try reader.experiments(in: input, under: reading)
    } catch {
      let problem = FileProblem(file: input.name, message: error.message)
      // Data files that are passed by are not the user's concern; a folder's file that cannot be opened is.
      if input.isNamed || (error.reason != .tooLarge && error.reason != .badArchive) {
        report.error = problem
      } else {
        report.note = problem
      }
      return nil
    }
    report.isRecognized = read.isRecognized
    for index in read.experiments.indices {
      check(read.experiments[index], at: index, input, reading, settings, into: &report)
    }
    if !read.isRecognized, input.isNamed { checkUnknown(read.file, input, settings, into: &report) }
    if heedsSuppressions { suppress(read, settings, in: &report) }
    settings.fixPolicy.limit(&report.findings)
    return read
  }

  private func check(
    _ lowered: LoweredExperiment,
    at index: Int = 0,
    _ input: LintInput,
    _ reading: ReadingSettings,
    _ settings: FileSettings,
    into report: inout FileReport
  ) {
    let run = runner(for: settings).check(lowered.experiment)
    let subject = TrialSubject(lowered, at: index, of: input, under: reading, reader, settings: settings)
    report.findings += run.findings.map { finding in
      var located = LocatedFinding(finding, in: lowered)
      located.failsRun = located.severity >= settings.failOn
      if let subject { located.trial = Trial(of: finding, in: subject) }
      return located
    }
    report.pluginProblems += run.failures
    report.sources.formUnion(lowered.experiment.sources.map(\.name))
  }

  private func suppress(_ read: ReadFile, _ settings: FileSettings, in report: inout FileReport) {
    var pass = IgnorePass(over: read, settings: settings, workingFolder: reader.fileSystem.workingFolder)
    pass?.apply(to: &report, of: read)
  }

  /// A file that is no config has nothing to say, unless it may be one that is too broken to be known.
  private func checkUnknown(
    _ file: ConfigFile,
    _ input: LintInput,
    _ settings: FileSettings,
    into report: inout FileReport
  ) {
    // Settings are checked when they are read, as those of the files around them.
    if SettingsResolver.fileNames.contains(FilePath.name(of: input.path)) { return }
    let isMeantAsConfig = input.content != nil || Discovery.extensions.contains(FilePath.fileExtension(of: input.name))
    let unknown = LoweredExperiment(unknown: file)
    if isMeantAsConfig, !unknown.experiment.problems.isEmpty {
      check(unknown, input, ReadingSettings(), settings, into: &report)
    }
    if report.findings.isEmpty {
      report.note = FileProblem(file: input.name, message: "not a config that epochzero knows")
    }
  }

  /// Returns the runner for settings: the one of a file before, where the same rules run in the same way.
  private func runner(for settings: FileSettings) -> RuleRunner {
    if let known = runners.first(where: { $0.settings === settings || $0.settings.runsRules(as: settings) }) {
      return known.runner
    }
    let runner = RuleRunner(settings.rules, settings: settings.ruleSettings)
    if runners.count >= Self.runnerLimit { runners.removeFirst() }
    runners.append((settings, runner))
    return runner
  }
}
