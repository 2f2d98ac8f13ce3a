import Foundation
import Linting
import Reporting
import Rules
import SourceText
import TestSupport
import Testing

/// The formats that services and agents read, but for SARIF.
struct ServiceReportTests {
  // MARK: - GitHub

  @Test func `escapes what would end a command or a property`() {
    let source = SourceText(name: "100%,a:b.yaml", text: "a: \u{1F9E0}x\n")
    let finding = LocatedFinding.sample(message: "50% of,\n\"a:b\"\r\nis wrong", in: source, at: "x", help: "use 5%")
    #expect(
      github([finding]) == """
        ::warning file=100%25%2Ca%3Ab.yaml,line=1,endLine=1,col=5,endColumn=6,title=group/rule::50%25 of,\\n"a:b"\u{FFFD}\\nis wrong%0Ahelp: use 5%25

        """
    )
  }

  @Test func `leaves columns out where a range has several lines`() {
    let source = SourceText(name: "a.yaml", text: "a:\n  - 1\n")
    #expect(
      github([.sample(severity: .error, message: "no", in: source, at: "a:\n  -")])
        == "::error file=a.yaml,line=1,endLine=2,title=group/rule::no\n"
    )
  }

  @Test func `puts the worst first and says what GitHub would drop`() {
    let source = SourceText(name: "a.yaml", text: "x\n")
    let findings = [Severity.hint, .warning, .error].flatMap { severity in
      (1...12).map { LocatedFinding.sample(severity: severity, message: "no \($0)", in: source, at: "x") }
    }
    let lines = github(findings).split(separator: "\n")
    let kinds = lines.prefix(29).map { String($0.prefix { $0 != " " }) }
    let worst = [String](repeating: "::error", count: 10)
    let middle = [String](repeating: "::warning", count: 10)
    #expect(kinds == worst + middle + [String](repeating: "::notice", count: 9))
    #expect(lines[29] == "a.yaml:1:1: error[group/rule]: no 11")
    #expect(
      lines.last
        == "::notice title=epochzero::2 errors, 2 warnings, 3 hints more in the log: GitHub shows 10 annotations of a kind for a step"
    )
    #expect(lines.count == 37)
  }

  @Test func `says nothing of a cut when there is none`() {
    let source = SourceText(name: "a.yaml", text: "x\n")
    let findings = (1...10).map { LocatedFinding.sample(severity: .hint, message: "no \($0)", in: source, at: "x") }
    #expect(github(findings).split(separator: "\n").count == 10)
  }

  @Test(arguments: [
    ("::error::a", "./::error::a:1:1"), ("a##[error]b", "a## [error]b:1:1"), ("#[a###[", "#[a### [:1:1"),
  ])
  func `writes no line that could be taken for a command`(name: String, start: String) throws {
    let source = SourceText(name: name, text: "x\n")
    let findings = (1...11).map { LocatedFinding.sample(message: "no \($0)", in: source, at: "x") }
    let line = try #require(github(findings).split(separator: "\n").dropFirst(10).first)
    #expect(line.hasPrefix(start))
  }

  // MARK: - GitLab

  @Test func `names findings by what they say, not by where they stand`() throws {
    let before = SourceText(name: "a.yaml", text: "x: 1\nx: 1\n")
    let after = SourceText(name: "a.yaml", text: "# new\nx: 1\nx: 1\n")
    let first = try gitlab([.sample(in: before, at: "x"), .sample(in: before, at: "x: 1\nx")])
    let second = try gitlab([.sample(in: after, at: "x"), .sample(in: after, at: "x: 1\nx")])
    let names = first.map { $0["fingerprint"] as? String }
    #expect(names == second.map { $0["fingerprint"] as? String })
    #expect(Set(names).count == 2)
    #expect(names.allSatisfy { $0?.utf8.count == 32 })
  }

  @Test func `gives each severity GitLab's word for it`() throws {
    let source = SourceText(name: "a.yaml", text: "x\ny\n")
    let issues = try gitlab(
      [Severity.error, .warning, .hint].map { .sample(severity: $0, in: source, at: "x\ny", help: "do") },
      problems: [PluginProblem(path: "a.lua", line: 3, message: "it broke")]
    )
    #expect(issues.map { $0["severity"] as? String } == ["blocker", "critical", "major", "info"])
    #expect(issues.map { $0["check_name"] as? String } == ["plugin", "group/rule", "group/rule", "group/rule"])
    #expect(issues[1]["description"] as? String == "something is wrong; do")
    let location = try #require(issues[1]["location"] as? [String: Any])
    #expect(location["path"] as? String == "a.yaml")
    #expect(location["lines"] as? [String: Int] == ["begin": 1, "end": 2])
  }

  // MARK: - JUnit

  @Test func `writes XML whatever a message says`() {
    let source = SourceText(name: "<a & \"b\">.yaml", text: "x\n")
    let message = "]]> <b> & \"c\"\u{1B}[31m\u{0}\u{FFFE}🧠"
    let xml = junit([.sample(message: message, in: source, at: "x", help: "use\tit")])
    let shown = "]]&gt; &lt;b&gt; &amp; \"c\"\u{FFFD}[31m\u{FFFD}\u{FFFD}🧠"
    #expect(xml.contains("]: \(shown)\nhelp: use it</failure>"))
    #expect(xml.contains("message=\"\(shown.replacing("\"", with: "&quot;"))\""))
    #expect(xml.contains("<testsuite name=\"&lt;a &amp; &quot;b&quot;&gt;.yaml\""))
  }

  @Test func `has a suite for each file, a passed case where nothing was found`() {
    let source = SourceText(name: "b.yaml", text: "x\n")
    let findings: [LocatedFinding] = [
      .sample(in: source, at: "x"), .sample(in: source, at: "x"),
      .sample(severity: .hint, message: "hm", in: source, at: "x"),
    ]
    let xml = junit(findings, names: ["a.yaml", "b.yaml"])
    #expect(
      xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="epochzero" tests="4" failures="2" errors="0">
          <testsuite name="a.yaml" file="a.yaml" tests="1" failures="0" errors="0">
            <testcase name="no findings" classname="a.yaml" time="0"/>
          </testsuite>
          <testsuite name="b.yaml" file="b.yaml" tests="3" failures="2" errors="0">
            <testcase name="group/rule: something is wrong" classname="b.yaml" time="0">
              <failure type="warning" message="something is wrong">b.yaml:1:1: warning[group/rule]: something is wrong</failure>
            </testcase>
            <testcase name="group/rule: something is wrong (2)" classname="b.yaml" time="0">
              <failure type="warning" message="something is wrong">b.yaml:1:1: warning[group/rule]: something is wrong</failure>
            </testcase>
            <testcase name="group/rule: hm" classname="b.yaml" time="0">
              <system-out>b.yaml:1:1: hint[group/rule]: hm</system-out>
            </testcase>
          </testsuite>
        </testsuites>

        """
    )
  }

  @Test func `fails what makes the run fail`() {
    let source = SourceText(name: "b.yaml", text: "x\n")
    var findings = [Severity.error, .warning, .hint].map { LocatedFinding.sample(severity: $0, in: source, at: "x") }
    #expect(junit(findings).contains(" failures=\"2\""))
    findings[2].failsRun = true
    #expect(junit(findings).contains(" failures=\"3\""))
  }

  @Test func `has an error for what could not be read`() {
    var report = LintReport()
    report.errors = [FileProblem(file: "gone.json", message: "no such file or folder")]
    let xml = JUnitReport.render(report)
    #expect(xml.contains("<testsuite name=\"gone.json\" file=\"gone.json\" tests=\"1\" failures=\"0\" errors=\"1\">"))
    #expect(xml.contains("<error type=\"error\" message=\"no such file or folder\">"))
  }

  // MARK: - Agents and JSON lines

  @Test func `says each file once, the change, and what to do`() {
    let report = LintReport.linting(["b.yaml": dropoutConfig(["x", "y"], lineEnd: "\r\n"), "a.yaml": "epochzero: 1\n"])
    #expect(
      AgentReport.render(report) == """
        b.yaml
        4:40 warning dropout/sample layer "x" drops 0.9 -> drop less fix: `0.9` -> `0.5`
        5:40 warning dropout/sample layer "y" drops 0.9 -> drop less fix: `0.9` -> `0.5`
        2 findings (2 warnings). `epochzero check --fix PATH` makes the fixes; `epochzero explain RULE` says why and when to ignore it.

        """
    )
    #expect(AgentReport.render(.linting(["a.yaml": "epochzero: 1\n"])) == "no findings in 1 file\n")
  }

  @Test func `writes an object a line, plugin problems first`() throws {
    let source = SourceText(name: "a\u{2028}b.yaml", text: "x\n")
    var report = LintReport()
    report.findings = [.sample(message: "a\nb", in: source, at: "x")]
    report.pluginProblems = [PluginProblem(path: "a.lua", line: nil, message: "it broke")]
    let lines = JSONLinesReport.render(report).split(separator: "\n")
    let objects = try lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(objects.map { $0["rule"] as? String } == ["plugin", "group/rule"])
    #expect(Set(objects[0].keys) == Set(objects[1].keys))
    #expect(objects[1]["file"] as? String == "a\u{2028}b.yaml")
    #expect(JSONLinesReport.render(LintReport()) == "")
  }

  @Test func `counts by rule, the most first`() {
    var report = LintReport.linting(["a.yaml": dropoutConfig((1...9).map { "x\($0)" })])
    let source = SourceText(name: "a.yaml", text: "x\n")
    for rule in ["b/b", "a/a"] { report.findings.append(.sample(rule: rule, severity: .hint, in: source, at: "x")) }
    let counts = Statistics(of: report)
    #expect(
      counts.render(style: TextStyle(isColored: false)) == """
        9  warning  dropout/sample  [fixable]
        1  hint     a/a
        1  hint     b/b

        """
    )
    #expect(counts.counts.first?.fixable == 9)
  }

  // MARK: - Support

  private func report(_ findings: [LocatedFinding], problems: [PluginProblem] = []) -> LintReport {
    var report = LintReport()
    report.findings = findings
    report.pluginProblems = problems
    return report
  }

  private func github(_ findings: [LocatedFinding]) -> String { GitHubReport.render(report(findings)) }

  private func gitlab(_ findings: [LocatedFinding], problems: [PluginProblem] = []) throws -> [[String: Any]] {
    let text = GitLabReport.render(report(findings, problems: problems))
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
  }

  private func junit(_ findings: [LocatedFinding], names: [String] = []) -> String {
    var report = report(findings)
    report.checkedNames = names
    return JUnitReport.render(report)
  }
}
