/// Finds the fixes of a batch that do not hold, by making fewer of them at a time.
struct FixSearch {
  /// How many fixes to make at once, at most.
  private(set) var limit = Int.max
  /// The only rule whose fixes are made, while it is found out whether any of them does what it is for.
  private var suspect: String?
  private var failures = 0

  /// When so many attempts have failed, fixes are no longer told apart.
  private static let failureLimit = 200

  /// Whether some fixes wait until others have been judged.
  var isNarrowed: Bool { suspect != nil }

  /// Whether all fixes are made at once that do not touch each other.
  var isWhole: Bool { limit == .max && suspect == nil }

  /// Whether the fixes of the rule take part.
  func allows(_ rule: String) -> Bool { suspect == nil || suspect == rule }

  /// Makes more fixes at a time again, since the last ones held or were judged.
  mutating func widen() {
    suspect = nil
    limit = limit > Int.max / 2 ? .max : limit * 2
  }

  /// Chooses what to try after a batch that does not hold; returns whether all its fixes are to be left out.
  mutating func narrow(after verdict: FixVerdict, of batch: FixBatch) -> Bool {
    failures += 1
    let rules = batch.rules
    // A rule none of whose fixes mends anything is wrong in all of them, unless another rule's fix is in the way.
    if let useless = rules.first(where: verdict.uselessRules.contains), rules.count > 1, failures <= Self.failureLimit {
      suspect = useless
      return false
    }
    let isJudged = batch.findings.count == 1 || rules.allSatisfy(verdict.uselessRules.contains)
    if isJudged || failures > Self.failureLimit {
      widen()
      return true
    }
    limit = batch.findings.count / 2
    return false
  }
}
