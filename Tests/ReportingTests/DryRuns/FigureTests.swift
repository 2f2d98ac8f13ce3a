@testable import Reporting
import Testing

struct FigureTests {
  @Test(arguments: [(0.49, "49 %"), (0.003, "0.3 %"), (1, "100 %"), (0.005_49, "0.5 %"), (0, "0 %"), (0.9996, "100 %")])
  func `writes shares as percentages`(share: Double, text: String) {
    #expect(share.percent == text)
  }

  @Test func `counts what is not finite as the worst`() {
    #expect([1, .nan, 2].median == 2)
    #expect([1, .infinity].median == .infinity)
    #expect([3, 1, 2, 4].median == 2.5)
    #expect([Double]().median == nil)
    #expect([1, 4].geometricMean == 2)
    #expect([0, 4].geometricMean == 0)
  }
}
