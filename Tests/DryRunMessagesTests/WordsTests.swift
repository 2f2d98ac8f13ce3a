import DryRunMessages
import Testing

/// What is said of a dry run in a line.
struct WordsTests {
  @Test(
    arguments: [
      (
        Verdict.confirmed, 7.61, [(1.0, 0.1), (1.0, 0.2), (0.9, 0.1)],
        "confirmed: loss 7.6 times lower with the fix (3 of 3 seeds)"
      ),
      (
        .confirmed, .infinity, [(.infinity, 0.1), (.infinity, 0.2), (0.9, 0.1)],
        "confirmed: training stays finite only with the fix (3 of 3 seeds)"
      ),
      (
        .refuted, 1.021, [(1.0, 0.9), (1.0, 1.1), (0.9, 0.8)],
        "refuted: loss 1.02 times lower with the fix, less than the 1.15 that counts (2 of 3 seeds)"
      ),
      (.refuted, 0.5, [(1.0, 2.0), (1.0, 2.0)], "refuted: loss 2 times higher with the fix (0 of 2 seeds)"),
      (
        .refuted, 1.001, [(1.0, 1.0)],
        "refuted: loss the same with the fix, less than the 1.15 that counts (0 of 1 seeds)"
      ),
      (.refuted, 0, [(1.0, .infinity)], "refuted: training does not stay finite with the fix (0 of 1 seeds)"),
      (
        .inconclusive("the seeds differ too much"), 12.3, [(1.0, 0.1), (1.0, 1.2)],
        "inconclusive: the seeds differ too much; loss 12 times lower with the fix (1 of 2 seeds)"
      ),
    ] as [(Verdict, Double, [(Double, Double)], String)]
  )
  func `says a verdict with its figures`(verdict: Verdict, ratio: Double, pairs: [(Double, Double)], line: String) {
    let judgement = Judgement(
      metric: "loss",
      pairs: pairs.map { Judgement.Pair(seed: 1, written: $0.0, changed: $0.1) },
      baseline: 1,
      ratio: ratio,
      interval: 0...Double.infinity,
      test: "a test",
      minimumRatio: 1.15
    )
    #expect(DryRunReport(verdict: verdict, judgement: judgement).verdictLine == line)
  }

  @Test func `says a verdict without figures`() {
    #expect(DryRunReport(verdict: .notRunnable("no kernel")).verdictLine == "not runnable: no kernel")
    #expect(DryRunReport(verdict: .trained).verdictLine == "trained")
  }

  @Test(
    arguments: [
      (0, "0"), (0.0123456, "0.0123"), (-0.5, "-0.5"), (1, "1"), (12.345, "12.3"), (1234.5, "1235"),
      (1.2345e-7, "1.23e-07"),
      (1_234_567, "1.23e6"), (9.999e6, "1.0e7"), (.infinity, "∞"), (-.infinity, "-∞"), (.nan, "no number"),

    ] as [(Double, String)]
  )
  func `writes numbers short`(number: Double, text: String) {
    #expect(number.short == text)
  }

  @Test(
    arguments: [(1, "1"), (1.025, "1.02"), (2.04, "2"), (7.6, "7.6"), (9.97, "10"), (120.4, "120"), (3e7, "3.0e7")]
      as [(Double, String)]
  )
  func `writes ratios short`(number: Double, text: String) {
    #expect(number.asRatio == text)
  }

  @Test func `draws curves on one scale`() {
    let falling = (0...7).map { CurvePoint(Double($0), Double(7 - $0)) }
    #expect(Sparkline.lines([falling], width: 8) == ["█▇▆▅▄▃▂▁"])
    let flat = [CurvePoint(0, 7), CurvePoint(7, 7)]
    #expect(Sparkline.lines([falling, flat, []], width: 4) == ["█▆▄▁", "████", nil])
    #expect(Sparkline.lines([flat], width: 4) == ["▁▁▁▁"])
  }

  @Test func `draws what is far apart by logarithms, and what is not finite as a gap`() {
    let falling = (0...7).map { CurvePoint(Double($0), [1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 10, 1][$0]) }
    #expect(Sparkline.lines([falling], width: 8) == ["█▇▆▅▄▃▂▁"])
    let broken = [CurvePoint(0, 1), CurvePoint(1, 2), CurvePoint(2, .nan), CurvePoint(3, .infinity)]
    #expect(
      Sparkline.lines([broken], width: 4)[0] == "▁█××" || Sparkline.lines([broken], width: 4)[0]?.hasSuffix("×") == true
    )
    #expect(Sparkline.lines([[CurvePoint(3, 5)]], width: 4) == ["▁"])
  }

  @Test func `draws a run that ended early as a shorter line`() {
    let whole = [CurvePoint(0, 1), CurvePoint(100, 0)]
    let short = [CurvePoint(0, 1), CurvePoint(50, 1)]
    #expect(Sparkline.lines([whole, short], width: 8).map { $0?.count } == [8, 4])
  }
}
