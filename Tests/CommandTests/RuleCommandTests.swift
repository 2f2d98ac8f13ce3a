import Foundation
import Testing

struct RuleCommandTests {
  private let mine = ["--rules", "my-rules"]

  @Test func `explains a rule with its options and examples`() throws {
    let result = try run(["explain", "dropout/sample"] + mine)
    #expect(result.status == 0)
    #expect(
      result.output == """
        dropout/sample
        too much dropout for a test

        severity: warning
        cause: no regularisation (4 of 11)
        from: my-rules/dropout/sample.lua

        ## What it looks for

        Dropout above the limit.

        Options

          limit (number, default 0.5): the largest rate that is fine

        Bad:

            epochzero: 1
            model: {layers: [{kind: input, shape: [4]}, {kind: dropout, rate: 0.9}]}

        Fixed:

            epochzero: 1
            model: {layers: [{kind: input, shape: [4]}, {kind: dropout, rate: 0.5}]}

        Good:

            epochzero: 1
            model: {layers: [{kind: input, shape: [4]}, {kind: dropout, rate: 0.2}]}

        """
    )
  }

  @Test(arguments: ["dropout/sampel", "sample"])
  func `proposes the rule that was meant`(id: String) throws {
    let result = try run(["explain", id] + mine)
    #expect(result.status == 2)
    #expect(result.errors == "error: no rule is called \"\(id)\"; did you mean \"dropout/sample\"?\n")
  }

  @Test func `lists rules for people and for programs`() throws {
    let text = try run(["rules"] + mine)
    #expect(text.status == 0)
    let lines = text.output.split(separator: "\n")
    let heading = try #require(lines.firstIndex(of: "4 no regularisation"))
    let line = lines[heading...].first { $0.hasPrefix("  dropout/sample ") }
    #expect(line?.hasSuffix("  warning  too much dropout for a test (fixable)") == true)

    let json = try run(["rules", "--format", "json"] + mine)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let rules = try #require(object["rules"] as? [[String: Any]])
    let rule = try #require(rules.first { $0["id"] as? String == "dropout/sample" })
    #expect(rule["group"] as? String == "dropout")
    #expect(rule["cause"] as? Int == 4)
    let option = try #require((rule["options"] as? [[String: Any]])?.first)
    #expect(option["default"] as? Double == 0.5)
  }

  @Test func `writes a page for each rule, and again when the rule has changed`() throws {
    let folder = try TemporaryFolder(["my-rules/dropout/sample.lua": Sample.rule()])
    let arguments = ["rules", "--format", "markdown", "--output-folder", "docs"] + mine
    #expect(try Program.run(arguments, in: folder.url).status == 0)
    let page = try folder.text(of: "docs/rules/dropout/sample.md")
    #expect(page.contains("# dropout/sample\n\nToo much dropout for a test.\n"))
    #expect(try folder.text(of: "docs/rules.md").contains("[dropout/sample](rules/dropout/sample.md)"))
    let changed = Sample.rule().replacing("too much dropout for a test", with: "far too much")
    try Data(changed.utf8).write(to: folder.url.appendingPathComponent("my-rules/dropout/sample.lua"))
    #expect(try Program.run(arguments, in: folder.url).status == 0)
    #expect(try folder.text(of: "docs/rules/dropout/sample.md").contains("\n\nFar too much.\n"))
  }

  @Test func `runs the examples of a folder`() throws {
    let result = try run(["test-rules", "my-rules"])
    #expect(result.output == "1 of 1 rules loaded, 2 examples: all pass\n")
    #expect(result.status == 0)
  }

  @Test func `points at the example that fails`() throws {
    let wrong = Sample.rule().replacing("{kind: dropout, rate: 0.2}", with: "{kind: dropout, rate: 0.7}")
    let folder = try TemporaryFolder(["my-rules/dropout/sample.lua": wrong])
    let result = try Program.run(["test-rules", "my-rules"], in: folder.url)
    #expect(result.status == 1)
    let line = try #require(
      wrong.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("good = [[") }
    )
    #expect(
      result.output.hasPrefix(
        "my-rules/dropout/sample.lua:\(line + 2):1: error[plugin]: good example: unexpected finding at 2:67: "
      )
    )
  }

  @Test func `writes a new rule that passes its own examples, once`() throws {
    let folder = try TemporaryFolder()
    let made = try Program.run(["new-rule", "team/no-tanh", "--dir", "mine"], in: folder.url)
    #expect(made.status == 0)
    #expect(made.output == "mine/team/no-tanh.lua\n")
    let tested = try Program.run(["test-rules", "mine"], in: folder.url)
    #expect(tested.output == "1 of 1 rules loaded, 2 examples: all pass\n")
    let again = try Program.run(["new-rule", "team/no-tanh", "--dir", "mine"], in: folder.url)
    #expect(again.status == 2)
    #expect(again.errors == "error: mine/team/no-tanh.lua: exists already\n")
  }

  @Test(arguments: ["No/Tanh", "tanh", "a/../../b", "dropout/keep-as-drop"])
  func `writes no rule under an id that is wrong or taken`(id: String) throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(["new-rule", id], in: folder.url)
    #expect(result.status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  @Test func `says that a folder has no rules`() throws {
    let folder = try TemporaryFolder(["my-rules/readme.md": ""])
    let result = try Program.run(["test-rules", "my-rules"], in: folder.url)
    #expect(result.status == 2)
    #expect(result.errors == "error: my-rules: no .lua file in it\n")
  }

  @Test func `shows each fact with its source`() throws {
    let result = try run(["facts", "run.yaml"])
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("run.yaml (native)\n"))
    let rate = result.output.split(separator: "\n").first { $0.hasPrefix("  rate ") }
    #expect(rate?.contains("0.8") == true)
    #expect(rate?.hasSuffix("run.yaml:5:29") == true)
  }

  @Test func `shows facts for programs`() throws {
    let result = try run(["facts", "-", "--format", "json"], input: Sample.config)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let experiment = try #require((object["experiments"] as? [[String: Any]])?.first)
    #expect(experiment["dialect"] as? String == "native")
    let records = try #require(experiment["records"] as? [[String: Any]])
    let layer = try #require(records.first { $0["path"] as? String == "layers[2]" })
    #expect(layer["kind"] as? String == "dropout")
    let facts = try #require(layer["facts"] as? [[String: Any]])
    let rate = try #require(facts.first { $0["path"] as? String == "layers[2].rate" })
    #expect(rate["value"] as? Double == 0.8)
    let origin = try #require(rate["origin"] as? [String: Any])
    #expect(origin["kind"] as? String == "stated")
    #expect(origin["line"] as? Int == 5)
  }

  private func run(_ arguments: [String], input: String = "") throws -> Program.Result {
    let folder = try TemporaryFolder(["run.yaml": Sample.config, "my-rules/dropout/sample.lua": Sample.rule()])
    return try Program.run(arguments, in: folder.url, input: input)
  }
}
