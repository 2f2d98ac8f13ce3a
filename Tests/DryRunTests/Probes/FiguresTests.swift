import Testing

@testable import DryRun

struct FiguresTests {
  @Test(arguments: [
    (0.08134, "0.0813"), (7.649, "7.65"), (1234.4, "1234"), (3.21e-9, "3.21e-09"), (0, "0"), (2e7, "2e+07"),
    (.infinity, "infinity"), (-0.25, "-0.25"),
  ])
  func `numbers have three digits`(number: Double, expected: String) {
    #expect(Figures.short(number) == expected)
  }

  @Test(arguments: [
    (0.49, "49 %"), (1, "100 %"), (0, "0 %"), (0.9999, "99.9 %"), (0.00213, "0.21 %"), (0.0149, "1 %"), (2.5, "250 %"),
  ])
  func `shares are in percent, and nearly all is not all`(share: Double, expected: String) {
    #expect(Figures.percent(share) == expected)
  }
}
