import Linting
import Rules
import Testing

struct RuleExampleTesterTests {
  private let check = """
    for _, layer in ipairs(experiment.layers) do
      if layer.kind == "dropout" and layer.rate > 0.5 then
        report { at = { layer, "rate" }, message = "drops too much", fix = set(layer, "rate", 0.5) }
      end
    end
    """

  private let good = "{ good = [[\n\(Self.config("0.1"))]] },\n"

  @Test func `passes a rule that does what its examples say`() {
    let bad = "{ bad = [[\n\(Self.config("1️⃣0.8"))]], fixed = [[\n\(Self.config("0.5"))]] },\n"
    let outcome = test(bad + good)
    #expect(outcome.failures == [])
    #expect(outcome.rule == "dropout/sample")
    #expect(outcome.exampleCount == 2)
  }

  @Test func `fails a bad example without its finding`() {
    expectFailure(of: "{ bad = [[\n\(Self.config("1️⃣0.4"))]] },\n" + good, "bad example: no finding at 5:29")
  }

  @Test func `fails a good example with a finding`() {
    let bad = "{ bad = [[\n\(Self.config("1️⃣0.8"))]] },\n"
    expectFailure(
      of: bad + "{ good = [[\n\(Self.config("0.9"))]] },\n",
      "good example: unexpected finding at 5:29: drops too much"
    )
  }

  @Test func `fails a finding at another place than the mark`() {
    expectFailure(
      of: "{ bad = [[\n1️⃣\(Self.config("0.8"))]] },\n" + good,
      "bad example: unexpected finding at 5:29: drops too much"
    )
  }

  @Test func `fails a fix that makes another text`() {
    expectFailure(
      of: "{ bad = [[\n\(Self.config("1️⃣0.8"))]], fixed = [[\n\(Self.config("0.25"))]] },\n" + good,
      "bad example: the fix makes another text than \"fixed\": line 5 is"
    )
  }

  @Test func `fails an example that is no config`() {
    let bad = "{ bad = [[\n\(Self.config("1️⃣0.8"))]] },\n"
    expectFailure(of: bad + "{ good = [[just: text\n]] },\n", "good example: no dialect knows the example")
  }

  private static func config(_ rate: String) -> String {
    """
    epochzero: 1
    model:
      layers:
        - {kind: input, shape: [8]}
        - {kind: dropout, rate: \(rate)}

    """
  }

  private func test(_ examples: String) -> RuleExampleTester.Outcome {
    RuleExampleTester().test(SampleRules.rule("dropout/sample", check, examples: examples))
  }

  private func expectFailure(
    of examples: String,
    _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let failures = test(examples).failures
    let isThere = failures.contains { $0.message.hasPrefix(message) }
    #expect(isThere, "\(failures.map(\.message))", sourceLocation: sourceLocation)
  }
}
