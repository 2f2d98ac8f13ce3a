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

  @Flag(help: "Pass over what is excluded even where it is named, as hooks do.")
  var forceExclude = false
}
