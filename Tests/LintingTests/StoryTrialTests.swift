import DryRunMessages
import Experiment
import Foundation
import Linting
import Rules
import Testing

/// What a dry run would train of the stories of broken experiments.
struct StoryTrialTests {
  private static let stories = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("examples/stories")

  private static var names: [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: stories.path)
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Whose results are not looked at: there is nothing to train.
  private static let untestable = ["02-results-not-looked-at"]

  @Test(arguments: names)
  func `each story has a trial that mends it`(name: String) throws {
    let folder = Self.stories.appendingPathComponent(name).appendingPathComponent("broken").path
    let fileSystem = DiskFileSystem()
    let rules = RuleSet(loading: RuleLibrary.bundledPlugins)
    var session = LintSession(fileSystem: fileSystem, settings: SettingsResolver(fileSystem: fileSystem, rules: rules))
    session.keepsTrials = true
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let inputs = files.map { LintInput(name: $0, path: "\(folder)/\($0)", isNamed: true) }
    var findings = session.check(inputs).findings
    let severe = findings.indices.filter { findings[$0].severity > .hint }
    #expect(!severe.isEmpty)
    for position in severe {
      let finding = findings[position]
      if Self.untestable.contains(name) {
        #expect(!finding.canConfirm && finding.untestable != nil)
        continue
      }
      let jobs = Jobs()
      Confirming().confirm(&findings, at: position, train: jobs.train)
      let job = try #require(jobs.all.first)
      #expect(job.probe != nil)
      var written = job.written
      var changed = try #require(job.changed)
      written.derive()
      changed.derive()
      #expect(changed.problems.count == written.problems.count)
      let left = RuleRunner(rules, settings: RuleSettings()).check(changed).findings.filter { $0.rule == finding.rule }
      #expect(left == [], "\(findings[position].confirmation?.changes ?? [])")
    }
  }

  private final class Jobs {
    private(set) var all: [DryRunJob] = []

    func train(_ job: DryRunJob, _ progress: (DryRunProgress) -> Void) -> DryRunReport {
      all.append(job)
      return DryRunReport(verdict: .confirmed)
    }
  }
}
