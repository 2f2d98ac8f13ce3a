import ArgumentParser
import Linting
import Reporting
import Rules

/// `epochzero check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lint model and training configs.",
    discussion: """
      Files are linted whatever they are called; in folders, .json, .yaml, .yml and .keras files are, hidden folders, \
      node_modules and __pycache__ left out and links to folders not followed. "-" is standard input.

      Findings go to standard output, everything else to standard error. Exit codes: 0 nothing worse than a hint, 1 errors \
      or warnings (a rule that fails is an error), 2 wrong usage or a file that cannot be read.
      """
  )

  /// How findings are written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case full, concise, json
  }

  @Argument(help: "Files, folders and patterns such as \"configs/**/*.yaml\"; - for standard input.")
  var paths: [String] = ["."]

  @OptionGroup var inputOptions: InputOptions

  @Option(help: "How to write the findings.")
  var format: Format = .full

  @Option(
    help: ArgumentHelp("Run only these rules or groups, or all; comma-separated, repeatable.", valueName: "rules")
  )
  var select: [String] = []

  @Option(help: ArgumentHelp("Do not run these rules or groups; comma-separated, repeatable.", valueName: "rules"))
  var ignore: [String] = []

  @Option(help: "Leave out findings below this severity.")
  var minSeverity: Severity = .hint

  @Flag(help: "Make the safe fixes and write the files; standard input is written fixed to standard output.")
  var fix = false

  @Flag(help: "Print what --fix would change as a unified diff, and write nothing.")
  var diff = false

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var colorOptions: ColorOptions

  @Flag(name: .shortAndLong, help: "Write findings and errors only: no notes, no summary.")
  var quiet = false

  func validate() throws {
    if inputOptions.stdinFilename != nil, !paths.contains("-") {
      throw ValidationError("--stdin-filename says what standard input is called; give - as the path to read it")
    }
    if fix, diff { throw ValidationError("--fix writes and --diff does not; give one of them") }
  }

  func run() throws {
    let fileSystem = DiskFileSystem()
    let rules = try ruleOptions.load(in: fileSystem)
    var session = LintSession(fileSystem: fileSystem, rules: rules, settings: try settings(for: rules))
    session.minimumSeverity = minSeverity

    let discovery = Discovery(paths.filter { $0 != "-" }, in: fileSystem)
    var inputs = discovery.inputs
    if paths.contains("-") { inputs.append(try inputOptions.input("-", in: fileSystem)) }
    var report: LintReport
    var wouldChange = false
    if fix || diff {
      let outcome = Fixer(session: session).fix(inputs)
      report = outcome.report
      report.errors += apply(outcome, to: inputs, in: fileSystem)
      wouldChange = diff && !outcome.changes.isEmpty
    } else {
      report = session.check(inputs)
    }
    report.errors = discovery.errors + report.errors
    write(report)
    if !report.errors.isEmpty { throw ExitStatus.failure }
    if wouldChange || report.count(of: .error) + report.count(of: .warning) + report.pluginProblems.count > 0 {
      throw ExitStatus.findings
    }
  }

  // MARK: - Fixes

  /// Writes the files, or the differences, and returns what went wrong.
  private func apply(_ outcome: FixOutcome, to inputs: [LintInput], in fileSystem: DiskFileSystem) -> [FileProblem] {
    let output = StandardStream.output
    let style = output.style(colorOptions.color)
    var problems: [FileProblem] = []
    var changes = outcome.changes
    if diff {
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
    if !quiet, outcome.fixedCount > 0 {
      let verb = diff ? "would fix" : "fixed"
      StandardStream.error.write("\(verb) \(Summary.counted(outcome.fixedCount, "finding"))\n")
    }
    return problems
  }

  /// Where findings go: with `--diff`, or when the fixed text goes to standard output, that is standard error.
  private var findingStream: StandardStream {
    diff || (fix && paths.contains("-")) ? .error : .output
  }

  // MARK: - Private

  private func settings(for rules: RuleSet) throws(ExitStatus) -> RuleSettings {
    let selection = RuleSelection(selected: select.flatMap(Self.words), ignored: ignore.flatMap(Self.words))
    let problems = selection.problems(in: rules)
    for problem in problems { StandardStream.report("error", problem.message) }
    if !problems.isEmpty { throw .failure }
    var settings = RuleSettings()
    selection.apply(to: &settings, rules: rules)
    return settings
  }

  private static func words(_ list: String) -> [String] {
    list.split(separator: ",").map { String($0.filter { $0 != " " }) }
  }

  private func write(_ report: LintReport) {
    let output = findingStream
    let style = output.style(colorOptions.color)
    if !quiet {
      for note in report.notes { StandardStream.report("note", "\(note.file): \(note.message)") }
    }
    for error in report.errors { StandardStream.report("error", "\(error.file): \(error.message)") }
    switch format {
    case .full:
      output.write(FullReport.render(report, style: style, width: output.width))
      if !quiet { output.write(Summary.render(report) + "\n") }
    case .concise:
      output.write(ConciseReport.render(report, style: style))
      if !quiet { StandardStream.error.write(Summary.render(report) + "\n") }
    case .json:
      output.write(JSONReport.render(report))
    }
  }
}
