/// A half-open range of UTF-8 offsets in one source text.
@usableFromInline package struct TextRange: Hashable, Sendable {
  /// The zero-based offset of the first byte.
  package var start: Int
  /// The zero-based offset behind the last byte; never below `start`.
  package var end: Int

  /// Makes the range from `start` up to, not including, `end`.
  package init(start: Int, end: Int) {
    precondition(start <= end, "a text range ends before it starts")
    self.start = start
    self.end = end
  }

  /// Makes an empty range, a place between two bytes.
  package init(at offset: Int) {
    self.init(start: offset, end: offset)
  }

  /// The number of bytes covered.
  package var count: Int { end - start }

  /// Whether the range covers no byte.
  package var isEmpty: Bool { start == end }

  /// Whether every byte of `other` lies inside.
  package func contains(_ other: TextRange) -> Bool {
    start <= other.start && other.end <= end
  }
}

extension TextRange: Comparable {
  @usableFromInline package static func < (left: TextRange, right: TextRange) -> Bool {
    (left.start, left.end) < (right.start, right.end)
  }
}
