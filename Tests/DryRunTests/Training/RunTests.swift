import DryRunMessages
import Kernels
import Testing

@testable import DryRun

struct RunTests {
  private let hidden = "kind: dense, name: hidden, units: 16, activation: relu"
  private let linear = "kind: dense, name: out, units: 1"
  private let adam = "loss: mse, optimizer: {name: adam, learning_rate: 0.01}"

  @Test func `a run learns, and says how`() throws {
    let (report, baseline) = try train(try experiment(layers: [hidden, linear], training: adam), steps: 200)
    #expect(report.score < baseline.loss / 5)
    #expect(report.steps == 200)
    #expect(report.training.first?.x == 1)
    #expect(report.training.last?.x == 200)
    #expect(report.heldOut.first?.x == 0)
    #expect(report.heldOut.last?.x == 200)
    #expect(report.heldOut.last?.y == report.score)
    #expect(report.heldOut.count == 9)
    let probes = report.probes
    #expect(probes.expectedInitialLoss == baseline.loss)
    #expect(probes.initialLoss == report.heldOut.first?.y)
    #expect(probes.stepsToHalf.map { (5..<150).contains($0) } == true)
    #expect(probes.clippedSteps == nil)
    #expect(probes.nonFinite == nil)
    #expect(probes.unreachableTargets == 0)
    #expect(probes.layers.map(\.name) == ["hidden", "out"])
    for layer in probes.layers {
      #expect(layer.firstGradientNorm.map { $0 > 0 } == true)
      #expect(layer.updateRatio.map { $0 > 1e-4 && $0 < 0.5 } == true)
      #expect(layer.firstHistogram?.counts.reduce(0, +) == layer.lastHistogram?.counts.reduce(0, +))
    }
    #expect(probes.layers[0].symmetricUnits == 0)
    #expect(probes.layers[0].deadUnits.map { $0 < 0.3 } == true)
    #expect(probes.layers[0].saturatedUnits == nil)
  }

  @Test func `the same run gives the same report`() throws {
    let noisy = try experiment(layers: [hidden, "kind: dropout, rate: 0.2", linear], training: adam)
    let one = try train(noisy, steps: 40), other = try train(noisy, steps: 40),
      third = try train(noisy, steps: 40, seed: 2)
    #expect(one.report == other.report)
    #expect(one.report.score != third.report.score)
  }

  /// Held-out looks and probes show the network rows between steps; a loop that only trains must end where they do.
  @Test func `looking inside does not change the run`() throws {
    let noisy = try experiment(
      layers: [hidden, "kind: batch_normalization", "kind: dropout, rate: 0.3", linear],
      training: adam
    )
    let report = try train(noisy, steps: 30).report
    let version = try version(noisy, steps: 30), data = try split()
    let trainee = try Trainee(version, rows: data.training, seed: 1)
    let optimizer = try trainee.network.makeOptimizer()
    var order = BatchOrder(rows: data.training.count, seed: 1)
    var losses: [Double] = []
    for step in 0..<30 {
      try trainee.load(data.training, order.next(16))
      losses.append(try trainee.gradients())
      _ = try optimizer.step(rate: trainee.network.rate(at: step))
    }
    #expect(report.training.map(\.y) == losses)
    #expect(report.score == (try trainee.score(on: data.heldOut, gate: Gate(seconds: 600) { false }).loss))
  }

  @Test func `rows that do not fill the last batch are scored once each`() throws {
    let experiment = try experiment(layers: [linear], training: adam)
    let rows = try rows(37, features: 8)
    let gate = Gate(seconds: 600) { false }
    var scores: [Score] = []
    for batch in [1, 16, 37, 64] {
      let trainee = try Trainee(try version(experiment, batch: batch), rows: rows, seed: 1)
      scores.append(try trainee.score(on: rows, gate: gate))
    }
    for score in scores {
      #expect(abs(score.loss / scores[0].loss - 1) < 1e-5)
      #expect(abs(score.figure / scores[0].figure - 1) < 1e-5)
    }
  }

  @Test func `classes weigh in the loss as they are said to`() throws {
    let classifier = try experiment(layers: ["kind: dense, units: 1, activation: sigmoid"], training: "loss: bce")
    var version = try version(classifier)
    let rows = Rows(
      inputs: [try Tensor([4, 8], RandomStream(seed: 1, purpose: .data, index: 0).normal(32))],
      targets: [try Tensor([4, 1], [1, 0, 0, 0])]
    )
    let gate = Gate(seconds: 600) { false }
    func loss(_ weights: [Float]) throws -> Double {
      version.heads[0].classWeights = weights
      return try Trainee(version, rows: rows, seed: 1).score(on: rows, gate: gate).loss
    }
    let plain = try loss([]), first = try loss([1, 0]), second = try loss([0, 1]), both = try loss([1, 10])
    #expect(abs(plain - first - second) < 1e-6)
    #expect(abs(both - first - 10 * second) < 1e-5)
  }

  @Test func `a rate of a million ends the run at a step, and in a layer`() throws {
    let relu = "kind: dense, units: 16, activation: relu"
    let wild = try experiment(
      layers: ["name: one, \(relu)", "name: two, \(relu)", "name: three, \(relu)", linear],
      training: "loss: mse, optimizer: {name: sgd, learning_rate: 1000000}"
    )
    let report = try train(wild).report
    #expect(report.score == .infinity)
    let place = try #require(report.probes.nonFinite)
    #expect((2...5).contains(place.step))
    #expect(report.steps < 6)
    #expect(place.layer.map { ["one", "two", "three", "out"].contains($0) } ?? true)
    #expect(report.training.last?.y.isFinite == false)
  }

  @Test func `a gradient that is no number is found in its layer, at its step`() throws {
    // The square root's slope at 0 is infinite.
    let broken = try experiment(
      layers: [
        "kind: dense, name: hidden, units: 4, activation: linear",
        "kind: dense, name: steep, units: 4, activation: exponential, init: {name: constant, value: 60}", linear,
      ],
      training: "loss: mse, optimizer: {name: sgd, learning_rate: 0.001}"
    )
    let place = try #require(try train(broken).report.probes.nonFinite)
    #expect(place == .init(step: 1, layer: "steep", isGradient: false))
  }

  @Test func `a run can be cancelled, and ends when its time is over`() throws {
    let version = try version(try experiment(layers: [hidden, linear], training: adam))
    let data = try split()
    func interruption(_ gate: Gate) -> String {
      do {
        _ = try Run(version: version, data: data, seed: 1, yardstick: .loss, gate: gate).report { _ in }
        return "none"
      } catch {
        return "\(error)"
      }
    }
    var asked = 0
    let cancelled = Gate(seconds: 600) {
      asked += 1
      return asked > 20
    }
    #expect(interruption(cancelled) == "cancelled")
    #expect(asked == 21)
    #expect(interruption(Gate(seconds: 0) { false }) == "outOfTime")
  }

  @Test func `steps to half are counted over means of five`() {
    #expect(Run.stepsToHalf([8, 8, 8, 8, 8, 8]) == nil)
    #expect(Run.stepsToHalf([8, 1, 8, 8, 8, 4, 4, 3, 3, 3]) == 10)
    #expect(Run.stepsToHalf([8, 2, 2, 2, 2]) == 5)
    #expect(Run.stepsToHalf([]) == nil)
  }
}
