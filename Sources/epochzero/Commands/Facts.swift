import ArgumentParser
import Linting
import Reporting

/// `epochzero facts`.
struct Facts: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the effective experiment of a file: every fact, its value, and where it comes from.",
    discussion: """
      A fact is stated in a file, a default of the framework, or inferred from other facts. Rules judge these facts, not \
      the text.
      """
  )

  /// How facts are written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(help: "The file; - for standard input.")
  var file: String

  @OptionGroup var inputOptions: InputOptions
  @OptionGroup var frameworkOptions: FrameworkOptions
  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var colorOptions: ColorOptions

  @Option(help: "How to write the facts.")
  var format: Format = .text

  func run() throws {
    let fileSystem = DiskFileSystem()
    let input = try CommandFiles.input(file, standardInputName: inputOptions.stdinFilename, in: fileSystem)
    var commandLine = SettingsLayer()
    commandLine.versions = frameworkOptions.versions
    let settings = SettingsResolver(
      fileSystem: fileSystem,
      rules: try CommandFiles.rules(folders: [], in: fileSystem),
      search: settingsOptions.search,
      commandLine: commandLine
    )
    try settings.requireUsable(for: [input])
    let read: ReadFile
    do throws(FileError) {
      read = try ConfigReader(fileSystem).experiments(in: input, under: settings.reading(of: input.path))
    } catch {
      StandardStream.report("error", "\(input.name): \(error.message)")
      throw ExitStatus.failure
    }
    guard read.isRecognized else {
      StandardStream.report("error", "\(input.name): not a config that epochzero knows")
      throw ExitStatus.failure
    }
    let output = StandardStream.output
    switch format {
    case .text: output.write(FactsText.render(read.experiments, style: output.style(colorOptions.color)))
    case .json: output.write(FactsJSON.render(read.experiments))
    }
  }
}
