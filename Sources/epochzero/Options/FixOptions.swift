import ArgumentParser

/// The options of `check` that say which fixes are made, and whether files are written.
struct FixOptions: ParsableArguments {
  @Flag(help: "Make the safe fixes and write the files; standard input is written fixed to standard output.")
  var fix = false

  @Flag(help: "Print what --fix would change as a unified diff, and write nothing.")
  var diff = false

  @Flag(help: "With --fix or --diff: make the fixes too that may do other than what was meant.")
  var unsafeFixes = false

  @Option(
    help: ArgumentHelp("Make only the fixes of these rules or groups; comma-separated, repeatable.", valueName: "rules")
  )
  var fixable: [String] = []

  @Option(
    help: ArgumentHelp(
      "Make no fixes of these rules or groups, or all; comma-separated, repeatable.",
      valueName: "rules"
    )
  )
  var unfixable: [String] = []

  func validate() throws {
    if fix, diff { throw ValidationError("--fix writes and --diff does not; give one of them") }
    if unsafeFixes, !fix, !diff {
      throw ValidationError("--unsafe-fixes says which fixes are made; give --fix or --diff with it")
    }
  }

  /// What becomes of the fixes.
  var fixing: CheckRun.Fixing { fix ? .write : diff ? .show : .none }
}
