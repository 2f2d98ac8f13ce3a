import Linting
import Rules
import SourceText

/// A settings file: what is wrong with it is said with a place inside it, and what is right of it holds for the files below.
struct SettingsTarget: FuzzTarget {
  private let rules: RuleSet

  init() {
    rules = (try? RuleLibrary.load(folders: [], in: MemoryFileSystem())) ?? RuleSet(loading: [])
  }

  func run(_ bytes: [UInt8]) -> Bool {
    // The file may extend itself, or another one.
    let files = MemoryFileSystem(["base.yaml": "rules: {dropout: warning}\n", "runs/a.yaml": SampleFiles.experiment])
    files["epochzero.yaml"] = bytes
    let settings = SettingsResolver(fileSystem: files, rules: rules)
    let input = LintInput(name: "runs/a.yaml", path: "runs/a.yaml", isNamed: false)
    for problem in settings.problems(for: [input]) {
      demand(!problem.message.isEmpty, "a problem without words")
      let isInside = problem.source?.range.contains(problem.range) ?? false
      demand(isInside, "\(problem.range) lies outside: \(problem.message)")
    }
    let held = settings.settings(for: input.path)
    demand(held === settings.settings(for: input.path), "other settings when asked again")
    demand(held.sources.contains("epochzero.yaml"), "the settings file was not found")
    _ = settings.excludes(input.path)
    return true
  }
}
