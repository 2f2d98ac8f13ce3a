import Dialects
import Experiment

extension Markup {
  /// Adds what a key is.
  mutating func add(_ key: KeyGuide, in title: String) {
    let unit = key.unit.map { " (\($0))" } ?? ""
    let what = key.summary.isEmpty ? "" : ": \(key.summary)"
    add(strong(code(key.name)) + " of \(title)\(what)\(unit)")
    if key.isDeprecated {
      add("no longer taken by newer versions" + (key.replacement.map { "; write \(code($0))" } ?? ""))
    } else if let replacement = key.replacement {
      add("another spelling of \(code(replacement))")
    }
    if let absent = key.absent { add("when absent: \(absent)") }
  }

  /// Adds what a word means that stands as a value.
  mutating func add(_ value: ValueGuide) {
    guard let summary = value.summary else { return }
    add("\(code(value.word)): \(summary)")
  }
}

extension KeyGuide {
  /// What it may be written as, in a few words.
  var typeWords: String { valueTypes.map(\.rawValue).joined(separator: " or ") }
}
