import Kernels
import Testing

struct MetricsTests {
  @Test func `accuracy counts the greatest scores`() throws {
    let scores = try Tensor([4, 3], [1, 2, 0, 5, 4, 3, 0, 0, 1, .nan, 9, 1])
    let classes = try Tensor([4], [1, 2, 2, 1])
    #expect(Metrics.accuracy(scores: scores, classes: classes) == 0.5)
    #expect(Metrics.errorRate(scores: scores, classes: classes) == 0.5)
    #expect(try Metrics.accuracy(scores: Tensor([0, 3]), classes: Tensor([0])).isNaN)
  }

  @Test func `binary errors are counted at a threshold`() throws {
    let scores = try Tensor([5], [0.6, 0.4, -3, .nan, 2]), targets = try Tensor([5], [1, 1, 0, 0, 0])
    #expect(Metrics.binaryErrorRate(scores: scores, targets: targets, threshold: 0.5) == 0.6)
    #expect(Metrics.binaryErrorRate(scores: scores, targets: targets, threshold: 0) == 0.4)
  }

  @Test func `determination is 1 where all is met, 0 where the mean is, and a mean over columns`() throws {
    let targets = try Tensor([4, 1], [1, 2, 3, 6])
    #expect(Metrics.determination(predictions: targets, targets: targets) == 1)
    #expect(try Metrics.determination(predictions: Tensor([4, 1], [3, 3, 3, 3]), targets: targets) == 0)
    #expect(try Metrics.determination(predictions: Tensor([4, 1], [6, 3, 2, 1]), targets: targets) < -2)
    let columns = try Tensor([2, 2], [1, 5, 3, 5]), guesses = try Tensor([2, 2], [1, 5, 3, 6])
    #expect(Metrics.determination(predictions: guesses, targets: columns) == 0.5)
  }
}
