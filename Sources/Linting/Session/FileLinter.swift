import ConfigSyntax
import Experiment
import Rules
import SourceText

/// What was found in one file, and in the files it names.
struct FileReport: Sendable {
  var findings: [LocatedFinding] = []
  var pluginProblems: [PluginProblem] = []
  var error: FileProblem?
  var note: FileProblem?
  var isRecognized = false
  /// The names of the files that the findings depend on, the file's own among them.
  var sources: Set<String> = []
}

/// Lints one file after the other; belongs to one thread, as the Lua state in it does.
final class FileLinter {
  private let reader: ConfigReader
  private let rules: RuleSet
  private let settings: RuleSettings
  /// Made for the first experiment: a folder without configs needs no Lua.
  private lazy var runner = RuleRunner(rules, settings: settings)

  init(reader: ConfigReader, rules: RuleSet, settings: RuleSettings) {
    self.reader = reader
    self.rules = rules
    self.settings = settings
  }

  func lint(_ input: LintInput) -> FileReport {
    LastRead.replace(with: nil)
    var report = FileReport()
    report.sources = [input.name]
    let read: ReadFile
    do throws(FileError) {
      read = try reader.experiments(in: input)
    } catch {
      let problem = FileProblem(file: input.name, message: error.message)
      // Data files that are passed by are not the user's concern; a folder's file that cannot be opened is.
      if input.isNamed || (error.reason != .tooLarge && error.reason != .badArchive) {
        report.error = problem
      } else {
        report.note = problem
      }
      return report
    }
    LastRead.replace(with: read)
    report.isRecognized = read.isRecognized
    for experiment in read.experiments { check(experiment, into: &report) }
    if !read.isRecognized, input.isNamed { checkUnknown(read.file, input, into: &report) }
    return report
  }

  // MARK: - Private

  private func check(_ lowered: LoweredExperiment, into report: inout FileReport) {
    let run = runner.check(lowered.experiment)
    report.findings += run.findings.map { LocatedFinding($0, in: lowered) }
    report.pluginProblems += run.failures
    report.sources.formUnion(lowered.experiment.sources.map(\.name))
  }

  /// A file that is no config has nothing to say, unless it may be one that is too broken to be known.
  private func checkUnknown(_ file: ConfigFile, _ input: LintInput, into report: inout FileReport) {
    let isMeantAsConfig = input.content != nil || Discovery.extensions.contains(FilePath.fileExtension(of: input.name))
    let unknown = LoweredExperiment(unknown: file)
    if isMeantAsConfig, !unknown.experiment.problems.isEmpty { check(unknown, into: &report) }
    if report.findings.isEmpty {
      report.note = FileProblem(file: input.name, message: "not a config that epochzero knows")
    }
  }
}
