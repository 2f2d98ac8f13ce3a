import Foundation
import Linting
import Reporting
import Rules
import SourceText
import TestSupport
import Testing

struct SARIFReportTests {
  @Test func `counts columns in UTF-16 code units, without a byte-order mark`() throws {
    let source = SourceText(name: "a.yaml", text: "\u{FEFF}\"ü🧠\": [x]\r\n# 🧠\r\nb: yes\r\n")
    #expect(try region(of: .sample(in: source, at: "x")) == [1, 9, 1, 10])
    #expect(try region(of: .sample(in: source, at: "yes")) == [3, 4, 3, 7])
    #expect(try region(of: .sample(in: source, at: "🧠\r\nb")) == [2, 3, 3, 2])
  }

  @Test(arguments: [
    ("a b#c%.yaml", "a%20b%23c%25.yaml"), ("C:\\x.yaml", "C%3A%5Cx.yaml"), ("sub/ü.yaml", "sub/%C3%BC.yaml"),
    ("a?b&c.yaml", "a%3Fb%26c.yaml"), ("<stdin>", "%3Cstdin%3E"), ("..a/b~c_d-e.yaml", "..a/b~c_d-e.yaml"),
  ])
  func `writes relative URIs with what means something in them escaped`(name: String, uri: String) throws {
    let location = try artifact(of: name)
    #expect(location["uri"] as? String == uri)
    #expect(location["uriBaseId"] as? String == "%SRCROOT%")
  }

  @Test(arguments: [
    ("/elsewhere/a b.yaml", "file:///elsewhere/a%20b.yaml"), ("../x.yaml", "file:///home/x.yaml"),
  ])
  func `writes whole URIs of files outside the working folder`(name: String, uri: String) throws {
    let location = try artifact(of: name)
    #expect(location["uri"] as? String == uri)
    #expect(location["uriBaseId"] == nil)
  }

  // The values are those of GitHub's upload action.
  @Test(arguments: [
    ("", 1, "c129715d7a2bc9a3:1"), ("epochzero: 1\r\nmodel: {ü: 🧠}\r\n\r\n", 2, "ac785a1c484b0ca6:1"),
    (String(repeating: "a: 1\n", count: 30), 6, "42a9af0436f14616:6"),
    (String(repeating: "a: 1\n", count: 30), 8, "42bfc0cc28d6275d:1"),
    (String(repeating: "a: 1\r", count: 30), 31, "c129715d7a2bc9a3:1"),
  ])
  func `hashes lines as GitHub does`(text: String, line: Int, hash: String) throws {
    let source = SourceText(name: "a.yaml", text: text)
    var finding = LocatedFinding.sample(in: source, at: "")
    finding.range = TextRange(at: source.lineStarts[line - 1])
    #expect(try fingerprints([finding]).first?["primaryLocationLineHash"] == hash)
  }

  @Test func `keeps fingerprints when lines move, and tells equal findings apart`() throws {
    let before = SourceText(name: "a.yaml", text: "x: 1\nx: 1\n")
    let after = SourceText(name: "a.yaml", text: "# new\n\nx: 1\nx: 1\n")
    let first = try fingerprints([.sample(in: before, at: "x"), .sample(in: before, at: "x: 1\nx")])
    let second = try fingerprints([.sample(in: after, at: "x"), .sample(in: after, at: "x: 1\nx")])
    #expect(first == second)
    #expect(first[0]["epochzero/v1"] != first[1]["epochzero/v1"])
  }

