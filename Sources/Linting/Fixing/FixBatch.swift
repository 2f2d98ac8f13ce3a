import ConfigSyntax
import SourceText

/// Fixes that can be made together, since no two of them touch the same text.
struct FixBatch {
  /// The findings that are mended.
  private(set) var findings: [LocatedFinding] = []
  /// The edits by the name of the file, each with the file as it was read.
  private(set) var edits: [String: (file: ConfigFile, edits: [TextEdit])] = [:]
  /// The places that edits take, by file, in order: they never overlap.
  private var taken: [String: [TextRange]] = [:]

  var isEmpty: Bool { findings.isEmpty }

  /// The ids of the rules, each once, in the order of their first fix.
  var rules: [String] {
    var seen: Set<String> = []
    return findings.map(\.rule).filter { seen.insert($0).inserted }
  }

  /// Takes the fixes in the order of their places; one that touches the text of an earlier one waits for the next round.
  init(_ candidates: some Sequence<LocatedFinding>, limit: Int) {
    for finding in candidates {
      if findings.count >= limit { return }
      if let fix = finding.fix { add(fix, of: finding) }
    }
  }

  /// Returns the new bytes by file name, or nil when the edits of one fix are at odds with each other.
  func apply() -> [String: [UInt8]]? {
    var contents: [String: [UInt8]] = [:]
    for (name, change) in edits {
      guard let bytes = change.file.source.applying(change.edits) else { return nil }
      contents[name] = bytes
    }
    return contents
  }

  /// Returns where a place of the old text is in the new one; a place that an edit replaces is where its text begins.
  func moved(_ range: TextRange, in file: String) -> TextRange {
    guard let edits = edits[file]?.edits else { return range }
    var distance = 0
    for edit in edits where edit.range.end <= range.start {
      distance += edit.replacement.utf8.count - edit.range.count
    }
    let start = max(range.start + distance, 0)
    return TextRange(start: start, end: start + range.count)
  }

  // MARK: - Private

  private mutating func add(_ fix: LocatedFix, of finding: LocatedFinding) {
    for edit in fix.edits where isTaken(edit.edit.range, in: edit.file.source.name) { return }
    for edit in fix.edits {
      let name = edit.file.source.name
      edits[name, default: (edit.file, [])].edits.append(edit.edit)
      let ranges = taken[name] ?? []
      taken[name, default: []].insert(edit.edit.range, at: Self.position(of: edit.edit.range, in: ranges))
    }
    findings.append(finding)
  }

  /// Edits that only touch may depend on each other too, as two insertions around one comma.
  private func isTaken(_ range: TextRange, in file: String) -> Bool {
    guard let ranges = taken[file] else { return false }
    let position = Self.position(of: range, in: ranges)
    // The edits of one fix may overlap each other, so the one before need not be the one that reaches farthest; then the
    // fix is refused anyway.
    if position > 0, ranges[position - 1].end >= range.start { return true }
    return position < ranges.count && ranges[position].start <= range.end
  }

  private static func position(of range: TextRange, in ranges: [TextRange]) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle] < range { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
