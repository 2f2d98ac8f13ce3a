import Linting
import Reporting
import Rules

/// What `epochzero check` does, however its arguments were read.
struct CheckRun {
  /// Files, folders and patterns; `-` is standard input.
  var paths: [String]
  /// What standard input is called.
  var standardInputName: String?
  /// What is written where.
  var targets = [ReportTarget()]
  /// Whether findings are counted by rule.
  var showsStatistics = false
  /// Whether no finding makes the run fail, whatever the settings say.
  var neverFails = false
  /// Whether the process ends with 0 though the run failed.
  var exitsZero = false
  /// What the command line says of rules and severities.
  var commandLine = SettingsLayer()
  /// Where settings are looked for.
  var settingsSearch = SettingsResolver.Search.nearest
  /// Patterns of the files that are linted in folders, in place of what the settings say; none for that.
  var include: [String] = []
  /// Patterns of what is passed over in folders, beside what the settings say.
  var exclude: [String] = []
  /// Whether files that are named are passed over as well where the settings exclude them.
  var forcesExclusion = false
  /// Whether only the settings of the files are printed.
  var showsSettings = false
  var fixing = Fixing.none
  /// Whether fixes are made that may do other than what the writer meant.
  var includesUnsafeFixes = false
  /// Whether comments and settings that ignore findings count.
  var heedsSuppressions = true
  /// How findings are put to the test; nil where they are not.
  var confirming: DryRunOptions?
  /// What is ignored from now on; nil for nothing.
  var adding: IgnoreAddition?
  /// The baseline's path; nil for that of the settings, if there is one.
  var baseline: String?
  var baselineAction = BaselineAction.use
  /// Where the user's own rules are.
  var ruleFolders: [String] = []
  var color = ColorChoice.auto
  /// Whether notes and summary are left out.
  var isQuiet = false

  /// What a run begins with.
  struct Start {
    let settings: SettingsResolver
    let session: LintSession
    var inputs: [LintInput]
    /// Paths that lead nowhere.
    let errors: [FileProblem]
  }

  /// Finds the settings and the files.
  func start(in fileSystem: DiskFileSystem) throws -> Start {
    let rules = try CommandFiles.rules(folders: ruleFolders, in: fileSystem)
    let settings = SettingsResolver(
      fileSystem: fileSystem,
      rules: rules,
      ruleFolders: ruleFolders,
      search: settingsSearch,
      commandLine: commandLine,
      include: include,
      exclude: exclude
    )
    let discovery = Discovery(
      paths.filter { $0 != "-" },
      in: fileSystem,
      settings: settings,
      forcesExclusion: forcesExclusion
    )
    var inputs = discovery.inputs
    if paths.contains("-") {
      let input = try CommandFiles.input("-", standardInputName: standardInputName, in: fileSystem)
      if forcesExclusion, settings.excludes(input.path) { passOn(input) } else { inputs.append(input) }
    }
    try checkTargets(against: inputs, in: fileSystem)
    try settings.requireUsable(for: inputs)
    var session = LintSession(fileSystem: fileSystem, settings: settings)
    session.heedsSuppressions = heedsSuppressions
    return Start(settings: settings, session: session, inputs: inputs, errors: discovery.errors)
  }

  /// Lints, writes what was found, and throws the status that the process ends with unless it is clean.
  func run() throws {
    let fileSystem = DiskFileSystem()
    try checkTargets(in: fileSystem)
    var start = try start(in: fileSystem)
    if showsSettings { return try show(start.settings, of: start.inputs, start.errors) }
    var writeErrors: [FileProblem] = []
    if let adding {
      writeErrors = try add(adding, start, in: fileSystem)
      // Settings files may have changed too.
      start = try self.start(in: fileSystem)
    }
    let inputs = start.inputs
    var session = start.session
    session.endsProcess = fixing == .none
    session.keepsTrials = confirming != nil
    let baseline = try openBaseline(start.settings, in: fileSystem)
    var report: LintReport
    var wouldChange = false
    if fixing != .none {
      (report, wouldChange) = fix(inputs, session, baseline?.baseline, in: fileSystem)
    } else {
      report = session.check(inputs)
    }
    report.errors = start.errors + writeErrors + report.errors
    if let baseline {
      let coverage = BaselineCoverage(of: inputs, report, in: fileSystem, settings: start.settings)
      apply(baseline, to: &report, coverage, in: fileSystem)
    }
    let isComplete = confirming.map { confirm(&report, $0, in: fileSystem) } ?? true
    if neverFails { for index in report.findings.indices { report.findings[index].failsRun = false } }
    var isWritten = write(report, settings: start.settings, in: fileSystem)
    if let confirming {
      let isPageWritten = confirming.write(
        DryRunPage.render(report, version: EpochZero.versionNumber),
        to: fileSystem
      )
      isWritten = isPageWritten && isWritten
    }
    if !isComplete { throw ExitStatus.interrupted }
    if !report.errors.isEmpty || !isWritten { throw ExitStatus.failure }
    if neverFails || exitsZero { return }
    if wouldChange || report.findings.contains(where: \.failsRun) || !report.pluginProblems.isEmpty {
      throw ExitStatus.findings
    }
  }

  // MARK: - Private

  /// Writes standard input out as it is where its fixed text is waited for.
  private func passOn(_ input: LintInput) {
    if fixing == .write, let content = input.content { StandardStream.output.write(content) }
  }
}
