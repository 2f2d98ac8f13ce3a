import Experiment
import Kernels
import Testing

@testable import DryRun

struct AdaptingTests {
  /// What the layer "a" gives for the rows, once the network was made for them.
  private func normalized(_ layer: String, shape: String, _ rows: Tensor) throws -> [Float] {
    let experiment = try experiment(layers: [layer, "kind: flatten", "kind: dense, units: 1"], shape: shape)
    let count = rows.shape[0]
    let table = Rows(inputs: [rows], targets: [try Tensor([count, 1])])
    let trainee = try Trainee(try version(experiment, batch: count), rows: table, seed: 1)
    try trainee.load(table, (0..<count).map { Int32($0) })
    try trainee.network.network.forward(isTraining: false)
    return try #require(trainee.network.parts.first { $0.name == "a" }).output.value.values
  }

  @Test func `a run begins with the statistics of its training rows`() throws {
    let values = try normalized(
      "kind: normalization, name: a",
      shape: "[2]",
      Tensor([4, 2], [100, 7, 300, 7, 100, 7, 300, 7])
    )
    #expect(zip(values, [-1, 0, 1, 0, -1, 0, 1, 0]).allSatisfy { abs($0 - $1) < 1e-5 }, "\(values)")
  }

  @Test func `statistics are those of the axis that is named`() throws {
    // Two channels with three steps each.
    let rows: [Float] = [0, 0, 0, 50, 50, 50, 2, 2, 2, 90, 90, 90]
    let values = try normalized("kind: normalization, name: a, axes: [1]", shape: "[2, 3]", Tensor([2, 2, 3], rows))
    #expect(
      zip(values, [-1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1]).allSatisfy { abs($0 - $1) < 1e-5 },
      "\(values)"
    )
  }

  @Test func `a plan says where no rows can tell the statistics`() {
    let text = """
      epochzero: 1
      model:
        layers:
          - {kind: input, name: x, shape: [2]}
          - {kind: rescaling, input_scale: 0.5}
          - {kind: normalization, name: a}
          - {kind: dense, units: 1}
      """
    #expect(throws: Never.self) {
      let unsaid = Unsaid(try experiment(text))
      #expect(unsaid.assumptions.contains("layer \"a\": mean 0 and variance 1, since nothing states them"))
      let plain = Unsaid(try experiment(layers: ["kind: normalization, name: a", "kind: dense, units: 1"]))
      #expect(!plain.assumptions.contains { $0.contains("variance") })
    }
  }
}
