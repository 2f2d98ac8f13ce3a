import ConfigSyntax
import Rules
import SourceText

/// The comments of one file that turn rules off, and what became of them while it was linted.
struct FileIgnores: Sendable {
  /// One comment.
  struct Entry: Sendable {
    var comment: IgnoreComment
    var scope: IgnoreScope
    /// For each selector, or for the one `all` of a comment without any: whether it kept a finding away.
    var isUsed: [Bool]
    /// In step: whether the rules it names ran, so that it could have.
    var isJudged: [Bool]

    init(_ comment: IgnoreComment, scope: IgnoreScope) {
      self.comment = comment
      self.scope = scope
      isUsed = [Bool](repeating: false, count: max(comment.selectors.count, 1))
      isJudged = isUsed
    }

    /// Returns whether the comment turns the finding off, and remembers that it did.
    mutating func takes(_ finding: LocatedFinding) -> Bool {
      guard scope.covers(finding.range) else { return false }
      let isOwn = finding.rule.hasPrefix(IgnoreComment.ownGroup + "/")
      if comment.ignoresAll {
        if isOwn { return false }
        isUsed[0] = true
        return true
      }
      var isTaken = false
      for (index, selector) in comment.selectors.enumerated() where selector.selects(finding.rule) {
        // Of a word that stands twice, the second does nothing.
        let isRepeated = comment.selectors[..<index].contains { $0.word == selector.word }
        guard !isRepeated, !isOwn || selector.isAboutSuppression else { continue }
        isUsed[index] = true
        isTaken = true
      }
      return isTaken
    }
  }

  let file: ConfigFile
  var entries: [Entry]

  /// Returns the comment that turns the finding off; all that do are remembered as used.
  mutating func comment(for finding: LocatedFinding) -> IgnoreComment? {
    var found: IgnoreComment?
    for index in entries.indices where entries[index].takes(finding) {
      found = found ?? entries[index].comment
    }
    return found
  }

  /// Remembers which comments could have been used.
  mutating func judge(by rules: RanRules) {
    for index in entries.indices {
      let selectors = entries[index].comment.selectors
      entries[index].isJudged = selectors.isEmpty ? [rules.cover(nil)] : selectors.map { rules.cover($0) }
    }
  }
}

extension FileIgnores {
  /// Reads the comments of a file; nil, and no time spent, where there are none.
  init?(of file: ConfigFile, mistakes: inout [IgnoreMistake], rules: RuleSet) {
    let tree = file.tree
    guard IgnoreCommentReader.mayIgnore(tree.comments, in: tree.source) else { return nil }
    let reader = IgnoreCommentReader(tree.comments, in: tree.source)
    mistakes = reader.mistakes
    self.file = file
    entries = []
    let names = RuleNames(rules)
    let firstNode = tree.documents.first?.range.start ?? .max
    for comment in reader.comments {
      if let mistake = names.bareID(in: comment) {
        mistakes.append(mistake)
        continue
      }
      mistakes += names.unknownSelectors(of: comment)
      guard comment.isForFile else {
        entries.append(Entry(comment, scope: IgnoreScope(of: comment.comment, in: tree)))
        continue
      }
      if comment.range.end <= firstNode {
        entries.append(Entry(comment, scope: .file(tree.source)))
      } else {
        let message = "\"ignore-file\" counts only above the first key, so the comment ignores nothing"
        let help = "move it to the top of the file, or write \"ignore\" for the next key or item"
        mistakes.append(IgnoreMistake(kind: .malformed, range: comment.range, message: message, help: help))
      }
    }
  }
}

/// The names that a comment can use.
private struct RuleNames {
  private let ids: [String]
  private let groups: Set<String>
  /// Whether rules are missing that could not be loaded, so that an unknown name may be theirs.
  private let isComplete: Bool

  init(_ rules: RuleSet) {
    ids = rules.rules.map(\.id)
    groups = Set(rules.rules.map(\.group))
    isComplete = rules.problems.isEmpty
  }

  func unknownSelectors(of comment: IgnoreComment) -> [IgnoreMistake] {
    guard isComplete else { return [] }
    return comment.selectors.filter { !isKnown($0.word) }.map { selector in
      let near = nearest(to: selector.word)
      return IgnoreMistake(
        kind: .unknownRule,
        range: selector.range,
        message: "no rule or group is called \"\(selector.word)\", so the comment cannot ignore it",
        help: near.map { "did you mean \"\($0)\"?" } ?? "\"epochzero rules\" lists them",
        edits: near.map { [TextEdit(range: selector.range, replacement: $0)] } ?? []
      )
    }
  }

  /// Returns what is wrong with a comment without brackets whose reason begins with a rule: it would ignore every rule.
  func bareID(in comment: IgnoreComment) -> IgnoreMistake? {
    guard comment.closingBracket == nil, let word = comment.reason?.split(separator: " ").first else { return nil }
    let list = word.split(separator: ",").map(String.init)
    guard let first = list.first, first.contains("/"), list.allSatisfy({ ids.contains($0) || groups.contains($0) })
    else { return nil }
    return IgnoreMistake(
      kind: .malformed,
      range: comment.range,
      message: "\"\(first)\" stands outside of brackets, so the comment ignores nothing",
      help: "write \"ignore[\(list.joined(separator: ", "))]\""
    )
  }

  private func isKnown(_ word: String) -> Bool {
    word == IgnoreComment.all || groups.contains(word) || ids.contains(word)
  }

  private func nearest(to word: String) -> String? {
    let sameName = ids.filter { $0.hasSuffix("/" + word) }
    return sameName.count == 1 ? sameName[0] : Spelling.nearest(to: word, among: ids + groups.sorted())
  }
}

/// The rules that ran over a file and did not fail.
struct RanRules {
  private let rules: [RuleMetadata]
  private let ids: Set<String>

  init(_ settings: FileSettings, failures: [PluginProblem]) {
    rules = settings.rules.rules
    let failed = Set((settings.rules.problems + failures).map(\.path))
    ids = Set(rules.lazy.filter { settings.ruleSettings.runs($0) && !failed.contains($0.path) }.map(\.id))
  }

  /// Whether the selector, or all rules for nil, would have shown itself to be needed if it were.
  ///
  /// Of a group, the rules that are off by default are nobody's concern.
  func cover(_ selector: IgnoreComment.Selector?) -> Bool {
    if selector?.isAboutSuppression ?? false { return false }
    let meant = rules.filter { rule in
      rule.group != IgnoreComment.ownGroup && selector?.selects(rule.id) ?? true
    }
    return meant.contains { ids.contains($0.id) }
      && meant.allSatisfy { ids.contains($0.id) || !$0.isOnByDefault }
  }
}
