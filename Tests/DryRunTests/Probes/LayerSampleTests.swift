import DryRunMessages
import Kernels
import Testing

@testable import DryRun

struct LayerSampleTests {
  private func sample(_ rows: [[Float]]) throws -> LayerSample {
    let units = rows.first?.count ?? 0
    var sample = LayerSample(units: units)
    sample.take(try Tensor([rows.count, units], rows.flatMap { $0 }), examples: rows.count, share: 1)
    return sample
  }

  @Test func `units that give 0 for every example are dead`() throws {
    let sample = try sample([[0, 1, 0, 2], [0, 0, 0, 3], [0, 2, 1, 4]])
    #expect(sample.deadUnits == 0.25)
  }

  @Test func `values near either bound are saturated`() throws {
    let sample = try sample([[-1, 0.999], [0.5, -0.97]])
    #expect(sample.saturated(from: -1, to: 1) == 0.5)
  }

  @Test func `units are symmetric where they agree in every row`() throws {
    let agreeing = try sample([[1, 2, 1, 5], [3, 4, 3, 6], [-1, 0, -1.000001, 7]])
    #expect(agreeing.symmetricUnits(ignoresDead: false) == 0.5)
    let permuted = try sample([[1, 3], [3, 1], [2, 2]])
    #expect(permuted.symmetricUnits(ignoresDead: false) == 0, "the same values in another order")
    let all = try sample([[4, 4, 4], [5, 5, 5]])
    #expect(all.symmetricUnits(ignoresDead: false) == 1)
  }

  @Test func `dead units are alike only where all are dead or the activation does not die`() throws {
    let some = try sample([[0, 0, 1, 2], [0, 0, 3, 5]])
    #expect(some.symmetricUnits(ignoresDead: true) == 0)
    #expect(some.symmetricUnits(ignoresDead: false) == 0.5)
    let none = try sample([[0, 0], [0, 0]])
    #expect(none.symmetricUnits(ignoresDead: true) == 1)
    #expect(try sample([[1], [2]]).symmetricUnits(ignoresDead: true) == nil, "one unit has no other")
  }

  @Test func `a histogram counts all values between their ends`() throws {
    let histogram = try #require(try sample([[0, 1], [2, 4], [4, 4]]).histogram(bins: 4))
    #expect(histogram.minimum == 0)
    #expect(histogram.maximum == 4)
    #expect(histogram.counts == [1, 1, 1, 3])
    #expect(try sample([[3, 3]]).histogram(bins: 2)?.counts == [2, 0])
    #expect(try sample([[0, .nan]]).histogram() == nil)
    #expect(try sample([[0, .infinity]]).histogram() == nil)
  }

  @Test func `a sample is spread over examples and places`() throws {
    let places = 1000
    let tensor = try Tensor([2, places, 1], (0..<2 * places).map { Float($0) })
    var sample = LayerSample(units: 1)
    sample.take(tensor, examples: 1, share: 0.5)
    sample.take(tensor, examples: 2, share: 0.5)
    #expect(sample.rows == 256)
    let histogram = try #require(sample.histogram(bins: 4))
    // 128 from the first example, and 128 from both: the last of them is at 1984.
    #expect(histogram.counts == [96, 95, 33, 32])
  }
}
