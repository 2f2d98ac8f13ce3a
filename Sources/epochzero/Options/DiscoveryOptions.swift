import ArgumentParser

/// The options that say which files count in folders.
struct DiscoveryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Lint the files in folders that match this pattern, in place of what the settings include; repeatable.",
      valueName: "pattern"
    )
  )
  var include: [String] = []

  @Option(
    help: ArgumentHelp(
      "Pass over files and folders in folders that match this pattern, beside what the settings exclude; repeatable.",
      valueName: "pattern"
    )
  )
  var exclude: [String] = []

  @Flag(help: "Pass over named files too that are excluded or no configs, as if they were found in folders: for hooks.")
  var forceExclude = false
}
