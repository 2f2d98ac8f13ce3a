package import Rules
import SourceText

/// What a run found.
package struct LintReport: Sendable {
  /// The findings, sorted by file, place and rule, each once.
  package var findings: [LocatedFinding] = []
  /// What is not shown, since a comment, the settings or the baseline says so; sorted as the findings are, each once.
  package var suppressed: [SuppressedFinding] = []
  /// Rules that could not be loaded or that failed while they ran.
  package var pluginProblems: [PluginProblem] = []
  /// Why files could not be linted.
  package var errors: [FileProblem] = []
  /// What else the user should know of.
  package var notes: [FileProblem] = []
  /// Whether findings were put to the test, where they can be.
  package var isConfirmed = false
  /// The names of the files that some dialect knew, in the order in which they were given.
  package var checkedNames: [String] = []

  package init() {}
}

extension LintReport {
  /// How many files some dialect knew.
  package var checkedFiles: Int { checkedNames.count }

  /// Returns how many findings are this severe.
  package func count(of severity: Severity) -> Int {
    findings.count { $0.severity == severity }
  }

  /// Joins the reports of files into one, without regard to their order.
  init(joining reports: [FileReport]) {
    let covered = CoveredFiles(reports)
    var seen: [LocatedFinding.Identity: Int] = [:]
    var seenSuppressed: Set<LocatedFinding.Identity> = []
    var seenProblems: Set<PluginProblem> = []
    for report in reports {
      for finding in report.findings
      where finding.severity >= report.minimumSeverity && covered.allows(finding, of: report) {
        guard let index = seen[finding.identity] else {
          seen[finding.identity] = findings.count
          findings.append(finding)
          continue
        }
        // A model may be a part of several experiments, one of which tells more than the others.
        if findings[index].severity < finding.severity { findings[index] = finding }
      }
      suppressed += report.suppressed.filter { suppressed in
        let finding = suppressed.finding
        return finding.severity >= report.minimumSeverity && covered.allows(finding, of: report)
          && seenSuppressed.insert(finding.identity).inserted
      }
      pluginProblems += report.pluginProblems.filter { seenProblems.insert($0).inserted }
      if let error = report.error { errors.append(error) }
      if let note = report.note { notes.append(note) }
      if report.isRecognized { checkedNames.append(report.name) }
    }
    findings.sort { $0.sortKey < $1.sortKey }
    suppressed.sort { $0.finding.sortKey < $1.finding.sortKey }
  }
}

extension LocatedFinding {
  /// What reports are sorted by.
  var sortKey: (String, Int, String, Int, String) {
    (source.name, range.start, rule, range.end, message)
  }
}
