/// Finds the word that a misspelled one was meant to be.
package enum Spelling {
  /// Returns the candidate nearest to the word, or nil when none is near or two are equally near.
  ///
  /// Near is an edit distance of at most 2, and at most a third of the word's length, so that short words do not turn
  /// into each other. A word in another case, or with other separators, is always near. Of equally near ones the one counts
  /// whose end is missing or too long: `unit` is `units`, not `init`.
  package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let folded = folded(word)
    let limit = min(2, max(folded.count / 3, 1))
    var best: (candidate: String, rank: Int)?
    var isTie = false
    for candidate in candidates where candidate != word {
      let other = Self.folded(candidate)
      guard let distance = distance(folded, other, limit: limit) else { continue }
      let rank = 2 * distance + (other.starts(with: folded) || folded.starts(with: other) ? 0 : 1)
      if rank < best?.rank ?? .max {
        best = (candidate, rank)
        isTie = false
      } else if rank == best?.rank, candidate != best?.candidate {
        isTie = true
      }
    }
    return isTie ? nil : best?.candidate
  }

  /// Returns how many letters must be added, left out, replaced or swapped with their neighbour to make one word the other,
  /// or nil when it is more than the limit.
  package static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in 0..<right.count {
        let isEqual = left[row] == right[column]
        var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (isEqual ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      guard (current.min() ?? 0) <= limit else { return nil }
      (beforeLast, last) = (last, current)
    }
    return last[right.count] <= limit ? last[right.count] : nil
  }

  /// The letters and digits of a word in lower case: `Learning-Rate` and `learning_rate` are one word to a reader.
  private static func folded(_ word: String) -> [UInt8] {
    word.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
  }
}
