/// A replacement of one range of a source text.
package struct TextEdit: Hashable, Sendable {
  /// The bytes to replace; empty for an insertion.
  package var range: TextRange
  /// The text to put there.
  package var replacement: String

  /// Makes an edit.
  package init(range: TextRange, replacement: String) {
    self.range = range
    self.replacement = replacement
  }
}

extension SourceText {
  /// Returns the bytes with the edits made, or nil when two of them overlap or one lies outside the text.
  package func applying(_ edits: [TextEdit]) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var offset = 0
    for edit in edits.sorted(by: { $0.range < $1.range }) {
      guard edit.range.start >= offset, edit.range.end <= bytes.count else { return nil }
      result += bytes[offset..<edit.range.start]
      result += edit.replacement.utf8
      offset = edit.range.end
    }
    result += bytes[offset...]
    return result
  }
}
