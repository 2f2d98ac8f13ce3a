import ArgumentParser
import Linting

/// The options of commands that train.
struct DryRunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Train on the rows of this CSV, NPY or NPZ file, the last columns the targets; else on data that are made up.",
      valueName: "file"
    ),
    completion: .file(extensions: ["csv", "npy", "npz"])
  )
  var data: String?

  @Option(
    help: ArgumentHelp("Write curves, layers and every figure to this file, as one page of HTML.", valueName: "file"),
    completion: .file(extensions: ["html"])
  )
  var report: String?

  @Option(
    help: ArgumentHelp(
      "The wall-clock time that one finding may take; 5 unless the settings say otherwise.",
      valueName: "n"
    )
  )
  var seconds: Double?

  @Option(
    help: ArgumentHelp(
      "The memory that one finding may take, as \"4 GB\"; 2 GiB unless the settings say otherwise.",
      valueName: "size"
    )
  )
  var memory: String?

  @Option(help: ArgumentHelp("The most pairs of runs, from 3 to 9.", valueName: "n"))
  var seeds: Int?

  @Option(help: ArgumentHelp("The threads that a run computes with.", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("What all random numbers depend on; 1 if left out.", valueName: "n"))
  var seed: UInt64?

  func validate() throws {
    try Self.check(seconds, SettingsKeys.seconds) { SettingsKeys.secondsRange.contains($0) }
    try Self.check(seeds, SettingsKeys.seeds) { SettingsKeys.seedsRange.contains($0) }
    try Self.check(threads, SettingsKeys.threads) { SettingsKeys.threadsRange.contains($0) }
    try Self.check(memory, SettingsKeys.memory) { MemorySize.bytes($0) != nil }
  }

  /// The first option that is given; nil for none.
  var firstGiven: String? {
    let given = [
      ("--data", data != nil), ("--report", report != nil), ("--seconds", seconds != nil), ("--memory", memory != nil),
      ("--seeds", seeds != nil), ("--threads", threads != nil), ("--seed", seed != nil),
    ]
    return given.first(where: \.1)?.0
  }

  /// What the options say in place of settings files.
  var settings: DryRunSettings {
    var settings = DryRunSettings()
    settings.data = data
    settings.seconds = seconds
    settings.memory = memory.flatMap(MemorySize.bytes)
    settings.seeds = seeds
    settings.threads = threads
    return settings
  }

  private static func check<Value>(_ value: Value?, _ key: SettingsKey, _ isFine: (Value) -> Bool) throws {
    guard let value, !isFine(value) else { return }
    throw ValidationError("--\(key.name) must be \(key.type.words), not \(value)")
  }
}
