import ConfigSyntax
import Rules
import SourceText

/// Whether fixes did what they were for.
struct FixVerdict {
  /// Why they do not hold; nil when they do.
  private(set) var refusal: FixRefusal?
  /// The rules that still find all that their fixes were to mend.
  private(set) var uselessRules: Set<String> = []

  /// Refuses fixes that were not even made.
  init(_ refusal: FixRefusal) {
    self.refusal = refusal
  }

  /// Judges fixes that were made together.
  ///
  /// - Parameters:
  ///   - batch: The fixes.
  ///   - contents: The new bytes by file name.
  ///   - before: What was found in the text that they were made in.
  ///   - after: What is found in the new text.
  init(_ batch: FixBatch, _ contents: [String: [UInt8]], before: FileReport, after: FileReport) {
    guard after.error == nil, after.isRecognized == before.isRecognized, Self.parses(batch, contents) else {
      refusal = .brokenText
      return
    }
    if after.pluginProblems.count > before.pluginProblems.count {
      refusal = .ruleFailure
      return
    }
    let old = FindingCounts(before.findings)
    let new = FindingCounts(after.findings)
    if let rule = new.rulesOfMoreErrors(than: old).min() { refusal = .newError(rule: rule) }
    var useful: Set<String> = []
    for (words, count) in FindingCounts(batch.findings).byWords {
      let left = new.byWords[words, default: 0]
      if left > old.byWords[words, default: 0] - count { refusal = refusal ?? .unmended }
      if left < old.byWords[words, default: 0] { useful.insert(words.rule) }
    }
    if refusal == .unmended { uselessRules = Set(batch.rules).subtracting(useful) }
  }

  /// Whether no edited text has more faults of any kind than before.
  private static func parses(_ batch: FixBatch, _ contents: [String: [UInt8]]) -> Bool {
    batch.edits.allSatisfy { name, change in
      guard let bytes = contents[name] else { return false }
      let old = change.file.tree.problems
      let new = parse(SourceText(name: name, bytes: bytes), as: change.file.tree.format).problems
      return Set(new.map(\.kind)).allSatisfy { kind in
        new.count { $0.kind == kind } <= old.count { $0.kind == kind }
      }
    }
  }
}

/// How often each thing is found, wherever it stands: other edits move it.
private struct FindingCounts {
  struct Words: Hashable {
    var rule: String
    var file: String
    var message: String
  }

  private(set) var byWords: [Words: Int] = [:]
  private var errorsByRule: [String: Int] = [:]

  init(_ findings: [LocatedFinding]) {
    var seen: Set<LocatedFinding.Identity> = []
    for finding in findings where seen.insert(finding.identity).inserted {
      byWords[Words(rule: finding.rule, file: finding.source.name, message: finding.message), default: 0] += 1
      if finding.severity == .error { errorsByRule[finding.rule, default: 0] += 1 }
    }
  }

  func rulesOfMoreErrors(than old: FindingCounts) -> [String] {
    errorsByRule.filter { rule, count in count > old.errorsByRule[rule, default: 0] }.map(\.key)
  }
}
