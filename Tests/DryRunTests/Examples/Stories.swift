import DryRunMessages
import Experiment
import Foundation
import SourceText
import Testing

@testable import Linting

/// The stories of `examples/stories`, as experiments that can be trained.
enum Stories {
  /// Reads the one experiment of a story's folder, `broken` or `healthy`, as it is stated.
  static func experiment(_ story: String, _ twin: String) throws -> Experiment {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../examples/stories").standardizedFileURL
      .appendingPathComponent(story).appendingPathComponent(twin)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    func input(_ name: String) -> LintInput { LintInput(name: name, path: path(name), isNamed: true) }
    var reader = ConfigReader(DiskFileSystem())
    reader.keepsStated = true
    guard files.contains("epochzero.yaml") else {
      // An experiment file speaks for the model that it names.
      let first = try #require(files.first { $0 == "experiment.yaml" } ?? files.first)
      return try #require(try reader.experiments(in: input(first)).experiments.first?.stated)
    }
    let members = files.filter { $0 != "epochzero.yaml" }.sorted { $0.hasSuffix("yaml") && !$1.hasSuffix("yaml") }
    let joined = SettingsExperiment(
      name: story,
      members: members.map { .init(path: path($0), range: TextRange(at: 0)) },
      file: try reader.read(input("epochzero.yaml"))
    )
    return try #require(
      try reader.experiments(in: input(members[0]), under: ReadingSettings(experiments: [joined])).experiments.first?
        .stated
    )
  }
}
