import Kernels
import Testing

@testable import DryRun

#if canImport(Glibc)
import Glibc
#endif

struct BaselineTests {
  private func head(_ loss: Loss, _ task: Head.Task, _ form: Head.TargetForm, weights: [Float] = []) -> Head {
    Head(output: 0, layer: 0, name: "y", loss: loss, classWeights: weights, task: task, form: form)
  }

  private func baseline(_ head: Head, _ targets: [Float], columns: Int) throws -> Baseline {
    let tensor = try Tensor(columns == 0 ? [targets.count] : [targets.count / columns, columns], targets)
    return try Baseline([head], training: [tensor], heldOut: [tensor])
  }

  @Test func `of squared errors it is the variance`() throws {
    let baseline = try baseline(head(.meanSquaredError, .regression, .numbers(1)), [1, 2, 3, 6], columns: 1)
    #expect(abs(baseline.loss - 3.5) < 1e-6)
    #expect(abs(baseline.figure - 1) < 1e-6)
  }

  @Test func `of absolute errors it is the distance to the median`() throws {
    let baseline = try baseline(head(.meanAbsoluteError, .regression, .numbers(1)), [0, 0, 0, 0, 100], columns: 1)
    #expect(abs(baseline.loss - 20) < 1e-5)
  }

  @Test(arguments: [false, true])
  func `of classes it is the entropy of their shares`(fromLogits: Bool) throws {
    let loss = Loss.sparseCategoricalCrossentropy(fromLogits: fromLogits, smoothing: 0, ignored: nil)
    let indices = try baseline(head(loss, .multiclass, .classIndex(3)), [0, 0, 1, 2], columns: 0)
    #expect(abs(indices.loss - 1.5 * log(2)) < 1e-5)
    #expect(abs(indices.figure - 0.5) < 1e-6)
    let dense = Loss.categoricalCrossentropy(fromLogits: fromLogits, smoothing: 0)
    let oneHot: [Float] = [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]
    let encoded = try baseline(head(dense, .multiclass, .oneHot(3)), oneHot, columns: 3)
    #expect(abs(encoded.loss - 1.5 * log(2)) < 1e-5)
    #expect(abs(encoded.figure - 0.5) < 1e-6)
  }

  @Test(arguments: [false, true])
  func `of two classes it is their entropy, weighed where they are`(fromLogits: Bool) throws {
    let loss = Loss.binaryCrossentropy(fromLogits: fromLogits, smoothing: 0)
    let plain = try baseline(head(loss, .binary, .bits(1)), [1, 0, 0, 0], columns: 1)
    #expect(abs(plain.loss - 0.5623) < 1e-3)
    #expect(abs(plain.figure - 0.25) < 1e-6)
    let weighed = try baseline(head(loss, .binary, .bits(1), weights: [1, 3]), [1, 0, 0, 0], columns: 1)
    #expect(abs(weighed.loss - 6 * log(2) / 4) < 1e-4, "the rare class weighs as much as the other")
  }

  @Test func `of hinges it is one side`() throws {
    let baseline = try baseline(head(.hinge, .binary, .bits(1)), [1, 0, 0, 0], columns: 1)
    #expect(abs(baseline.loss - 0.5) < 1e-6)
  }

  @Test func `versions are compared by their loss only where it means the same`() {
    let squares = head(.meanSquaredError, .regression, .numbers(1))
    let sizes = head(.meanAbsoluteError, .regression, .numbers(1))
    let poisson = head(.poisson, .regression, .numbers(1))
    #expect(Yardstick.of([squares], [squares], hasSameTargets: true) == .loss)
    #expect(Yardstick.of([squares], [squares], hasSameTargets: false) == .task)
    #expect(Yardstick.of([squares], [sizes], hasSameTargets: true) == .task)
    #expect(Yardstick.of([poisson], [poisson], hasSameTargets: true) == .task)
    #expect(Yardstick.task.name(for: [squares]) == "1 - R2")
    #expect(Yardstick.task.name(for: [squares, head(.hinge, .binary, .bits(1))]) == "mean of 1 - R2 and error rate")
    #expect(Yardstick.loss.name(for: [squares]) == "loss")
  }
}
