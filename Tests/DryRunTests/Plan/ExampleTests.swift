import DryRun
import DryRunMessages
import Experiment
import Kernels
import Testing

/// The experiments of `examples/`, broken and healthy.
struct ExampleTests {
  static let paths: [String] =
    [
      "02-results-not-looked-at/broken/ludwig.yaml", "02-results-not-looked-at/healthy/ludwig.yaml",
      "03-unpreprocessed-data/broken/model_definition.yaml", "03-unpreprocessed-data/healthy/model_definition.yaml",
      "04-wrong-regularization/broken/model.json", "04-wrong-regularization/healthy/model.json",
      "01-unnormalized-data/broken/model.json", "01-unnormalized-data/healthy/model.json",
      "05-large-batch/broken/experiment.yaml", "05-large-batch/healthy/experiment.yaml",
      "06-learning-rate/broken/experiment.yaml", "06-learning-rate/healthy/experiment.yaml",
      "07-final-activation/broken/config.json", "07-final-activation/healthy/config.json",
      "08-bad-gradients/broken/config.json", "08-bad-gradients/healthy/config.json",
      "09-initialization/broken/model.json", "09-initialization/healthy/model.json",
      "10-too-deep/broken/config.yaml", "10-too-deep/healthy/config.yaml",
      "11-wrong-width/broken/model.json", "11-wrong-width/healthy/model.json",
    ].map { "examples/stories/\($0)" } + ["examples/robot-arm/experiment.yaml", "examples/flat-prices/ludwig.yaml"]

  @Test(arguments: paths)
  func `is planned, assembled and trained`(path: String) throws {
    let experiment = try #require(try statedExperiments(in: path).first)
    let plan = try Plan.make(DryRunJob(written: experiment))
    let version = plan.written
    let network = try TrainableNetwork(version.experiment, heads: version.heads, batch: version.batch, seed: 1)
    expectShapes(of: network, version.experiment, batch: version.batch)
    #expect(network.inputs.count == experiment.inputs.count)
    let embedded = version.experiment.layers.filter { $0.kind == .embedding }.flatMap(\.inputs)
    for (signal, input) in zip(network.inputs, version.experiment.inputs) {
      let isIDs = input.value(InputKeys.layer).map { embedded.contains($0) } ?? false
      try fill(signal.value, below: isIDs ? 2 : nil)
    }
    let optimizer = try network.makeOptimizer()
    let targets = try targets(of: network)
    for step in 0..<3 { #expect(try trainStep(network, optimizer, targets, at: step).isFinite) }
  }
}
