import ArgumentParser
import ConfigSyntax
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

  @Option(
    help: ArgumentHelp(
      "What standard input is called: for messages, its format, and the files it names.",
      valueName: "path"
    )
  )
  var stdinFilename: String?

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

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var colorOptions: ColorOptions

  @Flag(name: .shortAndLong, help: "Write findings and errors only: no notes, no summary.")
  var quiet = false

  func run() throws {
    let fileSystem = DiskFileSystem()
    let rules = try ruleOptions.load(in: fileSystem)
    var session = LintSession(fileSystem: fileSystem, rules: rules, settings: try settings(for: rules))
    session.minimumSeverity = minSeverity

    let discovery = Discovery(paths.filter { $0 != "-" }, in: fileSystem)
    var inputs = discovery.inputs
    if paths.contains("-") { inputs.append(try standardInput(fileSystem)) }
    var report = session.check(inputs)
    report.errors = discovery.errors + report.errors
    write(report)
    if !report.errors.isEmpty { throw ExitStatus.failure }
    if report.count(of: .error) + report.count(of: .warning) + report.pluginProblems.count > 0 {
      throw ExitStatus.findings
    }
  }

  // MARK: - Private

  private func settings(for rules: RuleSet) throws(ExitStatus) -> RuleSettings {
    let selection = RuleSelection(selected: select.flatMap(Self.words), ignored: ignore.flatMap(Self.words))
    let unknown = selection.unknown(in: rules)
    for word in unknown {
      StandardStream.report("error", "no rule or group is called \"\(word)\"; \"epochzero rules\" lists them")
    }
    if !unknown.isEmpty { throw .failure }
    var settings = RuleSettings()
    selection.apply(to: &settings, rules: rules)
    return settings
  }

  private static func words(_ list: String) -> [String] {
    list.split(separator: ",").map { String($0.filter { $0 != " " }) }
  }

  private func standardInput(_ fileSystem: DiskFileSystem) throws(ExitStatus) -> LintInput {
    do throws(FileError) {
      let bytes = try DiskFileSystem.readStandardInput(limit: SyntaxLimits.fileSize)
      let path = stdinFilename ?? "<stdin>"
      let name = stdinFilename.map { FilePath.shown($0, workingFolder: fileSystem.workingFolder) } ?? path
      return LintInput(name: name, path: path, isNamed: true, content: bytes)
    } catch {
      StandardStream.report("error", "standard input: \(error.message)")
      throw .failure
    }
  }

  private func write(_ report: LintReport) {
    let output = StandardStream.output
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
