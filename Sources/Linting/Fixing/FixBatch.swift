import ConfigSyntax
import SourceText

/// Fixes that can be made together, since no two of them touch the same text.
struct FixBatch {
  /// The findings that are mended.
  private(set) var findings: [LocatedFinding] = []
  /// The edits by the name of the file, each with the file as it was read.
  private(set) var edits: [String: (file: ConfigFile, edits: [TextEdit])] = [:]

  var isEmpty: Bool { findings.isEmpty }

  /// Takes the fixes in the order of their places; one that touches the text of an earlier one waits for the next round.
  init(_ candidates: [LocatedFinding], limit: Int) {
    for finding in candidates where findings.count < limit {
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

  private mutating func add(_ fix: LocatedFix, of finding: LocatedFinding) {
    for edit in fix.edits {
      let taken = edits[edit.file.source.name]?.edits ?? []
      // Edits that only touch may depend on each other too, as two insertions around one comma.
      let isTaken = taken.contains { $0.range.start <= edit.edit.range.end && edit.edit.range.start <= $0.range.end }
      if isTaken { return }
    }
    for edit in fix.edits {
      edits[edit.file.source.name, default: (edit.file, [])].edits.append(edit.edit)
    }
    findings.append(finding)
  }
}
