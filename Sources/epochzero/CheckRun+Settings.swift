import Linting
import Reporting

extension CheckRun {
  /// Prints what holds for each file.
  func show(_ settings: SettingsResolver, of inputs: [LintInput], _ errors: [FileProblem]) throws(ExitStatus) {
    for error in errors { StandardStream.report("error", "\(error.file): \(error.message)") }
    let output = StandardStream.output
    for (index, input) in inputs.enumerated() {
      if index > 0 { output.write("\n") }
      output.write(ShownSettings.render(input, in: settings, style: output.style(color)))
    }
    if !errors.isEmpty { throw .failure }
  }
}
