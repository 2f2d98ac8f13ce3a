import Foundation
import Linting
import Reporting
import Rules
import SourceText
import TestSupport
import Testing

struct ReportTests {
  private let plain = TextStyle(isColored: false)

  @Test func `writes a line for each finding`() {
    #expect(
      ConciseReport.render(sample, style: plain) == """
        my/rule.lua:7:1: error[plugin]: it broke
        ä.yaml:1:5: error[loss/wrong]: no good
        ä.yaml:2:3: hint[width/odd]: could be better

        """
    )
  }

  @Test func `colours when asked to`() {
    #expect(
      ConciseReport.render(sample, style: TextStyle(isColored: true)).contains("\u{1B}[1;31merror[loss/wrong]\u{1B}[0m")
    )
  }

  @Test func `sums up`() {
    #expect(Summary.render(sample) == "2 findings (1 error, 1 hint); 1 problem with rules")
    var empty = LintReport()
    empty.checkedNames = ["a.yaml"]
    #expect(Summary.render(empty) == "no findings in 1 file")
  }

  @Test func `writes JSON that a reader takes back`() throws {
    let text = JSONReport.render(sample)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["version"] as? Int == 1)
    #expect(object["files_checked"] as? Int == 3)
    let finding = try #require((object["findings"] as? [[String: Any]])?.first)
    #expect(finding["rule"] as? String == "loss/wrong")
    #expect(finding["severity"] as? String == "error")
    #expect(finding["file"] as? String == "ä.yaml")
    #expect(finding["line"] as? Int == 1)
    #expect(finding["column"] as? Int == 5)
    #expect(finding["end_line"] as? Int == 1)
    #expect(finding["end_column"] as? Int == 8)
    #expect(finding["verdict"] is NSNull)
    #expect(finding["fix"] is NSNull)
    let related = try #require((finding["related"] as? [[String: Any]])?.first)
    #expect(related["line"] as? Int == 2)
    #expect((object["plugin_problems"] as? [[String: Any]])?.first?["line"] as? Int == 7)
    #expect((object["errors"] as? [[String: Any]])?.first?["file"] as? String == "gone.json")
  }

  private var sample: LintReport {
    let source = SourceText(name: "ä.yaml", text: "ö: [mse]\n  units: 3\n")
    var report = LintReport()
    report.findings = [
      .sample(
        rule: "loss/wrong",
        severity: .error,
        message: "no good",
        in: source,
        at: "mse",
        related: [.init(message: "see", source: source, range: source.range(of: "units"))]
      ),
      .sample(rule: "width/odd", severity: .hint, message: "could be better", in: source, at: "units"),
    ]
    report.pluginProblems = [PluginProblem(path: "my/rule.lua", line: 7, message: "it broke")]
    report.errors = [FileProblem(file: "gone.json", message: "no such file or folder")]
    report.checkedNames = ["a.yaml", "b.json", "ä.yaml"]
    return report
  }
}
