/// Whose fixes are made, by rule, group, or `all`.
struct FixPolicy: Hashable, Sendable {
  /// Only these; empty for all.
  var fixable: [String] = []
  /// Not these.
  var unfixable: [String] = []

  /// Takes the fixes away that are not to be made.
  func limit(_ findings: inout [LocatedFinding]) {
    guard !fixable.isEmpty || !unfixable.isEmpty else { return }
    for index in findings.indices where !allows(findings[index].rule) {
      findings[index].fix = nil
      findings[index].hasArchivedFix = false
    }
  }

  /// The more exact word counts: an id before a group, a group before `all`; then `unfixable` before `fixable`.
  private func allows(_ rule: String) -> Bool {
    let on = Self.exactness(of: fixable, for: rule)
    let off = Self.exactness(of: unfixable, for: rule)
    return off > 0 && off >= on ? false : fixable.isEmpty || on > 0
  }

  private static func exactness(of words: [String], for rule: String) -> Int {
    let group = rule.split(separator: "/").first.map(String.init) ?? rule
    return words.contains(rule) ? 3 : words.contains(group) ? 2 : words.contains("all") ? 1 : 0
  }
}
