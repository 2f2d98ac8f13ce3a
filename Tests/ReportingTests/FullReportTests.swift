import Linting
import Reporting
import Rules
import SourceText
import TestSupport
import Testing

struct FullReportTests {
  @Test func `shows the line with carets, the other place and the help`() {
    let model = SourceText(name: "model.json", text: "{\n  \"activation\": \"relu\",\n}")
    let data = SourceText(name: "experiment.yaml", text: "targets:\n  range: [-3.1, 3.1]\n")
    let finding = LocatedFinding.sample(
      rule: "final-activation/clipped-regression-output",
      message: "output \"angle\" ends in relu, so it can never be negative",
      in: model,
      at: "\"relu\"",
      related: [.init(message: "the targets reach down to -3.1", source: data, range: data.range(of: "[-3.1"))],
      help: "use \"linear\""
    )
    #expect(
      render(finding) == """
        model.json:2:17: warning[final-activation/clipped-regression-output]: output "angle" ends in relu, so it can never be negative
          |
        2 |   "activation": "relu",
          |                 ^^^^^^ the targets reach down to -3.1 (experiment.yaml:2)
        help: use "linear"


        """
    )
  }

  @Test func `puts carets right behind tabs and wide characters`() {
    #expect(excerpt("\tname: 模型 x", at: "x") == ["1 |     name: 模型 x", "  |                ^"])
    #expect(excerpt("模型: 学習", at: "学習") == ["1 | 模型: 学習", "  |       ^^^^"])
    #expect(excerpt("e\u{301}: x", at: "x") == ["1 | e\u{301}: x", "  |    ^"])
  }

  @Test func `leaves a byte-order mark and carriage returns out`() {
    #expect(excerpt("\u{FEFF}a: b\r\nc: d\r\n", at: "b") == ["1 | a: b", "  |    ^"])
  }

  @Test func `shows the first of several lines`() {
    #expect(excerpt("a:\n  - 1\n  - 2\n", at: "- 1\n  - 2") == ["2 |   - 1", "  |   ^^^"])
  }

  @Test func `marks one column for an empty range`() {
    #expect(excerpt("a: \n", at: "missing") == ["2 |", "  | ^"])
  }

  @Test func `cuts a line of a megabyte around the place`() throws {
    let filler = String(repeating: "\"name\": \"学\", ", count: 50_000)
    let lines = excerpt(filler + "\"units\": 0, " + filler, at: "0, ", width: 80)
    let line = try #require(lines.first)
    let carets = try #require(lines.last)
    #expect(line.hasPrefix("1 | …"))
    #expect(line.hasSuffix("…"))
    #expect(line.contains("\"units\": 0, "))
    #expect(line.count <= 80)
    #expect(carets.hasSuffix("^^^"))
  }

  @Test func `cuts a mark that is wider than the terminal`() {
    let lines = excerpt("key: " + String(repeating: "x", count: 500), at: String(repeating: "x", count: 500), width: 60)
    #expect(lines.allSatisfy { $0.count <= 60 })
  }

  @Test func `never lets a config write to the terminal's controls`() {
    let source = SourceText(name: "a\u{1B}[2J.yaml", text: "a: \u{1B}[31mx\n")
    let finding = LocatedFinding.sample(message: "key \"\u{1B}]0;x\u{7}\"\nis wrong", in: source, at: "x")
    #expect(!render(finding).unicodeScalars.contains("\u{1B}"))
    #expect(ConciseReport.render(report(finding), style: TextStyle(isColored: false)).count { $0 == "\n" } == 1)
  }

  private func excerpt(_ text: String, at mark: String, width: Int = 120) -> [String] {
    let source = SourceText(name: "a.yaml", text: text)
    let lines = render(.sample(in: source, at: mark), width: width).split(separator: "\n").map(String.init)
    return Array(lines.dropFirst(2).prefix(2))
  }

  private func render(_ finding: LocatedFinding, width: Int = 120) -> String {
    FullReport.render(report(finding), style: TextStyle(isColored: false), width: width)
  }

  private func report(_ finding: LocatedFinding) -> LintReport {
    var report = LintReport()
    report.findings = [finding]
    return report
  }
}
