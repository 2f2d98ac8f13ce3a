import Linting
import Reporting
import Rules

/// What `epochzero check` does, however its arguments were read.
struct CheckRun {
  /// How findings are written.
  enum Format: String, CaseIterable {
    case full, concise, json
  }

  /// What becomes of the safe fixes.
  enum Fixing {
    case none
    /// They are made, and the files written.
    case write
    /// A unified diff is printed, and nothing written.
    case show
  }

  /// Files, folders and patterns; `-` is standard input.
  var paths: [String]
  /// What standard input is called.
  var standardInputName: String?
  var format = Format.full
  /// What the command line says of rules and severities.
  var commandLine = SettingsLayer()
  /// Where settings are looked for.
  var settingsSearch = SettingsResolver.Search.nearest
  /// Whether files that are named are passed over as well where the settings exclude them.
  var forcesExclusion = false
  /// Whether only the settings of the files are printed.
  var showsSettings = false
  var fixing = Fixing.none
  /// Where the user's own rules are.
  var ruleFolders: [String] = []
  var color = ColorChoice.auto
  /// Whether notes and summary are left out.
  var isQuiet = false

  /// Lints, writes what was found, and throws the status that the process ends with unless it is clean.
  func run() throws {
    let fileSystem = DiskFileSystem()
    let rules = try CommandFiles.rules(folders: ruleFolders, in: fileSystem)
    let settings = SettingsResolver(
      fileSystem: fileSystem,
      rules: rules,
      ruleFolders: ruleFolders,
      search: settingsSearch,
      commandLine: commandLine
    )
    let discovery = Discovery(
      paths.filter { $0 != "-" },
      in: fileSystem,
      settings: settings,
      forcesExclusion: forcesExclusion
    )
    var inputs = discovery.inputs
    if paths.contains("-") {
      inputs.append(try CommandFiles.input("-", standardInputName: standardInputName, in: fileSystem))
    }
    try settings.requireUsable(for: inputs)
    if showsSettings { return try show(settings, of: inputs, discovery.errors) }
    let session = LintSession(fileSystem: fileSystem, settings: settings)
    var report: LintReport
    var wouldChange = false
    if fixing != .none {
      let outcome = Fixer(session: session).fix(inputs)
      report = outcome.report
      report.errors += apply(outcome, to: inputs, in: fileSystem)
      wouldChange = fixing == .show && !outcome.changes.isEmpty
    } else {
      report = session.check(inputs)
    }
    report.errors = discovery.errors + report.errors
    write(report)
    if !report.errors.isEmpty { throw ExitStatus.failure }
    if wouldChange || report.findings.contains(where: \.failsRun) || !report.pluginProblems.isEmpty {
      throw ExitStatus.findings
    }
  }

  // MARK: - Fixes

  /// Writes the files, or the differences, and returns what went wrong.
  private func apply(_ outcome: FixOutcome, to inputs: [LintInput], in fileSystem: DiskFileSystem) -> [FileProblem] {
    let output = StandardStream.output
    let style = output.style(color)
    var problems: [FileProblem] = []
    var changes = outcome.changes
    if fixing == .show {
      for change in changes {
        output.write(
          UnifiedDiff.render(name: change.name, before: change.before, after: change.after, style: style)
        )
      }
    } else {
      for input in inputs {
        guard let content = input.content else { continue }
        output.write(changes.first { $0.name == input.name }?.after ?? content)
        changes.removeAll { $0.name == input.name }
      }
      for change in changes {
        do throws(FileError) {
          try change.write(to: fileSystem)
        } catch {
          problems.append(FileProblem(file: change.name, message: error.message))
        }
      }
    }
    if !isQuiet, outcome.fixedCount > 0 {
      let verb = fixing == .show ? "would fix" : "fixed"
      StandardStream.error.write("\(verb) \(Summary.counted(outcome.fixedCount, "finding"))\n")
    }
    return problems
  }

  /// Where findings go: with `--diff`, or when the fixed text goes to standard output, that is standard error.
  private var findingStream: StandardStream {
    fixing == .show || (fixing == .write && paths.contains("-")) ? .error : .output
  }

  // MARK: - Private

  private func write(_ report: LintReport) {
    let output = findingStream
    let style = output.style(color)
    if !isQuiet {
      for note in report.notes { StandardStream.report("note", "\(note.file): \(note.message)") }
    }
    for error in report.errors { StandardStream.report("error", "\(error.file): \(error.message)") }
    switch format {
    case .full:
      output.write(FullReport.render(report, style: style, width: output.width))
      if !isQuiet { output.write(Summary.render(report) + "\n") }
    case .concise:
      output.write(ConciseReport.render(report, style: style))
      if !isQuiet { StandardStream.error.write(Summary.render(report) + "\n") }
    case .json:
      output.write(JSONReport.render(report))
    }
  }
}
