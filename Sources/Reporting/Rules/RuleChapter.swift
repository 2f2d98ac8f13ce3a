import Experiment
package import Rules

/// Rules that hunt one thing: a cause of the list of eleven, or what a group without a cause looks at.
package struct RuleChapter: Sendable {
  /// The cause's number; nil for a group without one.
  package var cause: Int?
  /// The cause's title, or the group's name.
  package var title: String
  /// The rules, sorted by id; none where nothing hunts a cause.
  package var rules: [RuleMetadata]

  /// Returns the rules cause by cause, every cause named, then those that have none, group by group.
  package static func chapters(of rules: [RuleMetadata]) -> [RuleChapter] {
    let causes = Cause.titles.indices.map { index in
      RuleChapter(cause: index + 1, title: Cause.titles[index], rules: rules.filter { $0.cause == index + 1 })
    }
    let others = Dictionary(grouping: rules.filter { Cause.title(of: $0.cause) == nil }, by: \.group)
    return causes
      + others.keys.sorted { rank($0) < rank($1) }.map { group in
        RuleChapter(cause: nil, title: group, rules: others[group] ?? [])
      }
  }

  /// The heading: `4 no regularisation`, or `files`.
  package var heading: String { cause.map { "\($0) \(title)" } ?? title }

  /// The groups without a cause in the order of what goes wrong first; a user's own come last.
  private static func rank(_ group: String) -> (Int, String) {
    let order = ["files", "shape", "layers"]
    return (order.firstIndex(of: group) ?? order.count, group)
  }
}

extension RuleMetadata {
  /// Whether the rule mends what it finds, as one of its examples shows.
  package var isFixable: Bool { examples.contains { $0.fixed != nil } }
}

extension RuleMetadata {
  /// What a dry run makes of the rule's findings, in a sentence; nil where the rule does not say.
  var dryRun: String? {
    let tests = probe.map { "trains each finding's change beside what is written, and measures \($0.summary)" }
    return switch (tests, untestable) {
    case (let tests?, let reason?): "\(tests); not where there is no change to train: \(reason)"
    case (let tests?, nil): tests
    case (nil, let reason?): "cannot test this: \(reason)"
    case (nil, nil): nil
    }
  }
}