  @Test func `writes the fix as replacements, and rules with their docs`() throws {
    let report = LintReport.linting(["my run.yaml": dropoutConfig(["🧠"])])
    let run = try run(of: report, rules: LintReport.dropoutRules.described(["dropout/sample"]))
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    #expect(result["ruleIndex"] as? Int == 0)
    #expect(result["level"] as? String == "warning")
    #expect((result["message"] as? [String: String])?["text"] == "layer \"🧠\" drops 0.9\nhelp: drop less")
    let fix = try #require((result["fixes"] as? [[String: Any]])?.first)
    #expect((fix["properties"] as? [String: Bool])?["safe"] == true)
    let change = try #require((fix["artifactChanges"] as? [[String: Any]])?.first)
    #expect((change["artifactLocation"] as? [String: String])?["uri"] == "my%20run.yaml")
    let replacement = try #require((change["replacements"] as? [[String: Any]])?.first)
    #expect(
      replacement["deletedRegion"] as? [String: Int] == [
        "startLine": 4, "startColumn": 41, "endLine": 4, "endColumn": 44,
      ]
    )
    #expect((replacement["insertedContent"] as? [String: String])?["text"] == "0.5")

    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["version"] as? String == "1.2.3")
    let rule = try #require((driver["rules"] as? [[String: Any]])?.first)
    #expect(rule["id"] as? String == "dropout/sample")
    #expect((rule["fullDescription"] as? [String: String])?["text"] == "A layer that drops most of its values.")
    #expect((rule["help"] as? [String: String])?["markdown"]?.hasSuffix("Little is left.") == true)
    #expect((rule["defaultConfiguration"] as? [String: Any])?["level"] as? String == "warning")
    #expect((rule["properties"] as? [String: Any])?["tags"] as? [String] == ["dropout", "no regularisation"])
  }

  @Test func `tells who suppressed what`() throws {
    let source = SourceText(name: "a.yaml", text: "x: 1\n")
    var report = LintReport()
    report.findings = [.sample(in: source, at: "x")]
    #expect(try results(of: report).allSatisfy { $0["suppressions"] == nil })
    report.suppressed = [
      SuppressedFinding(.sample(in: source, at: "x"), kind: .comment, justification: "it is meant"),
      SuppressedFinding(.sample(in: source, at: "1"), kind: .baseline),
    ]
    let suppressions = try results(of: report).map { try #require($0["suppressions"] as? [[String: String]]) }
    #expect(
      suppressions == [
        [], [["kind": "inSource", "status": "accepted", "justification": "it is meant"]],
        [["kind": "external", "status": "accepted"]],
      ]
    )
  }

  @Test func `tells what went wrong as notifications`() throws {
    var report = LintReport()
    report.pluginProblems = [PluginProblem(path: "my rules/a.lua", line: 7, message: "it broke")]
    report.errors = [FileProblem(file: "gone.json", message: "no such file or folder")]
    report.notes = [FileProblem(file: "notes.yaml", message: "not a config that epochzero knows")]
    let invocation = try #require((try run(of: report)["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == false)
    let notifications = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
    #expect(notifications.map { $0["level"] as? String } == ["error", "error", "note"])
    #expect(notifications.map { ($0["descriptor"] as? [String: Any])?["index"] as? Int } == [0, 1, 2])
    let location = try #require((notifications[0]["locations"] as? [[String: Any]])?.first)
    let place = try #require(location["physicalLocation"] as? [String: Any])
    #expect((place["artifactLocation"] as? [String: String])?["uri"] == "my%20rules/a.lua")
    #expect((place["region"] as? [String: Int]) == ["startLine": 7])
  }

  @Test func `says that all went well when it did`() throws {
    let invocation = try #require((try run(of: LintReport())["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == true)
  }

  // MARK: - Support

  private func run(of report: LintReport, rules: [RuleMetadata] = []) throws -> [String: Any] {
    let text = SARIFReport(of: report, rules: rules, version: "1.2.3", workingFolder: "/home/me").render()
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    return try #require((log["runs"] as? [[String: Any]])?.first)
  }

  private func results(_ findings: [LocatedFinding]) throws -> [[String: Any]] {
    var report = LintReport()
    report.findings = findings
    return try results(of: report)
  }

  private func results(of report: LintReport) throws -> [[String: Any]] {
    try #require(try run(of: report)["results"] as? [[String: Any]])
  }

  private func place(of finding: LocatedFinding) throws -> [String: Any] {
    let location = try #require((try results([finding]).first?["locations"] as? [[String: Any]])?.first)
    return try #require(location["physicalLocation"] as? [String: Any])
  }

  private func region(of finding: LocatedFinding) throws -> [Int?] {
    let region = try #require(try place(of: finding)["region"] as? [String: Int])
    return ["startLine", "startColumn", "endLine", "endColumn"].map { region[$0] }
  }

  private func artifact(of name: String) throws -> [String: Any] {
    let finding = LocatedFinding.sample(in: SourceText(name: name, text: "x"), at: "x")
    return try #require(try place(of: finding)["artifactLocation"] as? [String: Any])
  }

  private func fingerprints(_ findings: [LocatedFinding]) throws -> [[String: String]] {
    try results(findings).map { try #require($0["partialFingerprints"] as? [String: String]) }
  }
}
