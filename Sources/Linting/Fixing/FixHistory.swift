/// What the files of one input were, round after round, to notice when they come to be again what they were.
struct FixHistory {
  private var seen: [Int: Int] = [:]
  private var rules: [[String]] = []
  private var roundCount = 0

  /// Starts with the texts by file name as they are before the first fix.
  init(_ state: [String: [UInt8]]) {
    seen[state.hashValue] = 0
  }

  /// Adds the texts after a batch; returns the rules whose fixes go round in a circle, or go on beyond the limit.
  ///
  /// A batch is a round of its own unless it holds only some of the fixes that could be made.
  mutating func add(_ state: [String: [UInt8]], _ batch: FixBatch, isRound: Bool, limit: Int) -> Set<String>? {
    rules.append(batch.rules)
    if isRound { roundCount += 1 }
    let hash = state.hashValue
    if let start = seen[hash] { return Set(rules[start...].joined()) }
    seen[hash] = rules.count
    return roundCount < limit ? nil : Set(rules[(rules.count / 2)...].joined())
  }
}
