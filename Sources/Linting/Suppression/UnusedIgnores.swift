import Experiment
import Rules
import SourceText

/// Finds the comments that keep nothing away, once all files that may need them were linted.
///
/// A model file is linted by itself and as a part of the experiments that name it: a comment that one of them needs is used.
struct UnusedIgnores {
  private struct Place: Hashable {
    var file: String
    var offset: Int
  }

  /// Which words of each comment were used, by the comment's place.
  private var used: [Place: [Bool]] = [:]
  private var sources: [String: SourceText] = [:]
  /// Files that reports saw with different texts, since a fix changed them in between: their comments' places do not compare.
  private var changed: Set<String> = []

  /// Gathers what the comments were used for.
  init(_ reports: some Sequence<FileReport>) {
    for report in reports {
      for ignores in report.ignores {
        let source = ignores.file.source
        if let known = sources[source.name], known.bytes != source.bytes { changed.insert(source.name) }
        sources[source.name] = source
        for entry in ignores.entries {
          let place = Place(file: ignores.file.source.name, offset: entry.comment.range.start)
          let known = used[place] ?? entry.isUsed
          used[place] = known.count == entry.isUsed.count ? zip(known, entry.isUsed).map { $0 || $1 } : entry.isUsed
        }
      }
    }
  }

  /// Returns the problems of a file's comments of which something is not used.
  func problems(in ignores: FileIgnores) -> [Problem] {
    if changed.contains(ignores.file.source.name) { return [] }
    return ignores.entries.compactMap { entry in
      let place = Place(file: ignores.file.source.name, offset: entry.comment.range.start)
      let used = used[place] ?? entry.isUsed
      let unused = entry.isJudged.indices.filter { entry.isJudged[$0] && !(used.indices.contains($0) && used[$0]) }
      return unused.isEmpty ? nil : entry.comment.problem(unused: unused, in: ignores.file.source)
    }
  }
}

extension LintSession {
  /// Adds to each report the findings about comments that no report needs.
  func findUnusedIgnores(_ reports: inout [FileReport]) {
    guard reports.contains(where: { !$0.ignores.isEmpty }) else { return }
    let unused = UnusedIgnores(reports)
    for index in reports.indices where !reports[index].ignores.isEmpty { findUnusedIgnores(&reports[index], unused) }
  }

  /// Adds to a report, in the place of that of an earlier text, the findings about comments that no report needs.
  func findUnusedIgnores(_ report: inout FileReport, at index: Int, among reports: [FileReport]) {
    guard !report.ignores.isEmpty else { return }
    var reports = reports
    reports[index] = report
    findUnusedIgnores(&report, UnusedIgnores(reports))
  }

  private func findUnusedIgnores(_ report: inout FileReport, _ unused: UnusedIgnores) {
    guard let settings = report.settings else { return }
    let reporter = ProblemReporter(settings: settings)
    let rules = settings.rules.rules.filter { $0.reports == .unusedSuppression }.map(\.id)
    report.findings.removeAll { rules.contains($0.rule) }
    for var ignores in report.ignores {
      for finding in reporter.findings(for: unused.problems(in: ignores), in: ignores.file)
      where ignores.comment(for: finding) == nil {
        report.findings.append(finding)
      }
    }
    settings.fixPolicy.limit(&report.findings)
  }
}

extension IgnoreComment {
  /// Says that words of the comment, or all of it, keep nothing away, and how to take them out.
  fileprivate func problem(unused: [Int], in source: SourceText) -> Problem {
    let isWhole = unused.count >= selectors.count
    let words = unused.filter(selectors.indices.contains).map { "\"\(selectors[$0].word)\"" }
    let message =
      words.isEmpty
      ? "no rule finds anything here, so the comment ignores nothing"
      : "nothing here is found by \(words.joined(separator: " or ")), so the comment does not need to ignore it"
    return Problem(
      kind: .unusedSuppression,
      message: message,
      location: SourceLocation(source: 0, range: isWhole ? range : selectors[unused[0]].range),
      help: isWhole ? "remove the comment" : "remove \(words.joined(separator: " and ")) from the comment",
      edits: isWhole ? [removal(in: source)] : removals(of: unused)
    )
  }

  /// Takes words out from between the brackets, with their commas.
  private func removals(of unused: [Int]) -> [TextEdit] {
    let lastKept = selectors.indices.last { !unused.contains($0) } ?? 0
    return unused.map { index in
      let range =
        index < lastKept
        ? TextRange(start: selectors[index].range.start, end: selectors[index + 1].range.start)
        : TextRange(start: selectors[index - 1].range.end, end: selectors[index].range.end)
      return TextEdit(range: range, replacement: "")
    }
  }

  /// Takes the comment away: its line where nothing else stands on it, else the spaces before it too.
  private func removal(in source: SourceText) -> TextEdit {
    var end = range.end
    let rest = source.text(in: TextRange(start: end, end: comment.end)).filter { !$0.isWhitespace }
    // The end of a block comment goes where its beginning does.
    if rest.isEmpty || range.start == comment.start && rest == "*/" { end = comment.end }
    let line = source.lineRange(at: range.start)
    let lastLine = source.lineRange(at: max(range.start, end - 1))
    guard end == comment.end, source.isBlank(from: end, to: lastLine.end) else {
      // Something follows: the spaces behind go, those before stay.
      var next = end
      while next < lastLine.end, source.isBlank(from: next, to: next + 1) { next += 1 }
      return TextEdit(range: TextRange(start: range.start, end: next), replacement: "")
    }
    if source.isBlank(from: line.start, to: range.start) {
      let next = source.line(at: lastLine.start) + 1
      let lineEnd = next < source.lineStarts.count ? source.lineStarts[next] : source.bytes.count
      return TextEdit(range: TextRange(start: line.start, end: lineEnd), replacement: "")
    }
    var start = range.start
    while start > line.start, source.isBlank(from: start - 1, to: start) { start -= 1 }
    return TextEdit(range: TextRange(start: start, end: end), replacement: "")
  }
}
