import Linting
import Reporting
import Rules

/// What `epochzero check` does, however its arguments were read.
struct CheckRun {
  /// How findings are written.
  enum Format: String, CaseIterable {
    case full, concise, json
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
  /// Whether fixes are made that may do other than what the writer meant.
  var includesUnsafeFixes = false
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
      let input = try CommandFiles.input("-", standardInputName: standardInputName, in: fileSystem)
      if forcesExclusion, settings.excludes(input.path) { passOn(input) } else { inputs.append(input) }
    }
    try settings.requireUsable(for: inputs)
    if showsSettings { return try show(settings, of: inputs, discovery.errors) }
    let session = LintSession(fileSystem: fileSystem, settings: settings)
    var report: LintReport
    var wouldChange = false
    if fixing != .none {
      (report, wouldChange) = fix(inputs, session, in: fileSystem)
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

  // MARK: - Private

  /// Writes standard input out as it is where its fixed text is waited for.
  private func passOn(_ input: LintInput) {
    if fixing == .write, let content = input.content { StandardStream.output.write(content) }
  }

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
