import DryRun
import DryRunMessages
import Experiment
import Testing

/// The broken experiment of a story beside its healthy twin, trained on real kernels under fixed seeds.
///
/// Those that are quick where nothing is optimised; `scripts/check-dry-runs` has all of them.
struct StoryTests {
  /// Wall-clock seconds that a job may take where nothing is optimised; what is planned does not depend on it.
  private static let patience = 600.0

  /// What confirms a story, in words of its explanation, and how much better the healthy twin is at least.
  static let stories: [(name: String, ratio: Double, says: String)] = [
    ("01-unnormalized-data", 10, "give 0 for every example"),
    ("03-unpreprocessed-data", 2, "clipped"),
    ("09-initialization", 2.5, "compute what another one does"),
  ]

  @Test(arguments: stories)
  func `mending what a story tells of is confirmed`(story: (name: String, ratio: Double, says: String)) throws {
    let broken = try Stories.experiment(story.name, "broken"), healthy = try Stories.experiment(story.name, "healthy")
    let report = DryRun.run(DryRunJob(written: broken, changed: healthy), patience: Self.patience)
    #expect(report.verdict == .confirmed)
    let judgement = try #require(report.judgement)
    #expect(judgement.ratio > story.ratio)
    #expect(judgement.interval.lowerBound > judgement.minimumRatio)
    #expect(report.explanation?.contains(story.says) == true, "\(report.explanation ?? "nothing")")
  }

  @Test(arguments: ["01-unnormalized-data", "09-initialization"])
  func `a healthy experiment whose layers are renamed is not better for it`(story: String) throws {
    let healthy = try Stories.experiment(story, "healthy")
    var renamed = healthy
    for index in renamed.layers.indices where renamed.layers[index].kind == .dense {
      renamed.layers[index].name += "_new"
    }
    let report = DryRun.run(DryRunJob(written: healthy, changed: renamed), patience: Self.patience)
    #expect(report.verdict != .confirmed)
    #expect(
      report.judgement.map { $0.pairs.allSatisfy { $0.written != $0.changed } } == true,
      "other names draw other weights"
    )
  }
}
