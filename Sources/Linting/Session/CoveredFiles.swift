/// The files of a run that another file's experiment covers, such as the model file that an experiment file names.
///
/// By itself a model file tells less: what is found there for want of knowledge would contradict what is found where its
/// data and its task are known, or say it again in other words. So only the experiment's findings count.
struct CoveredFiles {
  private let names: Set<String>

  init(_ reports: [FileReport]) {
    let experiments = reports.filter { $0.isRecognized && $0.sources.count > 1 }
    guard !experiments.isEmpty else {
      names = []
      return
    }
    let byName = Dictionary(reports.map { ($0.name, $0) }) { first, _ in first }
    var covered: Set<String> = []
    for experiment in experiments {
      for name in experiment.sources where byName[name].map(experiment.covers) == true { covered.insert(name) }
    }
    names = covered
  }

  func contains(_ report: FileReport) -> Bool { names.contains(report.name) }

  /// Whether the finding of a report counts; what comments do is judged where they stand.
  func allows(_ finding: LocatedFinding, of report: FileReport) -> Bool {
    !contains(report) || finding.rule.hasPrefix("\(IgnoreComment.ownGroup)/")
  }
}

extension FileReport {
  /// Whether all that the other file's findings rest on is known here, and more; and the same rules judge it.
  fileprivate func covers(_ other: FileReport) -> Bool {
    guard sources.isStrictSuperset(of: other.sources) else { return false }
    guard let settings, let others = other.settings else { return false }
    return minimumSeverity <= other.minimumSeverity && (settings === others || settings.runsRules(as: others))
  }
}
