import ConfigSyntax
package import DryRunMessages
import SourceText

/// What settings say of dry runs; nil where nothing is said.
package struct DryRunSettings: Hashable, Sendable {
  /// The words before the runner's path, which start it elsewhere; nil to start it on this machine.
  package var launcher: [String]?
  /// Wall-clock time for one finding.
  package var seconds: Double?
  /// Bytes of memory for one finding.
  package var memory: Int?
  /// The most pairs of runs.
  package var seeds: Int?
  package var threads: Int?
  /// The path of the user's rows: absolute where a settings file says it.
  package var data: String?

  package init() {}

  /// What a dry run may take.
  package var budget: DryRunBudget {
    var budget = DryRunBudget()
    budget.seconds = seconds ?? budget.seconds
    budget.memory = memory ?? budget.memory
    budget.seeds = budget.seeds.lowerBound...max(budget.seeds.lowerBound, seeds ?? budget.seeds.upperBound)
    budget.threads = threads ?? budget.threads
    return budget
  }

  /// What is said, by the keys of settings files.
  package var values: [(key: String, value: String)] {
    let values: [(SettingsKey, String?)] = [
      (SettingsKeys.launcher, launcher?.joined(separator: " ")),
      (SettingsKeys.seconds, seconds.map(SettingsType.short)),
      (SettingsKeys.memory, memory.map { "\($0 >> 20) MiB" }),
      (SettingsKeys.seeds, seeds.map(String.init)),
      (SettingsKeys.threads, threads.map(String.init)),
      (SettingsKeys.data, data),
    ]
    return values.compactMap { key, value in value.map { (key.name, $0) } }
  }

  /// Returns these settings with what others say in front of them.
  package func overridden(by other: DryRunSettings) -> DryRunSettings {
    var settings = self
    settings.launcher = other.launcher ?? launcher
    settings.seconds = other.seconds ?? seconds
    settings.memory = other.memory ?? memory
    settings.seeds = other.seeds ?? seeds
    settings.threads = other.threads ?? threads
    settings.data = other.data ?? data
    return settings
  }
}

extension DryRunSettings {
  /// Reads what is right of a mapping.
  init(_ node: SyntaxNode, folder: String) {
    let words = node.texts(SettingsKeys.launcher).map(\.text)
    // In one text words are separated by blanks, as in a shell without quotes; a list says them one by one.
    let isList = node[SettingsKeys.launcher.name]?.kind == .sequence
    let split = isList ? words : words.flatMap { $0.split(separator: " ").map(String.init) }
    launcher = split.isEmpty ? nil : split
    seconds = node[SettingsKeys.seconds.name]?.number.flatMap { SettingsKeys.secondsRange.contains($0) ? $0 : nil }
    memory = node[SettingsKeys.memory.name]?.string.flatMap(MemorySize.bytes)
    seeds = node[SettingsKeys.seeds.name]?.integer.flatMap { SettingsKeys.seedsRange.contains($0) ? $0 : nil }
    threads = node[SettingsKeys.threads.name]?.integer.flatMap { SettingsKeys.threadsRange.contains($0) ? $0 : nil }
    data = node.texts(SettingsKeys.data).first.map { FilePath.normalized(FilePath.join(folder, $0.text)) }
  }
}

/// Sizes of memory as people write them.
package enum MemorySize {
  /// The least that a runner can do anything with.
  static let minimum = 64 << 20
  /// The units, the longest name of those with a common end first.
  private static let units: [(name: String, bytes: Double)] = [
    ("MiB", 0x1p20), ("GiB", 0x1p30), ("TiB", 0x1p40), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
  ]
  /// What a size looks like, as a regular expression of JSON Schema.
  package static let pattern = "^[0-9]+(\\.[0-9]+)? ?[MGT]i?B$"

  /// Returns the bytes of a size such as "2 GB" or "512 MiB"; nil where it is none or no runner could do with it.
  package static func bytes(_ text: String) -> Int? {
    guard let unit = units.first(where: { text.hasSuffix($0.name) }) else { return nil }
    var digits = text.dropLast(unit.name.count)
    if digits.last == " " { digits.removeLast() }
    guard digits.first?.isNumber ?? false, digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) else {
      return nil
    }
    guard let number = Double(digits), number <= 1e6 else { return nil }
    let bytes = Int(number * unit.bytes)
    return bytes >= minimum ? bytes : nil
  }
}
