import DryRunMessages
import Foundation
import Linting
@testable import Reporting
import Rules
import SourceText
import TestSupport
import Testing

/// What findings that were put to the test say in each format.
struct VerdictTests {
  // MARK: - Sentences

  @Test func `says how much better it is with the fix`() {
    #expect(
      Confirmation(.sample()).line == """
        confirmed: 3 of 3 seeds, held-out loss after 200 steps 0.61 as written, 0.0796 with the fix (7.6x lower); \
        49 % of the targets are out of reach, 0 % with the fix
        """
    )
  }

  @Test func `says how little it could be better`() {
    let report = DryRunReport.sample(
      .refuted,
      written: [0.3, 0.31, 0.3],
      changed: [0.3, 0.3, 0.31],
      ratio: 1.0,
      interval: 0.95...1.06
    )
    #expect(
      Confirmation(report, loweredFrom: .warning).line == """
        refuted, now a hint: better in 1 of 3 seeds, held-out loss after 200 steps 0.303 as written, 0.303 with the fix \
        (the same, at most 1.06x lower); 49 % of the targets are out of reach, 0 % with the fix
        """
    )
  }

  @Test func `says why nothing can be said`() {
    var report = DryRunReport.sample(
      .inconclusive("the seeds differ too much"),
      written: [0.3, 0.5, 0.2],
      changed: [0.3, 0.4, 0.25],
      ratio: 1.03,
      interval: 0.7...1.6
    )
    report.explanation = nil
    #expect(
      Confirmation(report).line == """
        inconclusive: the seeds differ too much; better in 1 of 3 seeds, held-out loss after 200 steps 0.311 as written, \
        0.311 with the fix (1.03x lower, somewhere from 1.43x higher to 1.6x lower)
        """
    )
    let other = DryRunReport(verdict: .notRunnable("there is no kernel for \"conv_lstm2d\""))
    #expect(Confirmation(other).line == "not runnable: there is no kernel for \"conv_lstm2d\"")
  }

  @Test(arguments: [
    (
      [Double.infinity, .infinity, .infinity],
      "held-out loss after 200 steps not finite as written, 0.0796 with the fix;"
    ),
    (
      [0.6, .infinity, .nan],
      "held-out loss after 200 steps 0.6, not finite in 2 of 3, as written, 0.0796 with the fix;"
    ),
  ])
  func `says what did not stay finite`(written: [Double], part: String) {
    let line = Confirmation(.sample(written: written)).line
    #expect(line.contains(part), "\(line)")
  }

  @Test func `says that a ratio is held down`() {
    #expect(Confirmation(.sample(written: [9e5, 9e5, 9e5], ratio: 120)).line.contains("(more than 120x lower)"))
  }

  @Test func `says both lengths where batches differ`() {
    var report = DryRunReport.sample()
    (report.plan.writtenSteps, report.plan.changedSteps) = (25, 200)
    #expect(Confirmation(report).line.contains("loss after 25 and 200 steps 0.61 as written"))
  }

  @Test func `says what the versions are where all other findings are mended`() {
    let line = Confirmation(.sample(), contrast: .amongMended).line
    #expect(line.contains(" 0.61 with all other findings mended, 0.0796 with this one mended too (7.6x lower)"))
  }

  // MARK: - Formats

  @Test func `shows verdict, curves and what was trained below a finding`() {
    #expect(
      FullReport.render(confirmed(), style: TextStyle(isColored: false)) == """
        a.yaml:1:4: warning[group/rule]: something is wrong
          |
        1 | a: b
          |    ^
        help: use "c"
        confirmed: 3 of 3 seeds, held-out loss after 200 steps 0.61 as written, 0.0796 with the fix (7.6x lower); \
        49 % of the targets are out of reach, 0 % with the fix   [1.8 s, oneDNN 2.6.3, 1 thread]
          held-out loss: as written ████▇▇▇▆▆▆▆▆▆▅▅▅   with the fix ██▇▆▆▅▄▄▃▃▂▂▁▁▁▁
          scaled: batch 256 -> 32, image side 224 -> 64
          assumed: loss: mse, since the task is regression
          left out: augmentation
          data: synthetic; 1024 rows to train on, 256 held out


        """
    )
  }

  @Test func `never says that it took no time`() {
    var report = DryRunReport.sample()
    report.seconds = 0.04
    #expect(report.circumstances == "<0.1 s, oneDNN 2.6.3, 1 thread")
    report.seconds = 0.06
    #expect(report.circumstances == "0.1 s, oneDNN 2.6.3, 1 thread")
  }

  @Test func `makes curves of ASCII where there are no blocks`() {
    let text = FullReport.render(confirmed(), style: TextStyle(isColored: false, hasBlocks: false))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(text.contains("  held-out loss: as written ####***++++++===   with"))
  }

  @Test func `says once what findings of one test share`() {
    var report = confirmed()
    report.findings.append(report.findings[0])
    let lines = FullReport.render(report, style: TextStyle(isColored: false)).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("confirmed: ") } == 2)
    #expect(lines.count { $0.hasPrefix("  scaled: ") } == 1)
    #expect(lines.last?.hasSuffix("[together with a finding above]") == true)
  }

  @Test func `says of a finding why nothing can test it, once others were tested`() {
    var report = confirmed()
    report.findings[0].confirmation = nil
    report.findings[0].untestable = "training does not depend on what is monitored"
    let style = TextStyle(isColored: false)
    let line = "not tested: a dry run cannot test this: training does not depend on what is monitored\n"
    #expect(FullReport.render(report, style: style).contains(line))
    #expect(Summary.render(report) == "1 finding (1 warning); 1 not tested")
    let object = #"{"verdict":"untestable","reason":"training does not depend on what is monitored"}"#
    #expect(JSONLinesReport.render(report).hasSuffix(#""verdict":\#(object)}"# + "\n"))
    #expect(sarif(report).contains("training does not depend on what is monitored"))
    report.isConfirmed = false
    #expect(JSONLinesReport.render(report).hasSuffix(#""verdict":null}"# + "\n"))
    #expect(!sarif(report).contains("dryRun"))
    #expect(!FullReport.render(report, style: style).contains("not tested"))
    #expect(Summary.render(report) == "1 finding (1 warning)")
  }

  @Test func `counts verdicts in the summary`() {
    var report = confirmed()
    let finding = report.findings[0]
    for (verdict, lowered) in [
      (Verdict.confirmed, nil), (.refuted, Severity.warning), (.notRunnable("no"), nil), (.inconclusive("no"), nil),
    ] {
      var other = finding
      other.confirmation = Confirmation(.sample(verdict), loweredFrom: lowered)
      report.findings.append(other)
    }
    #expect(
      Summary.render(report)
        == "5 findings (5 warnings); 2 confirmed, 1 refuted (now a hint), 1 inconclusive, 1 not runnable"
    )
  }

  @Test func `says the verdict in every format`() throws {
    let report = confirmed()
    let line = "confirmed: 3 of 3 seeds"
    #expect(ConciseReport.render(report, style: TextStyle(isColored: false)).hasSuffix("wrong [confirmed]\n"))
    #expect(
      AgentReport.render(report).contains(" | dry run: confirmed: loss 7.6 times lower with the fix (3 of 3 seeds)")
    )
    #expect(GitHubReport.render(report).contains("%0Adry run: \(line)"))
    #expect(GitLabReport.render(report).contains("; dry run: \(line)"))
    #expect(JUnitReport.render(report).contains("\ndry run: \(line)"))
    let log = try #require(try JSONSerialization.jsonObject(with: Data(sarif(report).utf8)) as? [String: Any])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    let message = try #require((result["message"] as? [String: Any])?["text"] as? String)
    #expect(message.hasPrefix("something is wrong\nhelp: use \"c\"\ndry run: \(line)"))
    let properties = try #require(result["properties"] as? [String: Any])
    #expect((properties["dryRun"] as? [String: Any])?["verdict"] as? String == "confirmed")
  }

  @Test func `gives programs the figures`() throws {
    var report = confirmed()
    report.findings[0].confirmation = Confirmation(
      .sample(.refuted, written: [.infinity, 1, 2]),
      loweredFrom: .error
    )
    let text = JSONReport.render(report)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let finding = try #require((object["findings"] as? [[String: Any]])?.first)
    let verdict = try #require(finding["verdict"] as? [String: Any])
    #expect(verdict["verdict"] as? String == "refuted")
    #expect(verdict["lowered_from"] as? String == "error")
    #expect(verdict["seconds"] as? Double == 1.8)
    let judgement = try #require(verdict["judgement"] as? [String: Any])
    let pairs = try #require(judgement["pairs"] as? [[String: Any]])
    #expect(pairs.map { $0["seed"] as? Int } == [1, 2, 3])
    #expect(pairs[0]["written"] as? String == "Infinity")
    #expect(pairs[0]["changed"] as? Double == 0.07)
    #expect(judgement["interval"] as? [Double] == [6.1, 9.4])
    let plan = try #require(verdict["plan"] as? [String: Any])
    #expect((plan["scalings"] as? [[String: Any]])?.first?["to"] as? Int == 32)
    #expect((verdict["data"] as? [String: Any])?["path"] == nil)
    #expect(JSONLinesReport.render(report).count { $0 == "\n" } == 1)
  }

  private func sarif(_ report: LintReport) -> String {
    SARIFReport(of: report, rules: [], version: "1", workingFolder: "/").render()
  }

  private func confirmed() -> LintReport {
    let source = SourceText(name: "a.yaml", text: "a: b\n")
    var finding = LocatedFinding.sample(in: source, at: "b", help: "use \"c\"")
    finding.confirmation = Confirmation(.sample())
    var report = LintReport()
    report.findings = [finding]
    report.isConfirmed = true
    report.checkedNames = ["a.yaml"]
    return report
  }
}
