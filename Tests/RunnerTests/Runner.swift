import ConfigSyntax
import Dialects
import DryRunClient
import DryRunMessages
import Experiment
import Foundation
import SourceText
import Testing

/// The built `epochzero-dryrun`, which lies beside the tests.
enum Runner {
  static var path: String {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("epochzero-dryrun").path
  }

  /// Starts it, with words before its path if there are any.
  static func command(_ launcher: [String] = []) -> RunnerCommand {
    RunnerCommand(launcher: launcher, search: RunnerSearch(named: path))
  }

  /// Starts it by a shell that first writes the number of the process into a file.
  static func command(noting file: URL) -> RunnerCommand {
    command(["sh", "-c", "echo $$ > '\(file.path)'; exec \"$0\""])
  }
}

/// Experiments to train.
enum Sample {
  /// A small network; the optimizer and the number of epochs are to be filled in.
  static func job(
    rate: String = "0.01",
    epochs: Int = 2,
    units: Int = 16,
    hidden: Int = 1,
    budget: DryRunBudget = DryRunBudget(),
    rows: String? = nil
  ) throws -> DryRunJob {
    let layer = "- {kind: dense, units: \(units), activation: relu}"
    let text = """
      epochzero: 1
      task: regression
      model:
        layers:
          - {kind: input, shape: [4]}
          \(Array(repeating: layer, count: hidden).joined(separator: "\n    "))
          - {kind: dense, units: 1}
      data: {samples: 256, inputs: {range: [0, 1]}, targets: {range: [-3, 3]}}
      training: {batch_size: 32, epochs: \(epochs), loss: mse, optimizer: {name: sgd, learning_rate: \(rate)}}
      """
    let document = try #require(parse(SourceText(name: "sample", text: text), as: .yaml).documents.first)
    let dialect = try #require(DialectSet.bundled.recognize(document))
    let experiment = try #require(dialect.lower(document, in: LoweringContext()).first)
    try #require(experiment.problems.isEmpty)
    return DryRunJob(written: experiment, rows: rows, budget: budget)
  }

  /// A job that takes half a minute if nothing ends it: nine pairs of runs of a large network.
  static func longJob() throws -> DryRunJob {
    var job = try job(epochs: 1000, units: 2048, hidden: 2, budget: DryRunBudget(seconds: 30, seeds: 9...9))
    // Another name draws other weights: versions that train alike are not trained at all.
    var changed = job.written
    changed.layers[1].name += "_new"
    job.changed = changed
    return job
  }
}

/// A folder of its own for one test, removed when nobody holds it any more.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("epochzero-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file and returns its path.
  func write(_ name: String, _ text: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
