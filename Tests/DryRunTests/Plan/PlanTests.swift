import DryRun
import DryRunMessages
import Experiment
import Testing

struct PlanTests {
  private func stated(
    _ layers: [String],
    shape: String = "[8]",
    training: String = "batch_size: 32",
    data: String = ""
  ) throws -> Experiment {
    let lines = layers.map { "    - {\($0)}" }.joined(separator: "\n")
    return try statedExperiment(
      """
      epochzero: 1
      model:
        layers:
          - {kind: input, name: x, shape: \(shape)}
      \(lines)
      training: {\(training)}
      data: {\(data)}
      """
    )
  }

  @Test func `trains a small experiment as it is, for its own length`() throws {
    let experiment = try stated(
      [
        "kind: dense, units: 16, activation: relu, init: he_normal", "kind: dense, units: 1, init: glorot_uniform",
      ],
      training:
        "batch_size: 32, epochs: 3, validation_split: 0.2, loss: mse, optimizer: {name: adam, learning_rate: 0.01}",
      data: "samples: 1000"
    )
    let plan = try Plan.make(DryRunJob(written: experiment))
    #expect(plan.report.scalings.isEmpty)
    #expect(plan.report.assumptions.isEmpty)
    #expect(plan.written.batch == 32)
    #expect(plan.written.steps == 75)
    #expect(plan.trainingRows == 800)
    #expect(plan.report.estimatedWork > 0)
  }

  @Test func `says what it assumes`() throws {
    let plan = try Plan.make(
      DryRunJob(written: try stated(["kind: dense, units: 3, activation: softmax"], training: ""))
    )
    #expect(
      plan.report.assumptions == [
        "batch: 32, since none is stated",
        "loss of \"dense_1\": categorical_crossentropy, since it ends in softmax",
        "categorical_crossentropy of \"dense_1\" takes probabilities, since it ends in softmax",
        "rows to train on: 2048, since their number is not stated",
        "optimizer: adam, since none is stated",
        "learning rate: 0.001, Keras's default for adam",
        "initialisers that nothing states, of \"dense_1\": Keras's",
      ]
    )
  }

  @Test func `both versions see as many examples`() throws {
    let layers = ["kind: dense, units: 8, activation: relu", "kind: dense, units: 1"]
    let written = try stated(layers, training: "batch_size: 512, epochs: 40", data: "samples: 4096")
    let changed = try stated(layers, training: "batch_size: 32, epochs: 40", data: "samples: 4096")
    let plan = try Plan.make(DryRunJob(written: written, changed: changed))
    let other = try #require(plan.changed)
    #expect(plan.written.batch == 16 * other.batch)
    #expect(plan.written.steps * plan.written.batch == other.steps * other.batch)
  }

  @Test func `makes the batch smaller first, then the image`() throws {
    let layers = [
      "kind: conv2d, filters: 64, kernel_size: 3, activation: relu",
      "kind: conv2d, filters: 64, kernel_size: 3, activation: relu", "kind: global_average_pooling",
      "kind: dense, units: 10, activation: softmax",
    ]
    let plan = try Plan.make(DryRunJob(written: try stated(layers, shape: "[224, 224, 3]")))
    #expect(plan.report.scalings.map(\.what) == ["batch", "image side"])
    #expect(plan.written.batch <= 8)
    let side = plan.written.experiment.layers[0].facts.value(LayerKeys.outputShape)?.axes.first ?? nil
    #expect(try #require(side) < 224)
    #expect(plan.report.estimatedMemory < DryRunBudget().memory)
  }

  @Test func `cuts sequences and runs of equal layers`() throws {
    var job = DryRunJob(
      written: try stated(
        Array(repeating: "kind: dense, units: 512, activation: relu, time_distributed: true", count: 12)
          + ["kind: lstm, units: 256", "kind: dense, units: 1"],
        shape: "[1024, 512]"
      )
    )
    job.budget.seconds = 2
    let plan = try Plan.make(job)
    let scaled = plan.report.scalings.map(\.what)
    #expect(scaled.starts(with: ["batch", "sequence length"]))
    #expect(scaled.contains("depth repeats"))
    #expect(plan.written.experiment.layers.count < job.written.layers.count)
    expectShapes(
      of: try TrainableNetwork(plan.written.experiment, heads: plan.written.heads, batch: plan.written.batch, seed: 1),
      plan.written.experiment,
      batch: plan.written.batch
    )
  }

  @Test func `says what is needed where nothing helps`() throws {
    var job = DryRunJob(
      written: try stated(["kind: dense, units: 30000", "kind: dense, units: 30000"], shape: "[30000]")
    )
    #expect(throws: NotRunnable("needs 40.3 GB at the least, the limit is 2.0 GB")) { try Plan.make(job) }
    job = DryRunJob(written: try stated(["kind: dense, units: 3000", "kind: dense, units: 3000"], shape: "[3000]"))
    job.budget.seconds = 0.01
    let failure = #expect(throws: NotRunnable.self) { try Plan.make(job) }
    #expect(failure?.reason.hasPrefix("needs about ") == true)
  }

  @Test(arguments: [
    (
      "kind: conv_lstm2d, filters: 2, kernel_size: 3",
      "there is no kernel for \"conv_lstm2d\" (layer \"conv_lstm2d_1\")"
    ),
    ("kind: identity", "no layer is known to give an output"),
  ])
  func `names what has no kernel`(layer: String, reason: String) throws {
    guard layer != "kind: identity" else {
      var experiment = try stated(["kind: dense, units: 1"])
      experiment.outputs = []
      #expect(throws: NotRunnable(reason)) { try Plan.make(DryRunJob(written: experiment)) }
      return
    }
    let experiment = try stated([layer, "kind: flatten", "kind: dense, units: 1"], shape: "[4, 8, 8, 3]")
    #expect(throws: NotRunnable(reason)) { try Plan.make(DryRunJob(written: experiment)) }
  }

  @Test func `names the layer on the way to an output, not the output`() throws {
    let experiment = try stated(["kind: discretization", "kind: flatten", "kind: dense, units: 1"], shape: "[4]")
    let reason = "there is no kernel for \"discretization\" (layer \"discretization_1\")"
    #expect(throws: NotRunnable(reason)) { try Plan.make(DryRunJob(written: experiment)) }
  }

  @Test func `leaves room for what is done beside the training`() throws {
    let layers = ["kind: dense, units: 2500, activation: relu", "kind: dense, units: 2500", "kind: dense, units: 1"]
    var job = DryRunJob(written: try stated(layers))
    job.budget.seconds = 200
    let whole = try Plan.make(job)
    #expect(whole.exploration == .whole)
    #expect(!whole.isCutShort)
    job.budget.seconds = 2
    let short = try Plan.make(job)
    #expect(short.isCutShort)
    #expect(short.exploration.steps < whole.exploration.steps)
    #expect(short.report.estimatedWork < whole.report.estimatedWork)
  }
}
