import ArgumentParser

/// The options about findings that were there before.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Leave out the findings that this file counts; instead of the file that the settings name.",
      valueName: "file"
    )
  )
  var baseline: String?

  @Flag(help: "Count the present findings in the baseline, \(CheckRun.standardBaseline) if none is named.")
  var writeBaseline = false

  @Flag(help: "Lower the counts of the baseline to what is still found.")
  var pruneBaseline = false

  func validate() throws {
    if writeBaseline, pruneBaseline {
      throw ValidationError("--write-baseline counts anew and --prune-baseline only lowers; give one of them")
    }
  }

  /// What becomes of the baseline.
  var action: CheckRun.BaselineAction { writeBaseline ? .write : pruneBaseline ? .prune : .use }
}
