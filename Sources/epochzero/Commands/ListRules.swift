import ArgumentParser
import Linting
import Reporting
import Rules

/// `epochzero rules`.
struct ListRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules, cause by cause: id, severity, and what is looked for.",
    discussion: """
      With --format markdown and --output-folder it writes the documentation: rules.md, and rules/GROUP/NAME.md for each rule.
      """
  )

  /// How rules are written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, markdown
  }

  @OptionGroup var ruleOptions: RuleOptions
  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var colorOptions: ColorOptions

  @Option(help: "How to write the rules.")
  var format: Format = .text

  @Option(help: ArgumentHelp("Where to write a page for each rule; with --format markdown.", valueName: "path"))
  var outputFolder: String?

  func validate() throws {
    guard outputFolder == nil || format == .markdown else {
      throw ValidationError("--output-folder goes with --format markdown.")
    }
  }

  func run() throws {
    let rules = try CommandFiles.rules(
      folders: ruleOptions.folders,
      settings: settingsOptions,
      in: DiskFileSystem(),
      for: .describing
    )
    let output = StandardStream.output
    let style = output.style(colorOptions.color)
    switch format {
    case .text: output.write(RuleTable.render(rules.rules, style: style))
    case .json: output.write(RuleTable.renderJSON(rules.rules))
    case .markdown:
      if let outputFolder {
        try write(RulePages.pages(of: rules.rules), into: outputFolder)
      } else {
        output.write(RulePages.table(of: rules.rules))
      }
    }
    if !rules.problems.isEmpty {
      StandardStream.error.write(
        PluginProblemText.render(rules.problems, style: StandardStream.error.style(colorOptions.color))
      )
      throw ExitStatus.findings
    }
  }

  /// Writes the pages that are new or not what the rules say any more.
  private func write(_ pages: [RulePages.Page], into folder: String) throws(ExitStatus) {
    let files = DiskFileSystem()
    for page in pages {
      let path = FilePath.join(folder, page.path)
      let bytes = Array(page.text.utf8)
      do throws(FileError) {
        guard files.kind(of: path) != nil else {
          try files.create(path, with: bytes)
          continue
        }
        let old = try files.read(path, limit: Self.pageLimit)
        if old != bytes { try files.replace(path, with: bytes, expecting: old) }
      } catch {
        StandardStream.report("error", "\(path): \(error.message)")
        throw .failure
      }
    }
  }

  /// Far more than a page has.
  private static let pageLimit = 1 << 24
}
