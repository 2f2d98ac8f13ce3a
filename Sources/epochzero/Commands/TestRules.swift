import ArgumentParser
import Linting
import Reporting
import Rules

/// `epochzero test-rules`.
struct TestRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the examples of the rules in a folder as their tests.",
    discussion: """
      In a bad example the findings must start exactly at the marks, in a good one there must be none, and "fixed" must be \
      what the fixes make. Each example also runs with CR LF line ends and, in YAML, behind a comment.

      Exit codes: 0 all pass, 1 some fail, 2 wrong usage or a folder without rules.
      """
  )

  @Argument(help: "A folder with .lua files, or one of them.")
  var folder: String

  @OptionGroup var colorOptions: ColorOptions

  func run() throws {
    let output = StandardStream.output
    let style = output.style(colorOptions.color)
    let plugins = try self.plugins()
    let tester = RuleExampleTester()
    var ruleCount = 0
    var exampleCount = 0
    var failureCount = 0
    for plugin in plugins {
      let outcome = tester.test(plugin)
      ruleCount += outcome.rule == nil ? 0 : 1
      exampleCount += outcome.exampleCount
      failureCount += outcome.failures.count
      output.write(PluginProblemText.render(outcome.failures, style: style))
    }
    let failures = failureCount == 0 ? "all pass" : "\(failureCount) failed"
    output.write("\(ruleCount) of \(plugins.count) rules loaded, \(exampleCount) examples: \(failures)\n")
    if failureCount > 0 { throw ExitStatus.findings }
  }

  private func plugins() throws(ExitStatus) -> [PluginFile] {
    let plugins: [PluginFile]
    do throws(FileError) {
      plugins = try RuleLibrary.plugins(in: folder, DiskFileSystem())
    } catch {
      StandardStream.report("error", "\(folder): \(error.message)")
      throw .failure
    }
    if plugins.isEmpty {
      StandardStream.report("error", "\(folder): no .lua file in it")
      throw .failure
    }
    return plugins
  }
}
