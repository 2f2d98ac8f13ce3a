import ArgumentParser
import DryRunClient
import DryRunMessages
import Linting
import Reporting

/// `epochzero dryrun`.
struct DryRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dryrun",
    abstract: "Train a config as it is for a few seconds, and check how it does.",
    discussion: """
      What is checked: the loss before the first step, whether one batch can be learnt by heart, whether inputs are used at \
      all, the largest learning rate that does not explode, and whether the held-out loss falls below that of a constant. \
      What a verdict means and what it does not: docs/dry-runs/README.md.

      Exit codes: 0 no check failed, 1 a check failed, 2 wrong usage, a file that cannot be read, or nothing could be trained.
      """
  )

  /// How the outcome is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(help: "The file; - for standard input.", completion: .file())
  var file: String

  @OptionGroup var inputOptions: InputOptions
  @OptionGroup var dryRunOptions: DryRunOptions
  @OptionGroup var frameworkOptions: FrameworkOptions
  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var colorOptions: ColorOptions

  @Option(help: "How to write the outcome.")
  var format: Format = .text

  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  func run() throws {
    let fileSystem = DiskFileSystem()
    try dryRunOptions.checkFiles(in: fileSystem)
    let input = try CommandFiles.input(file, standardInputName: inputOptions.stdinFilename, in: fileSystem)
    var commandLine = SettingsLayer()
    commandLine.dryRun = dryRunOptions.settings
    commandLine.versions = frameworkOptions.versions
    let resolver = SettingsResolver(
      fileSystem: fileSystem,
      rules: try CommandFiles.rules(folders: [], in: fileSystem),
      search: settingsOptions.search,
      commandLine: commandLine
    )
    try resolver.requireUsable(for: [input])
    let jobs = try jobs(input, resolver, in: fileSystem)
    let reports = train(jobs, resolver.settings(for: input.path).dryRun)
    let output = StandardStream.output
    switch format {
    case .text: output.write(ExperimentText.render(reports, style: output.style(colorOptions.color)))
    case .json: output.write(ExperimentJSON.render(reports))
    }
    let isWritten = dryRunOptions.write(
      DryRunPage.render(reports, version: EpochZero.versionNumber),
      to: fileSystem
    )
    if Interrupt.wasRaised { throw ExitStatus.interrupted }
    if !isWritten || reports.contains(where: { !$0.report.isTrained }) { throw ExitStatus.failure }
    if reports.contains(where: { $0.report.checks.contains { $0.outcome == .failed } }) { throw ExitStatus.findings }
  }

  // MARK: - Private

  /// The jobs of the file's experiments, with what they are called.
  private func jobs(
    _ input: LintInput,
    _ resolver: SettingsResolver,
    in fileSystem: DiskFileSystem
  ) throws(ExitStatus) -> [(name: String, job: DryRunJob)] {
    let settings = resolver.settings(for: input.path).dryRun
    var reader = ConfigReader(fileSystem)
    reader.keepsStated = true
    let read: ReadFile
    do throws(FileError) {
      read = try reader.experiments(in: input, under: resolver.reading(of: input.path))
    } catch {
      StandardStream.report("error", "\(input.name): \(error.message)")
      throw .failure
    }
    guard read.isRecognized else {
      StandardStream.report("error", "\(input.name): not a config that epochzero knows")
      throw .failure
    }
    return read.experiments.enumerated().compactMap { index, lowered in
      guard let stated = lowered.stated else { return nil }
      let job = DryRunJob(
        written: stated,
        rows: settings.rows(in: fileSystem) ?? lowered.rows(of: input, in: fileSystem),
        budget: settings.budget,
        seed: dryRunOptions.seed ?? CheckRun.standardSeed
      )
      return (read.experiments.count == 1 ? input.name : "\(input.name), experiment \(index + 1)", job)
    }
  }

  private func train(_ jobs: [(name: String, job: DryRunJob)], _ settings: DryRunSettings) -> [NamedReport] {
    Interrupt.watch()
    let bar = ProgressBar(isQuiet: quiet, colorOptions.color)
    var clients = DryRunClients()
    let client = clients.client(settings.launcher)
    defer {
      clients.close()
      bar?.erase()
    }
    return jobs.enumerated().map { index, job in
      bar?.show(Double(index) / Double(jobs.count), "starting")
      let report = client.run(
        job.job,
        progress: { bar?.show((Double(index) + $0.share) / Double(jobs.count), $0.activity) },
        isCancelled: { Interrupt.wasRaised }
      )
      return NamedReport(name: job.name, report: report)
    }
  }
}
