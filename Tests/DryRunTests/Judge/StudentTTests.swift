import Testing

@testable import DryRun

/// Against the tables in Abramowitz and Stegun, 26.10.
struct StudentTTests {
  @Test(arguments: [
    (0.75, 1, 1.0), (0.975, 1, 12.706), (0.99, 1, 31.821), (0.99, 2, 6.965), (0.99, 3, 4.541), (0.99, 4, 3.747),
    (0.99, 5, 3.365), (0.99, 6, 3.143), (0.99, 7, 2.998), (0.99, 8, 2.896), (0.95, 8, 1.860), (0.995, 30, 2.750),
    (0.975, 120, 1.980),
  ])
  func `its quantiles are those of the tables`(probability: Double, degrees: Int, expected: Double) {
    #expect(abs(StudentT.quantile(probability, degrees: degrees) - expected) < 0.0006)
  }

  @Test(arguments: 1...12)
  func `its two sides mirror each other`(degrees: Int) {
    #expect(abs(StudentT.probability(below: 0, degrees: degrees) - 0.5) < 1e-12)
    for value in [0.3, 1.7, 40] {
      let below = StudentT.probability(below: -value, degrees: degrees)
      #expect(abs(below + StudentT.probability(below: value, degrees: degrees) - 1) < 1e-12)
    }
    #expect(StudentT.probability(below: .infinity, degrees: degrees) == 1)
    #expect(StudentT.probability(below: -.infinity, degrees: degrees) == 0)
  }
}
