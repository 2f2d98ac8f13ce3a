import ArgumentParser
import Linting
import Rules

/// `epochzero check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lint model and training configs.",
    discussion: """
      Files are linted whatever they are called; in folders, .json, .yaml, .yml, .keras, .cfg, .ini, .prototxt and .pbtxt files \
      are, hidden folders, node_modules and __pycache__ left out and links to folders not followed. "-" is standard input.

      Findings go to standard output, everything else to standard error. Exit codes: 0 nothing worse than a hint (see \
      --fail-on), 1 errors or warnings (a rule that fails is an error), 2 wrong usage or a file that cannot be read or \
      written.
      """
  )

  @Argument(
    help: "Files, folders and patterns such as \"configs/**/*.yaml\"; - for standard input.",
    completion: .file()
  )
  var paths: [String] = ["."]

  @OptionGroup var inputOptions: InputOptions

  @OptionGroup var outputOptions: OutputOptions

  @Option(
    help: ArgumentHelp("Run only these rules or groups, or all; comma-separated, repeatable.", valueName: "rules"),
    completion: RuleCompletion.list
  )
  var select: [String] = []

  @Option(
    help: ArgumentHelp("Do not run these rules or groups; comma-separated, repeatable.", valueName: "rules"),
    completion: RuleCompletion.list
  )
  var ignore: [String] = []

  @Option(help: "Leave out findings below this severity.")
  var minSeverity: Severity?

  @OptionGroup var frameworkOptions: FrameworkOptions
  @OptionGroup var settingsOptions: SettingsOptions

  @Flag(help: "Print what holds for each file and who says so, and lint nothing.")
  var showSettings = false

  @OptionGroup var discoveryOptions: DiscoveryOptions

  @Flag(help: "Put findings to the test: train each config as it is written and with the fix, and say what came of it.")
  var confirm = false

  @OptionGroup var dryRunOptions: DryRunOptions

  @OptionGroup var fixOptions: FixOptions
  @OptionGroup var suppressionOptions: SuppressionOptions
  @OptionGroup var baselineOptions: BaselineOptions
  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var colorOptions: ColorOptions

  @Flag(name: .shortAndLong, help: "Write findings and errors only: no notes, no summary.")
  var quiet = false

  func validate() throws {
    if inputOptions.stdinFilename != nil, !paths.contains("-") {
      throw ValidationError("--stdin-filename says what standard input is called; give - as the path to read it")
    }
    if confirm {
      if fixOptions.fixing != .none || suppressionOptions.addIgnore {
        throw ValidationError(
          "--confirm trains what --fix would change; give it without --fix, --diff and --add-ignore"
        )
      }
    } else if let option = dryRunOptions.firstGiven {
      throw ValidationError("\(option) is about dry runs; give --confirm with it")
    }
    let writesBaseline = baselineOptions.action != .use
    if fixOptions.fixing == .show, writesBaseline || suppressionOptions.addIgnore {
      throw ValidationError("--diff writes nothing; leave out --add-ignore and what writes a baseline")
    }
    if suppressionOptions.addIgnore, fixOptions.fixing != .none || writesBaseline || paths.contains("-") {
      throw ValidationError("--add-ignore goes alone, over files: not with --fix, a baseline that is written, or -")
    }
  }

  func run() throws {
    var commandLine = SettingsLayer(
      select: select.flatMap(Self.words),
      ignore: ignore.flatMap(Self.words),
      minimumSeverity: minSeverity,
      failOn: outputOptions.failOn?.severity,
      fixable: fixOptions.fixable.flatMap(Self.words),
      unfixable: fixOptions.unfixable.flatMap(Self.words)
    )
    commandLine.dryRun = dryRunOptions.settings
    commandLine.versions = frameworkOptions.versions
    try CheckRun(
      paths: paths,
      standardInputName: inputOptions.stdinFilename,
      targets: outputOptions.targets(in: CommandLine.arguments),
      showsStatistics: outputOptions.statistics,
      neverFails: outputOptions.failOn == .never,
      exitsZero: outputOptions.exitZero,
      commandLine: commandLine,
      settingsSearch: settingsOptions.search,
      include: discoveryOptions.include,
      exclude: discoveryOptions.exclude,
      forcesExclusion: discoveryOptions.forceExclude,
      showsSettings: showSettings,
      fixing: fixOptions.fixing,
      includesUnsafeFixes: fixOptions.unsafeFixes,
      heedsSuppressions: !suppressionOptions.ignoreSuppressions,
      confirming: confirm ? dryRunOptions : nil,
      adding: suppressionOptions.adding,
      baseline: baselineOptions.baseline,
      baselineAction: baselineOptions.action,
      ruleFolders: ruleOptions.folders,
      color: colorOptions.color,
      isQuiet: quiet
    )
    .run()
  }

  /// The words of a list with commas.
  static func words(_ list: String) -> [String] {
    list.split(separator: ",").map { String($0.filter { $0 != " " }) }
  }
}
