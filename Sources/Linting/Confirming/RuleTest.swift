import Experiment

/// The findings of one rule in one experiment, which are put to the test together.
struct RuleTest {
  let rule: String
  let subject: TrialSubject
  /// Where the findings stand among those that were given.
  private(set) var positions: [Int]
  /// The changes of all of them; of two changes of one fact the first counts.
  private(set) var edits: [ExperimentEdit]
  let probe: Probe?

  /// Returns the tests of all findings that have a trial, in the order in which the findings come.
  static func all(of findings: [LocatedFinding]) -> [RuleTest] {
    var tests: [RuleTest] = []
    for (position, finding) in findings.enumerated() {
      guard let trial = finding.trial else { continue }
      if let index = tests.firstIndex(where: { $0.rule == finding.rule && $0.subject === trial.subject }) {
        tests[index].positions.append(position)
        tests[index].edits = joined([tests[index].edits, trial.edits])
        continue
      }
      let edits = joined([trial.edits])
      tests.append(
        RuleTest(rule: finding.rule, subject: trial.subject, positions: [position], edits: edits, probe: trial.probe)
      )
    }
    return tests
  }

  /// Returns all changes in a row; of two changes of one fact the first counts.
  static func joined(_ edits: [[ExperimentEdit]]) -> [ExperimentEdit] {
    var seen: Set<ExperimentEdit.Place> = []
    return edits.joined().filter { seen.insert($0.place).inserted }
  }
}

extension ExperimentEdit {
  /// What an edit changes.
  struct Place: Hashable {
    var record: RecordPath
    var key: String
  }

  var place: Place { Place(record: record, key: key) }

  /// The edit as rules and reports write it: `training.batch_size = 32`.
  var description: String { "\(record).\(key) = \(value)" }
}
