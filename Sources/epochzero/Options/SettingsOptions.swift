import ArgumentParser
import Linting
import Reporting
import SourceText

/// The options that say where settings come from.
struct SettingsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take settings from this file, instead of the nearest epochzero.yaml above each file.",
      valueName: "file"
    )
  )
  var config: String?

  @Flag(help: "Heed no settings file.")
  var isolated = false

  func validate() throws {
    if config != nil, isolated { throw ValidationError("--isolated heeds no settings file, --config names one") }
  }

  /// Where settings are looked for.
  var search: SettingsResolver.Search {
    isolated ? .none : config.map { .file($0) } ?? .nearest
  }
}

extension SettingsResolver {
  /// Reports what is wrong with the settings of the files, each problem on a line, and ends the command unless that is nothing.
  func requireUsable(for inputs: [LintInput]) throws(ExitStatus) {
    let problems = problems(for: inputs)
    for problem in problems {
      if let source = problem.source {
        let position = source.displayPosition(at: problem.range.start)
        let place = "\(source.name.printable):\(position.line):\(position.column)"
        StandardStream.error.write("\(place): error: \(problem.message.printable)\n")
      } else {
        StandardStream.report("error", problem.message)
      }
    }
    if !problems.isEmpty { throw .failure }
  }
}
